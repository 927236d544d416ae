"""The page as a whole: the bar, the views on the left, the paper on the right, and the events between them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from html import escape
from typing import Any

import gradio as gr

from assistant import Catalogue
from assistant.feedback import FeedbackFile
from corpus import LANGUAGES, Language, TanyaError
from page.api.endpoints import add_endpoints
from page.bar import bar_html
from page.batch.batch_view import BatchView
from page.batch.table_view import PaperTableView
from page.batch.work_queue import WorkQueue
from page.chat.chat_pane import ChatPane
from page.chat.first_screen import first_screen_html, in_short
from page.chat.history import Histories, storage_key
from page.chat.verdicts import collect_feedback
from page.events import QUICK, SEND_EVENTS
from page.page_language import preferred_language
from page.papers.adding import Adding
from page.papers.document import Document
from page.papers.loader import Loader, LoadingProgress
from page.papers.opening import Opening
from page.papers.shelf import Shelf
from page.papers.workspace import Workspace
from page.reading.paper_pane import PaperPane
from page.ui_text import LABELS, label
from page.views.findings import findings_html, lookup_html
from page.views.glossary_terms import terms_html
from page.views.lookup_view import LookupView

_SANS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")

_TIDY_EVERY = 3600
"""Seconds between two looks for unread uploads, and the age at which they are deleted."""


def all_words() -> gr.I18n:
    """Return the page's own texts, in both languages."""
    return gr.I18n(**{language: LABELS[language] for language in LANGUAGES})


def build(
    loader: Loader, words: gr.I18n, *, feedback: FeedbackFile | None = None, shelf: Shelf | None = None
) -> gr.Blocks:
    """Build the page for a paper, or for the papers on a ``shelf``, with all its events.

    The assistant may still be loading. With a shelf, ``loader`` has the paper that is shown first.
    """
    workspace = Workspace(loader, shelf)
    page = gr.Blocks(title="Tanya", analytics_enabled=False, fill_width=True, delete_cache=(_TIDY_EVERY, _TIDY_EVERY))
    with page, gr.Column(elem_id="page"):
        _Page(page, workspace, words, feedback)
    return page


class _Page:
    """The parts of the page. Each shows the paper that the session works on."""

    def __init__(self, page: gr.Blocks, workspace: Workspace, words: gr.I18n, feedback: FeedbackFile | None) -> None:
        self._workspace = workspace
        self._words = words
        self._queue = WorkQueue()
        self._papers = _choices(workspace, str(words("bundled_name")))
        self._at = gr.Textbox("", visible=False)
        self._bar = gr.HTML(apply_default_css=False, js_on_load=SEND_EVENTS, elem_id="bar")
        first_status = _status(workspace.base.progress, words)
        self._status = gr.HTML(first_status, apply_default_css=False, elem_id="status")
        own_status = gr.HTML(apply_default_css=False, elem_id="own-status")
        opening = Opening(workspace, self._at, own_status)
        with gr.Row(elem_id="work"):
            with gr.Column(elem_id="left"):
                opened_row = self._lay_out_views(feedback)
            with gr.Column(elem_id="right"):
                self._paper_pane = PaperPane(words, workspace, self._at, self._papers)
        for source in (self._first, self._conversation.chat, self._findings.shown, self._glossary.shown, opened_row):
            self._paper_pane.show_from(source)
        self._conversation.ask_from(self._first)
        add_endpoints(workspace.base, self._queue, workspace.shelf)
        self._connect(page, opening)
        if workspace.shelf and workspace.shelf.takes_papers:
            pickers = [self._conversation.papers, self._paper_pane.papers]
            Adding(workspace, workspace.shelf, own_status, [self._bar, self._first, *pickers], self._shown_of_library)
            # The page was laid out before papers were added.
            page.load(self._choices_of_library, None, pickers, **QUICK)

    def _lay_out_views(self, feedback: FeedbackFile | None) -> gr.HTML:
        """Lay out the views on the left. Return the part that shows the opened row of a batch."""
        workspace, words, base = self._workspace, self._words, self._workspace.base
        with gr.Column(elem_id="view-ask", elem_classes="view"):
            self._first = gr.HTML(apply_default_css=False, js_on_load=SEND_EVENTS, elem_id="first")
            kept_under = storage_key((workspace.shelf or base.document.paper).digest)
            self._conversation = ChatPane(
                words, workspace, self._at, kept_under=kept_under, papers=self._papers, judged=feedback is not None
            )
            if feedback:
                collect_feedback(self._conversation, feedback, words)
        with gr.Column(elem_id="view-findings", elem_classes="view"):
            self._findings = LookupView(words, workspace, self._at, "findings", _findings_html)
        with gr.Column(elem_id="view-glossary", elem_classes="view"):
            self._glossary = LookupView(words, workspace, self._at, "glossary", _terms_html)
        if workspace.shelf:
            with gr.Column(elem_id="view-table", elem_classes="view"):
                PaperTableView(base, words, self._queue)
        with gr.Column(elem_id="view-batch", elem_classes="view"):
            return BatchView(base, words, self._queue).opened

    def _connect(self, page: gr.Blocks, opening: Opening) -> None:
        parts = [self._bar, self._first, *self._conversation.parts, *self._paper_pane.parts]
        parts += [*self._findings.parts, *self._glossary.parts]
        loaded = page.load(self._on_load, self._conversation.histories, parts, **QUICK)
        page.load(self._on_watch, None, self._status, **QUICK)
        for shown in (loaded, *opening.connect(page, self._bar, self._conversation.histories, parts, self._shown)):
            # After all other parts: they reset the first screen.
            shown.then(self._on_ready, self._at, self._first, **QUICK)
        self._findings.fill_from(self._bar)
        self._glossary.fill_from(self._bar)
        self._conversation.arrive_at(page)

    def _shown(self, document: Document, at: str, histories: Histories, request: gr.Request) -> list[Any]:
        """Return what all parts show of a paper. ``at`` is its digest, "" for the page's own paper."""
        return [
            *self._top(document, at, preferred_language(request)),
            *self._conversation.shown(histories, at, request),
            *self._paper_pane.opened(document, request),
            *self._findings.opened(),
            *self._glossary.opened(),
        ]

    def _shown_of_library(self, request: gr.Request) -> list[Any]:
        """Return what the bar, the first screen and the lists of papers show after the library has changed."""
        top = self._top(self._workspace.base.document, "", preferred_language(request))
        return [*top, *self._choices_of_library(request)]

    def _top(self, document: Document, at: str, language: Language) -> list[Any]:
        """Return what the bar and the first screen show of a paper."""
        first_screen = first_screen_html(self._workspace, document.paper, at, language, None)
        return [bar_html(self._workspace, document, at, language), first_screen]

    def _choices_of_library(self, request: gr.Request) -> list[Any]:
        """Return what the lists of papers show of the library as it is now."""
        choices = _choices(self._workspace, label("bundled_name", preferred_language(request)))
        return [gr.Dropdown(choices, visible=len(choices) > 1) for _ in range(2)]

    def _on_load(self, histories: Histories, request: gr.Request) -> list[Any]:
        everything = self._shown(self._workspace.base.document, "", histories, request)
        # The conversation is left alone: a quick user may have typed something, and `ChatPane.arrive_at` fills it.
        unchanged = [gr.skip()] * len(self._conversation.parts)
        return [*everything[:2], *unchanged, *everything[2 + len(unchanged) :]]

    async def _on_watch(self, request: gr.Request) -> AsyncIterator[str]:
        async for progress in self._workspace.base.watch():
            yield _status(progress, self._words, progress.in_language(preferred_language(request)))

    async def _on_ready(self, at: str, request: gr.Request) -> Any:
        """Return the first screen with the paper's summary; a library has no summary."""
        language = preferred_language(request)
        if self._workspace.shelf and not at:
            return gr.skip()
        try:
            loader = self._workspace.loader(at, request)
            answers = await asyncio.to_thread(in_short, await loader.assistant(), language)
        except TanyaError:  # the status shows it
            return gr.skip()
        if self._workspace.opened_in(request) != at:  # the paper was closed meanwhile, or another one was opened
            return gr.skip()
        return first_screen_html(self._workspace, loader.document.paper, at, language, answers)


def theme() -> gr.themes.Base:
    """Return the theme of the page; the style sheets add to it."""
    return gr.themes.Base(primary_hue="teal", neutral_hue="stone", radius_size="md", font=_SANS, font_mono=_MONO).set(
        # The defaults are too pale to be read easily.
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="white",
    )


def _choices(workspace: Workspace, bundled: str) -> list[tuple[str, str]]:
    return workspace.shelf.choices(bundled) if workspace.shelf else []


def _findings_html(catalogue: Catalogue, text: str, language: Language) -> str:
    return lookup_html(catalogue.lookup(text), language) if text else findings_html(catalogue.lookup(), language)


def _terms_html(catalogue: Catalogue, text: str, language: Language) -> str:
    return terms_html(catalogue.terms(text), language)


def _status(progress: LoadingProgress, words: gr.I18n, problem: str = "") -> str:
    """Return the progress of loading as HTML. Once it is done, only screen readers announce it."""
    count = f" {progress.done}/{progress.total}" if progress.total > 1 else ""
    hidden = " sr-only" * (progress.stage == "ready")
    return f'<p class="{progress.stage}{hidden}" role="status">{words(progress.stage)}{count} {escape(problem)}</p>'
