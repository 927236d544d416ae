"""Two things that Gradio does by default and must not do here: they would let others read what a visitor sees."""

from __future__ import annotations


def keep_no_values() -> None:
    """Keep Gradio from storing a copy of all that a session's page shows. It would serve that under a link."""
    from gradio.state_holder import SessionState

    SessionState._update_value_in_config = lambda self, key, value: None  # type: ignore[method-assign]


def without_cors() -> None:
    """Keep Gradio from allowing other sites' pages to read its answers, cookies and all, by its CORS middleware."""
    from gradio import routes

    routes.CustomCORSMiddleware = lambda app, **_: app  # type: ignore[attr-defined, assignment]
