"""How near a question comes to a paper, beside questions that have nothing to do with it."""

from __future__ import annotations

import numpy as np
import pytest

from index.background import Background, background_questions, deviations
from index.encoders import Vectors

QUESTIONS = np.array([[1, 0, 0, 0], [0.8, 0.6, 0, 0], [0, 0.6, 0.8, 0]], np.float32)
PASSAGES = np.array([[0.6, 0, 0, 0.8], [0, 0, 1, 0]], np.float32)


def vector(*numbers: float) -> Vectors:
    return np.array(numbers, np.float32)


def test_deviations_from_the_mean() -> None:
    values = vector(1, 3, 5, 7)
    assert deviations(4, values) == 0
    assert deviations(4 + 2 * np.sqrt(5), values) == pytest.approx(2)


def test_equal_values_still_have_a_deviation() -> None:
    assert deviations(0.5, vector(0.5, 0.5)) == 0
    assert np.isfinite(deviations(0.9, vector(0.5, 0.5)))


def test_nearness_is_measured_against_the_background_in_the_paper() -> None:
    best = [0.6, 0.48, 0.8]  # of each question in the paper
    background = Background(QUESTIONS, PASSAGES)
    for similarity in (0.1, 0.6, 0.95):
        expected = (similarity - np.mean(best)) / np.std(best)
        assert background.nearness(similarity) == pytest.approx(expected, abs=1e-4)


def test_everyday_is_measured_among_the_background() -> None:
    nearest = [0.8, 0.8, 0.36]  # of each question among the others, itself left out
    background = Background(QUESTIONS, PASSAGES)
    for question, best in ((vector(0, 0, 0, 1), 0.0), (vector(1, 0, 0, 0), 1.0), (vector(0, 0, 1, 0), 0.8)):
        expected = (best - np.mean(nearest)) / np.std(nearest)
        assert background.everyday(question) == pytest.approx(expected, abs=1e-4)


def test_questions_come_in_both_languages_and_none_twice() -> None:
    questions = background_questions()
    assert sorted(questions) == ["en", "id"]
    assert len(questions["en"]) == len(questions["id"]) >= 50
    texts = [text for of in questions.values() for text in of]
    assert len(set(texts)) == len(texts)
    assert all(text == text.strip() != "" for text in texts)
