"""A view with a search box, for the findings or the glossary of a paper. It does not need the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant import Catalogue
from corpus import Language, TanyaError
from page.events import QUICK, SEND_EVENTS, text_of
from page.page_language import preferred_language
from page.papers.workspace import Workspace

Render = Callable[[Catalogue, str, Language], str]
"""Returns the results of a search in a catalogue as HTML, or all entries if the text is empty."""


class LookupView:
    """A search box, and below it the results for the paper that a session works on."""

    def __init__(self, words: gr.I18n, workspace: Workspace, at: gr.Textbox, name: str, render: Render) -> None:
        """Lay out the view. ``at`` holds the paper that the browser works on, ``name`` begins the ids of the parts."""
        self._workspace = workspace
        self._at = at
        self._name = name
        self._render = render
        gr.HTML(f'<p class="note">{words(f"{name}_note")}</p>')
        self._search = gr.Textbox(
            label=str(words("search")), placeholder=str(words("search_hint")), elem_id=f"{name}-search", max_lines=1
        )
        self.shown = gr.HTML(
            elem_id=f"{name}-found", elem_classes="findings", apply_default_css=False, js_on_load=SEND_EVENTS
        )
        self.parts: list[Any] = [self._search, self.shown]
        """The parts that `opened` returns values for."""
        self._search.change(self._on_search, [self._search, at], self.shown, trigger_mode="always_last", **QUICK)

    def opened(self) -> list[Any]:
        """Return what the parts show when a paper was just opened: nothing until the view is opened (`fill_from`)."""
        return ["", ""]

    def fill_from(self, bar: gr.HTML) -> None:
        """Show all entries when the view is first opened, not before: the findings are a megabyte."""

        def on_view(at: str, event: gr.EventData, request: gr.Request) -> Any:
            return self._on_search("", at, request) if text_of(event, "view") == self._name else gr.skip()

        bar.expand(on_view, self._at, self.shown, **QUICK)

    def _on_search(self, text: str, at: str, request: gr.Request) -> Any:
        try:
            document = self._workspace.document(at, "", request)
        except TanyaError:  # the status shows it
            return gr.skip()
        return self._render(document.catalogue, text.strip(), preferred_language(request))
