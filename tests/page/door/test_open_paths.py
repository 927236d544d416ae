"""Which paths are open, and that nothing but one line comes of an error."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import ClientDisconnect

from page.door.open_paths import API, OpenPaths, is_open, is_public
from tests.page.stand_ins import in_a_thread

START = {"type": "http.response.start", "status": 200, "headers": []}


def sent(path: str = "/", *, error: Exception | None = None, begins: bool = False, kind: str = "http") -> list[Any]:
    """Return what is sent for a path by an app that answers, or raises an error before or after it ``begins``."""
    messages: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if begins or not error:
            await send(START)
        if error:
            raise error

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {"type": kind, "path": path, "headers": []}
    in_a_thread(OpenPaths(app, with_tools=False)(scope, None, send))  # type: ignore[arg-type]
    return messages


@pytest.mark.parametrize("path", ["/", "/assets/index.js", "/login", "/health", "/health/"])
def test_what_is_open_to_all(path: str) -> None:
    assert is_public(path)
    assert is_open(path, with_tools=False)


@pytest.mark.parametrize("path", ["/config", *(f"{API}/{name}" for name in ("queue/join", "upload", "info", "cancel"))])
def test_what_is_open_after_a_login(path: str) -> None:
    assert not is_public(path)
    assert is_open(path, with_tools=False)


@pytest.mark.parametrize("path", [f"{API}/mcp", f"{API}/mcp/", f"{API}/mcp/schema"])
def test_tools_are_open_where_they_are_served(path: str) -> None:
    assert not is_public(path)
    assert [is_open(path, with_tools=served) for served in (True, False)] == [True, False]


@pytest.mark.parametrize("path", ["", "//", "/nothing", f"/config\n{API}/mcp", f"{API}/call/run", f"{API}/callask"])
def test_no_other_path_is_there(path: str) -> None:
    assert not is_open(path, with_tools=True)
    assert [message.get("status") for message in sent(path)] == [404, None]


def test_an_open_path_is_answered_by_the_app() -> None:
    assert sent() == [START]
    assert sent("/nothing", kind="lifespan") == [START]


def test_an_error_is_logged_and_answered_in_a_line(caplog: pytest.LogCaptureFixture) -> None:
    start, body = sent(error=ZeroDivisionError())
    assert (start["status"], body["body"]) == (500, b'{"detail":"Internal error"}')
    assert "ZeroDivisionError" in caplog.text


def test_an_error_in_the_middle_of_an_answer_is_left_to_the_server() -> None:
    with pytest.raises(ZeroDivisionError):
        sent(error=ZeroDivisionError(), begins=True)


def test_who_leaves_in_the_middle_of_an_upload_is_not_answered(caplog: pytest.LogCaptureFixture) -> None:
    assert sent(error=ClientDisconnect()) == []
    assert not caplog.text
