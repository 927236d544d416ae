"""Gradio keeps nothing of what a session's page shows, and looks for events without taking a core."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import gradio as gr
import pytest
from gradio.queueing import Queue
from gradio.state_holder import SessionState

from page.door.gradio_patches import keep_no_values, look_less_often
from tests.page.stand_ins import in_a_thread


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


def test_an_idle_page_looks_for_events_a_hundred_times_a_second(
    page: gr.Blocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.queue()
    looks: list[Queue] = []

    def look(queue: Queue) -> int:
        looks.append(queue)
        return 0

    monkeypatch.setattr(Queue, "__len__", look)
    look_less_often(page)

    with pytest.raises(TimeoutError):
        in_a_thread(asyncio.wait_for(page._queue.start_processing(), 0.5))
    assert 0 < len(looks) <= 51
