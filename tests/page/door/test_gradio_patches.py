"""Gradio keeps nothing of what a session's page shows."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr
import pytest
from gradio.state_holder import SessionState

from page.door.gradio_patches import keep_no_values


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
