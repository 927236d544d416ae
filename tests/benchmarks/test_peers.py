from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant import Answer
from assistant.answering.paragraphs import LONGEST_TEXT
from assistant.evaluation import Judged, judge
from benchmarks import peers
from benchmarks.peer_tools import Tool
from benchmarks.peers import Contestant, Result, as_answer, main, peer, table
from corpus import Language, Paper, read_paper

PAPER = read_paper(
    "paper.txt",
    ("Masks arrived in March.\n\nSichuan gave 20.000 packs of masks.\n\n" + "A long sentence " * 60 + "ends.").encode(),
)
GIVEN = next(n for n, passage in enumerate(PAPER.passages) if passage.text == "Sichuan gave 20.000 packs of masks.")
ASKED: dict[str, Any] = {"answerable": True, "evidence": ["20.000 packs"], "answer_strings": ["20.000"]}
LEFT_OPEN: dict[str, Any] = {"answerable": False}


def others(paper: Paper) -> list[int]:
    """Give the passages without the evidence."""
    return [number for number, passage in enumerate(paper.passages) if "20.000" not in passage.full_text]


def test_the_nearest_passage_is_the_answer_and_each_is_cited() -> None:
    first, *_ = others(PAPER)
    answer = as_answer(PAPER, "?", "en", [GIVEN, first])
    assert answer.text == PAPER.passages[GIVEN].full_text
    assert [citation.passage for citation in answer.citations] == [
        PAPER.passages[GIVEN].full_text,
        PAPER.passages[first].full_text,
    ]
    assert all(judge(ASKED, answer)[figure] for figure in ("evidence@1", "answer", "success"))


def test_evidence_in_a_later_passage_is_no_answer() -> None:
    right = judge(ASKED, as_answer(PAPER, "?", "en", [*others(PAPER)[:1], GIVEN]))
    assert (right["evidence@1"], right["evidence@3"], right["success"]) == (False, True, False)


def test_a_question_that_is_left_open_is_failed_even_where_nothing_is_found() -> None:
    assert not judge(LEFT_OPEN, as_answer(PAPER, "?", "en", []))["success"]
    assert not judge(ASKED, as_answer(PAPER, "?", "en", []))["success"]


def test_a_long_passage_is_cut_to_the_length_of_an_answer() -> None:
    longest = max(range(len(PAPER.passages)), key=lambda number: len(PAPER.passages[number].text))
    assert len(PAPER.passages[longest].full_text) > LONGEST_TEXT
    assert len(as_answer(PAPER, "?", "en", [longest]).text) == LONGEST_TEXT


def test_a_peer_indexes_the_passages_as_they_are_shown() -> None:
    indexed: list[str] = []

    def index(texts: Any) -> Any:
        indexed.extend(texts)
        return lambda question: [GIVEN] if question == "masks?" else []

    ask = peer(index, PAPER)
    assert indexed == [passage.full_text for passage in PAPER.passages]
    assert ask("masks?", "en").text == PAPER.passages[GIVEN].full_text


def judged(question: dict[str, Any], language: Language, status: Any) -> Judged:
    answer = as_answer(PAPER, "?", language, [GIVEN]) if status == "answered" else Answer("?", language, status)
    return Judged(question, language, answer, judge(question, answer))


def test_the_table_has_shares_by_language_and_ratios() -> None:
    rows = [
        judged(ASKED, "id", "not_in_paper"),
        judged(LEFT_OPEN, "id", "not_in_paper"),
        judged(ASKED, "en", "answered"),
        judged(LEFT_OPEN, "en", "answered"),
    ]
    lines = table([Result("One", True, rows, 0.03, 2.0), Result("Other", False, rows, 0.01, 0.25)], 0.01)
    assert lines[-2:] == [
        "| One | 0.0 / 100.0 | 0.0 / 100.0 | 100.0 / 0.0 | 50.0 / 50.0 | 3.00 | 2.0 |",
        "| Other | 0.0 / 100.0 | 0.0 / 100.0 | no notion of it | 50.0 / 50.0 | 1.00 | 0.2 |",
    ]
    header, rule = lines[-4:-2]
    assert header.count("|") == rule.count("|") == lines[-1].count("|")


def test_each_build_takes_the_place_of_the_one_before() -> None:
    built: list[int] = []

    def build() -> peers.Ask:
        built.append(len(built))
        return lambda question, language: Answer(f"{question} {built[-1]}", language, "answered")

    contestant = Contestant("", build, refuses=False)
    asked = peers.PeerQuestion({"question_en": "Who?"}, "en")
    contestant.build()
    assert contestant.answer(asked).question == "Who? 0"
    contestant.build()
    assert contestant.answer(asked).question == "Who? 1"


def test_without_data_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--eval", str(tmp_path)]) == 2
    assert f"{tmp_path / 'dev' / 'questions.jsonl'}: cannot be read" in capsys.readouterr().err


@pytest.mark.long
def test_a_peer_that_is_not_installed_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent(_: str) -> Any:
        raise ModuleNotFoundError("No module named 'absent'")

    present = Tool("Present", ("numpy",), lambda _: lambda texts: lambda question: [])
    monkeypatch.setattr(peers, "TOOLS", (Tool("Absent", ("absent",), absent), present))
    contestants, _, packages = peers._opened()
    assert [contestant.name for contestant in contestants][-1] == "Present"
    assert "numpy" in packages
    assert "absent" not in packages
    printed = capsys.readouterr().err
    assert printed.startswith(
        "Absent is left out: No module named 'absent'; pip install -r benchmarks/requirements-peers"
    )
