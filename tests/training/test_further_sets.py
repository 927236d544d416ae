from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.further_sets import further_examples
from training.lexicon import Lexicon

NO_WORDS = Lexicon({"id": {}, "en": {}})
WELLS = "Corby has seven wells. They were dug in 1898. The church stands beside them."
ROADS = "The roads of Stoke were paved in 1921. Wells lie beside them."


def line(question: str, context: str, answers: list[str], **more: Any) -> str:
    fields = {"question": question, "language": "en", "context": context, "answers": answers}
    return json.dumps(fields | {"answerable": bool(answers)} | more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        line("When were the wells of Corby dug?", WELLS, ["1898"]),
        line("What stands beside the wells?", WELLS, ["The church stands beside them."], span=False),
        line("Who dug the wells?", WELLS, []),
        line("When were the roads paved?", ROADS, ["1921"]),
        line("What is cut off?", ROADS, ["not in the text"]),
    ]
    (tmp_path / "villages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_windows_answer_where_they_hold_the_answer(folder: Path) -> None:
    examples = further_examples(folder, NO_WORDS, 1)
    assert {e.is_answered for e in examples} == {True, False}
    for example in examples:
        if example.start is not None:
            assert example.window[example.start : example.end] in ("1898", "1921")
        elif example.is_answered:
            assert "The church" in example.window


def test_a_question_without_its_answer_in_the_text_is_left_out(folder: Path) -> None:
    assert not any("cut off" in example.question for example in further_examples(folder, NO_WORDS, 1))


def test_the_seed_decides(folder: Path) -> None:
    assert further_examples(folder, NO_WORDS, 2) == further_examples(folder, NO_WORDS, 2)
