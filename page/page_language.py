"""The language that the page is shown in: the one picked on it, kept in a cookie, or else the browser's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from corpus import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Mapping

COOKIE = "tanya-language"
"""The cookie that holds the picked language; `page.js` sets it."""


class _Request(Protocol):
    @property
    def cookies(self) -> Mapping[str, str]: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def preferred_language(request: _Request | Any) -> Language:
    """Return the language picked in the browser that sent a request, or else the one that it prefers."""
    picked = request.cookies.get(COOKIE)
    for language in LANGUAGES:
        if picked == language:
            return language
    return "id" if request.headers.get("accept-language", "").startswith("id") else "en"
