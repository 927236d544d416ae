"""The health check: whether the page can answer questions, for a monitor."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from page.papers.loader import Loader


def health_route(loader: Loader) -> Route:
    """Return a route that answers 200 once questions are answered, and 503 before that, or if loading failed."""

    async def health(request: Request) -> JSONResponse:
        progress = loader.progress
        state = {"status": progress.stage}
        if progress.problem:
            state["problem"] = progress.in_language("en")
        return JSONResponse(state, 200 if progress.stage == "ready" else 503, {"Cache-Control": "no-store"})

    return Route("/health", health, methods=["GET"])
