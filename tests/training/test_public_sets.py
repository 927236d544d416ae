from __future__ import annotations

import random
from pathlib import Path

from assistant.windows import text_windows
from benchmarks.reading import idk_mrc, squad
from training.public_sets import _examples, training_examples

TEXT = "Normandia ada di Prancis. Ibu kotanya Rouen. Penduduknya banyak."


def test_an_answered_question_teaches_where_its_answer_is() -> None:
    examples = list(_examples("Apa ibu kota Normandia?", TEXT, ["Rouen"], random.Random(0)))
    assert [e for e in examples if e.is_answered]
    for example in examples:
        assert example.is_answered == ("Rouen" in example.window)
        if example.start is not None:
            assert example.window[example.start : example.end] == "Rouen"


def test_a_question_without_an_answer_teaches_that_there_is_none() -> None:
    examples = list(_examples("Siapa raja Normandia?", TEXT, [], random.Random(0)))
    assert examples
    assert not any(example.is_answered for example in examples)


def test_what_is_measured_on_is_not_trained_on(shared_eval: Path) -> None:
    trained = {(example.question, example.window) for example in training_examples(shared_eval, seed=1)}
    assert len(trained) > 40_000
    texts = {window for _, window in trained}
    held_out = [*squad(shared_eval, "en", "id"), *squad(shared_eval, "id", "en")]
    assert len(held_out) > 500
    windows = {window.text for item in held_out for window in text_windows(item.text)}
    assert len(windows) > 1000
    assert not windows & texts
    asked = {question for question, _ in trained}
    assert sum(item.question in asked for item in idk_mrc(shared_eval)) < 20
