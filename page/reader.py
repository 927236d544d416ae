"""The reader: the whole paper, page by page, with what was quoted marked, and a search in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import gradio as gr
from starlette.concurrency import run_in_threadpool

from corpus import Paper, TanyaError
from page.document import Document
from page.labels import label
from page.language import preferred_language
from page.sheet import Place, found_html, sheet_html

TRIGGER_SHOW = """
element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (!button) return;
    const {paper, start, end} = button.dataset;
    trigger("click", {paper, start: Number(start), end: Number(end)});
});
"""
"""What HTML with buttons that show a span of the paper on its page is loaded with."""

QUICK: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
"""How an event is listened to that is answered at once."""

_TO_MARKED = "() => tanya.toMarked()"


class Reader:
    """A reader, empty until a document is opened in it."""

    def __init__(
        self,
        words: gr.I18n,
        document_of: Callable[[gr.Request, str], Document],
        papers: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Lay it out, for the document that ``document_of`` tells from a session's requests, or raises TanyaError.

        Of several ``papers``, each what it is called and its id, one can be picked; ``document_of`` is told which.
        """
        self._document_of = document_of
        self._place = gr.State(Place())
        with gr.Row(elem_classes="reader-bar"):
            self._back = gr.Button(str(words("back")), visible=False, size="sm", elem_classes="back")
            self._previous = gr.Button(str(words("previous_page")), size="sm", elem_classes="turn-page")
            self._page = gr.Number(1, label=str(words("page_number")), precision=0, elem_classes="page-number")
            self._following = gr.Button(str(words("next_page")), size="sm", elem_classes="turn-page")
            self._paper = gr.Dropdown(
                list(papers), label=str(words("paper")), visible=len(papers) > 1, elem_classes="paper-picker"
            )
            self._section = gr.Dropdown(
                [], label=str(words("section")), filterable=False, elem_classes="section-picker"
            )
            self._search = gr.Textbox(
                label=str(words("search_paper")),
                placeholder=str(words("search_hint")),
                max_lines=1,
                elem_classes="search-paper",
            )
        with gr.Row(elem_classes="reader"):
            self._found = gr.HTML(
                visible=False, apply_default_css=False, js_on_load=TRIGGER_SHOW, elem_classes="results"
            )
            self._sheet = gr.HTML(apply_default_css=False, elem_classes="sheets")
        self._shown = [
            self._place,
            self._page,
            self._previous,
            self._following,
            self._sheet,
            self._section,
            self._paper,
        ]
        self.parts: list[Any] = [*self._shown, self._search, self._found, self._back]
        """What `opened` tells of."""
        self._connect()

    async def opened(self, document: Document, request: gr.Request, *, search: Any = "") -> list[Any]:
        """Return what the reader's parts are for a document that was just opened; ``search`` is what is searched."""
        shown = await run_in_threadpool(self._show, document, Place(paper=document.paper.id), request)
        return [*shown, search, gr.HTML("", visible=False), gr.Button(visible=False)]

    def closed(self) -> list[Any]:
        """Return what the reader's parts are once the document is gone."""
        still = gr.Button(interactive=False)
        nowhere = [Place(), gr.Number(1), still, still, "", gr.Dropdown([], value=None), gr.skip()]
        return [*nowhere, "", gr.HTML("", visible=False), gr.Button(visible=False)]

    def show_from(self, source: gr.HTML, tabs: gr.Tabs, from_tab: str, reader_tab: str) -> None:
        """Let buttons in some HTML show what they name here, in another of the tabs, from which one can go back."""

        def on_show(event: gr.EventData, request: gr.Request) -> list[Any]:
            shown = self._shown_of(_paper_of(event), lambda document: _place_of(document, event), request)
            return [*shown, gr.Tabs(selected=reader_tab), gr.Button(visible=True)]

        event = source.click(on_show, None, [*self._shown, tabs, self._back], **QUICK)
        event.then(None, js=f"() => tanya.shownFrom('{from_tab}')", api_visibility="private")

    def _connect(self) -> None:
        here: list[Any] = [self._place]
        self._previous.click(self._on_previous, here, self._shown, trigger_mode="multiple", **QUICK)
        self._following.click(self._on_following, here, self._shown, trigger_mode="multiple", **QUICK)
        last: dict[str, Any] = {"trigger_mode": "always_last"}
        gr.on([self._page.submit, self._page.blur], self._on_page, [*here, self._page], self._shown, **last, **QUICK)
        self._search.change(self._on_search, [*here, self._search], self._found, **last, **QUICK)
        # To leave the list of sections is an input, too, of what is in it already; to pick that is to want to go there.
        self._section.input(self._on_section, [*here, self._section], self._shown, **QUICK)
        for event in (
            self._section.select(self._on_picked, [*here, self._section], self._shown, **QUICK),
            self._found.click(self._on_found, None, self._shown, **QUICK),
        ):
            event.then(None, js=_TO_MARKED, api_visibility="private")
        opened = [*self._shown, self._search, self._found]
        self._paper.input(self._on_paper, self._paper, opened, **last, **QUICK)
        self._sheet.change(None, js=_TO_MARKED, api_visibility="private")
        self._back.click(None, js="() => tanya.goBack()", api_visibility="private")

    def _on_previous(self, place: Place, request: gr.Request) -> list[Any]:
        return self._turned(place, place.page - 1, request)

    def _on_following(self, place: Place, request: gr.Request) -> list[Any]:
        return self._turned(place, place.page + 1, request)

    def _on_page(self, place: Place, page: float | None, request: gr.Request) -> list[Any]:
        if page == place.page:  # nothing was typed; to leave the field is not to turn the page, if that is what follows
            return [gr.skip()] * len(self._shown)
        return self._turned(place, place.page if page is None else int(page), request)

    def _turned(self, place: Place, page: int, request: gr.Request) -> list[Any]:
        return self._shown_of(place.paper, lambda document: place.turned(document.paper, page), request)

    def _on_section(self, place: Place, section: int | None, request: gr.Request) -> list[Any]:
        def there(document: Document) -> Place | None:
            is_here = section == _section_at(document.paper, place)
            return None if is_here else _heading(document.paper, section)

        return self._shown_of(place.paper, there, request)

    def _on_picked(self, place: Place, section: int | None, request: gr.Request) -> list[Any]:
        return self._shown_of(place.paper, lambda document: _heading(document.paper, section), request)

    def _on_paper(self, paper: str, request: gr.Request) -> list[Any]:
        shown = self._shown_of(paper, lambda document: Place(paper=paper), request)
        return [*shown, "", gr.HTML("", visible=False)]

    def _on_search(self, place: Place, text: str, request: gr.Request) -> gr.HTML:
        reads = preferred_language(request)
        if not text.strip():
            return gr.HTML("", visible=False)
        try:
            document = self._document_of(request, place.paper)
        except TanyaError as error:
            return gr.HTML(_lost(error.told(reads)), visible=True)
        return gr.HTML(found_html(document.catalogue.lookup(text).sentences, reads), visible=True)

    def _on_found(self, event: gr.EventData, request: gr.Request) -> list[Any]:
        return self._shown_of(_paper_of(event), lambda document: _place_of(document, event), request)

    def _shown_of(self, paper: str, there: Callable[[Document], Place | None], request: gr.Request) -> list[Any]:
        """Return what is shown of a paper at a place in it, None to leave all as it is; or that it is not there."""
        try:
            document = self._document_of(request, paper)
        except TanyaError as error:
            told = _lost(error.told(preferred_language(request)))
            return [told if part is self._sheet else gr.skip() for part in self._shown]
        place = there(document)
        return self._show(document, place, request) if place else [gr.skip()] * len(self._shown)

    def _show(self, document: Document, place: Place, request: gr.Request) -> list[Any]:
        last, reads = len(document.paper.pages), preferred_language(request)
        sections = _sections(document.paper)
        return [
            place,
            gr.Number(place.page, label=label("page_of", reads).format(last=last)),
            gr.Button(interactive=place.page > 1),
            gr.Button(interactive=place.page < last),
            sheet_html(document, place, reads),
            gr.Dropdown(sections, value=_section_at(document.paper, place), visible=bool(sections)),
            document.paper.id or gr.skip(),
        ]


def _lost(told: str) -> str:
    return f'<p class="failed" role="alert">{escape(told)}</p>'


def _heading(paper: Paper, section: int | None) -> Place:
    heading = paper.sections[section or 0]
    return Place.of(paper, heading.start, heading.start + len(heading.title))


def _place_of(document: Document, event: gr.EventData) -> Place:
    """Return the place that a button named, kept within the paper: anybody can send anything."""
    longest = len(document.paper.text)
    start, end = (min(max(int(event._data.get(name) or 0), 0), longest) for name in ("start", "end"))
    return Place.of(document.paper, start, end)


def _paper_of(event: gr.EventData) -> str:
    """Return the id of the paper that a button named."""
    return str(event._data.get("paper") or "")


def _sections(paper: Paper) -> Sequence[tuple[str, int]]:
    titled = [section for section in paper.sections if section.title]
    return [("· " * (section.level - 1) + section.title, section.index) for section in titled]


def _section_at(paper: Paper, place: Place) -> int | None:
    """Return the section that a place is in: that of what is marked there, or else of the page's start."""
    page = paper.pages[place.page - 1]
    at = place.start if page.start <= place.start < page.end and place.start < place.end else page.start
    return next((index for _, index in reversed(_sections(paper)) if paper.sections[index].start <= at), None)
