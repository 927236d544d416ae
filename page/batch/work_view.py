"""A view of work that goes on: what is given, how far it has come, a table that fills, and the table to take away."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from html import escape
from typing import Any, Generic, NamedTuple, TypeVar

import gradio as gr

from corpus import Language
from page.batch.batch_work import Work, work_on
from page.batch.work_queue import WorkQueue
from page.client import Client
from page.events import QUICK
from page.page_language import preferred_language
from page.papers.loader import Loader
from page.saving import SAVE_FILE_JS, file_to_save
from page.ui_text import label

_Work = TypeVar("_Work", bound=Work)


class TableColumns(NamedTuple):
    """A table as gr.Dataframe shows it: the names of its columns, by their labels' keys, and the width of each."""

    columns: Sequence[str]
    widths: list[str | int]


class WorkView(ABC, Generic[_Work]):
    """The parts that all such views have. A subclass lays out its own above them, and connects those."""

    def __init__(self, loader: Loader, line: WorkQueue, name: str, work: _Work) -> None:
        """Show some work, which stands in a ``line`` with all other; ``name`` is what its parts' ids begin with."""
        self._loader = loader
        self._line = line
        self._name = name
        self._work = gr.State(work)
        self._own: list[Any] = []
        """The subclass's own parts, in the order of `_own_values`."""

    def _lay_out(self, words: gr.I18n, table: TableColumns, suffixes: Collection[str]) -> None:
        """Lay out what all views have; the table can be saved as files with the ``suffixes``."""
        name = self._name
        self._problem = gr.HTML(visible=False, elem_id=f"{name}-problem")
        self._state = gr.HTML(f'<p role="status">{words(f"{name}_empty")}</p>', elem_id=f"{name}-state")
        self._progress = gr.HTML(visible=False, elem_id=f"{name}-progress")
        with gr.Row(visible=False, elem_id=f"{name}-downloads") as self._downloads:
            gr.HTML(f"<span>{words('batch_download')}</span>")
            savers = {
                suffix: gr.Button(suffix[1:].upper(), size="sm", elem_id=f"{name}-{suffix[1:]}") for suffix in suffixes
            }
        self._lay_out_above_table(words)
        self._rows = gr.Dataframe(
            headers=list(table.columns),
            label=str(words(f"{name}_rows")),
            show_label=False,
            interactive=False,
            wrap=True,
            buttons=[],
            column_widths=table.widths,
            max_height=600,
            visible=False,
            elem_id=f"{name}-rows",
        )
        made = gr.JSON(visible=False)
        for suffix, button in savers.items():
            saved = button.click(self._saver(suffix), self._work, [made, self._state], **QUICK)
            saved.then(None, made, None, js=SAVE_FILE_JS, api_visibility="private")

    def _lay_out_above_table(self, words: gr.I18n) -> None:
        """Lay out what stands just above the table; most views have nothing there."""

    @property
    def _parts(self) -> list[Any]:
        """The parts that change, in the order of `_view`."""
        return [self._state, self._progress, self._problem, self._downloads, self._rows, *self._own]

    def _run_after(self, *begun: Any) -> None:
        """Do the work, a step at a time, after each of the events that begin it."""

        async def on_run(work: _Work, request: gr.Request) -> AsyncIterator[list[Any]]:
            language, worked = preferred_language(request), False
            async for _ in work_on(self._loader, work, self._line, Client()):
                yield self._view(work, language)
                worked = True
            if not worked:
                yield [gr.skip()] * len(self._parts)

        for event in begun:
            # Not "once": what was stopped in line stands there still, and would keep out what is begun anew. Where it
            # waits is the line.
            event.then(on_run, self._work, self._parts, trigger_mode="multiple", **QUICK)

    async def _on_begin(self, work: _Work, request: gr.Request) -> list[Any]:
        work.begin()
        return self._unless_worked_on(work, request)

    async def _on_cancel(self, work: _Work, request: gr.Request) -> list[Any]:
        work.stop()
        return self._unless_worked_on(work, request)

    def _saver(self, suffix: str) -> Callable[..., Any]:
        # No functools.partial: Gradio does not find a request among the arguments of one.
        async def on_save(work: _Work, request: gr.Request) -> list[Any]:
            language, done = preferred_language(request), work.done
            data = await asyncio.to_thread(self._file, work, suffix)
            work.saved = done
            name = f"{self._file_name(work, language)}{suffix}"
            state = gr.skip() if work.is_worked_on else self._state_html(work, language)
            return [file_to_save(name, data), state]

        return on_save

    def _unless_worked_on(self, work: _Work, request: gr.Request) -> list[Any]:
        """Return what all parts show; nothing new while it is worked on, which alone shows it then."""
        if work.is_worked_on:
            return [gr.skip()] * len(self._parts)
        return self._view(work, preferred_language(request))

    def _view(self, work: _Work, language: Language) -> list[Any]:
        """Return what all parts show of the work."""
        progress = label(f"{self._name}_progress", language, done=work.done, total=work.total)
        problem = f'<p role="alert">{escape(work.problem.in_language(language))}</p>' if work.problem else ""
        rows = self._table(work, language)
        return [
            self._state_html(work, language),
            gr.HTML(_progress_html(progress, work.done, work.total), visible=work.total > 0),
            gr.HTML(problem, visible=work.problem is not None),
            gr.Row(visible=work.done > 0),
            gr.Dataframe(rows, visible=bool(rows["data"]) or work.total > 0),
            *self._own_values(work, language),
        ]

    def _state_html(self, work: _Work, language: Language) -> str:
        unsaved = " data-unsaved" * (work.done > work.saved)
        return f'<p role="status"{unsaved}>{escape(self._state_text(work, language))}</p>'

    @abstractmethod
    def _state_text(self, work: _Work, language: Language) -> str:
        """Return in a line what becomes of the work."""

    @abstractmethod
    def _table(self, work: _Work, language: Language) -> dict[str, list[Any]]:
        """Return the table as it stands, as gr.Dataframe takes it."""

    @abstractmethod
    def _own_values(self, work: _Work, language: Language) -> list[Any]:
        """Return what the subclass's own parts show."""

    @abstractmethod
    def _file(self, work: _Work, suffix: str) -> bytes:
        """Return the table as a file with a suffix."""

    @abstractmethod
    def _file_name(self, work: _Work, language: Language) -> str:
        """Return what the file is called, without its suffix."""


def _progress_html(text: str, done: int, total: int) -> str:
    return f'<label>{escape(text)} <progress max="{total}" value="{done}"></progress></label>'
