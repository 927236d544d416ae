"""The tab for a paper of one's own: dropped, read, asked and looked at in its session, and gone with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import Assistant
from assistant.assistant import Progress as Report
from corpus import Language, PaperError, TanyaError
from page.conversation import Conversation
from page.document import Document
from page.labels import ANY_PAPER_EXAMPLES, label
from page.language import preferred_language
from page.loader import Loader, Progress
from page.reader import QUICK, Reader
from page.saving import take_upload

MAX_MB = 20
"""Megabytes of the largest file that is taken: some thousand pages of text."""

_AT_ONCE = 1
"""Papers that are prepared at the same time, beside which questions stay quick; the others wait in line."""


class OwnPaper:
    """The papers of all sessions, each one's own and nobody else's, and the tab in which they are asked."""

    def __init__(self, page: gr.Blocks, words: gr.I18n, base: Loader) -> None:
        """Lay it out; ``base`` loads the model that the papers are asked with, too."""
        self._base = base
        self._loaders: dict[str, Loader] = {}
        gr.HTML(f'<p class="note">{words("own_note")}</p>')
        gr.HTML(f'<p class="note">{words("own_limit")} {MAX_MB} MB.</p>')
        with gr.Row(elem_classes="own-bar"):
            self._file = gr.File(
                label=str(words("own_file")), file_types=[".pdf", ".txt"], height=110, elem_id="own-file"
            )
            with gr.Column():
                self._status = gr.HTML(elem_id="own-status", apply_default_css=False)
                self._remove = gr.Button(str(words("own_remove")), size="sm", visible=False, elem_id="own-remove")
        with gr.Tabs(visible=False, elem_id="own-tabs") as self._tabs:
            with gr.Tab(str(words("tab_ask")), id="own-ask", elem_id="own-ask-tab"):
                self._conversation = Conversation(words, self._loader_of, ANY_PAPER_EXAMPLES)
            with gr.Tab(str(words("tab_paper")), id="own-paper", elem_id="own-paper-tab"):
                self._reader = Reader(words, self._document_of)
        self._reader.show_from(self._conversation.evidence, self._tabs, "own-ask", "own-paper")
        shown = [self._status, self._remove, self._tabs, self._file]
        self._all = [*shown, *self._conversation.parts, *self._reader.parts]
        self._file.upload(
            self._on_file,
            self._file,
            self._all,
            api_visibility="private",
            show_progress="hidden",
            concurrency_id="own-paper",
            concurrency_limit=_AT_ONCE,
        )
        self._remove.click(self._on_remove, None, self._all, **QUICK)
        page.unload(self._on_unload)

    def _loader_of(self, request: gr.Request) -> Loader | None:
        return self._loaders.get(request.session_hash or "")

    def _document_of(self, request: gr.Request) -> Document | None:
        loader = self._loader_of(request)
        return loader.document if loader else None

    async def _on_file(self, file: str, request: gr.Request) -> AsyncIterator[list[Any]]:
        """Read a file and prepare it to be asked; it can be looked at, and questions wait, meanwhile."""
        reads, session = preferred_language(request), request.session_hash or ""
        self._forget(session)
        name = Path(file).name
        yield self._told(_stage(label("own_reading", reads), name))
        try:
            document = await asyncio.to_thread(_taken, file, reads)
        except TanyaError as error:
            yield self._told(_problem(error.told(reads)))
            return
        loader = Loader(document, self._over(document))
        self._loaders[session] = loader
        yield [
            *(_stage(label("own_model", reads), name), gr.Button(visible=True), gr.Tabs(visible=True), None),
            *(*self._conversation.begun_anew(request), *self._reader.opened(document, request)),
        ]
        try:
            await self._base.assistant()
        except TanyaError as error:
            self._forget(session)
            yield self._told(_problem(error.told(reads)))
            return
        if self._loaders.get(session) is not loader:  # removed meanwhile
            yield [gr.skip()] * len(self._all)
            return
        loader.start()
        async for progress in loader.watch():
            if self._loaders.get(session) is not loader:
                yield [gr.skip()] * len(self._all)
                return
            if progress.stage == "failed":
                self._forget(session)
                yield self._told(_problem(progress.told(reads)))
                return
            yield [_told(progress, document, reads), *[gr.skip()] * (len(self._all) - 1)]

    def _over(self, document: Document) -> Callable[[Report], Assistant]:
        def load(report: Report) -> Assistant:
            return self._base.ready.over(document.paper, progress=report)

        return load

    async def _on_remove(self, request: gr.Request) -> list[Any]:
        self._forget(request.session_hash or "")
        return self._told(_stage(label("own_gone", preferred_language(request)), ""))

    def _on_unload(self, request: gr.Request) -> None:
        self._forget(request.session_hash or "")

    def _forget(self, session: str) -> None:
        loader = self._loaders.pop(session, None)
        if loader:
            loader.give_up()
            loader.document.close()

    def _told(self, status: str) -> list[Any]:
        """Return what all parts are while there is no paper."""
        parts = [status, gr.Button(visible=False), gr.Tabs(visible=False), None]
        return [*parts, *[gr.skip()] * (len(self._all) - len(parts))]


def _taken(path: str, language: Language) -> Document:
    """Read an upload, which is deleted: what stays is in the session's memory only."""
    name, data = take_upload(path, max_bytes=MAX_MB * 1_000_000)
    if data is None:
        raise PaperError(label("own_too_large", language).format(name=name, limit=MAX_MB))
    return Document.read(name, data)


def _told(progress: Progress, document: Document, reads: Language) -> str:
    paper = document.paper
    if progress.stage == "ready":
        counts = f"{len(paper.pages)} {label('pages', reads)}, {len(paper.sentences)} {label('sentences', reads)}"
        return (
            f'<p class="ready" role="status" data-unsaved>{escape(label("own_ready", reads))} '
            f"<b>{escape(paper.name)}</b> ({counts})</p>"
        )
    share = f' value="{progress.done}" max="{progress.total}"' if progress.total else ""
    bar = f'<progress aria-label="{escape(label("index", reads))}"{share}></progress>'
    return _stage(label("own_indexing", reads), paper.name, bar)


def _stage(text: str, name: str, bar: str = "") -> str:
    return f'<p class="stage" role="status">{escape(text)} <b>{escape(name)}</b></p>{bar}'


def _problem(text: str) -> str:
    return f'<p class="failed" role="alert">{escape(text)}</p>'
