from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index import Embedder
from training.document_sets import document_examples

WELLS = """Wells of Arden

We visited all wells in the year 1921. The church stands beside the oldest one. Seven wells are in use today.
The water of most wells is clean. Farmers dug the wells by hand. Goats drink from two of them.

Roads were paved later on. A bridge leads to Stoke. The mill burned down in the
winter of 1930. Nobody was hurt.
"""
ASKED = {"doc": "wells.txt", "q_en": "When did the mill burn?", "q_id": "Kapan penggilingan terbakar?", "near": None}


def examples(folder: Path, embedder: Embedder, **fields: Any) -> Any:
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / "wells.txt").write_text(WELLS, encoding="utf-8")
    (folder / "questions.jsonl").write_text(json.dumps(ASKED | fields) + "\n", encoding="utf-8")
    return document_examples(folder, 1, embedder)


def test_a_question_is_read_with_its_answer_and_with_what_is_found_beside_it(
    tmp_path: Path, embedder: Embedder
) -> None:
    found = examples(tmp_path, embedder, answers=["burned down in the\nwinter of 1930"])
    answered = [example for example in found if example.is_answered]
    assert answered
    assert all(e.window[e.start : e.end] == "burned down in the winter of 1930" for e in answered)
    others = [example for example in found if not example.is_answered]
    assert others
    assert not any("burned" in example.window or example.is_checked for example in others)
    assert {example.question.lower().rstrip("?") for example in found} == {"when did the mill burn"}
    assert {example.crossed for example in found} == {ASKED["q_id"]}


def test_what_nearly_answers_is_read_and_known_not_to(tmp_path: Path, embedder: Embedder) -> None:
    fields = {"q_en": "When was the oldest well dug?", "q_id": "Kapan sumur tertua digali?", "near": "in the year 1921"}
    found = examples(tmp_path, embedder, answers=[], **fields)
    assert any(fields["near"] in example.window for example in found)
    assert all(example.is_checked and not example.is_answered for example in found)


@pytest.mark.parametrize("answers", [["burned down in the winter of 1930"], []])
def test_the_seed_decides(tmp_path: Path, embedder: Embedder, answers: list[str]) -> None:
    assert examples(tmp_path, embedder, answers=answers) == examples(tmp_path, embedder, answers=answers)
