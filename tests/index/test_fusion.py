"""From passages' scores to sentences' scores."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import Finding, Language, Passage, Topic
from index.encoders import Vectors
from index.fusion import ALSO, AROUND, STATED, WORDS, Fusion


def passage(first: int, last: int) -> Passage:
    return Passage(f"{first}-{last}", "id", 0, 1, first, last, (), "", 0, 0, "")


# Sentence 0 is a heading, 4 has no neighbours.
PASSAGES = [passage(1, 1), passage(1, 2), passage(2, 2), passage(1, 3), passage(3, 3), passage(4, 4)]
NOTHING = np.zeros(6, np.float32)


def vectors(*rows: list[float]) -> Vectors:
    return np.array(rows, np.float32)


def test_a_sentence_is_weighed_with_the_best_of_its_surroundings() -> None:
    similarities = vectors([0.9, 0.7, 0.5, 0.8, 0.3, 0.6])[0]
    scores = Fusion(PASSAGES, 5).scores(similarities, NOTHING)
    assert scores[0] == -np.inf
    alone, around = np.array([0.9, 0.5, 0.3]), np.array([0.8, 0.8, 0.8])
    assert scores[1:4] == pytest.approx((1 - AROUND) * alone + AROUND * around)
    assert scores[4] == pytest.approx(0.6)


def test_words_count_beside_similarity() -> None:
    fusion = Fusion(PASSAGES, 5)
    even = np.full(6, 0.5, np.float32)
    words = NOTHING.copy()
    words[4] = 1.0  # of sentence 3 by itself
    gain = fusion.scores(even, words)[1:] - fusion.scores(even, NOTHING)[1:]
    assert gain == pytest.approx([0, 0, (1 - AROUND) * WORDS, 0])
    assert gain.max() > 0
    words = NOTHING.copy()
    words[3] = 1.0  # of sentences 1 to 3
    gain = fusion.scores(even, words)[1:] - fusion.scores(even, NOTHING)[1:]
    assert gain == pytest.approx([AROUND * WORDS] * 3 + [0])


def finding(*sentences: int) -> Finding:
    nothing: dict[Language, str] = {"id": "", "en": ""}
    return Finding("f", Topic("t", nothing), nothing, sentences, None, nothing, nothing, "", nothing, "")


def test_a_finding_is_another_text_of_the_sentences_it_rests_on() -> None:
    fusion = Fusion(PASSAGES, 5, [finding(3, 0, 1), finding(4)])
    found = np.array([0.5] * 6 + [0.9, 0.3], np.float32)
    nothing = np.zeros(8, np.float32)
    scores = fusion.scores(found, nothing)
    assert scores[1:] == pytest.approx([0.9 - STATED - ALSO, 0.5, 0.9 - STATED, 0.5])
    assert scores[0] == -np.inf  # a heading is not searched, whatever rests on it
    assert fusion.nearest_finding(found, nothing) == 0
    words = nothing.copy()
    words[7] = 1.0
    found[7] = 0.8
    assert fusion.nearest_finding(found, words) == 1
    assert Fusion(PASSAGES, 5).nearest_finding(found[:6], NOTHING) is None
