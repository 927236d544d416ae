"""Whoever asked for what is being worked on: where from, and whether anybody is still there to be answered."""

from __future__ import annotations

import asyncio
import time

from gradio.context import LocalContext

from page.page_language import preferred_language

PATIENCE = 60.0
"""Seconds after which whoever does not come to hear the answer is taken to have left."""

SHORT_PATIENCE = 10.0
"""The same where much would have to be kept for it meanwhile."""

_LOOK_AGAIN = 0.2


class Client:
    """Whoever asked for the event of Gradio's queue that is in hand.

    ``address`` is where it asks from, ``reads`` the language that it is told errors in.
    """

    def __init__(self) -> None:
        request, blocks = LocalContext.request.get(None), LocalContext.blocks.get(None)
        if request is None or blocks is None:
            raise RuntimeError("No event is in hand")
        self.address: str = request.client.host if request.client else ""
        self.reads = preferred_language(request)
        self._queue = blocks._queue
        self._event = self._queue.event_ids_to_events.get(LocalContext.event_id.get(None) or "")

    async def left(self) -> None:
        """Wait until the client has closed the connection on which it is told the answer, or never opened one.

        Gradio marks the event where a connection was closed, and tells nobody. What it says meanwhile is heard at once
        if anybody listens.
        """
        heard = time.monotonic()
        while self._event is None or self._event.alive:
            if not self._is_unheard:
                heard = time.monotonic()
            elif time.monotonic() - heard > PATIENCE:
                return
            await asyncio.sleep(_LOOK_AGAIN)

    async def hears(self) -> bool:
        """Return whether the client hears what it is told, or comes to within seconds."""
        began = time.monotonic()
        while self._is_unheard and time.monotonic() - began < SHORT_PATIENCE:
            await asyncio.sleep(_LOOK_AGAIN)
        return not self._is_unheard

    @property
    def _is_unheard(self) -> bool:
        if self._event is None:
            return False
        said = self._queue.pending_messages_per_session.get(self._event.session_hash)
        return said is None or not said.empty()
