from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index import Embedder
from training.further_sets import further_examples

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


def test_windows_answer_where_they_hold_the_answer(folder: Path, embedder: Embedder) -> None:
    examples = further_examples(folder, 1, embedder)
    assert {e.is_answered for e in examples} == {True, False}
    for example in examples:
        if example.start is not None:
            assert example.window[example.start : example.end] in ("1898", "1921")
        elif example.is_answered:
            assert "The church" in example.window


def test_a_question_without_its_answer_in_the_text_is_left_out(folder: Path, embedder: Embedder) -> None:
    assert not any("cut off" in example.question for example in further_examples(folder, 1, embedder))


def test_the_seed_decides(folder: Path, embedder: Embedder) -> None:
    assert further_examples(folder, 2, embedder) == further_examples(folder, 2, embedder)


def test_a_translated_question_comes_with_its_translation(tmp_path: Path, embedder: Embedder) -> None:
    asked = line("When were the wells of Corby dug?", WELLS, ["1898"], crossed="Kapan sumur Corby digali?")
    (tmp_path / "villages.jsonl").write_text(asked, encoding="utf-8")
    examples = further_examples(tmp_path, 1, embedder)
    assert {example.crossed for example in examples} == {"Kapan sumur Corby digali?"}
    assert {example.question.lower().rstrip("?") for example in examples} == {"when were the wells of corby dug"}


def test_the_sentence_that_nearly_answers_is_always_read(tmp_path: Path, embedder: Embedder) -> None:
    near = "Wells lie"
    asked = line("Who dug the wells of Stoke?", f"{WELLS} {ROADS}", [], near=near)
    (tmp_path / "villages.jsonl").write_text(asked, encoding="utf-8")
    examples = further_examples(tmp_path, 1, embedder)
    (checked,) = [example for example in examples if example.is_checked]
    assert near in checked.window
    assert not any(example.is_answered for example in examples)
    assert len({example.window for example in examples}) == len(examples)


def test_an_item_of_a_law_is_read_after_its_lead_in(tmp_path: Path, embedder: Embedder) -> None:
    law = "Pasal 3\nPermohonan izin memuat:\na. nama pemohon;\nb. alamat pemohon; dan\nc. lokasi sumur.\n"
    asked = line("Apa isi permohonan izin tentang tempat?", law, ["lokasi sumur"], language="id", crossed="Where?")
    (tmp_path / "laws.jsonl").write_text(asked, encoding="utf-8")
    answered = [example for example in further_examples(tmp_path, 3, embedder) if example.is_answered]
    assert answered
    assert all("memuat:" in example.window and "lokasi sumur" in example.window for example in answered)
