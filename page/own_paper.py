"""The tab for a paper of one's own: dropped, read, asked and looked at in its session, and gone with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import Assistant
from assistant.assistant import Progress as Report
from corpus import Language, PaperError, TanyaError, check_searchable
from page.client import Client
from page.conversation import Conversation
from page.desks import ClosedError, Desk, Desks
from page.document import Document
from page.labels import ANY_PAPER_EXAMPLES, label
from page.language import preferred_language
from page.loader import Loader
from page.reader import QUICK, Reader
from page.saving import drop_upload, take_upload

MAX_MB = 20
"""Megabytes of the largest file that is taken: some thousand pages of text."""

_AT_ONCE = 1
"""Papers that are prepared at the same time, beside which questions stay quick; the others wait in line."""

_READ_AT_ONCE = 2
"""Files that are read at the same time."""

_MOST_GIVEN = 12
"""Files that are read or wait for that; each holds one of the 40 places that Gradio has for all events together."""

_LOOK_AGAIN = 0.1
"""Seconds between two looks whether there is room for a paper's index: an answer may take some."""


class OwnPaper:
    """The papers of all sessions, each one's own and nobody else's, and the tab in which they are asked."""

    def __init__(self, page: gr.Blocks, words: gr.I18n, base: Loader) -> None:
        """Lay it out; ``base`` loads the model that the papers are asked with, too."""
        self._base = base
        self._desks = Desks()
        self._readers = ThreadPoolExecutor(_READ_AT_ONCE, "read-own-paper")  # questions have threads of their own
        self._given = 0
        self._tidying: asyncio.Task[None] | None = None
        with gr.Row(elem_classes="own-bar"):
            self._file = gr.File(label=str(words("own_file")), show_label=False, height=130, elem_id="own-file")
            with gr.Column():
                gr.HTML(f'<p class="note">{words("own_limit")} {MAX_MB} MB.</p>')
                gr.HTML(f'<p class="note">{words("own_note")}</p>')
                self._status = gr.HTML(elem_id="own-status", apply_default_css=False)
                self._remove = gr.Button(str(words("own_remove")), size="sm", elem_id="own-remove")
        # Hidden by the style sheet while there is no paper: what Gradio hides and shows at once again may stay hidden.
        with gr.Tabs(elem_id="own-tabs") as tabs:
            with gr.Tab(str(words("tab_ask")), id="own-ask", elem_id="own-ask-tab"):
                self._conversation = Conversation(words, self._loader_of, ANY_PAPER_EXAMPLES, in_use=self._in_use)
            with gr.Tab(str(words("tab_paper")), id="own-paper", elem_id="own-paper-tab"):
                self._reader = Reader(words, self._document_of)
        self._reader.show_from(self._conversation.evidence, tabs, "own-ask-tab", "own-paper")
        # The status comes last: by it the style sheet shows the rest, which then is there.
        self._all = [self._file, *self._conversation.parts, *self._reader.parts, self._status]
        # Not "once": another file may be given while one is being read, or prepared.
        opened = self._file.upload(self._on_file, self._file, self._all, trigger_mode="multiple", **QUICK)
        opened.then(
            self._on_opened,
            None,
            self._status,
            api_visibility="private",
            show_progress="hidden",
            trigger_mode="multiple",
            concurrency_id="own-paper",
            concurrency_limit=_AT_ONCE,
        )
        self._remove.click(self._on_remove, None, self._all, **QUICK)
        page.unload(self._on_unload)

    def _loader_of(self, request: gr.Request) -> Loader:
        """Return what loads the session's paper. Raises TanyaError where it has none."""
        return self._desks.loader(_session(request))

    def _in_use(self, request: gr.Request) -> AbstractContextManager[None]:
        return self._desks.in_use(_session(request))

    def _document_of(self, request: gr.Request, paper: str) -> Document:
        """Return the session's paper, the only one it has. Raises TanyaError."""
        return self._loader_of(request).document

    async def _on_file(self, file: str, request: gr.Request) -> AsyncIterator[list[Any]]:
        """Read a file and open it. What was open stays so until then, and if the file turns out not to be a paper."""
        session, reads, path = _session(request), preferred_language(request), Path(file)
        client, desk = Client(), self._desks.at(session)
        nothing = [gr.skip()] * len(self._all)
        desk.reading, desk.problem = path, None
        try:
            yield self._told(desk, reads)
            document, size = await self._read(path, reads)
            shown = await self._reader.opened(document, request)  # drawn, which takes its time
            if await client.hears() and desk.reading is path:
                self._open(session, document, size)
                parts = [*self._conversation.begun_anew(request), *shown]
                yield [None, *parts, self._status_of(desk, reads)]
            else:  # nobody hears of it, or it was removed, or another file was given meanwhile
                document.close()
                yield nothing
        except TanyaError as error:
            if desk.reading is path:
                desk.reading, desk.problem = None, error
                yield self._told(desk, reads)
            else:
                yield nothing
        finally:
            drop_upload(str(path))  # if nobody waited until it was read
            if desk.reading is path:
                desk.reading = None
            self._desks.put_away(session)

    async def _read(self, path: Path, reads: Language) -> tuple[Document, int]:
        """Read an upload when its turn comes; return the paper and the file's bytes. Raises PaperError."""
        if self._given >= _MOST_GIVEN:
            raise PaperError(label("own_busy", reads).format(name=path.name))
        self._given += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, _read, path, reads)
        finally:
            self._given -= 1

    def _open(self, session: str, document: Document, size: int) -> None:
        """Open a paper that was read. Raises TanyaError where there is no room."""
        try:
            self._desks.open(session, Loader(document, self._over(document)), size)
        except TanyaError:
            document.close()
            raise
        if self._tidying is None or self._tidying.done():
            self._tidying = asyncio.create_task(self._desks.keep_tidy())

    async def _on_opened(self, request: gr.Request) -> AsyncIterator[Any]:
        """Prepare the paper that was opened to be asked; it can be looked at, and questions wait, meanwhile."""
        session, reads = _session(request), preferred_language(request)
        desk = self._desks.find(session)
        loader = desk.loader if desk else None
        if desk is None or loader is None or loader.progress.stage != "starting":
            yield self._lost(request) or gr.skip()
            return
        async for _ in self._base.watch():  # whether it fails is told by the paper's own loader, which needs it
            pass
        while desk.loader is loader and not self._desks.prepare(session):
            await asyncio.sleep(_LOOK_AGAIN)
        if desk.loader is not loader:
            yield self._lost(request) or gr.skip()
            return
        loader.start()
        try:
            with self._desks.in_use(session):
                async for _ in loader.watch():
                    yield self._status_of(desk, reads) if desk.loader is loader else gr.skip()
        finally:
            if desk.loader is loader and not loader.finished:  # whoever waited for it has left
                self._desks.close(session)

    def _lost(self, request: gr.Request) -> str:
        """Return what is told of a paper that was closed unasked, as HTML; "" if it was not."""
        try:
            self._loader_of(request)
        except ClosedError as error:
            return _problem(error.told(preferred_language(request)))
        except TanyaError:
            pass
        return ""

    def _over(self, document: Document) -> Callable[[Report], Assistant]:
        def load(report: Report) -> Assistant:
            return self._base.ready.over(document.paper, progress=report)

        return load

    async def _on_remove(self, request: gr.Request) -> list[Any]:
        await self._on_unload(request)
        gone = f'<p class="note" role="status">{escape(label("own_gone", preferred_language(request)))}</p>'
        return [None, *self._conversation.begun_anew(request), *self._reader.closed(), gone]

    async def _on_unload(self, request: gr.Request) -> None:
        self._desks.close(_session(request))

    def _told(self, desk: Desk, reads: Language) -> list[Any]:
        """Return all parts, of which only the status has changed; the box for files is empty again."""
        return [None, *[gr.skip()] * (len(self._all) - 2), self._status_of(desk, reads)]

    def _status_of(self, desk: Desk, reads: Language) -> str:
        """Return what is told of a desk, as HTML: of the paper that is open, and of a file that is not, or not yet."""
        problem, name = desk.problem, desk.reading.name if desk.reading else ""
        opened = self._told_of(desk.loader, reads) if desk.loader else ""
        reading = _stage(label("own_reading", reads), name) if name else ""
        return f"{_problem(problem.told(reads)) if problem else ''}{reading}{opened}"

    def _told_of(self, loader: Loader, reads: Language) -> str:
        """Return what is told of the paper that is open; the mark keeps a reload from losing it unasked."""
        paper, progress = loader.document.paper, loader.progress
        if progress.stage == "ready":
            counts = f"{len(paper.pages)} {label('pages', reads)}, {len(paper.sentences)} {label('sentences', reads)}"
            name = f"<b>{escape(paper.name)}</b> ({counts})"
            told = f'<p class="ready" role="status">{escape(label("own_ready", reads))} {name}</p>'
        elif progress.stage == "failed":
            told = _problem(progress.told(reads))
        elif progress.total:
            bar = f'<progress aria-label="{escape(label("index", reads))}" max="{progress.total}"'
            told = f'{_stage(label("own_indexing", reads), paper.name)}{bar} value="{progress.done}"></progress>'
        else:
            told = _stage(label("own_line" if self._base.finished else "own_model", reads), paper.name)
        return f"<div data-unsaved>{told}</div>"


def _session(request: gr.Request) -> str:
    return request.session_hash or ""


def _read(path: Path, language: Language) -> tuple[Document, int]:
    """Read an upload, which is deleted: what stays is in the session's memory only.

    Return the paper, and how many bytes the file has. Raises PaperError.
    """
    try:
        name, data = take_upload(str(path), max_bytes=MAX_MB * 1_000_000)
    except OSError:  # the same file was given twice at the same time, and has been read and deleted already
        raise PaperError(label("own_unread", language).format(name=path.name)) from None
    if data is None:
        raise PaperError(label("own_too_large", language).format(name=name, limit=MAX_MB))
    document = Document.read(name, data)
    try:
        check_searchable(document.paper)
    except PaperError:
        document.close()
        raise
    return document, len(data)


def _stage(text: str, name: str) -> str:
    return f'<p class="stage" role="status">{escape(text)} <b>{escape(name)}</b></p>'


def _problem(text: str) -> str:
    return f'<p class="failed" role="alert">{escape(text)}</p>'
