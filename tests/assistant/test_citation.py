"""Citations: what is quoted, where it stands, and in which language it is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Citation
from assistant.citation import CitedPaper, cite
from corpus import load_paper

PAPER = load_paper()


def of(first: int, last: int) -> Citation:
    passage = next(p for p in PAPER.passages if p.first <= first <= p.last)
    return cite(PAPER, first, last, passage, marker=1, score=0.123456)


def prose() -> int:
    """Return a sentence of running text after which another one stands in its passage."""
    return next(p.first for p in PAPER.passages if p.last > p.first and PAPER.sentences[p.first].kind == "text")


def test_a_quote_is_the_papers_text_with_its_place() -> None:
    first = prose()
    citation = of(first, first + 1)
    assert citation.quote == PAPER.text[citation.start : citation.end]
    assert citation.quote.startswith(PAPER.sentences[first].text)
    assert citation.quote.endswith(PAPER.sentences[first + 1].text)
    assert citation.quote in citation.passage
    assert citation.translation
    assert citation.passage_translation
    assert citation.translation in citation.passage_translation
    assert citation.score == 0.1235
    assert citation.paper == CitedPaper.of(PAPER)


def test_a_quote_that_its_passage_does_not_hold_is_its_own_passage() -> None:
    passage = PAPER.passages[0]
    after = passage.last + 1
    citation = cite(PAPER, after, after, passage, marker=1, score=0.0)
    assert (citation.passage, citation.passage_translation) == (citation.quote, citation.translation)


@pytest.mark.parametrize(("last_page", "pages"), [(5, "5"), (6, "5-6")])
def test_pages(last_page: int, pages: str) -> None:
    assert replace(of(prose(), prose()), page=5, last_page=last_page).pages == pages


def test_a_reader_sees_the_quote_or_its_translation() -> None:
    citation = replace(of(prose(), prose()), language="id", quote="sumur", translation="well", section="Hasil")
    assert (citation.is_in("id"), citation.is_in("en")) == (True, False)
    assert (citation.text_in("id"), citation.text_in("en")) == ("sumur", "well")
    titled = replace(citation, section_translation="Results")
    assert (titled.section_in("id"), titled.section_in("en")) == ("Hasil", "Results")
    bare = replace(citation, translation=None, section_translation=None)
    assert bare.is_in("en")
    assert (bare.text_in("en"), bare.section_in("en")) == ("sumur", "Hasil")


@pytest.mark.parametrize(
    ("paper", "described"),
    [
        (CitedPaper(name="a.pdf"), "a.pdf"),
        (CitedPaper(name="a.pdf", title="Wells"), "Wells"),
        (CitedPaper(name="a.pdf", title="Wells", year=2001), "(2001). Wells"),
        (
            CitedPaper(name="a.pdf", title="Wells", authors=("A. Lea", "B. Cox"), year=2001),
            "A. Lea; B. Cox (2001). Wells",
        ),
    ],
)
def test_a_paper_is_described_by_what_is_known_of_it(paper: CitedPaper, described: str) -> None:
    assert paper.described == described
