"""What a browser is told with every answer: that no other page may show or read it, and which scripts may run in it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

_POLICY = (
    "default-src 'none'; "
    # Gradio makes functions of texts, which are those of the page's own events, and Vega does of charts.
    "script-src 'self' 'unsafe-eval'{scripts}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

_HEADERS = {
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",  # with none at all, the page's own forms would come from nowhere
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}

_IN_PLACE = re.compile(rb"\s*(samesite=.*|httponly|secure)\s*", re.IGNORECASE)


class AddHeaders:
    """ASGI middleware: adds to each answer what keeps other pages out, and narrows the cookies that it sets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through, a page of HTML once it is whole: which scripts it holds is told before it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_https = scope.get("scheme") == "https"
        start: Message | None = None
        page = bytearray()

        async def told(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if _is_html(message):
                    start = message
                    return
                message = _with_headers(message, (), is_https=is_https)
            elif start is not None:
                page.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                await send(_with_headers(start, _INLINE.findall(page), is_https=is_https))
                message = {"type": "http.response.body", "body": bytes(page)}
            await send(message)

        await self._app(scope, receive, told)


def _is_html(start: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"])


def _with_headers(start: Message, scripts: Sequence[bytes], *, is_https: bool) -> Message:
    hashes = "".join(f" 'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in scripts)
    added = _HEADERS | {b"content-security-policy": _POLICY.format(scripts=hashes).encode()}
    kept = [
        (name, _cookie(value, is_https=is_https) if name == b"set-cookie" else value)
        for name, value in start.get("headers", ())
        if name not in added
    ]
    return {**start, "headers": [*kept, *added.items()]}


def _cookie(value: bytes, *, is_https: bool) -> bytes:
    """Return a cookie that no script can read, and that the browser does not send along for another page's requests.

    It is sent along when a link of another page is followed ("Lax"), as a question's link may be.
    """
    is_secure = is_https or b"secure" in value.lower().split(b"; ")
    kept = [part for part in value.split(b";") if not _IN_PLACE.fullmatch(part)]
    return b";".join([*kept, b" HttpOnly", b" SameSite=Lax", *([b" Secure"] if is_secure else [])])
