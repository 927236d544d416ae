"""The batch tab: a file of questions in, a table of answers to look at and to take away."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator, Callable
from html import escape
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple, get_args

import gradio as gr

from assistant import Answer
from assistant.answer import Status
from assistant.batch import ANSWER_SUFFIXES, Question, written
from assistant.question import as_asked
from corpus import Language, TanyaError
from page.batch_labels import batch_label
from page.batch_line import BatchLine
from page.batch_work import MAX_BYTES, Batch, broken, work_on
from page.client import Client
from page.labels import label
from page.language import preferred_language
from page.loader import Loader
from page.markup import paper_name
from page.reader import QUICK
from page.saving import SAVE_FILE_JS, file_to_save, take_upload

_COLUMNS = ("id", "question", "status", "short", "answer", "pages", "confidence")
_WIDTHS: list[str | int] = ["60px", "230px", "130px", "200px", "350px", "140px", "110px"]

_ALL = "all"
_STATUSES: tuple[Status, ...] = get_args(Status)

_EXAMPLE = b"""id,question,language
1,Berapa paket masker yang diberikan Sichuan?,
2,When was the sister-province agreement signed?,
3,DTKS?,id
"""


class _Parts(NamedTuple):
    """The tab's parts that change, in the order in which `_view` tells of them."""

    state: gr.HTML
    progress: gr.HTML
    problem: gr.HTML
    file: gr.File
    start: gr.Button
    cancel: gr.Button
    downloads: gr.Row
    shown: gr.Radio
    table: gr.Dataframe


def lay_out_batch(loader: Loader, words: gr.I18n, line: BatchLine) -> None:
    """Lay out the batch tab, whose batches stand in a line with all others."""
    batch = gr.State(Batch())
    gr.HTML(f'<p class="note">{words("batch_note")}</p>')
    file = gr.File(label=str(words("batch_upload")), height=140, elem_id="batch-file")
    with gr.Row(elem_id="batch-bar"):
        start = gr.Button(str(words("batch_start")), variant="primary", size="md", visible=False, elem_id="batch-start")
        cancel = gr.Button(str(words("batch_cancel")), size="md", visible=False, elem_id="batch-cancel")
        gr.HTML(_example_link(words), elem_id="batch-example")
    problem = gr.HTML(visible=False, elem_id="batch-problem")
    state = gr.HTML(f'<p role="status">{words("batch_empty")}</p>', elem_id="batch-state")
    progress = gr.HTML(visible=False, elem_id="batch-progress")
    with gr.Row(visible=False, elem_id="batch-downloads") as downloads:
        gr.HTML(f"<span>{words('batch_download')}</span>")
        savers = {
            suffix: gr.Button(suffix[1:].upper(), size="sm", elem_id=f"batch-{suffix[1:]}")
            for suffix in ANSWER_SUFFIXES
        }
    shown = gr.Radio(label=str(words("batch_show")), container=False, visible=False, elem_id="batch-shown")
    table = gr.Dataframe(
        headers=list(_COLUMNS),
        label=str(words("batch_table")),
        show_label=False,
        interactive=False,
        wrap=True,
        buttons=[],
        column_widths=_WIDTHS,
        max_height=600,
        visible=False,
        elem_id="batch-table",
    )
    parts = _Parts(state, progress, problem, file, start, cancel, downloads, shown, table)
    _connect(loader, line, batch, parts, savers)


def _connect(loader: Loader, line: BatchLine, batch: gr.State, parts: _Parts, savers: dict[str, gr.Button]) -> None:
    async def on_run(batch: Batch, request: gr.Request) -> AsyncIterator[list[Any]]:
        language, worked = preferred_language(request), False
        async for _ in work_on(loader, batch, line, Client()):
            yield _view(batch, language)
            worked = True
        if not worked:
            yield [gr.skip()] * len(parts)

    everything: list[Any] = list(parts)
    parts.file.upload(_on_upload, [parts.file, batch], everything, **QUICK)
    begun = parts.start.click(_on_start, batch, everything, **QUICK)
    # Not "once": what was stopped in line stands there still, and would keep out what is begun anew.
    begun.then(
        on_run,
        batch,
        everything,
        trigger_mode="multiple",
        **QUICK,  # where it waits is the line
    )
    parts.cancel.click(_on_cancel, batch, everything, **QUICK)
    parts.shown.input(_on_shown, [parts.shown, batch], everything, **QUICK)
    made = gr.JSON(visible=False)
    for suffix, button in savers.items():
        saved = button.click(_saver(suffix), batch, [made, parts.state], **QUICK)
        saved.then(None, made, None, js=SAVE_FILE_JS, api_visibility="private")


async def _on_upload(path: str, batch: Batch, request: gr.Request) -> list[Any]:
    try:
        batch.read(*take_upload(path, max_bytes=MAX_BYTES))
    except OSError:
        batch.problem = broken()
    return _view(batch, preferred_language(request))


async def _on_start(batch: Batch, request: gr.Request) -> list[Any]:
    batch.begin()
    return _view(batch, preferred_language(request))


async def _on_cancel(batch: Batch, request: gr.Request) -> list[Any]:
    batch.stop()
    return _unless_worked_on(batch, request)


async def _on_shown(shown: str, batch: Batch, request: gr.Request) -> list[Any]:
    batch.shown = next((status for status in _STATUSES if status == shown), None)
    return _unless_worked_on(batch, request)


def _saver(suffix: str) -> Callable[..., Any]:
    # No functools.partial: Gradio does not find a request among the arguments of one.
    async def on_save(batch: Batch, request: gr.Request) -> list[Any]:
        language, answers = preferred_language(request), len(batch.answers)
        data = await asyncio.to_thread(lambda: written(batch.records(), suffix))
        batch.saved = answers
        name = f"{Path(batch.name).stem}-{batch_label('answers_name', language)}{suffix}"
        return [file_to_save(name, data), gr.skip() if batch.is_worked_on else _state(batch, language)]

    return on_save


def _unless_worked_on(batch: Batch, request: gr.Request) -> list[Any]:
    if batch.is_worked_on:
        return [gr.skip()] * len(_Parts._fields)
    return _view(batch, preferred_language(request))


def _view(batch: Batch, language: Language) -> list[Any]:
    """Return what all parts show of a batch."""
    waits = batch.phase == "in_line" or batch.is_worked_on
    has_questions, has_answers = bool(batch.questions), bool(batch.answers)
    begin = batch_label("resume" if has_answers else "start", language)
    shown = gr.Radio(_choices(batch, language), visible=has_questions)
    if batch.phase == "ready":  # later, what is picked just then would be taken back
        shown = gr.Radio(_choices(batch, language), value=batch.shown or _ALL, visible=True)
    return [
        _state(batch, language),
        gr.HTML(_progress(batch, language), visible=has_questions),
        gr.HTML(problem_html(batch.problem, language), visible=batch.problem is not None),
        gr.File(None, visible=not waits),
        gr.Button(begin, visible=batch.phase in ("ready", "stopped")),
        gr.Button(visible=waits, interactive=batch.phase != "stopping"),
        gr.Row(visible=has_answers),
        shown,
        gr.Dataframe(_table(batch, language), visible=has_questions),
    ]


def _state(batch: Batch, language: Language) -> str:
    told = batch_label(batch.phase, language, name=batch.name, total=len(batch.questions))
    unsaved = " data-unsaved" * (len(batch.answers) > batch.saved)
    return f'<p role="status"{unsaved}>{escape(told)}</p>'


def _progress(batch: Batch, language: Language) -> str:
    done, total = len(batch.answers), len(batch.questions)
    return progress_html(batch_label("progress", language, done=done, total=total), done, total)


def progress_html(told: str, done: int, total: int) -> str:
    """Return how much of some work is done, as HTML: in words, and as a bar."""
    return f'<label>{escape(told)} <progress max="{total}" value="{done}"></progress></label>'


def problem_html(problem: TanyaError | None, language: Language) -> str:
    """Return what is wrong as HTML, "" for nothing."""
    return f'<p role="alert">{escape(problem.told(language))}</p>' if problem else ""


def _choices(batch: Batch, language: Language) -> list[tuple[str, str]]:
    counts = Counter({_ALL: len(batch.questions)}) + batch.counts
    return [(f"{batch_label(each, language)} ({counts[each]})", each) for each in (_ALL, *_STATUSES)]


def _table(batch: Batch, language: Language) -> dict[str, list[Any]]:
    rows = [
        _row(question, answer, language)
        for question, answer in zip_longest(batch.questions, batch.answers)
        if batch.shown in (None, answer and answer.status)
    ]
    return {"headers": [batch_label(column, language) for column in _COLUMNS], "data": rows}


def _row(question: Question, answer: Answer | None, language: Language) -> list[str]:
    if answer is None:
        return [question.id, as_asked(question.text), batch_label("waiting", language), "", "", "", ""]
    confidence = "" if answer.status in ("replied", "error") else f"{answer.confidence:.0%}"
    status, text = batch_label(answer.status, language), answer.error or answer.text
    return [question.id, answer.question, status, answer.short or "", text, _places(answer, language), confidence]


def _places(answer: Answer, language: Language) -> str:
    """Return the pages that an answer cites, of each paper where there are several."""
    places = []
    for paper in dict.fromkeys(citation.paper for citation in answer.citations):
        pages = ", ".join(dict.fromkeys(c.pages for c in answer.citations if c.paper == paper))
        named = f"{paper_name(paper, language)}, " if paper.id else ""
        places.append(f"{named}{label('page', language)} {pages}")
    return "; ".join(places)


def _example_link(words: gr.I18n) -> str:
    data = b64encode(_EXAMPLE).decode()
    link = f'download="tanya-questions.csv" href="data:text/csv;charset=utf-8;base64,{data}"'
    return f'<a class="download" {link}>{words("batch_example")}</a>'
