"""The view that batches and tables share: the progress of the work, a table that fills, and its downloads."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from html import escape
from typing import Any, Generic, TypeVar

import gradio as gr

from corpus import Language
from page.batch.work import Work, work_on
from page.batch.work_queue import WorkQueue
from page.client import Client
from page.events import QUICK
from page.page_language import preferred_language
from page.papers.loader import Loader
from page.saving import SAVE_FILE_JS, file_to_save
from page.ui_text import label

_Work = TypeVar("_Work", bound=Work[Any, Any])


class WorkView(ABC, Generic[_Work]):
    """The parts that both views have. A subclass lays out its own parts above them and connects their events."""

    def __init__(self, loader: Loader, queue: WorkQueue, name: str, work: _Work) -> None:
        """Show some work, which waits in ``queue``. ``name`` is what the ids of the parts begin with."""
        self._loader = loader
        self._queue = queue
        self._name = name
        self._work = gr.State(work)
        self._own: list[Any] = []
        """The subclass's own parts, in the order of `_own_values`."""

    def _lay_out(self, words: gr.I18n, columns: Mapping[str, str], suffixes: Collection[str], *above: Any) -> None:
        """Lay out the parts that both views have. The table can be saved as a file with any of the ``suffixes``.

        ``columns`` has the key of each column's name, and its width. The parts ``above`` stand right above the table.
        """
        name = self._name
        self._problem = gr.HTML(visible=False, elem_id=f"{name}-problem")
        self._state = gr.HTML(f'<p role="status">{words(f"{name}_empty")}</p>', elem_id=f"{name}-state")
        self._progress = gr.HTML(visible=False, elem_id=f"{name}-progress")
        with gr.Row(visible=False, elem_id=f"{name}-downloads") as self._downloads:
            gr.HTML(f"<span>{words('batch_download')}</span>")
            savers = {
                suffix: gr.Button(suffix[1:].upper(), size="sm", elem_id=f"{name}-{suffix[1:]}") for suffix in suffixes
            }
        for part in above:
            part.render()
        self._rows = gr.Dataframe(
            headers=list(columns),
            label=str(words(f"{name}_rows")),
            show_label=False,
            interactive=False,
            wrap=True,
            buttons=[],
            column_widths=list(columns.values()),
            max_height=600,
            visible=False,
            elem_id=f"{name}-rows",
        )
        file = gr.JSON(visible=False)
        for suffix, button in savers.items():
            saved = button.click(self._saver(suffix), self._work, [file, self._state], **QUICK)
            saved.then(None, file, None, js=SAVE_FILE_JS, api_visibility="private")

    @property
    def _parts(self) -> list[Any]:
        """The parts that change, in the order of `_view`."""
        return [self._state, self._progress, self._problem, self._downloads, self._rows, *self._own]

    def _run_after(self, *begun: Any) -> None:
        """Run the work after each of the events that begin it."""

        async def on_run(work: _Work, request: gr.Request) -> AsyncIterator[list[Any]]:
            language, has_run = preferred_language(request), False
            async for _ in work_on(self._loader, work, self._queue, Client()):
                yield self._view(work, language)
                has_run = True
            if not has_run:
                yield [gr.skip()] * len(self._parts)

        for event in begun:
            # Not "once": if work was stopped while it waited, its event has not ended yet, and Gradio would ignore the
            # event that begins it anew.
            event.then(on_run, self._work, self._parts, trigger_mode="multiple", **QUICK)

    async def _on_begin(self, work: _Work, request: gr.Request) -> list[Any]:
        work.begin()
        return self._view_unless_running(work, request)

    async def _on_cancel(self, work: _Work, request: gr.Request) -> list[Any]:
        work.stop()
        return self._view_unless_running(work, request)

    def _saver(self, suffix: str) -> Callable[..., Any]:
        # Not a functools.partial: Gradio does not find the request among the arguments of one.
        async def on_save(work: _Work, request: gr.Request) -> list[Any]:
            language, done = preferred_language(request), work.done
            data = await asyncio.to_thread(self._file, work, suffix)
            work.saved = done
            name = f"{self._file_name(work, language)}{suffix}"
            state = gr.skip() if work.is_running else self._state_html(work, language)
            return [file_to_save(name, data), state]

        return on_save

    def _view_unless_running(self, work: _Work, request: gr.Request) -> list[Any]:
        """Return what all parts show; nothing new while the work runs, for then `_run_after` shows it."""
        if work.is_running:
            return [gr.skip()] * len(self._parts)
        return self._view(work, preferred_language(request))

    def _view(self, work: _Work, language: Language) -> list[Any]:
        """Return what all parts show of the work."""
        progress = escape(label(f"{self._name}_progress", language, done=work.done, total=work.total))
        bar = f'<progress max="{work.total}" value="{work.done}"></progress>'
        problem = f'<p role="alert">{escape(work.problem.in_language(language))}</p>' if work.problem else ""
        rows = self._table(work, language)
        return [
            self._state_html(work, language),
            gr.HTML(f"<label>{progress} {bar}</label>", visible=work.total > 0),
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
        """Return the state of the work, in a line."""

    @abstractmethod
    def _table(self, work: _Work, language: Language) -> dict[str, list[Any]]:
        """Return the table so far, as a value of gr.Dataframe."""

    @abstractmethod
    def _own_values(self, work: _Work, language: Language) -> list[Any]:
        """Return what the subclass's own parts show."""

    @abstractmethod
    def _file(self, work: _Work, suffix: str) -> bytes:
        """Return the content of the table as a file with this suffix."""

    @abstractmethod
    def _file_name(self, work: _Work, language: Language) -> str:
        """Return the file's name, without its suffix."""
