"""The bundled paper's glossary, and finding its terms in texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus import BUNDLED_PAPER, LANGUAGES, Glossary, PaperError, Term, load_paper
from corpus.annotations import read_glossary

PAPER = load_paper()
GLOSSARY = Glossary(PAPER.annotations.glossary)


def fold(text: str) -> str:
    return " ".join(text.replace("-", " ").casefold().split())


def mentioned(text: str) -> list[tuple[str, str]]:
    return [(m.term.id, text[m.start : m.end]) for m in GLOSSARY.mentions(text)]


def test_there_are_terms_abbreviations_and_names_enough() -> None:
    assert len(PAPER.annotations.glossary) >= 60
    assert {term.kind for term in PAPER.annotations.glossary} == {"term", "abbreviation", "name", "spelling"}
    assert len({term.id for term in PAPER.annotations.glossary}) == len(PAPER.annotations.glossary)


def test_no_form_belongs_to_two_terms() -> None:
    owner: dict[str, str] = {}
    for term in PAPER.annotations.glossary:
        for form in {fold(form) for forms in term.forms.values() for form in forms}:
            assert owner.setdefault(form, term.id) == term.id, form


@pytest.mark.parametrize("term", PAPER.annotations.glossary, ids=lambda term: term.id)
def test_the_paper_uses_each_term_where_the_glossary_says(term: Term) -> None:
    assert term.sentences
    forms = [fold(form) for of in LANGUAGES for form in term.forms[of]]
    for sentence in term.sentences:
        text = fold(f"{PAPER.sentences[sentence].text} | {PAPER.annotations.translations[sentence].text}")
        assert any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms), PAPER.sentences[sentence].id


def test_a_meaning_stands_where_the_paper_gives_or_implies_one_and_nowhere_else() -> None:
    for term in PAPER.annotations.glossary:
        assert all(bool(term.meaning[of]) == (term.basis != "none") for of in LANGUAGES), term.id
        assert not any("\n" in meaning for meaning in term.meaning.values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Apakah RRT sama dengan Tiongkok?", [("prc", "RRT"), ("prc", "Tiongkok")]),
        ("kerjasama atau kerja sama", [("cooperation", "kerjasama"), ("cooperation", "kerja sama")]),
        ("Pilkobar, the pikobar app", [("pikobar", "Pilkobar"), ("pikobar", "pikobar")]),
        ("bed-occupancy rate", [("bed-occupancy-rate", "bed-occupancy rate")]),
        ("the borrower's BOR", [("bed-occupancy-rate", "BOR")]),
        ("Did the US tell us who?", [("united-states", "US")]),
        ("AS as a word, WHO or who", [("united-states", "AS"), ("who", "WHO")]),
        ("nothing at all", []),
        ("", []),
    ],
)
def test_terms_are_found_in_any_form(text: str, found: list[tuple[str, str]]) -> None:
    assert mentioned(text) == found


def test_the_longest_form_is_found() -> None:
    assert mentioned("Sister Province Corner") == [("sister-province-corner", "Sister Province Corner")]


def test_abbreviations_are_spelled_out() -> None:
    assert GLOSSARY.spelled_out("BOR Jabar?", "id") == "BOR (tingkat keterisian tempat tidur) Jabar?"
    assert GLOSSARY.spelled_out("West Java BOR?", "en") == "West Java BOR (bed occupancy rate)?"
    assert GLOSSARY.spelled_out("Tingkat keterisian tempat tidur?", "id") == "Tingkat keterisian tempat tidur?"


def test_no_terms_no_mentions() -> None:
    assert Glossary(()).mentions("BOR") == []
    assert Glossary(()).spelled_out("BOR", "id") == "BOR"


def test_a_term_of_a_sentence_that_is_not_there_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "glossary.toml"
    text = BUNDLED_PAPER.with_name("glossary.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('"s0030"', '"s9999"', 1), encoding="utf-8")
    with pytest.raises(PaperError, match=r"glossary\.toml: term paradiplomacy: there is no s9999"):
        read_glossary(file, PAPER)
