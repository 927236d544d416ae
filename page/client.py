"""The client that sent the event in hand: its address, and whether it still waits for the answer."""

from __future__ import annotations

import asyncio
import time

from gradio.context import LocalContext

from page.page_language import preferred_language

PATIENCE = 60.0
"""Seconds after which a client that does not read its answers is taken to have left."""

SHORT_PATIENCE = 10.0
"""The same, where much memory would be held for the client meanwhile."""

_LOOK_AGAIN = 0.2


class Client:
    """The client that sent the event of Gradio's queue that is in hand.

    ``language`` is that of its errors.
    """

    def __init__(self) -> None:
        request, blocks = LocalContext.request.get(None), LocalContext.blocks.get(None)
        if request is None or blocks is None:
            raise RuntimeError("No event is in hand")
        self.address: str = request.client.host if request.client else ""
        self.language = preferred_language(request)
        self._queue = blocks._queue
        self._event = self._queue.event_ids_to_events.get(LocalContext.event_id.get(None) or "")

    async def left(self) -> None:
        """Wait until the client has closed the connection for its answers, or has not opened one for `PATIENCE`.

        Gradio marks the event when the connection is closed, but notifies nobody. While there is a connection, each
        message is sent at once; messages that stay unsent mean that there is none.
        """
        last_read = time.monotonic()
        while self._event is None or self._event.alive:
            if not self._has_unread:
                last_read = time.monotonic()
            elif time.monotonic() - last_read > PATIENCE:
                return
            await asyncio.sleep(_LOOK_AGAIN)

    async def is_there(self) -> bool:
        """Return whether the client reads its answers, or begins to within `SHORT_PATIENCE`."""
        began = time.monotonic()
        while self._has_unread and time.monotonic() - began < SHORT_PATIENCE:
            await asyncio.sleep(_LOOK_AGAIN)
        return not self._has_unread

    @property
    def _has_unread(self) -> bool:
        if self._event is None:
            return False
        messages = self._queue.pending_messages_per_session.get(self._event.session_hash)
        return messages is None or not messages.empty()
