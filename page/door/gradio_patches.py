"""What Gradio keeps of each session, for which nothing here has a use."""

from __future__ import annotations


def keep_no_values() -> None:
    """Let Gradio keep no copy of what a session's page shows, such as a page of one's own paper, to link to it."""
    from gradio.state_holder import SessionState

    SessionState._update_value_in_config = lambda self, key, value: None  # type: ignore[method-assign]
