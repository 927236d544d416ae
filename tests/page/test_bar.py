"""The top bar as HTML: the paper's menu, the buttons of its views, and the other language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import LANGUAGES, OTHER, Language, read_paper
from corpus.library import Library
from corpus.metadata import Metadata
from page.bar import bar_html, views_of
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.shelf import Shelf
from page.papers.workspace import Workspace
from page.ui_text import label
from tests.page.stand_ins import DOCUMENT, SPOIL, Html, part

TEXT = Document(read_paper("kapal.txt", b"Kapal yang diteliti berjumlah 37 buah."))
OWN = TEXT.paper.digest
PAGE = Workspace(Loader(DOCUMENT))


@pytest.fixture
def library(tmp_path: Path) -> Workspace:
    """Give a workspace of a library with the bundled paper alone."""
    library = Library(tmp_path / "library")
    library.add_bundled()
    shelf = Shelf(library)
    return Workspace(Loader(shelf.first), shelf)


def views(html: str) -> list[str]:
    return [button["data-view"] for button in Html(html).having("data-view")]


@pytest.mark.parametrize(
    ("document", "at", "there"),
    [
        (DOCUMENT, "", ["ask", "read", "findings", "glossary", "batch"]),
        (TEXT, "", ["ask", "read", "batch"]),
        (TEXT, OWN, ["ask", "read"]),
        (DOCUMENT, DOCUMENT.paper.digest, ["ask", "read", "findings", "glossary"]),
    ],
)
def test_there_are_the_views_that_a_paper_has_something_for(document: Document, at: str, there: list[str]) -> None:
    assert views_of(PAGE, document, at) == there
    html = bar_html(PAGE, document, at, "en")
    assert views(html) == there
    further = [view for view in there if view in ("glossary", "batch")]
    assert ("details" in part(html, "nav")) == bool(further)
    if further:
        assert views(part(part(html, "nav"), "details.menu")) == further


def test_of_a_library_there_is_the_table_of_every_paper(library: Workspace) -> None:
    assert views_of(library, DOCUMENT, "") == ["ask", "read", "table", "batch"]
    assert views_of(library, TEXT, OWN) == ["ask", "read"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_pages_language_and_offers_the_other(language: Language) -> None:
    html = Html(bar_html(PAGE, DOCUMENT, "", language))
    (speak,) = html.having("data-speak")
    assert speak["data-speak"] == speak["lang"] == OTHER[language]
    assert html.text.endswith({"id": "English", "en": "Indonesia"}[language])
    for view in ("ask", "read", "findings"):
        assert label(f"view_{view}", language) in html.text
    assert html.elements[0] == ("a", {"class": "skip", "href": "#question"})
    (words,) = html.having("data-asked-about")
    assert (words["data-ask-about"], words["data-asked-about"]) == (
        label("ask_about", language), label("asked_about", language),
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
class TestChip:
    def test_it_names_the_paper_and_opens_a_menu(self, language: Language) -> None:
        menu = part(bar_html(PAGE, DOCUMENT, "", language), "details.menu")
        name = label("bundled_name", language)
        assert Html(part(menu, "summary")).text == f"{label('paper', language)}: {name}"
        assert label("own_open", language) in Html(menu).text
        assert len(Html(menu).having("data-open-file")) == 1
        assert not Html(menu).having("data-keep")
        assert not Html(menu).having("data-do")

    def test_of_a_paper_of_ones_own_it_offers_to_keep_and_to_close_it(self, language: Language) -> None:
        html = bar_html(PAGE, TEXT, OWN, language)
        menu = Html(part(html, "details.menu"))
        assert [button["data-do"] for button in menu.having("data-do")] == ["close"]
        assert [box["type"] for box in menu.having("data-keep")] == ["checkbox"]
        for key in ("own_other", "own_keep", "own_close", "own_limit"):
            assert label(key, language) in menu.text
        assert [each["data-at"] for each in Html(html).having("data-at")] == [OWN[:12]]

    def test_of_a_library_it_counts_the_papers(self, language: Language, library: Workspace) -> None:
        menu = Html(part(bar_html(library, DOCUMENT, "", language), "details.menu"))
        assert f"{label('library', language)}1 {label('papers_one', language)}" in menu.text
        own = Html(part(bar_html(library, TEXT, OWN, language), "details.menu"))
        assert "kapal.txt" in own.text
        assert label("library", language) not in own.text


def test_only_a_library_that_takes_papers_offers_to_add_some(library: Workspace) -> None:
    assert not Html(bar_html(library, DOCUMENT, "", "en")).having("data-add-file")
    assert library.shelf
    takes = Workspace(library.base, Shelf(library.shelf.library, takes_papers=True))
    assert len(Html(bar_html(takes, DOCUMENT, "", "en")).having("data-add-file")) == 1
    assert not Html(bar_html(takes, TEXT, OWN, "en")).having("data-add-file")


def test_what_a_paper_is_called_is_escaped() -> None:
    spoiled = Document(replace(TEXT.paper, metadata=Metadata(SPOIL, (SPOIL,))))
    html = Html(bar_html(PAGE, spoiled, OWN, "en"))
    assert not {"script", "img"} & set(html.tags)
    assert html.text.count(SPOIL) == 3
