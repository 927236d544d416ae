from __future__ import annotations

import pytest

from corpus import Paper
from corpus.glossary import find_terms
from corpus.loading import read_paper
from corpus.records import from_record, to_record

LAW = """BAB I - KETENTUAN UMUM

Pasal 1

Dalam Peraturan ini yang dimaksud dengan:
(1) Jelajah adalah kemampuan jaringan untuk melayani pengguna di luar wilayahnya.
(2) Pemilihan Umum yang selanjutnya disebut Pemilu adalah sarana kedaulatan rakyat.
(3) Menteri adalah menteri yang membidangi telekomunikasi.

Pasal 2

Setiap penyelenggara adalah penanggung jawab layanan yang diberikannya kepada masyarakat luas.
"""


def paper(text: str) -> Paper:
    return read_paper("paper.txt", text.encode())


def forms(text: str) -> list[tuple[str, ...]]:
    return [term.forms["en"] for term in find_terms(paper(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The World Health Organization (WHO) warned.", ("World Health Organization", "WHO")),
        ("Tested by reverse transcription-PCR (RT-PCR) twice.", ("reverse transcription-PCR", "RT-PCR")),
        ("Layanan Short Message Service (SMS) dikenai biaya.", ("Short Message Service", "SMS")),
    ],
)
def test_an_abbreviation_is_found_beside_what_it_stands_for(text: str, found: tuple[str, ...]) -> None:
    assert forms(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met in Jakarta (WHO) again.",  # the letters do not fit
        "They met (see Table 2) and left (again).",
        "It rose by a third (2019).",
        "The (ABC) came first.",
    ],
)
def test_brackets_that_hold_something_else_are_no_abbreviation(text: str) -> None:
    assert forms(text) == []


def test_the_terms_that_a_law_defines_are_found_under_its_first_article_only() -> None:
    terms = find_terms(paper(LAW))
    assert [term.forms["id"] for term in terms] == [("Jelajah",), ("Pemilihan Umum", "Pemilu"), ("Menteri",)]
    assert terms[1].meaning["id"] == "sarana kedaulatan rakyat."
    assert all(term.basis == "gives" for term in terms)


def test_each_term_names_the_sentence_that_explains_it() -> None:
    law = paper(LAW)
    for term in find_terms(law):
        assert term.forms["id"][0] in law.sentences[term.sentences[0]].text


def test_a_paper_has_its_own_terms_when_it_is_read_and_when_it_is_kept() -> None:
    law = paper(LAW)
    assert law.annotations.glossary == find_terms(law)
    assert from_record(to_record(law)).annotations.glossary == law.annotations.glossary
