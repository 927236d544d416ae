from __future__ import annotations

import math

import numpy as np
import pytest

from assistant import Assistant
from assistant.relevance import Relevance
from corpus import BUNDLED_PAPER, Language, load_paper
from index import Embedder, Found, PaperIndex, load_index

WEIGHTS = {"id": [0.5, 1.0, -2.0, 3.0], "en": [0.0, 1.0, -2.0, 3.0], "other": [-0.5, 1.0, -2.0, 3.0]}


def found(nearness: float = 0.0, everyday: float = 0.0) -> Found:
    return Found(np.zeros(1, dtype=np.float32), nearness, everyday)


@pytest.mark.parametrize(
    ("question", "language", "coverage"),
    [
        ("Sichuan Pikobar BNPB", "en", 1.0),
        ("Sichuan kwzxq", "id", 0.5),
        ("qwzx kwzxq", "id", 0.0),
        ("apa", "id", 0.0),
        ("???", "id", 0.0),
    ],
)
def test_coverage_is_the_share_of_known_words(
    paper_index: PaperIndex, question: str, language: Language, coverage: float
) -> None:
    signals = Relevance.load(paper_index).signals(question, language, found(1.5, 0.5))
    assert signals == (1.5, 0.5, coverage)


def test_to_be_far_from_everyday_questions_says_nothing(paper_index: PaperIndex) -> None:
    assert Relevance.load(paper_index).signals("Sichuan", "id", found(1.5, -0.5)).everyday == 0.0


def test_weights_follow_the_languages_that_the_paper_can_be_read_in(
    paper_index: PaperIndex, embedder: Embedder
) -> None:
    assert [Relevance(paper_index, WEIGHTS, 0.5).relation(of) for of in ("id", "en")] == ["id", "en"]
    relevance = Relevance(load_index(load_paper(BUNDLED_PAPER), embedder), WEIGHTS, 0.5)
    assert (relevance.relation("id"), relevance.relation("en")) == ("id", "other")
    same = relevance.probability("Sichuan", "id", found(1.0, 0.5))
    other = relevance.probability("Sichuan", "en", found(1.0, 0.5))
    assert same == pytest.approx(1 / (1 + math.exp(-3.5)))
    assert other == pytest.approx(1 / (1 + math.exp(-2.5)))


@pytest.mark.parametrize("language", ["id", "en"])
def test_fitted_weights_have_the_signs_they_should(paper_index: PaperIndex, language: Language) -> None:
    relevance = Relevance.load(paper_index)

    def probability(question: str = "qwzx", **of: float) -> float:
        return relevance.probability(question, language, found(**of))

    assert probability(nearness=2.0) > probability(nearness=1.0)
    assert probability(everyday=1.0) < probability(everyday=0.0)
    assert probability("Sichuan") > probability("qwzx")
    assert 0 < relevance.threshold < 1


def test_threshold_decides(paper_index: PaperIndex) -> None:
    questions = ["Apakah Pikobar diluncurkan?", "How tall is Mount Everest?"]
    for threshold, status in ((0.0, "answered"), (1.01, "not_in_paper")):
        relevance = Relevance(paper_index, WEIGHTS, threshold)
        answers = Assistant(paper_index, relevance).ask_many(questions)
        assert [a.status for a in answers] == [status, status]
