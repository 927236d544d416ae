"""The headers of every response: no other page can show it or read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from page.door.guessing import Guesses
from page.door.headers import AddHeaders
from page.door.login import Accounts, SignIn
from tests.page.serving import Page, served
from tests.page.stand_ins import in_a_thread


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    accounts = Accounts([("ani", "rahasia")])
    with served("--mcp", "--rate", "3", sign_in=SignIn(accounts, Guesses())) as page:
        yield page


def policy(answer: httpx.Response) -> dict[str, str]:
    parts = answer.headers["content-security-policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


def test_every_answer_has_them(page: Page) -> None:
    wrong = {"username": "ani", "password": "x"}
    script = re.findall(r'src="\./(assets/[^"]+\.js)"', page.client.get("").text)[0]
    responses = {
        200: [page.client.get(path) for path in ("", "health", "theme.css", script)],
        401: [page.client.get("config"), page.client.get("gradio_api/mcp/")],
        403: [page.client.get("", headers={"origin": "null"})],
        404: [page.client.get("nothing"), page.client.get("assets/nothing.js")],
        405: [page.client.put("login")],
        421: [page.client.get("", headers={"host": "evil.example"})],
        400: [page.client.post("login", data=wrong)],
        429: [page.client.post("login", data=wrong) for _ in range(5)][-1:],
    }
    for status, answers in responses.items():
        for answer in answers:
            assert answer.status_code == status
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "same-origin"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert policy(answer)["frame-ancestors"] == policy(answer)["default-src"] == "'none'"


def test_of_scripts_in_a_page_only_its_own_run(page: Page, browser: Browser) -> None:
    answer = page.client.get("")
    assert "'unsafe-inline'" not in policy(answer)["script-src"]
    assert policy(answer)["script-src"].count("'sha256-") == answer.text.count("<script") - 1  # one has an address
    assert policy(page.client.get("health"))["script-src"] == "'self' 'unsafe-eval'"
    tab = browser.new_page()
    try:
        tab.goto(str(page.client.base_url))
        expect(tab.get_by_role("button")).to_be_visible()  # Gradio's own scripts have run
        tab.evaluate(
            """() => new Promise((done) => {
                document.addEventListener("securitypolicyviolation", done, {once: true});
                document.body.insertAdjacentHTML("beforeend", '<img src="/nothing" onerror="window.ran = true">');
            })"""
        )
        assert tab.evaluate("window.ran") is None
    finally:
        tab.close()


def with_headers(scheme: str, *cookies: str) -> list[str]:
    """Return the cookies as they are passed on, by HTTP or HTTPS."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"set-cookie", c.encode()) for c in cookies]}
        )

    async def send(message: Any) -> None:
        sent.append(message)

    in_a_thread(AddHeaders(app)({"type": "http", "scheme": scheme}, None, send))  # type: ignore[arg-type]
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_cookies_are_for_this_page_alone(scheme: str) -> None:
    given = ["a=1; HttpOnly; Path=/; SameSite=none; Secure", "b=secure; Path=/", "c=", "d=1; samesite=strict"]
    secure = "; Secure" if scheme == "https" else ""
    assert with_headers(scheme, *given) == [
        "a=1; Path=/; HttpOnly; SameSite=Lax; Secure",
        f"b=secure; Path=/; HttpOnly; SameSite=Lax{secure}",
        f"c=; HttpOnly; SameSite=Lax{secure}",
        f"d=1; HttpOnly; SameSite=Lax{secure}",
    ]


def test_the_cookies_of_signing_in_are(page: Page) -> None:
    with served("--rate", "0", sign_in=SignIn(Accounts([("ani", "rahasia")]), Guesses())) as page:
        page.client.post("login", data={"username": "ani", "password": "rahasia"})
        signed = page.client.post("login", data={"username": "ani", "password": "rahasia"})
        out = page.client.get("logout")
    for answer in (signed, out):
        cookies = answer.headers.get_list("set-cookie")
        assert len(cookies) == 2
        assert all("; HttpOnly; SameSite=Lax" in cookie and "none" not in cookie.lower() for cookie in cookies)
