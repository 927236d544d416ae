from __future__ import annotations

import pytest

from corpus.loading import read_paper
from index import Embedder, PaperIndex
from index.bridge import Bridge
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
    assert bridge.across([word]) == {word: same}


@pytest.mark.parametrize("word", ["yang", "uji", "sebutkan", "2019", "virus"])
def test_small_words_short_ones_and_what_the_paper_has_stay_as_they_are(bridge: Bridge, word: str) -> None:
    assert bridge.across([word]) == {}


def test_a_question_keeps_its_other_words(bridge: Bridge) -> None:
    assert bridge.crossed("Metode apa yang tersedia (ELISA)?") == "methods apa yang available (ELISA)?"


def test_a_paper_in_one_language_is_searched_in_its_own_words(embedder: Embedder) -> None:
    index = PaperIndex.build(read_paper("paper.txt", TEXT.encode()), embedder, load_background(embedder))
    (found,) = index.search(["Apakah rumah sakit membandingkan kematian anak-anak dengan orang dewasa?"], ["id"])
    assert index.best(found.scores, 1)[0].sentence.text.startswith("Hospitals")
    assert index.in_own_words("Which methods are available?", "en") == "Which methods are available?"


def test_a_paper_with_a_translation_needs_no_bridge(paper_index: PaperIndex) -> None:
    assert paper_index.in_own_words("How many masks?", "en") == "How many masks?"
