"""The tab for a paper of one's own: dropped, read, asked and looked at in its session, and gone with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import Assistant
from assistant.assistant import Progress as Report
from corpus import Language, PaperError, TanyaError, check_searchable
from page.conversation import Conversation
from page.document import Document
from page.labels import ANY_PAPER_EXAMPLES, label
from page.language import preferred_language
from page.loader import Loader
from page.reader import QUICK, Reader
from page.saving import take_upload

MAX_MB = 20
"""Megabytes of the largest file that is taken: some thousand pages of text."""

_AT_ONCE = 1
"""Papers that are prepared at the same time, beside which questions stay quick; the others wait in line."""


@dataclass(eq=False, slots=True)
class _Desk:
    """What a session has: the paper that is open, the file that is being read, what was wrong with the last one."""

    loader: Loader | None = None
    reading: Path | None = None
    problem: TanyaError | None = None

    def open(self, loader: Loader | None) -> None:
        """Open a paper, or none, in place of what was open."""
        former, self.loader, self.reading, self.problem = self.loader, loader, None, None
        if former:
            former.give_up()
            former.document.close()


class OwnPaper:
    """The papers of all sessions, each one's own and nobody else's, and the tab in which they are asked."""

    def __init__(self, page: gr.Blocks, words: gr.I18n, base: Loader) -> None:
        """Lay it out; ``base`` loads the model that the papers are asked with, too."""
        self._base = base
        self._desks: dict[str, _Desk] = {}
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
                self._conversation = Conversation(words, self._loader_of, ANY_PAPER_EXAMPLES)
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

    def _loader_of(self, request: gr.Request) -> Loader | None:
        desk = self._desks.get(request.session_hash or "")
        return desk.loader if desk else None

    def _document_of(self, request: gr.Request, paper: str) -> Document:
        """Return the session's paper, the only one it has. Raises TanyaError."""
        loader = self._loader_of(request)
        if loader is None:
            raise TanyaError(label("own_lost", "en"), indonesian=label("own_lost", "id"))
        return loader.document

    async def _on_file(self, file: str, request: gr.Request) -> AsyncIterator[list[Any]]:
        """Read a file and open it. What was open stays so until then, and if the file turns out not to be a paper."""
        desk = self._desks.setdefault(request.session_hash or "", _Desk())
        reads, path = preferred_language(request), Path(file)
        desk.reading, desk.problem = path, None
        yield self._told(desk, reads)
        document, problem = await asyncio.to_thread(_taken, path, reads)
        shown = await self._reader.opened(document, request) if document else []  # drawn, which takes its time
        if desk.reading is not path:  # removed, or left, or given another file meanwhile
            if document:
                document.close()
            yield [gr.skip()] * len(self._all)
        elif document is None:
            desk.reading, desk.problem = None, problem
            yield self._told(desk, reads)
        else:
            desk.open(Loader(document, self._over(document)))
            parts = [*self._conversation.begun_anew(request), *shown]
            yield [None, *parts, self._status_of(desk, reads)]

    async def _on_opened(self, request: gr.Request) -> AsyncIterator[Any]:
        """Prepare the paper that was opened to be asked; it can be looked at, and questions wait, meanwhile."""
        desk, reads = self._desks.get(request.session_hash or ""), preferred_language(request)
        loader = desk.loader if desk else None
        if desk is None or loader is None or loader.progress.stage != "starting":
            yield gr.skip()
            return
        async for _ in self._base.watch():  # whether it fails is told by the paper's own loader, which needs it
            pass
        if desk.loader is loader:
            loader.start()
            async for _ in loader.watch():
                yield self._status_of(desk, reads) if desk.loader is loader else gr.skip()

    def _over(self, document: Document) -> Callable[[Report], Assistant]:
        def load(report: Report) -> Assistant:
            return self._base.ready.over(document.paper, progress=report)

        return load

    async def _on_remove(self, request: gr.Request) -> list[Any]:
        self._on_unload(request)
        gone = f'<p class="note" role="status">{escape(label("own_gone", preferred_language(request)))}</p>'
        return [None, *self._conversation.begun_anew(request), *self._reader.closed(), gone]

    def _on_unload(self, request: gr.Request) -> None:
        desk = self._desks.pop(request.session_hash or "", None)
        if desk:
            desk.open(None)

    def _told(self, desk: _Desk, reads: Language) -> list[Any]:
        """Return all parts, of which only the status has changed; the box for files is empty again."""
        return [None, *[gr.skip()] * (len(self._all) - 2), self._status_of(desk, reads)]

    def _status_of(self, desk: _Desk, reads: Language) -> str:
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


def _taken(path: Path, language: Language) -> tuple[Document | None, TanyaError | None]:
    """Read an upload, which is deleted: what stays is in the session's memory only. Return it, or what is wrong."""
    document = None
    try:
        name, data = take_upload(str(path), max_bytes=MAX_MB * 1_000_000)
        if data is None:
            raise PaperError(label("own_too_large", language).format(name=name, limit=MAX_MB))
        document = Document.read(name, data)
        check_searchable(document.paper)
    except OSError:  # the same file was given twice at the same time, and has been read and deleted already
        return None, PaperError(label("own_unread", language).format(name=path.name))
    except TanyaError as error:
        if document:
            document.close()
        return None, error
    return document, None


def _stage(text: str, name: str) -> str:
    return f'<p class="stage" role="status">{escape(text)} <b>{escape(name)}</b></p>'


def _problem(text: str) -> str:
    return f'<p class="failed" role="alert">{escape(text)}</p>'
