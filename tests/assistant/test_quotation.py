"""A quote, its place and its paper in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Citation
from assistant.citation import CitedPaper
from assistant.quotation import doi_link, on_one_line, one_each_place, place, quoted, source, translator
from corpus import Language, load_paper
from tests.assistant.quotes import cited

PAPER = load_paper()
QUOTE = replace(
    cited(PAPER, PAPER.passages[5].first),
    quote="sumur",
    translation="well",
    translated_by="project",
    language="id",
    page=3,
    last_page=4,
    section="Hasil",
    section_translation="Results",
)


@pytest.mark.parametrize(
    ("citation", "language", "text"),
    [
        (QUOTE, "id", "“sumur”"),
        (QUOTE, "en", "“well” [Tanya's translation; original: “sumur”]"),
        (replace(QUOTE, translation=None), "en", "“sumur”"),
    ],
)
def test_a_translation_comes_with_the_original(citation: Citation, language: Language, text: str) -> None:
    assert quoted(citation, language) == text


def test_the_translator_is_named() -> None:
    assert translator(replace(QUOTE, translated_by="authors"), "en") == "from the authors' own abstract"
    assert translator(QUOTE, "id") == "terjemahan Tanya"


@pytest.mark.parametrize(
    ("citation", "language", "text"),
    [
        (QUOTE, "id", "hlm. 3-4, Hasil"),
        (QUOTE, "en", "p. 3-4, Results [Hasil]"),
        (replace(QUOTE, section="", section_translation=None), "en", "p. 3-4"),
        (replace(QUOTE, section="", section_translation=None, recognised=True), "en", "p. 3-4, recognised text"),
    ],
)
def test_a_place(citation: Citation, language: Language, text: str) -> None:
    assert place(citation, language) == text


def test_a_paper_is_known_by_its_doi_or_its_description() -> None:
    assert (
        source(CitedPaper(name="a.pdf", doi="10.1/x")) == doi_link(CitedPaper(doi="10.1/x")) == "https://doi.org/10.1/x"
    )
    assert (source(CitedPaper(name="a.pdf")), doi_link(CitedPaper(name="a.pdf"))) == ("a.pdf", "")


def test_each_place_is_given_once_in_order() -> None:
    other, elsewhere = replace(QUOTE, start=0, end=9), replace(QUOTE, paper=CitedPaper(name="b.pdf"))
    again = replace(QUOTE, marker=7)
    assert list(one_each_place([QUOTE, other, again, elsewhere])) == [QUOTE, other, elsewhere]


def test_on_one_line() -> None:
    assert on_one_line(" a\n b\t c ") == "a b c"
