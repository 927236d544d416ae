"""The command line over a library."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import LibraryAssistant
from assistant.__main__ import main
from corpus.library import Library

MASKS = "How many packs of masks did Sichuan send?"


@pytest.fixture
def opened(over_library: LibraryAssistant, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Let the commands have the assistant that is open already; give what was asked to be loaded."""
    loaded: list[object] = []

    def load(library: Library, **options: object) -> LibraryAssistant:
        loaded.append((library.folder, options["index"]))
        return over_library

    monkeypatch.setattr(LibraryAssistant, "load", load)
    return loaded


def test_each_quote_is_told_with_its_paper(
    opened: list[object], over_library: LibraryAssistant, capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    assert main(["ask", "--library", str(library.folder), MASKS]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert opened == [(library.folder, "local")]
    for citation in over_library.ask(MASKS).citations:
        assert f"\n[{citation.marker}] {citation.paper.name}: p. {citation.pages}" in out
    assert "masks.txt: p. 1, Abstract" in out
    assert out.startswith("The papers differ: ")
    assert re.search(r"^masks\.txt: 22,000[^\n]* \(p\. 1\) \[", out, re.MULTILINE)


def test_without_a_folder_it_is_the_user_s_own_library(
    opened: list[object], monkeypatch: pytest.MonkeyPatch, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TANYA_LIBRARY", str(library.folder))
    assert main(["ask", MASKS, "--library"]) == 0
    assert opened == [(library.folder, "local")]
    assert "22,000" in capsys.readouterr().out


def test_within_asks_the_named_papers_only(
    opened: list[object], library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    glacier = next(entry.id for entry in library.entries() if entry.name == "glacier.txt")
    asked = ["ask", MASKS, "--library", str(library.folder)]
    assert main([*asked, "--within", "masks.txt", "--within", glacier[:7], "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert {citation["paper"]["name"] for citation in record["citations"]} == {"masks.txt"}
    assert main([*asked, "--within", glacier]) == 0
    assert "I did not find this in the paper." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--library", "--within", "none.pdf"], 'No paper in the library is "none.pdf"'),
        (["--library", "--within", "none.pdf", "--within", "masks.txt"], 'No paper in the library is "none.pdf"'),
        (["--within", "masks.txt"], "--within and --index are about a library: give --library, too"),
        (["--index", "milvus://localhost"], "--within and --index are about a library: give --library, too"),
    ],
)
def test_what_names_no_paper_is_one_line_before_anything_is_loaded(
    library: Library,
    opened: list[object],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.setenv("TANYA_LIBRARY", str(library.folder))
    assert main(["ask", MASKS, *arguments]) == 2
    assert opened == []
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_an_empty_library_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", MASKS, "--library", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"There are no papers in {tmp_path}: add some with `tanya add FILE|FOLDER`\n"


def test_a_paper_and_a_library_are_not_asked_together(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["ask", MASKS, "--library", "x", "--paper", "y"])
    assert ended.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err


def test_a_batch_tells_the_paper_of_each_answer(
    opened: list[object], library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.txt").write_text(
        f"By how much did the Okapi glacier retreat?\n{MASKS}\nHow tall is Mount Everest?\n"
    )
    for suffix in ("csv", "jsonl"):
        answers = str(tmp_path / f"a.{suffix}")
        command = ["batch", str(tmp_path / "q.txt"), answers, "--library", str(library.folder)]
        assert main([*command, "--within", "glacier.txt", "--within", "masks.txt"]) == 0
        assert capsys.readouterr().err.endswith(f"a.{suffix}: 2 answered, 1 not_in_paper\n")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["paper"], row["page"]) for row in rows] == [("glacier.txt", "1"), ("masks.txt", "1"), ("", "")]
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [{c["paper"]["name"] for c in record["citations"]} for record in records[:2]] == [
        {row["paper"]} for row in rows[:2]
    ]
    assert {related["paper"]["name"] for related in records[2]["related"]} == {"glacier.txt", "masks.txt"}


def test_a_batch_of_other_papers_is_not_taken_up(
    opened: list[object], tmp_path: Path, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, answers = tmp_path / "q.txt", tmp_path / "a.jsonl"
    questions.write_text("Who led the fieldwork?\n")
    arguments = ["batch", str(questions), str(answers), "--library", str(library.folder), "--within"]
    assert main([*arguments, "glacier.txt"]) == 0
    assert json.loads(answers.read_text(encoding="utf-8"))["status"] == "answered"
    answers.rename(f"{answers}.partial")
    assert main([*arguments, "masks.txt"]) == 0
    assert json.loads(answers.read_text(encoding="utf-8"))["status"] == "not_in_paper"
    capsys.readouterr()


def test_a_table_has_a_row_for_each_paper(
    opened: list[object], library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "t.csv"
    assert main(["table", MASKS, str(table), "--library", str(library.folder)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "4/4" in err
    assert err.endswith("t.csv: 2 answered, 2 not_in_paper\n")
    with table.open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    assert list(rows) == ["glacier.txt", "masks.txt", "paper.txt", "tongkol.txt"]
    assert "22,000" in rows["masks.txt"]["short_answer"]


def test_a_table_without_a_file_is_printed(
    opened: list[object], library: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    asked = ["table", MASKS, "--library", str(library.folder), "--within", "masks.txt"]
    assert main(asked) == 0
    out = capsys.readouterr().out
    assert "masks.txt" in out
    assert "22,000" in out
    assert "glacier" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["table", MASKS], "A table has a row for each paper of a library: give --library, too"),
        (["table", "?!", "--library"], "There are no words in the question ?!"),
        (["table", MASKS, "t.jsonl", "--library"], 'Answers are written to .csv or .xlsx, not to "t.jsonl"'),
        (["table", MASKS, "none/t.csv", "--library"], "none/t.csv cannot be written: there is no folder none"),
        (["table", MASKS, "--library", "--within", "none.pdf"], 'No paper in the library is "none.pdf"'),
    ],
)
def test_what_no_table_can_be_made_of_is_one_line(
    opened: list[object],
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.setenv("TANYA_LIBRARY", str(library.folder))
    assert main([*arguments, "--language", "en"]) == 2
    assert opened == []
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(message)
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["t.xlsx"]])
def test_an_interrupted_table_leaves_no_half_of_it(
    opened: list[object],
    over_library: LibraryAssistant,
    library: Library,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ask_each = over_library.ask_each

    def interrupted(question: str, **options: Any) -> Iterator[object]:
        yield next(ask_each(question, **options))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(over_library, "ask_each", interrupted)
        assert main(["table", MASKS, *arguments, "--library", str(library.folder)]) == 130
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1].startswith("Interrupted after 1 papers")
    assert {path.name for path in tmp_path.iterdir()} <= {"t.xlsx.partial"}
