"""What is kept of the users' verdicts, and the set that is made of them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer
from assistant.__main__ import main
from assistant.answering.paragraphs import quoting, said
from assistant.citation import Citation, cite
from assistant.errors import FeedbackError
from assistant.evaluation import judge, read_set
from assistant.feedback import LONGEST_NOTE, FeedbackFile, make_set, read_feedback, to_be_labelled, write_set
from assistant.wording import say
from corpus import Language, Paper, load_paper, surroundings

NOON = datetime(2024, 5, 1, 12, 0, 30, 999, tzinfo=timezone(timedelta(hours=7)))
MASKS = "How many packs of masks did Sichuan give?"
EVEREST = "Berapa tinggi Gunung Everest?"


@pytest.fixture(scope="module")
def paper() -> Paper:
    return load_paper()


@pytest.fixture
def file(tmp_path: Path) -> FeedbackFile:
    return FeedbackFile(tmp_path / "feedback.jsonl")


def citation(paper: Paper, words: str = "", holding: str = "20.000", marker: int = 1) -> Citation:
    at = next(s.index for s in paper.sentences if holding in paper.text[s.start : s.end])
    passage = surroundings(paper.passages)[at]
    return replace(cite(paper, at, at, passage, marker=marker, score=0.9), words=words)


def answered(*citations: Citation, question: str = MASKS, language: Language = "en", quoted: int = 1) -> Answer:
    quotes = quoting(citations[:quoted], citations[quoted:], language)
    return Answer(question, language, "answered", paragraphs=quotes, citations=citations, confidence=0.9)


def refused(question: str = EVEREST, language: Language = "id") -> Answer:
    text = said(say("not_found", language))
    return Answer(question, language, "not_in_paper", paragraphs=(text,), confidence=0.1)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def made_of(file: FeedbackFile, paper: Paper, language: Language | None = None) -> Sequence[dict[str, Any]]:
    return make_set(read_feedback(file.path), paper, language=language).questions


def test_a_verdict_is_kept_and_nothing_of_who_gave_it(file: FeedbackFile, paper: Paper) -> None:
    file.check()
    assert not file.path.exists()
    first, second = citation(paper, "20,000"), citation(paper, holding="MoU", marker=2)
    given = replace(answered(first, second), understood_as=f"What aid came? {MASKS}")
    file.record(given, is_good=False, note=f"  salah: “四川”\n{'x' * LONGEST_NOTE}", at=NOON, paper=paper)
    (record,) = lines(file.path)
    assert len(record["note"]) == LONGEST_NOTE
    assert record.pop("note").startswith("salah: “四川”\nxx")
    assert record == {
        "time": "2024-05-01T05:00:30+00:00",
        "question": MASKS,
        "language": "en",
        "understood_as": f"What aid came? {MASKS}",
        "status": "answered",
        "told": [{"quote": first.quote, "words": "20,000", "pages": first.pages}],
        "confidence": 0.9,
        "verdict": "bad",
        "paper": paper.digest,
    }
    file.check()


def test_threads_do_not_mix_their_lines(file: FeedbackFile, paper: Paper) -> None:
    given = answered(citation(paper))
    with ThreadPoolExecutor(16) as pool:
        for number in range(200):
            pool.submit(file.record, given, is_good=True, note=f"{number} " + "é" * 1500, at=NOON)
    assert sorted(int(record["note"].split()[0]) for record in lines(file.path)) == list(range(200))


def test_a_set_is_read_by_the_evaluation(file: FeedbackFile, paper: Paper, tmp_path: Path) -> None:
    given = answered(citation(paper, "20,000"))
    for answer in (given, refused()):
        file.record(answer, is_good=True, at=NOON, paper=paper)
    write_set(file.path, tmp_path / "set.jsonl", paper)
    asked, left_open = read_set(tmp_path / "set.jsonl")
    assert asked == {
        "id": "feedback-1", "type": "feedback", "question_en": MASKS, "answerable": True,
        "evidence": [given.citations[0].quote], "answer_strings": ["20,000"],
    }  # fmt: skip
    assert left_open == {"id": "feedback-2", "type": "feedback", "question_id": EVEREST, "answerable": False}
    assert read_set(tmp_path / "set.jsonl", ["id"]) == [left_open]
    assert judge(asked, given)["success"]
    assert judge(left_open, refused())["success"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feedback.jsonl", "set.jsonl"]


def test_a_set_of_one_language_is_read_by_the_scorer(
    file: FeedbackFile, paper: Paper, tmp_path: Path, shared_eval: Path
) -> None:
    given = answered(citation(paper, "20,000"))
    for answer in (given, refused("How tall is Mount Everest?", "en"), refused()):
        file.record(answer, is_good=True, at=NOON)
    write_set(file.path, tmp_path / "set.jsonl", paper, language="en")

    def score(*arguments: str) -> str:
        command = [sys.executable, str(shared_eval / "score.py"), *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    asked = [json.loads(line) for line in score("questions", "set.jsonl", "--language", "en").splitlines()]
    assert [one["question"] for one in asked] == [MASKS, "How tall is Mount Everest?"]
    answers = [{"id": one["id"]} | of.to_record() for one, of in zip(asked, (given, refused()), strict=True)]
    (tmp_path / "answers.jsonl").write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
    assert "success                        100.0% of 2" in score("answers", "set.jsonl", "answers.jsonl")


def test_a_later_verdict_replaces_the_earlier_one_on_the_same_answer(file: FeedbackFile, paper: Paper) -> None:
    given = answered(citation(paper, "20,000"))
    for verdict in (True, False):
        file.record(given, is_good=verdict, at=NOON)
    assert made_of(file, paper) == []
    file.record(answered(citation(paper, holding="MoU")), is_good=False, at=NOON)  # on another answer
    file.record(given, is_good=True, at=NOON)
    (question,) = made_of(file, paper)
    assert question["id"] == "feedback-1"
    assert question["evidence"] == [given.citations[0].quote]


def test_good_answers_to_one_question_count_alike(file: FeedbackFile, paper: Paper) -> None:
    first, second = citation(paper, "20,000"), citation(paper, "MoU", holding="MoU", marker=2)
    file.record(answered(first), is_good=True, at=NOON)
    file.record(answered(first, second, quoted=2), is_good=True, at=NOON)
    (question,) = made_of(file, paper)
    assert question["evidence"] == [first.quote, second.quote]
    assert question["answer_strings"] == ["20,000", "MoU"]


def test_where_the_answering_words_are_not_known_the_whole_quote_answers(file: FeedbackFile, paper: Paper) -> None:
    given = answered(citation(paper))
    file.record(given, is_good=True, at=NOON)
    # Words of the translation, where the language was picked: by itself the question would get the quote.
    in_english = answered(citation(paper, "packs of masks"), question="Berapa masker yang diberikan?")
    file.record(in_english, is_good=True, at=NOON)
    for question in made_of(file, paper):
        assert question["answer_strings"] == [given.citations[0].quote]
        assert judge(question, given)["success"]


def test_a_follow_up_is_asked_as_it_was_understood(file: FeedbackFile, paper: Paper) -> None:
    file.record(replace(refused("Dan Jepang?"), understood_as=f"{EVEREST} Dan Jepang?"), is_good=True, at=NOON)
    (question,) = made_of(file, paper)
    assert question["question_id"] == f"{EVEREST} Dan Jepang?"


def test_what_needs_a_label_is_listed_and_not_guessed(file: FeedbackFile, paper: Paper) -> None:
    given = answered(citation(paper))
    file.record(given, is_good=False, note="it was\n\x1b[31m40,000", at=NOON)
    file.record(answered(citation(paper), question="What was given?"), is_good=True, at=NOON)
    file.record(refused("What was given?", "en"), is_good=True, at=NOON)
    file.record(replace(refused(), understood_as="apa " * 300), is_good=True, at=NOON)
    file.record(Answer("???", "id", "error"), is_good=True, at=NOON)
    file.record(answered(replace(citation(paper), quote="Not the paper's."), question="Who?"), is_good=True, at=NOON)
    made = make_set(read_feedback(file.path), paper)
    assert made.questions == []
    listed = list(to_be_labelled(made))
    assert listed[:4] == [
        MASKS,
        "    line 1: answered, found bad",
        f"    p. {given.citations[0].pages}: {' '.join(given.citations[0].quote.split())[:150]}",
        "    note: it was \ufffd[31m40,000",
    ]
    assert "    line 2: answered, found good" in listed
    assert "    line 3: not_in_paper, found good" in listed
    assert [len(verdicts) for verdicts in made.unlabelled] == [1, 2, 1, 1, 1]


def test_verdicts_on_other_papers_are_left_out(file: FeedbackFile, paper: Paper) -> None:
    file.record(refused(), is_good=True, at=NOON, paper=replace(paper, digest="another"))
    made = make_set(read_feedback(file.path), paper)
    assert (made.questions, made.unlabelled, made.elsewhere) == ([], [], 1)


@pytest.mark.parametrize("text", ["Apa itu “四川” 🏔?", "Apa\u2028itu?", "Apa \\n \"itu\"?"])  # fmt: skip
def test_any_text_goes_in_as_it_is(file: FeedbackFile, paper: Paper, tmp_path: Path, text: str) -> None:
    file.record(refused(text), is_good=True, note=f"{text} \udcff", at=NOON)
    assert lines(file.path)[0]["note"] == f"{text} ?"
    write_set(file.path, tmp_path / "set.jsonl", paper)
    (question,) = read_set(tmp_path / "set.jsonl")
    assert text in (question.get("question_id"), question.get("question_en"))


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path, paper: Paper) -> None:
    for path in (tmp_path, tmp_path / "none" / "feedback.jsonl"):
        with pytest.raises(FeedbackError, match=r"^\S+ cannot be (read|written): .+$"):
            FeedbackFile(path).check()
        with pytest.raises(FeedbackError, match=r"^\S+ cannot be written: .+$") as raised:
            FeedbackFile(path).record(refused(), is_good=True, at=NOON)
        assert raised.value.in_language("id").startswith(f"{path} tidak dapat ditulis: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("", "it is a folder"),
        ("/dev/null", "it is no ordinary file"),
        ("/proc/feedback.jsonl", "No such file or directory"),  # where root may not write, either
        ("x" * 300, "File name too long"),
    ],
)
def test_what_is_not_writable_is_told_at_once(path: str, why: str) -> None:
    with pytest.raises(FeedbackError, match=f"cannot be written: {why}$"):
        FeedbackFile(Path(path)).check()


@pytest.mark.parametrize("name", [".", "/", "x" * 300, "device", "none/set.jsonl"])
def test_a_set_that_cannot_be_written_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "device").symlink_to("/dev/null")
    assert main(["feedback", "absent.jsonl", name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{name} cannot be written: ")
    assert err.count("\n") == 1
    assert (tmp_path / "device").is_symlink()
    with pytest.raises(SystemExit):
        main(["feedback", "absent.jsonl", ""])
    assert "is to be named" in capsys.readouterr().err


def test_a_verdict_that_the_disk_has_no_room_for_leaves_no_piece(file: FeedbackFile) -> None:
    file.record(refused(), is_good=True, at=NOON)
    size = file.path.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, limits[1]))
    try:
        with pytest.raises(FeedbackError, match="cannot be written: No space left"):
            file.record(refused(), is_good=True, at=NOON)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert file.path.stat().st_size == size


def test_a_line_without_its_end_does_not_spoil_the_next(file: FeedbackFile) -> None:
    file.record(refused(), is_good=True, at=NOON)
    file.path.write_bytes(file.path.read_bytes()[:-1])
    file.record(refused(), is_good=True, at=NOON)
    assert [verdict.line for verdict in read_feedback(file.path)] == [1, 2]


GOOD: dict[str, Any] = {
    "question": "Apa?", "language": "id", "understood_as": None, "status": "not_in_paper", "told": [],
    "verdict": "good", "note": "", "paper": None,
}  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        b'{"question": "Apa', b"[1]", b"\xff", b"{}", b"[" * 100_000, b"1" * 5_000,
        *(json.dumps(GOOD | wrong).encode() for wrong in (
            {"question": 1}, {"language": "fr"}, {"verdict": True}, {"told": [{"quote": "x"}]}, {"told": "x"},
        )),
    ],
)  # fmt: skip
def test_a_broken_line_is_told_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: bytes) -> None:
    feedback, path = tmp_path / "feedback.jsonl", tmp_path / "set.jsonl"
    feedback.write_bytes(b"\n".join([json.dumps(GOOD).encode(), b"", broken, b""]))
    path.write_text("as it was")
    assert main(["feedback", str(feedback), str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{feedback}, line 3: not a verdict: ")
    assert err.count("\n") == 1
    assert path.read_text() == "as it was"
    with pytest.raises(FeedbackError, match="line 3"):
        FeedbackFile(feedback).check()


def test_command(file: FeedbackFile, paper: Paper, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "set.jsonl"
    command = ["feedback", str(file.path), str(path)]
    assert main(command) == 2
    assert capsys.readouterr().err == f"{file.path} cannot be read: No such file or directory\n"
    file.path.touch()
    assert main(command) == 2
    assert capsys.readouterr().err == f"{file.path} holds no verdicts\n"
    file.record(answered(citation(paper)), is_good=False, note="40,000", at=NOON, paper=paper)
    assert main(command) == 2
    out, err = capsys.readouterr()
    assert out.endswith("    note: 40,000\n")
    assert err == f"{path}: not written (0 questions, 1 more need a label)\n"
    assert not path.exists()
    file.record(refused(), is_good=True, at=NOON, paper=replace(paper, digest="another"))
    file.record(refused(), is_good=True, at=NOON, paper=paper)
    assert main(command) == 0
    assert capsys.readouterr().err == f"{path}: 1 questions, 1 more need a label, 1 verdicts are on other papers\n"
    assert len(read_set(path)) == 1
    assert main([*command, "--language", "en"]) == 2
    assert main(["feedback", str(file.path), str(file.path)]) == 2
    assert "holds the feedback" in capsys.readouterr().err
    assert main(["feedback", str(file.path), str(tmp_path / "none" / "set.jsonl")]) == 2
    assert "cannot be written: there is no folder" in capsys.readouterr().err
