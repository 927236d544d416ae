"""The tab over a library that asks every paper one question: rows that fill as they come, and a table to take away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from html import escape
from typing import Any, NamedTuple

import gradio as gr

from assistant.paper_table import TABLE_SUFFIXES, table_file
from corpus import Language
from corpus.library import BUNDLED
from page.batch import problem_html, progress_html
from page.batch_labels import batch_label
from page.batch_line import BatchLine
from page.batch_work import work_on
from page.client import Client
from page.labels import label
from page.language import preferred_language
from page.loader import Loader
from page.reader import QUICK
from page.saving import SAVE_FILE_JS, file_to_save
from page.table_labels import table_label
from page.table_work import PaperTable

_COLUMNS = ("paper", "status", "short", "page", "quote", "confidence")
_WIDTHS: list[str | int] = ["200px", "120px", "260px", "100px", "440px", "110px"]


class _Parts(NamedTuple):
    """The tab's parts that change, in the order in which `_view` returns them."""

    state: gr.HTML
    progress: gr.HTML
    problem: gr.HTML
    start: gr.Button
    resume: gr.Button
    cancel: gr.Button
    downloads: gr.Row
    rows: gr.Dataframe


def lay_out_table(loader: Loader, words: gr.I18n, line: BatchLine) -> None:
    """Lay out the tab; its tables stand in a line with all batches."""
    table = gr.State(PaperTable())
    gr.HTML(f'<p class="note">{words("table_note")}</p>')
    with gr.Row(elem_classes="ask-row"):
        box = gr.Textbox(
            label=str(words("question")),
            placeholder=str(words("question_hint")),
            show_label=False,
            container=False,
            max_lines=6,
            elem_id="table-question",
            elem_classes="question",
        )
        start = gr.Button(str(words("ask")), variant="primary", elem_id="table-start", elem_classes="ask")
        resume = gr.Button(str(words("batch_resume")), visible=False, elem_id="table-resume", elem_classes="ask")
        cancel = gr.Button(str(words("batch_cancel")), visible=False, elem_id="table-cancel", elem_classes="ask")
    problem = gr.HTML(visible=False, elem_id="table-problem")
    state = gr.HTML(f'<p role="status">{words("table_empty")}</p>', elem_id="table-state")
    progress = gr.HTML(visible=False, elem_id="table-progress")
    with gr.Row(visible=False, elem_id="table-downloads") as downloads:
        gr.HTML(f"<span>{words('batch_download')}</span>")
        savers = {
            suffix: gr.Button(suffix[1:].upper(), size="sm", elem_id=f"table-{suffix[1:]}") for suffix in TABLE_SUFFIXES
        }
    rows = gr.Dataframe(
        headers=list(_COLUMNS),
        label=str(words("table_rows")),
        show_label=False,
        interactive=False,
        wrap=True,
        buttons=[],
        column_widths=_WIDTHS,
        max_height=600,
        visible=False,
        elem_id="table-rows",
    )
    parts = _Parts(state, progress, problem, start, resume, cancel, downloads, rows)
    _connect(loader, line, table, box, parts, savers=savers)


def _connect(
    loader: Loader, line: BatchLine, table: gr.State, box: gr.Textbox, parts: _Parts, *, savers: dict[str, gr.Button]
) -> None:
    async def on_run(table: PaperTable, request: gr.Request) -> AsyncIterator[list[Any]]:
        language, worked = preferred_language(request), False
        async for _ in work_on(loader, table, line, Client()):
            yield _view(table, language)
            worked = True
        if not worked:
            yield [gr.skip()] * len(parts)

    everything: list[Any] = list(parts)
    asked = gr.on([box.submit, parts.start.click], _on_ask, [box, table], everything, **QUICK)
    resumed = parts.resume.click(_on_resume, table, everything, **QUICK)
    for begun in (asked, resumed):
        begun.then(on_run, table, everything, trigger_mode="multiple", **QUICK)  # where it waits is the line
    parts.cancel.click(_on_cancel, table, everything, **QUICK)
    made = gr.JSON(visible=False)
    for suffix, button in savers.items():
        saved = button.click(_saver(suffix), table, [made, parts.state], **QUICK)
        saved.then(None, made, None, js=SAVE_FILE_JS, api_visibility="private")


async def _on_ask(question: str, table: PaperTable, request: gr.Request) -> list[Any]:
    table.ask(question)
    return _unless_worked_on(table, request)


async def _on_resume(table: PaperTable, request: gr.Request) -> list[Any]:
    table.begin()
    return _unless_worked_on(table, request)


async def _on_cancel(table: PaperTable, request: gr.Request) -> list[Any]:
    table.stop()
    return _unless_worked_on(table, request)


def _saver(suffix: str) -> Callable[..., Any]:
    # No functools.partial: Gradio does not find a request among the arguments of one.
    async def on_save(table: PaperTable, request: gr.Request) -> list[Any]:
        language, rows = preferred_language(request), list(table.rows)
        data = await asyncio.to_thread(table_file, rows, suffix)
        table.saved = len(rows)
        name = f"{table_label('file_name', language)}{suffix}"
        return [file_to_save(name, data), gr.skip() if table.is_worked_on else _state(table, language)]

    return on_save


def _unless_worked_on(table: PaperTable, request: gr.Request) -> list[Any]:
    if table.is_worked_on:
        return [gr.skip()] * len(_Parts._fields)
    return _view(table, preferred_language(request))


def _view(table: PaperTable, language: Language) -> list[Any]:
    """Return what all parts show of a table."""
    waits = table.phase == "in_line" or table.is_worked_on
    has_rows = bool(table.rows)
    return [
        _state(table, language),
        gr.HTML(_progress(table, language), visible=table.papers is not None),
        gr.HTML(problem_html(table.problem, language), visible=table.problem is not None),
        gr.Button(visible=not waits),
        gr.Button(visible=table.phase == "stopped"),
        gr.Button(visible=waits, interactive=table.phase != "stopping"),
        gr.Row(visible=has_rows),
        gr.Dataframe(_rows(table, language), visible=has_rows),
    ]


def _state(table: PaperTable, language: Language) -> str:
    own = table.phase in ("empty", "running", "stopped", "done")
    told = (table_label if own else batch_label)(table.phase, language, name=table.question)
    unsaved = " data-unsaved" * (len(table.rows) > table.saved)
    return f'<p role="status"{unsaved}>{escape(told)}</p>'


def _progress(table: PaperTable, language: Language) -> str:
    done, total = len(table.rows), len(table.papers or ())
    return progress_html(table_label("progress", language, done=done, total=total), done, total)


def _rows(table: PaperTable, language: Language) -> dict[str, list[Any]]:
    named = ("paper", "page", "quote")  # the others are called as in a batch
    headers = [(table_label if name in named else batch_label)(name, language) for name in _COLUMNS]
    return {"headers": headers, "data": [_row(row, language) for row in table.rows]}


def _row(row: dict[str, Any], language: Language) -> list[str]:
    """Return a row as it is shown; of a paper that could not be asked, the reason stands as its short answer."""
    paper = label("bundled_name", language) if row["id"] == BUNDLED else row["paper"]
    confidence = "" if row["confidence"] is None else f"{row['confidence']:.0%}"
    status, short = batch_label(row["status"], language), row["error"] or row["short"] or ""
    page = f"{label('page', language)} {row['page']}" if row["page"] else ""
    return [paper, status, short, page, row["quote"] or "", confidence]
