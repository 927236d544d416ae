"""What sets the texts of two languages apart, and which of their words mean the same."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import Language
from corpus.loading import read_paper
from index import Embedder, PaperIndex
from index.encoders import Vectors
from index.languages import Bridge, language_gap, language_offset
from index.store import load_background

TEXT = """Diagnosis of encephalitis

Several methods are available to detect the antigens of the virus in a laboratory sample.
The Japanese variant was first described in infants older than three months.
Respiratory infections usually occur in winter and are a public health problem.
Hospitals compared the mortality of children with that of adults in the eastern provinces.
"""


@pytest.fixture(scope="module")
def bridge(embedder: Embedder) -> Bridge:
    words = dict.fromkeys("".join(c if c.isalnum() else " " for c in TEXT.lower()).split())
    return Bridge(list(words), embedder)


@pytest.mark.parametrize(
    ("word", "same"),
    [("metode", "methods"), ("laboratorium", "laboratory"), ("jepang", "japanese"), ("ensefalitis", "encephalitis")],
)
def test_a_word_of_another_language_finds_the_papers_own(bridge: Bridge, word: str, same: str) -> None:
    assert bridge.crossed(word) == same


@pytest.mark.parametrize("word", ["yang", "uji", "sebutkan", "2019", "virus"])
def test_small_words_short_ones_and_what_the_paper_has_stay_as_they_are(bridge: Bridge, word: str) -> None:
    assert bridge.crossed(word) == word


def test_a_question_keeps_its_other_words(bridge: Bridge) -> None:
    assert bridge.crossed("Metode apa yang tersedia (ELISA)?") == "methods apa yang available (ELISA)?"


def test_a_paper_in_one_language_is_searched_in_its_own_words(embedder: Embedder) -> None:
    index = PaperIndex.build(read_paper("paper.txt", TEXT.encode()), embedder, load_background(embedder))
    (found,) = index.search(["Apakah rumah sakit membandingkan kematian anak-anak dengan orang dewasa?"], ["id"])
    assert index.best(found.scores, 1)[0].sentence.text.startswith("Hospitals")
    assert index.in_own_words("Which methods are available?", "en") == "Which methods are available?"


def test_a_paper_with_a_translation_needs_no_bridge(paper_index: PaperIndex) -> None:
    assert paper_index.in_own_words("How many masks?", "en") == "How many masks?"


def vectors(*rows: list[float]) -> Vectors:
    return np.array(rows, np.float32)


def test_what_a_language_has_in_common_is_found_in_its_nearest_counterparts() -> None:
    meanings = np.eye(8, dtype=np.float32)[:6]
    own = np.eye(8, dtype=np.float32)[6] * 0.2
    both = np.concatenate([meanings, meanings[:3] + own])
    of: list[Language] = ["id", "id", "id", "id", "id", "id", "en", "en", "en"]
    offsets = language_offset(both, of)
    assert offsets["en"] @ own > 0
    assert offsets["id"] @ own < 0
    assert offsets["en"][6] == pytest.approx(0.2)


def test_meanings_of_one_language_alone_are_left_in_it() -> None:
    # Three passages in English, their three translations, and a crowd in Indonesian about another matter.
    rows = [[1.0, 0.1, 0.0], [1.0, 0.0, 0.0], [1.0, 0.05, 0.0]]
    crowd = [[0.0, 0.0, 1.0]] * 30
    of: list[Language] = ["en" if row < 3 else "id" for row in range(36)]
    offset = language_offset(vectors(*rows, *rows, *crowd), of)["en"]
    assert np.abs(offset).max() < 0.01


def test_one_language_has_nothing_to_take_away() -> None:
    offsets = language_offset(np.ones((3, 4), np.float32), ["id"] * 3)
    assert list(offsets) == ["id"]
    assert offsets["id"].tolist() == [0, 0, 0, 0]


def test_the_gap_is_what_sets_a_passage_apart_from_its_translation() -> None:
    meanings = np.eye(4, dtype=np.float32)[:2]
    english, indonesian = meanings + vectors([0, 0, 0.2, 0]), meanings + vectors([0, 0, 0, 0.4])
    own, translated = np.stack([english[0], indonesian[1]]), np.stack([indonesian[0], english[1]])
    gap = language_gap(own, translated, ["en", "id"])
    assert english - gap["en"] == pytest.approx(indonesian - gap["id"])
    assert gap["en"] == pytest.approx(-gap["id"])
