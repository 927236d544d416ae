"""Adding papers to the library while the page is served."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import LibraryAssistant
from corpus import Language, TanyaError
from corpus.library import Outcome
from page.events import QUICK
from page.folders import without_folders
from page.markup import message
from page.page_language import preferred_language
from page.papers.opening import MAX_MB
from page.papers.shelf import Shelf
from page.papers.workspace import Workspace
from page.saving import drop_upload
from page.ui_text import label

Show = Callable[[gr.Request], list[Any]]
"""Returns what the parts of the page show of the library after its papers have changed."""


class Adding:
    """The box that takes files for the library."""

    def __init__(self, workspace: Workspace, shelf: Shelf, status: gr.HTML, parts: Sequence[Any], show: Show) -> None:
        """Lay out the box, which is hidden: the menu opens it.

        ``status`` shows the outcome for each file. Then ``parts`` show what ``show`` returns.
        """
        self._base = workspace.base
        self._shelf = shelf
        self._show = show
        self._parts = parts
        files = gr.File(file_count="multiple", show_label=False, elem_id="add-file")
        alone = QUICK | {"concurrency_id": "add-papers", "concurrency_limit": 1}
        files.upload(self._on_files, files, [files, *parts, status], trigger_mode="multiple", **alone)

    async def _on_files(self, files: list[str], request: gr.Request) -> AsyncIterator[list[Any]]:
        """Add the files, then replace the assistant by one that has them. Until then the former one answers."""
        language = preferred_language(request)
        unchanged = [gr.skip()] * len(self._parts)
        try:
            yield [None, *unchanged, message(label("library_adding", language), "stage")]
            added = self._shelf.library.add([Path(file) for file in files], max_bytes=MAX_MB * 1_000_000)
            outcomes = await asyncio.to_thread(list, added)
            if any(outcome.entry for outcome in outcomes):
                await self._base.renew(LibraryAssistant.renewed)
                self._shelf.refresh()
            yield [None, *self._show(request), "".join(_outcome(outcome, language) for outcome in outcomes)]
        except TanyaError as error:
            yield [None, *unchanged, message(without_folders(error.in_language(language)), "failed", "alert")]
        finally:
            for file in files:
                drop_upload(file)


def _outcome(outcome: Outcome, language: Language) -> str:
    if outcome.problem:
        problem = outcome.problem.in_language(language).replace(str(outcome.path), outcome.path.name)
        return message(without_folders(problem), "failed", "alert")
    return message(label("library_added", language, name=outcome.path.name))
