"""Holding a response back until it is whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.types import Message, Send


def hold_back(send_whole: Callable[[Message, bytes], Awaitable[None]]) -> Send:
    """Return an ASGI ``send`` that collects a response, then awaits ``send_whole`` with its start and its whole body.

    This happens within the last ``send``, and so before the background tasks of the response: Gradio moves an upload
    in one of them.
    """
    start: Message = {}
    body = bytearray()

    async def hold(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            return
        body.extend(message.get("body", b""))
        if not message.get("more_body"):
            await send_whole(start, bytes(body))

    return hold
