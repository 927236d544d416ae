"""The language that the page is shown in: the one picked on it, kept in a cookie, or else the browser's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from corpus import LANGUAGES, Language

if TYPE_CHECKING:
    import gradio as gr

COOKIE = "tanya-language"
"""The cookie that holds the picked language; `page.js` sets it."""


def preferred_language(request: HTTPConnection | gr.Request) -> Language:
    """Return the language picked in the browser that sent a request, or else the one that it prefers."""
    picked = request.cookies.get(COOKIE)
    preferred: Language = "id" if request.headers.get("accept-language", "").startswith("id") else "en"
    return next((language for language in LANGUAGES if language == picked), preferred)
