"""The view of batches: a file of questions is uploaded, a table shows the answers, and the table is downloaded."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import zip_longest
from pathlib import Path
from typing import Any, get_args

import gradio as gr

from assistant import Answer
from assistant.answer import Status
from assistant.batch import ANSWER_SUFFIXES, BatchQuestion, answers_file
from assistant.question import as_asked
from assistant.wording import say
from corpus import Language
from page.batch.batch_work import MAX_BYTES, Batch
from page.batch.work_queue import WorkQueue
from page.batch.work_view import WorkView
from page.chat.reply import answer_html
from page.events import QUICK, SEND_EVENTS
from page.markup import csv_link, paper_name
from page.papers.loader import Loader
from page.saving import take_upload
from page.ui_text import label, labelled_error

_COLUMNS = {"id": "6%", "question": "28%", "status": "15%", "short": "23%", "pages": "13%", "confidence": "15%"}
"""The columns, each with its width."""

_ALL = "all"
_STATUSES: tuple[Status, ...] = get_args(Status)

_EXAMPLE = b"""id,question,language
1,Berapa paket masker yang diberikan Sichuan?,
2,When was the sister-province agreement signed?,
3,DTKS?,id
"""


class BatchView(WorkView[Batch]):
    """A file of questions, and the table of their answers. A click on a row opens its answer."""

    def __init__(self, loader: Loader, words: gr.I18n, queue: WorkQueue) -> None:
        """Lay out the view. Its batches wait in ``queue``."""
        super().__init__(loader, queue, "batch", Batch())
        gr.HTML(f'<p class="note">{words("batch_note")}</p>')
        self._questions = gr.File(label=str(words("batch_upload")), height=140, elem_id="batch-file")
        with gr.Row(elem_id="batch-bar"):
            self._start = gr.Button(str(words("batch_start")), variant="primary", visible=False, elem_id="batch-start")
            self._cancel = gr.Button(str(words("batch_cancel")), visible=False, elem_id="batch-cancel")
            example = csv_link("tanya-questions.csv", _EXAMPLE, str(words("batch_example")))
            gr.HTML(example, elem_id="batch-example")
        self._shown = gr.Radio(
            label=str(words("batch_show")), container=False, visible=False, render=False, elem_id="batch-shown"
        )
        self._lay_out(words, _COLUMNS, ANSWER_SUFFIXES, self._shown)
        self.opened = gr.HTML(apply_default_css=False, js_on_load=SEND_EVENTS, elem_id="batch-opened")
        """Where a row's answer is opened."""
        self._own = [self._questions, self._start, self._cancel, self._shown]
        parts = self._parts
        self._questions.upload(self._on_upload, [self._questions, self._work], parts, **QUICK)
        self._questions.upload(lambda: "", None, self.opened, **QUICK)
        self._run_after(self._start.click(self._on_begin, self._work, parts, **QUICK))
        self._cancel.click(self._on_cancel, self._work, parts, **QUICK)
        self._shown.input(self._on_shown, [self._shown, self._work], parts, **QUICK)
        picked = self._rows.select(_on_row, self._work, self.opened, **QUICK)
        picked.then(None, js="() => tanya.toOpened()", api_visibility="private")

    async def _on_upload(self, path: str, batch: Batch, request: gr.Request) -> list[Any]:
        try:
            batch.read(*take_upload(path, max_bytes=MAX_BYTES))
        except OSError:
            batch.problem = labelled_error("broken")
        return self._view_unless_running(batch, request)

    async def _on_shown(self, shown: str, batch: Batch, request: gr.Request) -> list[Any]:
        batch.shown = next((status for status in _STATUSES if status == shown), None)
        return self._view_unless_running(batch, request)

    def _state_text(self, batch: Batch, language: Language) -> str:
        return label(f"batch_{batch.phase}", language, name=batch.name, total=batch.total)

    def _table(self, batch: Batch, language: Language) -> dict[str, list[Any]]:
        rows = [
            _row(question, answer, language)
            for question, answer in zip_longest(batch.asked or (), batch.answers)
            if batch.shown in (None, answer and answer.status)
        ]
        return {"headers": [label(f"batch_{column}", language) for column in _COLUMNS], "data": rows}

    def _own_values(self, batch: Batch, language: Language) -> list[Any]:
        begin = label("batch_resume" if batch.done else "batch_start", language)
        shown = gr.Radio(_choices(batch, language), visible=batch.total > 0)
        if batch.phase == "ready":  # later, this would undo what the user picks at that moment
            shown = gr.Radio(_choices(batch, language), value=batch.shown or _ALL, visible=True)
        return [
            gr.File(None, visible=not batch.is_under_way),
            gr.Button(begin, visible=batch.phase in ("ready", "stopped")),
            gr.Button(visible=batch.is_under_way, interactive=batch.phase != "stopping"),
            shown,
        ]

    def _file(self, batch: Batch, suffix: str) -> bytes:
        return answers_file(batch.records(), suffix)

    def _file_name(self, batch: Batch, language: Language) -> str:
        return f"{Path(batch.name).stem}-{label('batch_answers_name', language)}"


async def _on_row(batch: Batch, event: gr.SelectData) -> str:
    """Return the question and the answer of the row that was clicked, rendered as in the conversation."""
    row = event.index[0] if isinstance(event.index, list | tuple) else -1
    answers = [answer for answer in batch.answers if batch.shown in (None, answer.status)]
    if not 0 <= row < len(answers):
        return ""
    return f'<div class="question"><h2>{escape(answers[row].question)}</h2></div>{answer_html(answers[row])}'


def _choices(batch: Batch, language: Language) -> list[tuple[str, str]]:
    counts = Counter({_ALL: batch.total}) + Counter(answer.status for answer in batch.answers)
    return [(f"{label(f'batch_{shown}', language)} ({counts[shown]})", shown) for shown in (_ALL, *_STATUSES)]


def _row(question: BatchQuestion, answer: Answer | None, language: Language) -> list[str]:
    if answer is None:
        return [question.id, as_asked(question.text), label("batch_waiting", language), "", "", ""]
    confidence = say(f"strength_{answer.strength}", language) if answer.strength else ""
    status, short = label(f"batch_{answer.status}", language), answer.error or answer.short or answer.text
    return [question.id, answer.question, status, short, _places(answer, language), confidence]


def _places(answer: Answer, language: Language) -> str:
    """Return the pages that an answer cites, for each paper if there are several."""
    places = []
    for paper in dict.fromkeys(citation.paper for citation in answer.citations):
        pages = ", ".join(dict.fromkeys(c.pages for c in answer.citations if c.paper == paper))
        named = f"{paper_name(paper, language)}, " if paper.id else ""
        places.append(f"{named}{label('page', language)} {pages}")
    return "; ".join(places)
