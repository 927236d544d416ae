"""Three things that Gradio does by default and must not do here.

Two would let others read what a visitor sees. The third takes a sixteenth of a core while nobody asks anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import gradio as gr

_LOOK_EVERY: Final = 0.01
"""Seconds between two looks for events."""


def keep_no_values() -> None:
    """Keep Gradio from storing a copy of all that a session's page shows. It would serve that under a link."""
    from gradio.state_holder import SessionState

    SessionState._update_value_in_config = lambda self, key, value: None  # type: ignore[method-assign]


def without_cors() -> None:
    """Keep Gradio from allowing other sites' pages to read its answers, cookies and all, by its CORS middleware."""
    from gradio import routes

    routes.CustomCORSMiddleware = lambda app, **_: app  # type: ignore[attr-defined, assignment]


def look_less_often(page: gr.Blocks) -> None:
    """Keep Gradio from looking for events a thousand times a second. An event then waits 5 ms more on average."""
    page._queue.sleep_when_free = _LOOK_EVERY
