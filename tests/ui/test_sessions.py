"""What Gradio keeps of a session: neither what its page shows, nor what nobody comes to hear."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import gradio as gr
import pytest
from gradio.server_messages import HeartbeatMessage
from gradio.state_holder import SessionState

from page.sessions import forget_unheard, keep_no_values


@pytest.fixture
def page() -> Iterator[gr.Blocks]:
    with gr.Blocks(analytics_enabled=False) as page:
        gr.HTML("nothing yet")
    yield page
    page.close()


def test_what_a_page_shows_is_not_kept(page: gr.Blocks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SessionState, "_update_value_in_config", SessionState._update_value_in_config)
    keep_no_values()
    (part,) = (key for key, block in page.blocks.items() if isinstance(block, gr.HTML))
    state = SessionState(page)
    state._update_value_in_config(part, "a page of somebody's paper")
    assert "somebody" not in str(state.config_values)


def test_what_nobody_hears_is_forgotten_and_what_somebody_waits_for_is_not(page: gr.Blocks) -> None:
    said = page._queue.pending_messages_per_session
    for session in ("unheard", "listens"):
        said[session] = asyncio.Queue()
    said["unheard"].put_nowait(HeartbeatMessage())
    for session in ("unheard", "listens", "unknown"):
        forget_unheard(page, session)
    assert list(said) == ["listens"]
