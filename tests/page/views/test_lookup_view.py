"""The views of findings and of the glossary: searches, in the paper that the session works on."""

from __future__ import annotations

import json

import gradio as gr
import pytest

from assistant import Catalogue
from corpus import LANGUAGES, Language, read_paper
from page.layout import all_words
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.workspace import Workspace
from page.views.findings import findings_html
from page.views.glossary_terms import terms_html
from page.views.lookup_view import LookupView
from tests.page.serving import Page, served
from tests.page.stand_ins import DOCUMENT, laid_out, request_of

OWN = Document(read_paper("kapal.txt", b"Kapal yang diteliti berjumlah 37 buah."))


def render(catalogue: Catalogue, text: str, language: Language) -> str:
    return f"{len(catalogue.lookup(text).sentences)} {text} {language}"


@pytest.fixture
def view() -> LookupView:
    workspace = Workspace(Loader(DOCUMENT))
    workspace.desks.open("one", Loader(OWN), 1)
    with laid_out():
        return LookupView(all_words(), workspace, gr.Textbox(), "findings", render)


def test_of_a_paper_that_is_opened_it_shows_nothing_until_somebody_looks(view: LookupView) -> None:
    assert view.opened() == ["", ""]
    assert len(view.opened()) == len(view.parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_searches_the_paper_that_the_session_works_on(view: LookupView, language: Language) -> None:
    request = request_of("one", language)
    found = len(DOCUMENT.catalogue.lookup("masker").sentences)
    assert found
    assert view._on_search(" masker ", "", request) == f"{found} masker {language}"
    assert view._on_search("kapal", OWN.paper.digest, request) == f"1 kapal {language}"


def test_of_a_paper_that_is_lost_nothing_changes(view: LookupView) -> None:
    assert view._on_search("masker", OWN.paper.digest, request_of("other")) == gr.skip()


def filled(page: Page, view: str) -> list[str]:
    """Return the HTML that parts of the page show once a view's button in the bar is clicked."""
    bar, config = page.part("bar"), page.client.get("config").json()
    shown = []
    for event in config["dependencies"]:
        if [bar, "expand"] in event["targets"]:
            request = {"data": [""], "fn_index": event["id"], "session_hash": view, "event_data": {"view": view}}
            page.client.post("gradio_api/queue/join", json=request)
            lines = page.client.get("gradio_api/queue/data", params={"session_hash": view}).text.splitlines()
            done = next(json.loads(line[6:]) for line in lines if '"process_completed"' in line)
            shown += [value for value in done["output"]["data"] if isinstance(value, str) and value]
    return shown


def test_it_is_filled_once_its_button_in_the_bar_is_clicked() -> None:
    catalogue = DOCUMENT.catalogue
    with served("--rate", "0") as page:
        assert filled(page, "findings") == [findings_html(catalogue.lookup(), "en")]
        assert filled(page, "glossary") == [terms_html(catalogue.terms(), "en")]
        assert filled(page, "read") == []
