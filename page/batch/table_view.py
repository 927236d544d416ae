"""The view that asks every paper of a library one question: a table with a row for each paper, and its downloads."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.paper_table import TABLE_SUFFIXES, table_file
from assistant.wording import say
from corpus import Language
from corpus.library import BUNDLED
from page.batch.table_work import PaperTable
from page.batch.work_queue import WorkQueue
from page.batch.work_view import WorkView
from page.chat.chat_pane import question_box
from page.events import QUICK
from page.papers.loader import Loader
from page.ui_text import label

_COLUMNS = {"paper": "16%", "status": "10%", "short": "20%", "page": "8%", "quote": "37%", "confidence": "9%"}
"""The columns, each with its width."""


class PaperTableView(WorkView[PaperTable]):
    """A question to every paper of a library, and a row for each paper."""

    def __init__(self, loader: Loader, words: gr.I18n, queue: WorkQueue) -> None:
        """Lay out the view. Its tables wait in ``queue``."""
        super().__init__(loader, queue, "table", PaperTable())
        gr.HTML(f'<p class="note">{words("table_note")}</p>')
        with gr.Row(elem_id="table-bar"):
            self._question = question_box(words, "table-question")
            self._start = gr.Button(str(words("ask")), variant="primary", elem_id="table-start")
            self._resume = gr.Button(str(words("batch_resume")), visible=False, elem_id="table-resume")
            self._cancel = gr.Button(str(words("batch_cancel")), visible=False, elem_id="table-cancel")
        self._lay_out(words, _COLUMNS, TABLE_SUFFIXES)
        self._own = [self._start, self._resume, self._cancel]
        parts = self._parts
        ask = [self._question.submit, self._start.click]
        self._run_after(
            gr.on(ask, self._on_ask, [self._question, self._work], parts, **QUICK),
            self._resume.click(self._on_begin, self._work, parts, **QUICK),
        )
        self._cancel.click(self._on_cancel, self._work, parts, **QUICK)

    async def _on_ask(self, question: str, table: PaperTable, request: gr.Request) -> list[Any]:
        table.ask(question)
        return self._view_unless_running(table, request)

    def _state_text(self, table: PaperTable, language: Language) -> str:
        own = table.phase in ("empty", "running", "stopped", "done")
        return label(f"{'table' if own else 'batch'}_{table.phase}", language, name=table.question)

    def _table(self, table: PaperTable, language: Language) -> dict[str, list[Any]]:
        own = ("paper", "page", "quote")  # the other columns have the names that they have in a batch
        headers = [label(f"{'table' if name in own else 'batch'}_{name}", language) for name in _COLUMNS]
        return {"headers": headers, "data": [_row(row, language) for row in table.records()]}

    def _own_values(self, table: PaperTable, language: Language) -> list[Any]:
        return [
            gr.Button(visible=not table.is_under_way),
            gr.Button(visible=table.phase == "stopped"),
            gr.Button(visible=table.is_under_way, interactive=table.phase != "stopping"),
        ]

    def _file(self, table: PaperTable, suffix: str) -> bytes:
        return table_file(table.records(), suffix)

    def _file_name(self, table: PaperTable, language: Language) -> str:
        return label("table_file_name", language)


def _row(row: dict[str, Any], language: Language) -> list[str]:
    """Return the cells of a row. If the paper could not be asked, the reason stands in place of the short answer."""
    paper = label("bundled_name", language) if row["id"] == BUNDLED else row["paper"]
    confidence = say(f"strength_{row['confidence']}", language) if row["confidence"] else ""
    status, short = label(f"batch_{row['status']}", language), row["error"] or row["short_answer"] or ""
    page = f"{label('page', language)} {row['page']}" if row["page"] else ""
    return [paper, status, short, page, row["quote"] or "", confidence]
