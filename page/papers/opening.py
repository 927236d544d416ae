"""Opening a visitor's own paper: a file is dropped, read and prepared, for its session only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.concurrency import run_in_threadpool

from assistant import Assistant
from assistant.assistant import Report
from assistant.first_look import FirstLook
from corpus import Language, PaperError, TanyaError
from page.chat.history import Histories
from page.client import Client
from page.events import QUICK
from page.markup import message
from page.page_language import preferred_language
from page.papers.desks import Desk
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.workspace import Workspace, session_of
from page.saving import drop_upload, take_upload
from page.ui_text import label, labelled_error

MAX_MB = 20
"""Megabytes of the largest file that is accepted: some thousand pages of text."""

_AT_ONCE = 1
"""Papers that are prepared at the same time; the others wait. With more, questions would be answered slowly."""

_READ_AT_ONCE = 2
"""Files that are read at the same time."""

_MOST_GIVEN = 12
"""Files that are being read or wait for it; each holds one of the 40 places that Gradio has for all events."""

_LOOK_AGAIN = 0.1
"""Seconds between two looks whether there is room for a paper's index; a paper in use may leave none."""

Show = Callable[[Document, str, Histories, gr.Request], list[Any]]
"""Returns what all other parts of the page show of a paper, given its digest, or "" for the page's own."""


class Opening:
    """The box that takes a visitor's file, and the state of that file."""

    def __init__(self, workspace: Workspace, at: gr.Textbox, status: gr.HTML) -> None:
        """Lay out the box, which is hidden: the menu opens it, and a file may be dropped anywhere on the page.

        ``at`` holds the paper that the browser works on (see `Workspace`), ``status`` shows the progress of a file.
        """
        self._workspace = workspace
        self._desks = workspace.desks
        self._readers = ThreadPoolExecutor(_READ_AT_ONCE, "read-own-paper")  # apart from the threads of questions
        self._given = 0
        self._tidying: asyncio.Task[None] | None = None
        self._at = at
        self._status = status
        self._file = gr.File(show_label=False, elem_id="own-file")

    def connect(
        self, page: gr.Blocks, bar: gr.HTML, histories: gr.State, parts: list[Any], show: Show
    ) -> tuple[Any, Any]:
        """Connect the events: a file that is given becomes the session's paper, and all ``parts`` ``show`` it.

        Return the event after which the paper can be asked, and the one after which the page's own paper is back.
        """
        self._show = show
        self._parts = parts
        everything = [self._file, self._at, *parts, self._status]
        # Not "once": another file may be given while one is being read, or prepared.
        many: dict[str, Any] = {"trigger_mode": "multiple", **QUICK}
        opened = self._file.upload(self._on_file, [self._file, histories, self._at], everything, **many)
        prepared = many | {"concurrency_id": "own-paper", "concurrency_limit": _AT_ONCE}
        closed = bar.click(self._on_close, [histories, self._at], everything, **QUICK)
        page.unload(self._on_unload)
        return opened.then(self._on_opened, None, self._status, **prepared), closed

    async def _on_file(self, file: str, histories: Histories, at: str, request: gr.Request) -> AsyncIterator[list[Any]]:
        """Read a file and open it. The former paper stays open until then, and if the file is not a paper."""
        session, language, path = session_of(request), preferred_language(request), Path(file)
        client, desk = Client(), self._desks.at(session)
        nothing = [gr.skip()] * (len(self._parts) + 3)
        desk.reading, desk.problem = path, None
        try:
            yield self._only_status(desk, language)
            document, size = await self._read_in_turn(path)
            digest = document.paper.digest
            # In a thread, since drawing a page takes time
            shown = await run_in_threadpool(self._show, document, digest, histories, request)
            if await client.is_there() and desk.reading is path:
                self._open(session, document, size)
                if at and at != digest:
                    histories.forget(at)
                yield [None, digest, *shown, self._status_of(desk, language)]
            else:  # meanwhile the client left, closed the paper or gave another file
                document.close()
                yield nothing
        except TanyaError as error:
            if desk.reading is path:
                desk.reading, desk.problem = None, copy(error)  # the frames of its traceback hold the file
                yield self._only_status(desk, language)
            else:
                yield nothing
        finally:
            drop_upload(str(path))  # in case it was not read
            if desk.reading is path:
                desk.reading = None
            self._desks.remove_if_empty(session)

    async def _read_in_turn(self, path: Path) -> tuple[Document, int]:
        """Read an upload when its turn comes. Return the paper and the number of bytes. Raises PaperError."""
        if self._given >= _MOST_GIVEN:
            raise labelled_error("own_busy", PaperError, name=path.name)
        self._given += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, _read, path)
        finally:
            self._given -= 1

    def _open(self, session: str, document: Document, size: int) -> None:
        """Open a paper that was read. Raises TanyaError if there is no room."""
        try:
            self._desks.open(session, self._loader(document), size)
        except TanyaError:
            document.close()
            raise
        if self._tidying is None or self._tidying.done():
            self._tidying = asyncio.create_task(self._desks.keep_tidy())

    async def _on_opened(self, request: gr.Request) -> AsyncIterator[Any]:
        """Prepare the paper that was opened. It can be read meanwhile; questions wait."""
        session, language = session_of(request), preferred_language(request)
        desk = self._desks.find(session)
        loader = desk.loader if desk else None
        if desk is None or loader is None or loader.progress.stage != "starting":
            yield self._lost(session, language) or gr.skip()
            return
        async for _ in self._workspace.base.watch():  # if this fails, so does the paper's loader, which reports it
            pass
        while desk.loader is loader and not self._desks.prepare(session):
            await asyncio.sleep(_LOOK_AGAIN)
        if desk.loader is not loader:
            yield self._lost(session, language) or gr.skip()
            return
        loader.start()
        try:
            with self._desks.in_use(session):
                async for _ in loader.watch():
                    yield self._status_of(desk, language) if desk.loader is loader else gr.skip()
        finally:
            if desk.loader is loader and not loader.finished:  # the client has left
                self._desks.close(session)

    def _lost(self, session: str, language: Language) -> str:
        """Return why a paper was closed to keep within the limits, as HTML; "" if it was not."""
        error = self._desks.closed.get(session)
        return _problem(error.in_language(language), language) if error else ""

    def _loader(self, document: Document) -> Loader:
        """Return the loader of a paper's assistant, which has the models of the page's own assistant."""

        def load(report: Report) -> Assistant:
            base = self._workspace.base.ready
            loader.first_look = FirstLook(document.paper, base.over)
            return base.over(document.paper, progress=report)

        loader = Loader(document, load)
        return loader

    async def _on_close(self, histories: Histories, at: str, request: gr.Request) -> list[Any]:
        """Close the session's paper, drop its conversations, and go back to the page's own paper."""
        self._desks.close(session_of(request))
        if at:
            histories.forget(at)
        document, language = self._workspace.base.document, preferred_language(request)
        shown = await run_in_threadpool(self._show, document, "", histories, request)
        return [None, "", *shown, message(label("own_gone", language), "sr-only")]

    async def _on_unload(self, request: gr.Request) -> None:
        self._desks.close(session_of(request))

    def _only_status(self, desk: Desk, language: Language) -> list[Any]:
        """Return values for all parts: the box for files is emptied, the status is new, the rest stays."""
        return [None, *[gr.skip()] * (len(self._parts) + 1), self._status_of(desk, language)]

    def _status_of(self, desk: Desk, language: Language) -> str:
        """Return the state of a desk as HTML: the problem of the last file, the file being read, the open paper."""
        problem = _problem(desk.problem.in_language(language), language) if desk.problem else ""
        reading = _stage(label("own_reading", language), desk.reading.name) if desk.reading else ""
        opened = self._progress_of(desk.loader, language) if desk.loader else ""
        return problem + reading + opened

    def _progress_of(self, loader: Loader, language: Language) -> str:
        """Return the progress of the open paper as HTML. `page.js` looks for its ``data-own``."""
        paper, progress = loader.document.paper, loader.progress
        if progress.stage == "ready":
            html = message(f"{label('own_ready', language)} {paper.name}", "ready sr-only")
        elif progress.stage == "failed":
            html = _problem(progress.in_language(language), language)
        elif progress.total:
            bar = f'<progress aria-label="{escape(label("index", language))}" max="{progress.total}"'
            html = f'{_stage(label("own_indexing", language), paper.name)}{bar} value="{progress.done}"></progress>'
        else:
            line = "own_line" if self._workspace.base.finished else "own_model"
            html = _stage(label(line, language), paper.name)
        return f"<div data-own>{html}</div>"


def _read(path: Path) -> tuple[Document, int]:
    """Read an upload, and delete it: the paper stays in the session's memory only.

    Return the paper and the number of bytes of the file. Raises PaperError.
    """
    try:
        name, data = take_upload(str(path), max_bytes=MAX_MB * 1_000_000)
    except OSError:  # the same file was uploaded twice at once, and has been read and deleted already
        raise labelled_error("own_unread", PaperError, name=path.name) from None
    if data is None:
        raise labelled_error("own_too_large", PaperError, name=name, limit=MAX_MB)
    return Document.read(name, data), len(data)


def _stage(text: str, name: str) -> str:
    return f'<p class="stage" role="status">{escape(text)} <b>{escape(name)}</b></p>'


def _problem(text: str, language: Language) -> str:
    name = escape(label("dismiss", language))
    return (
        f'<p class="failed" role="alert"><span>{escape(text)}</span>'
        f'<button type="button" class="icon" data-dismiss aria-label="{name}" title="{name}">'
        '<span aria-hidden="true">✕</span></button></p>'
    )
