"""Adding papers to the library that the page is served for, while it is being asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import LibraryAssistant
from corpus import Language, TanyaError
from corpus.library import Outcome
from page.events import QUICK
from page.folders import without_folders
from page.page_language import preferred_language
from page.papers.opening import MAX_MB
from page.papers.shelf import Shelf
from page.papers.workspace import Workspace
from page.saving import drop_upload
from page.ui_text import label

Show = Callable[[gr.Request], list[Any]]
"""Returns what the parts of the page show of a library whose papers have changed."""


class Adding:
    """Where files for the library are given, and what becomes of them."""

    def __init__(self, workspace: Workspace, shelf: Shelf, status: gr.HTML, parts: Sequence[Any], show: Show) -> None:
        """Lay out the box for files, which is not seen: the menu opens it.

        ``status`` shows what became of the files, and then ``parts`` what ``show`` returns for them.
        """
        self._base = workspace.base
        self._shelf = shelf
        self._show = show
        self._parts = len(parts)
        files = gr.File(file_count="multiple", show_label=False, elem_id="add-file")
        alone = QUICK | {"concurrency_id": "add-papers", "concurrency_limit": 1}
        files.upload(self._on_files, files, [files, *parts, status], trigger_mode="multiple", **alone)

    async def _on_files(self, files: list[str], request: gr.Request) -> AsyncIterator[list[Any]]:
        """Add the files, and let the assistant that is asked know of them; the former one answers until then."""
        reads = preferred_language(request)
        still = [gr.skip()] * self._parts
        try:
            yield [None, *still, _line(label("library_adding", reads), "stage")]
            outcomes = await asyncio.to_thread(self._added, [Path(file) for file in files])
            if any(outcome.entry for outcome in outcomes):
                await self._base.renew(LibraryAssistant.renewed)
                self._shelf.refresh()
            yield [None, *self._show(request), "".join(_outcome(outcome, reads) for outcome in outcomes)]
        except TanyaError as error:
            yield [None, *still, _line(without_folders(error.in_language(reads)), "failed")]
        finally:
            for file in files:
                drop_upload(file)

    def _added(self, paths: Sequence[Path]) -> list[Outcome]:
        return list(self._shelf.library.add(paths, max_bytes=MAX_MB * 1_000_000))


def _outcome(outcome: Outcome, language: Language) -> str:
    if outcome.problem:
        told = outcome.problem.in_language(language).replace(str(outcome.path), outcome.path.name)
        return _line(without_folders(told), "failed")
    return _line(label("library_added", language, name=outcome.path.name), "note")


def _line(text: str, kind: str) -> str:
    role = "alert" if kind == "failed" else "status"
    return f'<p class="{kind}" role="{role}">{escape(text)}</p>'
