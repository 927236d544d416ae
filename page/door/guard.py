"""What the guards at the door have in common: each passes a request on, or refuses it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Guard(ABC):
    """ASGI middleware that may refuse a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why it is refused."""
        refusal = None if scope["type"] == "lifespan" else self.refusal(HTTPConnection(scope))
        await (refusal or self._app)(scope, receive, send)

    @abstractmethod
    def refusal(self, request: HTTPConnection) -> JSONResponse | None:
        """Return the answer to a request that is refused, None for any other."""


def refuse(status: int, reason: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return a refusal, as Gradio and its clients expect it."""
    return JSONResponse({"detail": reason}, status, headers)
