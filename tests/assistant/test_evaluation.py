from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.__main__ import main
from assistant.answer import Answer
from assistant.answering.paragraphs import said
from assistant.citation import Citation
from assistant.errors import EvaluationError
from assistant.evaluation import evaluate, figures, judge, read_set, report
from benchmarks.data import QUESTIONS, read_lines

ASKED = {
    "id": "x1", "type": "number", "answerable": True,
    "question_en": "How many packs of masks did Sichuan give West Java?",
    "question_id": "Berapa paket masker yang diberikan Sichuan kepada Jawa Barat?",
    "evidence": ["sebanyak 20.000 Paket"], "answer_strings": ["20.000"],
}  # fmt: skip
OPEN = {
    "id": "x2", "type": "off_topic", "answerable": False,
    "question_en": "How tall is Mount Everest?", "question_id": "Berapa tinggi Gunung Everest?",
}  # fmt: skip


def citation(passage: str, quote: str = "") -> Citation:
    return Citation(1, quote or passage, None, None, passage, None, 1, 1, "", None, "id", 0, 1, "p", 0.9)


def answer(text: str, *passages: str, quote: str = "") -> Answer:
    citations = tuple(citation(passage, quote) for passage in passages)
    return Answer("?", "id", "answered", paragraphs=(said(text),), citations=citations)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        (answer("20.000 [1]", "ada sebanyak 20.000 paket"), {"evidence@1", "evidence@3", "answer", "success"}),
        (answer("20,000 packs", "x", "ada sebanyak\n20.000-Paket"), {"evidence@3", "answer", "success"}),
        (answer("120.000 [1]", "sebanyak 20.000 Paket", quote="120.000"), {"evidence@1", "evidence@3"}),
        (answer("20.0001", "x", "y", "z", "sebanyak 20.000 Paket"), set()),
        (answer("20.000 " + "x" * 700, "sebanyak 20.000 Paket"), {"evidence@1", "evidence@3"}),
        (replace(answer("20.000"), status="not_in_paper"), {"false_refusal"}),
        (
            replace(answer("20.000", "sebanyak 20.000 Paket"), status="corrected"),
            {"evidence@1", "evidence@3", "answer", "success"},
        ),
    ],
)
def test_what_is_right_of_an_answer(given: Answer, right: set[str]) -> None:
    assert {figure for figure, is_right in judge(ASKED, given).items() if is_right} == right


def test_what_is_right_of_an_answer_to_a_question_that_is_left_open() -> None:
    assert judge(OPEN, Answer("?", "id", "not_in_paper")) == {"refusal": True, "success": True}
    assert judge(OPEN, answer("20.000")) == {"refusal": False, "success": False}
    corrected = replace(answer("20.000"), status="corrected")  # what it takes for granted
    assert judge(OPEN, corrected) == {"refusal": True, "success": True}


def test_the_judge_agrees_with_the_scorer_of_the_evaluation_data(assistant: Assistant, shared_eval: Path) -> None:
    spec = importlib.util.spec_from_file_location("score", shared_eval / "score.py")
    assert spec
    assert spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    judged = evaluate(assistant, read_lines(QUESTIONS)[::20])
    assert len(judged) > 20
    for one in judged:
        assert dict(one.right) == score.judge(one.question, one.answer.to_record())


def test_a_set_is_asked_in_both_languages_and_reported(assistant: Assistant) -> None:
    judged = evaluate(assistant, [ASKED, OPEN])
    assert [one.language for one in judged] == ["id", "id", "en", "en"]
    counted = figures(judged)
    assert list(counted) == ["id", "en", "all"]
    assert counted["all"]["refusal: off_topic"] == (2, 2)
    lines = list(report(judged))
    assert "evidence@3                       100.0% of 2" in lines
    assert lines[-1] == "== 0 failures"


def test_a_failure_is_told_with_what_was_found_and_why(assistant: Assistant) -> None:
    wrong = {**ASKED, "evidence": ["which stands nowhere"]}
    (one,) = evaluate(assistant, [wrong], languages=["en"])
    assert one.failure == "evidence not among the first three passages"
    lines = list(report([one]))
    assert "== 1 failures" in lines
    assert any("20.000" in line and line.startswith("    p. ") for line in lines)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "no question in it"),
        ("{", "line 1: not JSON"),
        ("[1]", "line 1: not a JSON object"),
        (json.dumps({"id": "x"}), "line 1: no type, answerable"),
        (json.dumps({"id": "x", "type": "y", "answerable": False}), "line 1: no question_id or question_en"),
        (json.dumps({**OPEN, "answerable": True}), "line 1: no evidence, answer_strings"),
        ("[" * 100_000, "line 1: not JSON"),
        ("null", "line 1: not a JSON object"),
        *(
            (json.dumps({**ASKED, field: wrong}), f"line 1: {field} is {json.dumps(wrong)}, not a list of texts: ")
            for field in ("evidence", "answer_strings")
            for wrong in (5, None, "20.000", [20.0], [None], [""], [])
        ),
        (json.dumps({**ASKED, "answerable": "yes"}), 'line 1: answerable is "yes", not true or false'),
        (json.dumps({**ASKED, "question_en": ["How?"]}), 'line 1: question_en is ["How?"], not text'),
        (json.dumps({**ASKED, "evidence": "x" * 99}), f'line 1: evidence is "{"x" * 59} …, not a list of texts: '),
        (json.dumps({**OPEN, "id": 5, "type": None}), "line 1: id is 5, not text, type is null, not text"),
    ],
)
def test_what_is_wrong_with_a_set_is_said(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=re.escape(problem)):
        read_set(file)


class Refusing:
    """An assistant that refuses everything."""

    def ask_many(self, questions: list[str], **_: Any) -> list[Answer]:
        return [Answer(question, "id", "not_in_paper") for question in questions]


def test_a_question_may_be_there_in_one_language_only(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    one = {name: value for name, value in OPEN.items() if name != "question_id"}
    file.write_text("\n".join(map(json.dumps, [ASKED, one])), encoding="utf-8")
    refusing: Any = Refusing()
    judged = evaluate(refusing, read_set(file))
    assert [(of.language, of.question["id"]) for of in judged] == [("id", "x1"), ("en", "x1"), ("en", "x2")]
    assert read_set(file, ["id"]) == [ASKED]
    file.write_text(json.dumps(one), encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"no question in it \(in id\)"):
        read_set(file, ["id"])


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path / "absent.jsonl")]) == 2
    assert "absent.jsonl: cannot be read: No such file" in capsys.readouterr().err
    file = tmp_path / "set.jsonl"
    lines: list[dict[str, Any]] = [ASKED, OPEN]
    file.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8-sig")
    assert main(["evaluate", str(file), "--language", "en"]) == 0
    printed = capsys.readouterr().out
    assert "== en" in printed
    assert "== id" not in printed
    assert "success                          100.0% of 2" in printed
