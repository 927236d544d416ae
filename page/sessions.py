"""What Gradio keeps of each session, for which nothing here has a use: what its page shows, and what nobody hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr


def keep_no_values() -> None:
    """Let Gradio keep no copy of what a session's page shows, such as a page of one's own paper, to link to it."""
    from gradio.state_holder import SessionState

    SessionState._update_value_in_config = lambda self, key, value: None  # type: ignore[method-assign]


def forget_unheard(page: gr.Blocks, session: str) -> None:
    """Throw away what a session was to be told, if nobody has come to hear it; who listens hears it at once."""
    said = page._queue.pending_messages_per_session
    if session in said and not said[session].empty():
        del said[session]
