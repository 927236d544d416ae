"""The paths that are open: only those that the page and its endpoints need.

Gradio serves more: uploads by their path on the disk, content fetched from any address of the web, saved pages, its
monitoring. A path that is not listed here does not exist, in whichever version of Gradio.
"""

from __future__ import annotations

import logging
import re

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.door.guard import refuse

API = "/gradio_api"

ENDPOINTS = ("ask", "lookup", "batch")
"""What other programs may ask, see `page.api.endpoints`."""

_BEFORE_LOGIN = re.compile(
    r"/|/(login|logout|health|theme\.css|favicon\.ico|manifest\.json|robots\.txt)/?|/(assets|static)/.+"
    rf"|{API}/(startup-events|login_check)/?"  # Gradio itself calls the first, to see whether its server is up
)
_AFTER_LOGIN = re.compile(
    rf"/config/?|{API}/(info|openapi\.json|app_id|user|queue/join|queue/data|cancel|reset|upload|upload_progress)/?"
    rf"|{API}/heartbeat/[^/]+|{API}/call/(v2/)?({'|'.join(ENDPOINTS)})(/[^/]*)?"
)
_TOOLS = re.compile(rf"{API}/mcp(/.*)?")

logger = logging.getLogger(__name__)


def is_public(path: str) -> bool:
    """Return whether a path is open without a login, too."""
    return _BEFORE_LOGIN.fullmatch(path) is not None


def is_of_tools(path: str) -> bool:
    """Return whether a path is one of the MCP tools."""
    return _TOOLS.fullmatch(path) is not None


def is_open(path: str, *, with_tools: bool) -> bool:
    """Return whether a path is open, with a login or without; those of the MCP tools only are ``with_tools``."""
    return is_public(path) or _AFTER_LOGIN.fullmatch(path) is not None or (with_tools and is_of_tools(path))


class OpenPaths:
    """ASGI middleware: answers 404 for all paths but the open ones, and one line where an error happens."""

    def __init__(self, app: ASGIApp, *, with_tools: bool) -> None:
        self._app = app
        self._with_tools = with_tools

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not is_open(scope["path"], with_tools=self._with_tools):
            await refuse(404, "Not found")(scope, receive, send)
            return
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:  # in the middle of an upload; nobody is left to be answered
            pass
        except Exception:
            if has_begun:  # the server logs it, and closes the connection
                raise
            logger.exception("A request could not be answered")
            await refuse(500, "Internal error")(scope, receive, send)
