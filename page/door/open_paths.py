"""Which of the paths that Gradio serves are open: those that the page and its endpoints need, and no others.

Gradio serves more than that: uploads by their place on the disk, what lies at any other address of the web, whole
pages kept for a link, its monitoring. A path that is not named here is not there, in whichever version of Gradio.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

API = "/gradio_api"

ENDPOINTS = ("ask", "lookup", "batch")
"""What other programs may ask, see `page.api.endpoints`."""

_BEFORE_LOGIN = re.compile(
    r"/|/(login|logout|health|theme\.css|favicon\.ico|manifest\.json|robots\.txt)/?|/(assets|static)/.+"
    rf"|{API}/(startup-events|login_check)/?"  # Gradio calls the first itself, to see whether it serves
)
_AFTER_LOGIN = re.compile(
    rf"/config/?|{API}/(info|openapi\.json|app_id|user|queue/join|queue/data|cancel|reset|upload|upload_progress)/?"
    rf"|{API}/heartbeat/[^/]+|{API}/call/(v2/)?({'|'.join(ENDPOINTS)})(/[^/]*)?"
)
_TOOLS = re.compile(rf"{API}/mcp(/.*)?")

_log = logging.getLogger(__name__)


def is_public(path: str) -> bool:
    """Return whether a path is open to whoever has not signed in, on a page that asks for that."""
    return _BEFORE_LOGIN.fullmatch(path) is not None


def is_of_tools(path: str) -> bool:
    """Return whether MCP clients ask at a path, if they are served at all."""
    return _TOOLS.fullmatch(path) is not None


def is_open(path: str, *, with_tools: bool) -> bool:
    """Return whether a path is open at all; those of the tools are only ``with_tools``."""
    return is_public(path) or _AFTER_LOGIN.fullmatch(path) is not None or (with_tools and is_of_tools(path))


class OpenPaths:
    """ASGI middleware: only the open paths are there, and what goes wrong behind them is told in one line."""

    def __init__(self, app: ASGIApp, *, with_tools: bool) -> None:
        self._app = app
        self._with_tools = with_tools

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        from starlette.requests import ClientDisconnect
        from starlette.responses import JSONResponse

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not is_open(scope["path"], with_tools=self._with_tools):
            await JSONResponse({"detail": "Not found"}, 404)(scope, receive, send)
            return
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:  # in the middle of an upload; there is nobody left to tell
            pass
        except Exception:
            if has_begun:  # the server tells of it, and hangs up
                raise
            _log.exception("A request could not be answered")
            await JSONResponse({"detail": "Internal error"}, 500)(scope, receive, send)
