"""Verdicts on answers, if the page is started with them: they are recorded in a file on this machine."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from assistant import Answer
from assistant.errors import FeedbackError
from assistant.feedback import FeedbackFile
from page.chat.chat_pane import ChatPane, turn_of
from page.chat.history import Histories
from page.events import QUICK, text_of
from page.markup import message
from page.page_language import preferred_language
from page.ui_text import label

logger = logging.getLogger(__name__)


def collect_feedback(conversation: ChatPane, file: FeedbackFile, words: gr.I18n) -> None:
    """Lay out the note that can be added to a verdict, and record both.

    The paper of a verdict is the one that the answer cites first.
    """
    judged = gr.State()  # the answer, and whether it is good
    with conversation.above_box:
        status = gr.HTML(elem_id="feedback-said", apply_default_css=False)
        with gr.Row(visible=False, elem_id="feedback") as row:
            hint = str(words("feedback_note"))
            note = gr.Textbox(label=hint, placeholder=hint, show_label=False, container=False, max_lines=3)
            send = gr.Button(str(words("feedback_send")), elem_id="feedback-send")

    async def record(answer: Answer, is_good: bool, text: str, request: gr.Request) -> str:
        language, now = preferred_language(request), datetime.now(UTC)
        paper = next((citation.paper for citation in (*answer.citations, *answer.related)), None)
        try:
            await asyncio.to_thread(file.record, answer, is_good=is_good, note=text, at=now, paper=paper)
        except FeedbackError as error:
            logger.error("%s", error)
            return message(label("feedback_failed", language), "failed", "alert")
        return message(label("feedback_kept", language))

    async def on_judge(histories: Histories, at: str, event: gr.EventData, request: gr.Request) -> list[Any]:
        chat = histories[at].current
        turn = turn_of(event, chat)
        answer = None if turn is None else chat.turns[turn].answer
        if turn is None or answer is None:
            return [None, gr.Row(visible=False), "", ""]
        is_good = text_of(event, "judge") == "good"
        chat.turns[turn] = chat.turns[turn]._replace(is_good=is_good)
        recorded = await record(answer, is_good, "", request)
        return [(answer, is_good), gr.Row(visible=True), "", recorded]

    async def on_send(judged: tuple[Answer, bool], text: str, request: gr.Request) -> list[Any]:
        answer, is_good = judged
        return [gr.Row(visible=False), await record(answer, is_good, text, request)]

    conversation.chat.like(on_judge, [conversation.histories, conversation.at], [judged, row, note, status], **QUICK)
    gr.on([note.submit, send.click], on_send, [judged, note], [row, status], **QUICK)
