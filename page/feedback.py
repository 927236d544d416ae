"""Thumbs under the answers, for who switched them on: what is said of an answer goes to a file on this machine."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from assistant import Answer
from assistant.errors import FeedbackError
from assistant.feedback import FeedbackFile
from corpus import Paper
from page.conversation import Conversation, turn_of
from page.history import History
from page.labels import label
from page.language import preferred_language
from page.reader import QUICK

_log = logging.getLogger(__name__)

_Judged = tuple[Answer, bool]
"""An answer, and whether it is good."""


def collect_feedback(conversation: Conversation, file: FeedbackFile, paper: Paper | None, words: gr.I18n) -> None:
    """Lay out the note that can be added to a thumb, and let both be recorded.

    ``paper`` is the one that is asked, None if there are several: then a verdict is on the first one that is quoted.
    """
    judged = gr.State()
    with conversation.column, gr.Row(visible=False, elem_classes="feedback", elem_id="feedback") as row:
        note = gr.Textbox(
            label=str(words("feedback_note")), placeholder=str(words("feedback_hint")), max_lines=3, scale=4
        )
        send = gr.Button(str(words("feedback_send")), size="sm", scale=1)
    with conversation.column:
        said = gr.HTML(elem_id="feedback-said", apply_default_css=False)

    async def record(answer: Answer, is_good: bool, text: str, request: gr.Request) -> str:
        reads, now = preferred_language(request), datetime.now(UTC)
        on = paper or next((citation.paper for citation in (*answer.citations, *answer.related)), None)
        try:
            await asyncio.to_thread(file.record, answer, is_good=is_good, note=text, at=now, paper=on)
        except FeedbackError as error:
            _log.error("%s", error)
            return f'<p class="failed" role="alert">{label("feedback_failed", reads)}</p>'
        return f'<p class="note" role="status">{label("feedback_kept", reads)}</p>'

    async def on_like(history: History, event: gr.LikeData, request: gr.Request) -> list[Any]:
        answer = history.current.turns[turn_of(event.index)].answer
        if answer is None or event.liked == "":  # the thumb was taken back
            return [None, gr.Row(visible=False), "", ""]
        told = await record(answer, bool(event.liked), "", request)
        return [(answer, bool(event.liked)), gr.Row(visible=True), "", told]

    async def on_send(judged: _Judged, text: str, request: gr.Request) -> list[Any]:
        answer, is_good = judged
        return [gr.Row(visible=False), await record(answer, is_good, text, request)]

    conversation.chatbot.like(on_like, conversation.history, [judged, row, note, said], **QUICK)
    gr.on([note.submit, send.click], on_send, [judged, note], [row, said], **QUICK)
