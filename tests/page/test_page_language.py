"""The language of the page: the one picked on it, or else the browser's own."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from corpus import Language
from page.page_language import COOKIE, preferred_language


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        ("id", "en-US,en;q=0.9", "id"),
        ("en", "id-ID,id;q=0.9,en;q=0.8", "en"),
        (None, "id-ID,id;q=0.9,en;q=0.8", "id"),
        (None, "id", "id"),
        (None, "en-US,id;q=0.5", "en"),
        (None, "nl", "en"),
        (None, "*", "en"),
        (None, None, "en"),
        ("", "id", "id"),
        ("de", "id", "id"),
        ("ID", "en", "en"),
        ('id"; alert(1)//', "en", "en"),
    ],
)
def test_what_was_picked_comes_before_what_the_browser_speaks(
    cookie: str | None, accepted: str | None, language: Language
) -> None:
    cookies = "other=en" if cookie is None else f"{COOKIE}={cookie}; other=en"
    headers = [(b"cookie", cookies.encode())]
    headers += [] if accepted is None else [(b"accept-language", accepted.encode())]
    assert preferred_language(Request({"type": "http", "headers": headers})) == language
