"""The headers of every response: no other page may show or read it, and only known scripts may run in it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.door.whole_response import hold_back

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

_POLICY = (
    "default-src 'none'; "
    # Gradio compiles the scripts of the page's own events, and Vega those of charts.
    "script-src 'self' 'unsafe-eval'{scripts}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

_HEADERS = {
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",  # with no referrer at all, the page's own forms would have no Origin
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}

_IN_PLACE = re.compile(rb"\s*(samesite=.*|httponly|secure)\s*", re.IGNORECASE)


class AddHeaders:
    """ASGI middleware: adds the headers that keep other pages out, and restricts the cookies that are set."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers. HTML is held back until it is whole, for a header names the scripts in it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_https = scope.get("scheme") == "https"
        forward = send

        async def send_html(start: Message, body: bytes) -> None:
            await send(_with_headers(start, _INLINE.findall(body), is_https=is_https))
            await send({"type": "http.response.body", "body": body})

        async def send_with_headers(message: Message) -> None:
            nonlocal forward
            if message["type"] == "http.response.start":
                if _is_html(message):
                    forward = hold_back(send_html)
                else:
                    message = _with_headers(message, (), is_https=is_https)
            await forward(message)

        await self._app(scope, receive, send_with_headers)


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
    """Return a cookie that no script can read, and that is not sent with requests of other pages.

    It is still sent when a link on another page is followed ("Lax"): a question may be such a link.
    """
    is_secure = is_https or b"secure" in value.lower().split(b"; ")
    kept = [part for part in value.split(b";") if not _IN_PLACE.fullmatch(part)]
    return b";".join([*kept, b" HttpOnly", b" SameSite=Lax", *([b" Secure"] if is_secure else [])])
