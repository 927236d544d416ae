"""The events that buttons in the page's own HTML send through Gradio."""

from __future__ import annotations

from typing import Any

import gradio as gr

SEND_EVENTS = """
element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !element.contains(button)) return;
    const data = {...button.dataset};
    if ("show" in data) trigger("select", data);
    if ("ask" in data) trigger("submit", data);
    if ("do" in data) trigger("click", data);
    if ("save" in data) trigger("download", data);
    if ("judge" in data) trigger("like", data);
    if ("view" in data && tanya.isEmpty(data.view)) trigger("expand", data);
});
"""
"""The script of a gr.HTML with buttons.

The event of a button carries its data attributes. ``data-show`` shows a place in the paper, ``data-ask`` asks a
question, ``data-do`` changes a conversation or closes the visitor's paper, ``data-save`` saves a conversation,
``data-judge`` gives a verdict, and ``data-view`` fills a view that is still empty.
"""

QUICK: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
"""Options of an event that is answered at once."""


def text_of(event: gr.EventData, name: str) -> str:
    """Return a text that a button's event carries, "" if it carries none. An event may hold any value."""
    value = event._data.get(name) if isinstance(event._data, dict) else None
    return value if isinstance(value, str) else ""
