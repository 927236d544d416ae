from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.windows import text_windows
from benchmarks.reading import idk_mrc, squad
from index import Embedder
from training.examples import Example
from training.public_sets import PublicQuestion, SearchedTexts, _read, examples_of

TEXT = "Normandia ada di Prancis. Ibu kotanya Rouen. Penduduknya banyak."
BESIDE = "Bretagne ada di barat. Ibu kotanya Rennes. Rouen lebih kecil."


@pytest.fixture(scope="module")
def searched(embedder: Embedder) -> SearchedTexts:
    return SearchedTexts({TEXT: "a", BESIDE: "a", "Pluto adalah planet katai.": "b"}, embedder)


def taught(question: str, answers: list[str], searched: SearchedTexts, embedder: Embedder) -> list[Example]:
    (vector,) = embedder.encode_queries([question])
    asked = PublicQuestion(question, "id", TEXT, answers)
    return [e for seed in range(12) for e in examples_of(asked, vector, searched, random.Random(seed))]


def test_an_answered_question_teaches_where_its_answer_is(searched: SearchedTexts, embedder: Embedder) -> None:
    examples = taught("Apa ibu kota Normandia?", ["Rouen"], searched, embedder)
    assert [e for e in examples if e.is_answered]
    for example in examples:
        assert example.is_answered == ("Rouen" in example.window)
        if example.start is not None:
            assert example.window[example.start : example.end] == "Rouen"


def test_a_question_without_an_answer_teaches_that_there_is_none(searched: SearchedTexts, embedder: Embedder) -> None:
    examples = taught("Siapa raja Normandia?", [], searched, embedder)
    assert examples
    assert not any(example.is_answered for example in examples)


def test_what_does_not_answer_is_taken_from_the_same_document(searched: SearchedTexts, embedder: Embedder) -> None:
    examples = taught("Apa ibu kota Normandia?", ["Rouen"], searched, embedder)
    windows = {example.window for example in examples if not example.is_answered}
    assert any(window in BESIDE for window in windows)
    assert not any("Pluto" in window for window in windows)


def test_the_nearest_windows_of_a_text_come_first(searched: SearchedTexts, embedder: Embedder) -> None:
    (vector,) = embedder.encode_queries(["Di mana letak Normandia?"])
    assert searched.near(vector, TEXT)[0].text == "Normandia ada di Prancis."


def test_what_is_measured_on_is_not_trained_on(shared_eval: Path) -> None:
    questions, documents = _read(shared_eval)
    assert len(questions) > 20_000
    windows = {window.text for text in documents for window in text_windows(text)}
    held_out = [*squad(shared_eval, "en", "id"), *squad(shared_eval, "id", "en")]
    assert len(held_out) > 500
    measured = {window.text for item in held_out for window in text_windows(item.text)}
    assert len(measured) > 1000
    assert not measured & windows
    asked = {question.question for question in questions}
    assert sum(item.question in asked for item in idk_mrc(shared_eval)) < 20
