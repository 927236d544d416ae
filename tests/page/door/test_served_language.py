"""The page is served in the language that was picked on it, and otherwise as Gradio writes it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from corpus import LANGUAGES, Language
from page.door.served_language import ServePickedLanguage
from page.page_language import COOKIE
from tests.page.stand_ins import Html, in_a_thread

PAGE = """<!doctype html>
<html
\tlang="en"
\tclass="x">
\t<head>
<title>T</title></head><body lang="en">é<head>""".encode()


class Small:
    """An ASGI app that answers everything with the same page, in chunks, and keeps what it was asked."""

    def __init__(self, page: bytes = PAGE, chunk: int = 7) -> None:
        self.page = page
        self.chunks = [page[at : at + chunk] for at in range(0, len(page), chunk)] or [b""]
        self.asked: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append((scope["type"], receive))
        headers = [(b"content-type", b"text/html"), (b"content-length", str(len(self.page)).encode()), (b"x-own", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for chunk in self.chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body"})


def sent(app: Small, path: str = "/", kind: str = "http", **headers: str) -> list[Any]:
    """Return the messages that a browser gets which asks for a path."""
    messages: list[Any] = []
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        await asyncio.sleep(0)
        messages.append(message)

    in_a_thread(ServePickedLanguage(app)({"type": kind, "path": path, "headers": raw}, receive, send))
    return messages


def page_of(messages: Sequence[Any]) -> str:
    start, body = messages
    headers = dict(start["headers"])
    assert (start["type"], start["status"]) == ("http.response.start", 200)
    assert (headers[b"content-type"], headers[b"x-own"]) == (b"text/html", b"1")
    assert [name for name, _ in start["headers"]].count(b"content-length") == 1
    assert headers[b"content-length"] == str(len(body["body"])).encode()
    assert not body.get("more_body")
    text: str = body["body"].decode()
    return text


@pytest.mark.parametrize("chunk", [1, 7, 10_000])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_served_as_written_in_the_language(language: Language, chunk: int) -> None:
    text = page_of(sent(Small(chunk=chunk), accept_language="en", cookie=f"a=b; {COOKIE}={language}"))
    html = Html(text)
    assert dict(html.elements)["html"] == {"lang": language, "class": "x"}
    assert html.tags[:4] == ["html", "head", "script", "title"]
    assert text.count("<script>") == 1
    assert f'"language", {{get: () => "{language}"}}' in text
    assert f'"languages", {{get: () => ["{language}"]}}' in text
    before, _, rest = text.partition("<script>")
    unchanged = before.replace(f'lang="{language}"', 'lang="en"') + rest.partition("</script>")[2]
    assert unchanged == PAGE.decode()


def test_without_a_cookie_it_is_served_as_the_browser_speaks() -> None:
    assert 'lang="id"' in page_of(sent(Small(), accept_language="id-ID,id;q=0.9"))
    assert 'lang="en"' in page_of(sent(Small(), accept_language="nl"))


@pytest.mark.parametrize("cookie", ["<script>", '"; alert(1)//', "de", "id id", "%22id%22"])
def test_a_nonsense_cookie_does_not_get_into_the_page(cookie: str) -> None:
    headers = {"cookie": f"{COOKIE}={cookie}", "accept_language": "en"}
    assert page_of(sent(Small(), **headers)) == page_of(sent(Small(), accept_language="en"))


def test_a_script_that_is_given_runs_before_the_others() -> None:
    messages: list[Any] = []

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {"type": "http", "path": "/", "headers": []}
    in_a_thread(ServePickedLanguage(Small(), "let mine;")(scope, None, send))  # type: ignore[arg-type]
    assert "let mine;</script>" in page_of(messages)


@pytest.mark.parametrize("page", [b"", b"Not Found", b'{"detail": "lang"}', b"<html><head></head></html>"])
def test_what_is_not_the_page_goes_through_as_it_is(page: bytes) -> None:
    assert page_of(sent(Small(page), accept_language="id")) == page.decode()


@pytest.mark.parametrize("path", ["/config", "/theme.css", "//", "/index.html", ""])
def test_other_paths_are_left_alone(path: str) -> None:
    app = Small()
    messages = sent(app, path, cookie=f"{COOKIE}=id")
    assert [message.get("body") for message in messages[1:]] == [*app.chunks, None]
    assert b"".join(message.get("body", b"") for message in messages[1:]) == PAGE
    assert dict(messages[0]["headers"])[b"content-length"] == str(len(PAGE)).encode()


@pytest.mark.parametrize("kind", ["lifespan", "websocket"])
def test_what_is_no_request_for_a_page_is_left_alone(kind: str) -> None:
    app = Small()
    assert len(sent(app, kind=kind)) == len(app.chunks) + 2
    assert app.asked[0][0] == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_gradios_own_page_both_places_are_there(language: Language) -> None:
    gradio = find_spec("gradio")
    assert gradio
    assert gradio.origin
    page = (Path(gradio.origin).parent / "templates" / "frontend" / "index.html").read_bytes()
    text = page_of(sent(Small(page, chunk=4096), cookie=f"{COOKIE}={language}"))
    head, _, rest = text.partition("<script>Object.defineProperty(navigator")
    assert f'<html\n\tlang="{language}"' in head
    assert head.rstrip().endswith("<head>")
    assert "<script" not in head
    assert rest.partition("</script>")[2] == page.decode().partition("<head>")[2]
