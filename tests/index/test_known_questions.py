from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus import LANGUAGES, KnownQuestion, Language, read_paper
from index import PaperIndex
from index.known_questions import ALSO, ASKED, FAR, KnownQuestions, known_texts
from index.languages import SAME


def known(id: str, *sentences: int) -> KnownQuestion:
    return KnownQuestion(id, {"id": id, "en": id}, sentences, (), {"id": "", "en": ""}, has_false_premise=False)


QUESTIONS = [known("a", 2, 0), known("b", 2), known("c")]
UNKNOWN = read_paper("wells.txt", b"Ann dug it. The town paid. Bob sang. All went home.")
PAPER = replace(UNKNOWN, annotations=replace(UNKNOWN.annotations, questions=tuple(QUESTIONS)))
NOTHING = np.empty((0, 2), dtype=np.float32)
VECTORS = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]], dtype=np.float32)


def test_a_sentence_is_as_near_as_the_nearest_question_that_it_answers() -> None:
    alike = KnownQuestions(PAPER, "en", VECTORS, VECTORS).resemblance(
        np.array([0.98, 0.2], dtype=np.float32), "Who digs it?"
    )
    assert alike.scores.tolist() == pytest.approx([0.98 - ALSO, FAR, 0.98, FAR])
    assert alike.alike == (0, 1)
    assert alike.answered == pytest.approx(0.98)
    assert (alike.left_open, alike.nearest_open) == (FAR, 2)


def test_the_very_question_that_is_asked_outweighs_all_that_are_like_it() -> None:
    vector = np.array([1.0, 0.0], dtype=np.float32)
    known_questions = KnownQuestions(PAPER, "en", VECTORS, VECTORS)
    asked = known_questions.resemblance(vector, "A?")
    assert asked.asked == 0
    assert asked.scores.tolist() == pytest.approx([1.0 - ALSO + ASKED, FAR, 1.0 + ASKED, FAR])
    assert known_questions.resemblance(vector, "Not a?").asked is None  # however near its vector is


def test_a_question_may_come_nearest_to_one_that_is_left_open() -> None:
    alike = KnownQuestions(PAPER, "en", VECTORS, VECTORS).resemblance(
        np.array([0.1, 0.99], dtype=np.float32), "Who sings?"
    )
    assert alike.left_open == pytest.approx(0.99)
    assert alike.nearest_open == 2
    assert alike.left_open > alike.answered


def test_where_nothing_is_known_nothing_resembles() -> None:
    alike = KnownQuestions(UNKNOWN, "en", NOTHING, NOTHING).resemblance(np.array([1.0, 0.0], np.float32), "Who?")
    assert alike.scores.tolist() == pytest.approx([FAR] * 4)
    assert (alike.answered, alike.left_open, alike.nearest_open, alike.asked) == (FAR, FAR, None, None)
    assert alike.alike == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_question_finds_itself(paper_index: PaperIndex, language: Language) -> None:
    paper = paper_index.paper
    texts = known_texts(paper, language)
    rows = [0, len(texts) // 4, len(texts) - 1]
    for row, found in zip(rows, paper_index.search([texts[row] for row in rows], [language] * 3), strict=True):
        assert found.known.asked == row
        if paper.annotations.questions[row].sentences:
            assert found.known.answered > max(0.9, found.known.left_open)
        else:
            assert found.known.left_open > max(0.9, found.known.answered)
            assert found.known.nearest_open == row


def test_a_question_is_compared_in_both_languages() -> None:
    turned = VECTORS[:, ::-1]
    alike = KnownQuestions(PAPER, "en", VECTORS, turned).resemblance(np.array([1.0, 0.0], dtype=np.float32), "Who?")
    assert alike.scores[2] == pytest.approx(max(SAME * 1.0, SAME * 0.8 + (1 - SAME) * 0.6, FAR))
