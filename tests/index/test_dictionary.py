"""Questions word by word in the other language, by the project's dictionary."""

from __future__ import annotations

from importlib import resources

import pytest

from corpus import Language
from corpus.loading import read_paper
from index import Embedder, PaperIndex
from index.dictionary import Dictionary, dictionary
from index.store import load_background

TEXT = """Diagnosis of encephalitis

Several methods are available to detect the antigens of the virus in a laboratory sample.
The Japanese variant was first described in infants older than three months.
Respiratory infections usually occur in winter and are a public health problem.
Hospitals compared the mortality of children with that of adults in the eastern provinces.
"""


@pytest.mark.parametrize(
    ("phrase", "language", "translation"),
    [
        ("rumah sakit", "id", "hospital"),
        ("Rumah Sakit", "id", "hospital"),
        ("rumah sakitnya", "id", "hospital"),
        ("anak-anak", "id", "children"),
        ("double-stranded", "en", "untai ganda"),
        ("hospitals", "en", "rumah sakit"),
        ("incubation periods", "en", "masa inkubasi"),
        ("Jawa Barat", "id", "west java"),
    ],
)
def test_words_and_phrases_are_looked_up_in_any_form(phrase: str, language: Language, translation: str) -> None:
    assert translation in dictionary().translations(phrase, language)


@pytest.mark.parametrize(("word", "language"), [("in", "en"), ("Cirebon", "id"), ("xyzzy", "en")])
def test_what_it_does_not_hold_has_no_translation(word: str, language: Language) -> None:
    assert dictionary().translations(word, language) == []


def test_of_several_translations_those_are_kept_that_are_known() -> None:
    words = Dictionary([("masa", ["period", "time", "mass"]), ("rumah sakit", ["hospital"])])
    assert words.word_by_word("Masa apa?", "id", {"time", "mass"}.__contains__) == "time mass apa?"
    assert words.word_by_word("Masa di rumah sakit", "id", set().__contains__) == "period di hospital"
    assert words.word_by_word("The hospital in time.", "en", {"masa"}.__contains__) == "The rumah sakit in masa."


def test_numbers_and_abbreviations_stay_as_they_are() -> None:
    words = Dictionary([("mers", ["horse"]), ("data", ["dates"])])
    assert words.word_by_word("MERS-CoV 2019, H5N1", "id", bool) == "MERS-CoV 2019, H5N1"


def test_a_phrase_does_not_end_within_a_word_that_is_said_twice() -> None:
    words = Dictionary([("kematian anak", ["child mortality"]), ("kematian", ["death"]), ("anak-anak", ["children"])])
    assert words.word_by_word("kematian anak-anak", "id", bool) == "death children"


def test_the_first_translation_into_english_counts_most() -> None:
    words = Dictionary([("baik", ["good", "fine"]), ("denda", ["fine"])])
    assert words.translations("fine", "en") == ["denda", "baik"]


def test_each_line_of_the_file_is_an_entry_in_order() -> None:
    lines = resources.files("index").joinpath("data/dictionary.tsv").read_text("utf-8").splitlines()
    entries = [line.split("\t") for line in lines]
    assert [line for line, parts in zip(lines, entries, strict=True) if len(parts) != 2] == []
    assert [indonesian for indonesian, _ in entries] == sorted({indonesian for indonesian, _ in entries})
    phrases = [phrase for indonesian, english in entries for phrase in (indonesian, *english.split("; "))]
    assert [phrase for phrase in phrases if phrase != " ".join(phrase.lower().split()) or not phrase] == []
    assert [indonesian for indonesian, english in entries if indonesian in english.split("; ")] == []


def test_a_paper_in_one_language_is_searched_in_its_own_words(embedder: Embedder) -> None:
    index = PaperIndex.build(read_paper("paper.txt", TEXT.encode()), embedder, load_background(embedder))
    question = "Apakah rumah sakit membandingkan kematian anak-anak dengan orang dewasa?"
    (found,) = index.search([question], ["id"])
    assert index.best(found.scores, 1)[0].sentence.text.startswith("Hospitals")
    assert found.own_words == index.in_own_words(question, "id")
    assert {"hospital", "mortality", "children", "adults"} <= set(found.own_words.strip("?").split())
    assert index.in_own_words("Which methods are available?", "en") == "Which methods are available?"


def test_a_paper_with_a_translation_is_searched_as_asked(paper_index: PaperIndex) -> None:
    assert paper_index.in_own_words("How many masks?", "en") == "How many masks?"
