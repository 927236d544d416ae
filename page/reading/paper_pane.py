"""The paper pane, beside the conversation: the paper page by page, with the quote marked, and a search."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, get_args

import gradio as gr

from corpus import Paper, TanyaError
from page.events import QUICK, SEND_EVENTS, text_of
from page.markup import message
from page.page_language import preferred_language
from page.papers.document import Document
from page.papers.workspace import Workspace
from page.reading.sheet import Place, Wording, results_html, sheet_html
from page.ui_text import label

_TO_MARKED = "() => tanya.toMarked()"


class PaperPane:
    """Shows the paper that a session works on. It is empty until the page is loaded."""

    def __init__(
        self, words: gr.I18n, workspace: Workspace, at: gr.Textbox, papers: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Lay out the pane.

        ``at`` holds the paper that the browser works on (see `Workspace`). ``papers`` are the names and ids of a
        library's papers, one of which can be picked.
        """
        self._workspace = workspace
        self._at = at
        self._place = gr.State(Place())
        with gr.Row(elem_id="reader-bar"):
            gr.HTML(f'<button type="button" data-back>{words("back")}</button>', elem_id="back")
            self._previous = gr.Button("←", size="sm", elem_id="previous-page")
            self._page = gr.Number(
                1, label=str(words("page_number")), precision=0, container=False, elem_id="page-number"
            )
            self._last = gr.HTML(elem_id="page-count")
            self._following = gr.Button("→", size="sm", elem_id="next-page")
            self.papers = gr.Dropdown(
                list(papers),
                label=str(words("paper")),
                container=False,
                visible=len(papers) > 1,
                elem_id="paper-picker",
            )
            """The list of a library's papers."""
            self._section = gr.Dropdown(
                [], label=str(words("section")), filterable=False, container=False, elem_id="section-picker"
            )
            self._wording = gr.Dropdown(
                [(words(f"wording_{wording}"), wording) for wording in get_args(Wording)],
                label=str(words("wording")),
                filterable=False,
                container=False,
                elem_id="wording-picker",
            )
            hint = str(words("search_paper"))
            self._search = gr.Textbox(
                label=hint, placeholder=hint, max_lines=1, container=False, elem_id="search-paper"
            )
        with gr.Column(elem_id="reader"):
            self._found = gr.HTML(visible=False, apply_default_css=False, js_on_load=SEND_EVENTS, elem_id="results")
            self._sheet = gr.HTML(apply_default_css=False, js_on_load=SEND_EVENTS, elem_id="sheets")
        self._shown: list[Any] = [
            *(self._place, self._page, self._last, self._previous, self._following),
            *(self._sheet, self._section, self.papers, self._wording),
        ]
        self.parts: list[Any] = [*self._shown, self._search, self._found]
        """The parts that `opened` returns values for."""
        self._connect()

    def opened(self, document: Document, request: gr.Request) -> list[Any]:
        """Return what all parts show when a paper has just been opened."""
        shown = self._show(document, Place(paper=document.paper.id), request)
        return [*shown, "", gr.HTML("", visible=False)]

    def show_from(self, source: gr.HTML) -> None:
        """Make the buttons with ``data-show`` in ``source`` show their place here."""

        def on_show(place: Place, at: str, event: gr.EventData, request: gr.Request) -> list[Any]:
            paper = text_of(event, "paper")
            return self._shown_of(at, paper, lambda document: _place_of(document, event, place), request)

        # Not "once", which would ignore a second click while the first one is being answered.
        shown = source.select(on_show, [self._place, self._at], self._shown, trigger_mode="multiple", **QUICK)
        shown.then(None, js="() => tanya.onShown()", api_visibility="private")

    def _connect(self) -> None:
        here: list[Any] = [self._place, self._at]
        last: dict[str, Any] = {"trigger_mode": "always_last"}
        self._previous.click(self._on_previous, here, self._shown, trigger_mode="multiple", **QUICK)
        self._following.click(self._on_following, here, self._shown, trigger_mode="multiple", **QUICK)
        gr.on([self._page.submit, self._page.blur], self._on_page, [*here, self._page], self._shown, **last, **QUICK)
        self._wording.input(self._on_wording, [*here, self._wording], self._shown, **last, **QUICK)
        searched = [self._found, *self._shown]
        self._search.change(self._on_search, [*here, self._search], searched, **last, **QUICK)
        # Leaving the list of sections sends an input event, too, with the section that is shown: that one is ignored.
        # Picking a section also sends a select event, which always goes to its heading.
        self._section.input(self._on_section, [*here, self._section], self._shown, **QUICK)
        picked = self._section.select(self._on_picked, [*here, self._section], self._shown, **QUICK)
        picked.then(None, js=_TO_MARKED, api_visibility="private")
        self.show_from(self._found)
        self.papers.input(self._on_paper, [*here, self.papers], self.parts, **last, **QUICK)
        self._sheet.change(None, js=_TO_MARKED, api_visibility="private")

    def _on_previous(self, place: Place, at: str, request: gr.Request) -> list[Any]:
        return self._turned(place, at, place.page - 1, request)

    def _on_following(self, place: Place, at: str, request: gr.Request) -> list[Any]:
        return self._turned(place, at, place.page + 1, request)

    def _on_page(self, place: Place, at: str, page: float | None, request: gr.Request) -> list[Any]:
        if page == place.page:  # the field only lost the focus, perhaps to a button that turns the page
            return [gr.skip()] * len(self._shown)
        return self._turned(place, at, place.page if page is None else int(page), request)

    def _turned(self, place: Place, at: str, page: int, request: gr.Request) -> list[Any]:
        return self._shown_of(at, place.paper, lambda document: place.turned(document.paper, page), request)

    def _on_wording(self, place: Place, at: str, wording: Wording, request: gr.Request) -> list[Any]:
        known = wording if wording in get_args(Wording) else "original"
        shown = self._shown_of(at, place.paper, lambda document: place._replace(wording=known), request)
        return self._but_for(self._wording, shown)

    def _on_section(self, place: Place, at: str, section: int | None, request: gr.Request) -> list[Any]:
        def there(document: Document) -> Place | None:
            is_here = section == _section_at(document.paper, place)
            return None if is_here else _heading(document.paper, section, place)

        return self._shown_of(at, place.paper, there, request)

    def _on_picked(self, place: Place, at: str, section: int | None, request: gr.Request) -> list[Any]:
        return self._shown_of(at, place.paper, lambda document: _heading(document.paper, section, place), request)

    def _on_paper(self, place: Place, at: str, paper: str, request: gr.Request) -> list[Any]:
        if paper == place.paper:  # the list was only left: what is searched for in the paper stays
            return [gr.skip()] * len(self.parts)
        shown = self._shown_of(at, paper, lambda document: Place(paper=paper, wording=place.wording), request)
        return [*self._but_for(self.papers, shown), "", gr.HTML("", visible=False)]

    def _on_search(self, place: Place, at: str, text: str, request: gr.Request) -> list[Any]:
        text = text.strip()
        shown = self._shown_of(at, place.paper, lambda document: place._replace(search=text), request)
        language, results = preferred_language(request), ""
        with suppress(TanyaError):  # the sheet shows it
            results = results_html(self._workspace.document(at, place.paper, request), text, language) if text else ""
        return [gr.HTML(results, visible=bool(results)), *shown]

    def _shown_of(
        self, at: str, paper: str, there: Callable[[Document], Place | None], request: gr.Request
    ) -> list[Any]:
        """Return what is shown of a paper at the place that ``there`` returns, or why the paper cannot be shown.

        If the place is None, nothing changes.
        """
        try:
            document = self._workspace.document(at, paper, request)
        except TanyaError as error:
            problem = message(error.in_language(preferred_language(request)), "failed", "alert")
            return [problem if part is self._sheet else gr.skip() for part in self._shown]
        place = there(document)
        return self._show(document, place, request) if place else [gr.skip()] * len(self._shown)

    def _but_for(self, picker: Any, shown: list[Any]) -> list[Any]:
        """Leave a picker as it is: the user may have picked something else before its event is answered."""
        return [gr.skip() if part is picker else value for part, value in zip(self._shown, shown, strict=True)]

    def _show(self, document: Document, place: Place, request: gr.Request) -> list[Any]:
        last, language = len(document.paper.pages), preferred_language(request)
        sections, shelf = _sections(document.paper), self._workspace.shelf
        is_one_of_several = bool(document.paper.id) and shelf is not None and len(shelf.entries) > 1
        return [
            place,
            gr.Number(place.page, label=label("page_of", language, last=last)),
            f"/ {last}",
            gr.Button(interactive=place.page > 1),
            gr.Button(interactive=place.page < last),
            sheet_html(document, place, language),
            gr.Dropdown(sections, value=_section_at(document.paper, place), visible=bool(sections)),
            gr.Dropdown(value=document.paper.id or None, visible=is_one_of_several),
            gr.Dropdown(value=place.wording, visible=bool(document.paper.annotations.translations)),
        ]


def _heading(paper: Paper, section: int | None, place: Place) -> Place:
    heading = paper.sections[section or 0]
    return place.at(paper, heading.start, heading.start + len(heading.title))


def _place_of(document: Document, event: gr.EventData, place: Place) -> Place:
    """Return the place that a button names, limited to the paper: an event may hold any numbers."""
    longest = len(document.paper.text)
    start, end = (min(max(_number(text_of(event, name)), 0), longest) for name in ("start", "end"))
    return place.at(document.paper, start, end)


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text) else 0


def _sections(paper: Paper) -> Sequence[tuple[str, int]]:
    titled = [section for section in paper.sections if section.title]
    return [("· " * (section.level - 1) + section.title, section.index) for section in titled]


def _section_at(paper: Paper, place: Place) -> int | None:
    """Return the index of a place's section: that of what is marked on its page, or else of the page's start."""
    page = paper.pages[place.page - 1]
    at = place.start if page.start <= place.start < page.end and place.start < place.end else page.start
    return next((index for _, index in reversed(_sections(paper)) if paper.sections[index].start <= at), None)
