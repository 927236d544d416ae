"""Finding passages by their words."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import Language, Term
from index.words import WordIndex, WordsOnDisk, split_words, stems, write_words

TEXTS = [
    "Jawa Barat menerima 7.727 masker",
    "Sichuan memberi masker kepada provinsi itu",
    "Pandemi melanda dunia",
    "West Java received masks from Sichuan (BNPB)",
]
LANGUAGES: list[Language] = ["id", "id", "id", "en"]


@pytest.fixture(scope="module")
def words() -> WordIndex:
    return WordIndex(TEXTS, LANGUAGES)


def found(words: WordIndex, question: str, language: Language) -> list[int]:
    """Return the rows of the texts that match at all, the best first."""
    scores = words.scores(question, language)
    return [int(row) for row in np.argsort(-scores, kind="stable") if scores[row] > 0]


def test_words_as_printed_and_numbers_whole() -> None:
    assert split_words("Pada 7.727 masker, 4,4% (COVID-19) negara-negara, 3.") == [
        *("Pada", "7727", "masker", "44", "COVID", "19", "negara", "negara", "3")
    ]
    assert split_words("...") == []


def test_forms_of_a_word_share_a_stem() -> None:
    assert len(set(stems(["Memberi", "diberikan", "BERI"], "id"))) == 1
    assert len(set(stems(["Masks", "mask"], "en"))) == 1
    assert len(set(stems(["memberi", "diberikan"], "en"))) == 2


def test_a_question_in_the_main_language_finds_the_texts_in_it(words: WordIndex) -> None:
    assert words.main_language == "id"
    assert found(words, "Siapa yang diberikan masker oleh Sichuan?", "id") == [1, 0]
    assert found(words, "Pandeminya?", "id") == [2]


def test_texts_in_another_language_are_matched_by_codes_only(words: WordIndex) -> None:
    assert found(words, "Did West Java receive masks from Sichuan?", "en") == [3]
    assert found(words, "What is the BNPB?", "en") == [3]
    assert found(words, "Apa BNPB?", "id") == [3]
    assert found(words, "How many of the 7,727?", "en") == [0]


def test_separators_within_numbers_do_not_matter(words: WordIndex) -> None:
    assert found(words, "7,727", "id") == found(words, "7727", "id") == [0]
    assert found(words, "7.72", "id") == []


def test_scores_are_a_share_of_the_whole_question(words: WordIndex) -> None:
    part = words.scores("masker", "id")
    assert part.shape == (4,)
    assert part.dtype == np.float32
    diluted = words.scores("masker wibble wobble wabble", "id")
    assert np.allclose(diluted, part / 4)
    for question in (*TEXTS, "BNPB", "7727 7727 7727"):
        for language in ("id", "en"):
            scores = words.scores(question, language)
            assert ((scores >= 0) & (scores <= 1)).all()


@pytest.mark.parametrize("question", ["", "?!", "zebra", "\ud800"])
def test_a_question_without_a_known_word_finds_nothing(words: WordIndex, question: str) -> None:
    assert found(words, question, "id") == found(words, question, "en") == []


def test_words_are_known_in_any_form_in_either_language(words: WordIndex) -> None:
    assert all(words.knows(word) for word in ("Masker", "memberikan", "mask", "receives", "7727"))
    assert not any(words.knows(word) for word in ("zebra", "7728"))


def test_texts_without_words_are_no_trouble() -> None:
    words = WordIndex(["Ada masker", "...", "* * *"], ["id", "id", "en"])
    assert found(words, "masker 19", "id") == [0]
    nothing = WordIndex(["..."], ["id"])
    assert found(nothing, "masker", "id") == []
    assert not nothing.knows("masker")


def test_a_term_in_one_form_finds_it_in_any_other() -> None:
    prc = Term("prc", "name", {"id": ("RRT", "Tiongkok"), "en": ("PRC", "China")}, {}, "none", ())
    texts = ["Indonesia dan RRT", "Kerja sama dengan Tiongkok", "Masker dari Sichuan"]
    plain, bridged = WordIndex(texts, ["id"] * 3), WordIndex(texts, ["id"] * 3, [prc])
    assert found(plain, "Tiongkok?", "id") == [1]
    assert sorted(found(bridged, "Tiongkok?", "id")) == [0, 1]
    assert sorted(found(bridged, "China?", "id")) == [0, 1]


QUESTIONS: list[tuple[str, Language]] = [
    ("Siapa yang diberikan masker oleh Sichuan?", "id"),
    ("Did West Java receive masks from Sichuan?", "en"),
    ("How many of the 7,727?", "en"),
    ("zebra?", "id"),
    ("", "en"),
]


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> WordsOnDisk:
    folder = tmp_path_factory.mktemp("words") / "words"
    write_words(zip(TEXTS, LANGUAGES, strict=True), folder)
    return WordsOnDisk(folder)


@pytest.mark.parametrize(("question", "language"), QUESTIONS)
def test_on_disk_the_same_texts_are_found(
    on_disk: WordsOnDisk, words: WordIndex, question: str, language: Language
) -> None:
    scores, rows = on_disk.nearest(question, language, len(TEXTS))
    assert sorted(rows.tolist()) == sorted(found(words, question, language))
    assert (scores > 0).all()


def test_on_disk_the_best_are_found_and_among_some_only(on_disk: WordsOnDisk) -> None:
    question = "Siapa yang diberikan masker oleh Sichuan?"
    assert on_disk.nearest(question, "id", 1)[1].tolist() == [1]
    assert on_disk.nearest(question, "id", 4, np.array([True, False, True, True]))[1].tolist() == [0]
