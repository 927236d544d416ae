"""The command line: what it prints, its exit status, and what it does not load."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.__main__ import main
from assistant.reader import Reader
from assistant.wording import say
from corpus import load_paper
from index import Embedder, e5_small
from index.__main__ import main as index_main
from tests.corpus.test_printing import harmful

ROOT = Path(__file__).parents[2]
EVEREST = "How tall is Mount Everest?"


@pytest.fixture
def opened(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """Let the commands have the assistant that is open already."""
    monkeypatch.setattr(Assistant, "load", lambda *arguments, **options: assistant)
    return assistant


def run(*arguments: str | Path, python: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *python, "-m", "assistant", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [["--help"], ["batch", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    done = run(*arguments, python=("-X", "importtime"))
    assert done.returncode == 0
    assert done.stdout.startswith("usage: python -m assistant")
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "assistant" in loaded
    assert not loaded & {"torch", "transformers", "sentence_transformers", "faiss", "gradio", "bm25s"}


def test_bad_files_are_told_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    done = run("batch", tmp_path / "none.csv", tmp_path / "a.jsonl", python=("-X", "importtime"))
    assert done.returncode == 2
    message = [line for line in done.stderr.splitlines() if not line.startswith("import time:")]
    assert message == [f"{tmp_path / 'none.csv'} cannot be read: No such file or directory"]
    assert "sentence_transformers" not in done.stderr


def test_batch_end_to_end(tmp_path: Path) -> None:
    questions, answers = tmp_path / "q.csv", tmp_path / "a.jsonl"
    questions.write_text(f"id,question\na,Apa itu Pikobar?\nb,{EVEREST}\nc,\n", encoding="utf-8")
    done = run("batch", questions, answers)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "3/3" in done.stderr
    assert done.stderr.endswith(f"{answers}: 1 answered, 1 not_in_paper, 1 error\n")
    records = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [(r["id"], r["status"]) for r in records] == [("a", "answered"), ("b", "not_in_paper"), ("c", "error")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("q.jsonl", '{"question": "Apa itu Pikobar?"}\n{"question": ""}\n'),
        ("q.txt", "Apa itu Pikobar?\n???\n"),
    ],
)
def test_batch_of_other_formats(
    opened: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    (tmp_path / name).write_text(content)
    assert main(["batch", str(tmp_path / name), str(tmp_path / "a.csv")]) == 0
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["id"], row["status"]) for row in csv.DictReader(file)] == [("1", "answered"), ("2", "error")]
    assert capsys.readouterr().err.endswith("a.csv: 1 answered, 1 error\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_batch_says_how_to_go_on(
    opened: Assistant,
    sigterm: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
    code: int,
) -> None:
    (tmp_path / "q.txt").write_text("Apa itu Pikobar?\nMengapa Wuhan ditutup?\n")
    arguments = ["batch", str(tmp_path / "q.txt"), str(tmp_path / "a.jsonl")]
    with monkeypatch.context() as patch:
        import tqdm

        class Interrupted(tqdm.tqdm):  # type: ignore[misc]
            def update(self, n: int = 1) -> None:
                super().update(n)
                if self.n == 1:
                    signal.raise_signal(number)

        patch.setattr(tqdm, "tqdm", Interrupted)
        assert main(arguments) == code
    message = capsys.readouterr().err.splitlines()[-1]
    assert message == "Interrupted after 1 answers: the same command takes it up from there."
    assert main(arguments) == 0
    assert len((tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_ask(opened: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Kapan COVID-19 pertama kali ditemukan di Wuhan?"]) == 0
    out, err = capsys.readouterr()
    answer = opened.ask("Kapan COVID-19 pertama kali ditemukan di Wuhan?")
    message = " ".join(out.split())
    assert err == ""
    assert answer.short is not None
    assert "31 Desember 2019" in answer.short
    assert out.startswith(f"{answer.short}\n\n")
    assert message.startswith(f"{answer.short} {' '.join(answer.text.split())}")
    for citation in answer.citations:
        assert f"[{citation.marker}] hlm. {citation.page}" in message
        assert f"{citation.section} {citation.quote}" in message
    assert max(map(len, out.splitlines())) <= 100


def test_ask_what_is_not_in_the_paper(opened: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", EVEREST]) == 0
    out = capsys.readouterr().out
    message = "I did not find this in the paper. It nowhere mentions “Mount Everest”."
    assert out.startswith(f"{message}\n\nWhat comes nearest (not an answer):\n\n- p. ")
    assert "[1]" not in out
    assert main(["ask", EVEREST, "--language", "id"]) == 0
    message = "Saya tidak menemukan ini di makalah. “Mount Everest” tidak ada di dalamnya."
    assert capsys.readouterr().out.startswith(f"{message}\n\nYang paling dekat")


def test_what_is_derived_is_said_to_be_and_stands_once(opened: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "How many pages does this paper have?"]) == 0
    count = len(opened.paper.pages)
    assert capsys.readouterr().out == f"{count} pages (from the file itself, not a quote)\n"
    assert main(["ask", "Is it true that Wuhan was closed from January to June 2020?"]) == 0
    answer = opened.ask("Is it true that Wuhan was closed from January to June 2020?")
    out = capsys.readouterr().out
    assert out.startswith(f"{answer.short} ({answer.derived_from})\n\n")
    assert "[1]" in out.split("\n\n")[1]


def test_a_greeting_is_replied_to(opened: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Hello there", "--language", "en"]) == 0
    assert " ".join(capsys.readouterr().out.split()) == say("reply_greeting", "en")


@pytest.mark.parametrize("question", ["Apa itu Pikobar?", EVEREST, "Apa itu \udcffPikobar?", "Berapa halamannya?"])
def test_ask_json(opened: Assistant, capsys: pytest.CaptureFixture[str], question: str) -> None:
    assert main(["ask", question, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    expected = json.loads(json.dumps(opened.ask(question).to_record()))
    assert {**record, "seconds": 0} == {**expected, "seconds": 0}
    assert {"kind", "short", "derived_from", "paragraphs"} <= record.keys()


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "Pertanyaannya kosong"),
        ("123?", "Tidak ada kata"),
        ("what is this " * 100, "The question is too long"),
    ],
)
def test_bad_questions_are_one_line(
    opened: Assistant, capsys: pytest.CaptureFixture[str], question: str, message: str
) -> None:
    assert main(["ask", question]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_bad_papers_and_models_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("")
    for options in (
        ["--paper", str(tmp_path / "none.pdf")],
        ["--paper", str(tmp_path / "empty.txt")],
        ["--model", str(tmp_path / "none")],
    ):
        assert main(["ask", "Apa?", *options]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert options[1] in err
        assert err.count("\n") == 1


@pytest.fixture
def unloadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that loads a model."""

    def fail(*_: object, **__: object) -> None:
        pytest.fail("a model was loaded")

    for model in (Embedder, Reader):
        monkeypatch.setattr(model, "load", fail)


def test_bad_files_are_one_line(unloadable: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "q.txt"
    questions.write_text("Apa?\n")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "device.csv").symlink_to("/dev/null")
    before = sorted(tmp_path.iterdir())
    for answers in (
        tmp_path / "a.xls",
        tmp_path / "none" / "a.csv",
        questions,
        tmp_path / "folder.csv",
        tmp_path / "device.csv",
        tmp_path / ("x" * 245 + ".csv"),
        Path("/proc/a.csv"),  # where root may not write, either
    ):
        assert main(["batch", str(questions), str(answers)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert answers.name in err
        assert err.count("\n") == 1
    assert questions.read_text() == "Apa?\n"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("command", ["evaluate", "feedback", "batch"])
def test_what_has_no_end_is_not_read_to_it(
    unloadable: None, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = [] if command == "evaluate" else [str(tmp_path / "out.jsonl")]
    assert main([command, "/dev/zero", *written]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "/dev/zero" in err
    assert "over the limit of 200,000,000 bytes" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("question", ["", " ", "123?", "what is this " * 100])
def test_a_question_that_cannot_be_asked_is_refused_before_a_model_is_loaded(
    unloadable: None, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert main(["ask", question]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("run", [main, index_main])
def test_an_index_that_is_no_address_is_refused_before_a_model_is_loaded(
    unloadable: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    run: Callable[[list[str]], int],
) -> None:
    monkeypatch.setattr(e5_small, "model_folder", lambda **_: pytest.fail("a model was unpacked"))
    command = ["ask", "Apa?"] if run is main else []
    with pytest.raises(SystemExit) as ended:
        run([*command, "--library", "--index", "bogus"])
    assert ended.value.code == 2
    assert 'argument --index: "bogus" is no address of a Milvus; it has the form' in capsys.readouterr().err


def test_a_library_that_cannot_be_read_is_refused_before_a_model_is_loaded(
    unloadable: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(e5_small, "model_folder", lambda **_: pytest.fail("a model was unpacked"))
    library = tmp_path / "file"
    library.touch()
    for run, command in ((main, ["ask", "Apa?"]), (index_main, [])):
        assert run([*command, "--library", str(library)]) == 2
        assert capsys.readouterr().err == f"The library {library} cannot be read: Not a directory\n"


def test_a_paper_s_name_that_is_empty_is_not_the_current_folder(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["ask", "Apa?"], ["lookup"]):
        with pytest.raises(SystemExit):
            main([*command, "--paper", ""])
        assert "argument --paper: a file or folder is to be named, and this is empty" in capsys.readouterr().err


def test_what_is_refused_at_once_does_not_wait_for_torch(tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text("Apa?\n")
    refused = [
        ["ask", ""],
        ["ask", "Apa?", "--library", str(tmp_path), "--within", "none"],
        ["ask", "Apa?", "--library", "--index", "bogus"],
        ["batch", str(tmp_path / "q.txt"), str(tmp_path)],
        ["batch", str(tmp_path / "q.txt"), "/proc/a.csv"],
        ["feedback", str(tmp_path / "q.txt"), "/"],
        ["evaluate", str(tmp_path / "q.txt")],
    ]
    code = f"""
import sys
from assistant.__main__ import main
for arguments in {refused!r}:
    try:
        assert main(arguments) == 2
    except SystemExit as ended:
        assert ended.code == 2
print([name for name in ("torch", "transformers", "sentence_transformers") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_sigterm_while_answering_ends_in_one_line(
    opened: Assistant, sigterm: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Assistant, "answer", lambda *_: signal.raise_signal(signal.SIGTERM))
    assert main(["ask", "Kapan pengadilan itu berakhir?"]) == 143
    assert capsys.readouterr() == ("", "\nInterrupted.\n")


NASTY = "Abstract\n\nThe \x1b]0;x\x07mask [bold]rule[/bold] of \x9b2J 1998 came from Okapi :smile: \u202eback\u2066."


def test_nothing_of_a_paper_does_anything_to_a_terminal(
    opened: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(NASTY, encoding="utf-8")
    over = opened.over(load_paper(tmp_path / "a.txt"))
    monkeypatch.setattr(Assistant, "load", lambda *_, **__: over)
    question = "When did the mask \x1b[31m\x9b2J rule come from Okapi?"
    for arguments in (["ask", question], ["lookup", "mask", "--paper", str(tmp_path / "a.txt")]):
        for shape in ([], ["--json"]):
            assert main([*arguments, *shape]) == 0
            out, err = capsys.readouterr()
            assert err == ""
            assert harmful(out) == set()
            assert "Okapi :smile:" in " ".join(out.split())
            assert "[bold]rule[/bold]" in out
    assert main(["lookup", "mask", "--paper", str(tmp_path / "a.txt"), "--csv"]) == 0
    assert over.paper.sentences[-1].text in capsys.readouterr().out


@pytest.mark.parametrize("columns", ["0", "100"])
def test_tables_are_as_wide_as_they_can_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["lookup", "masker"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) == (100 if columns == "100" else shutil.get_terminal_size().columns)
    assert any("20.000 paket" in line for line in lines)


@pytest.mark.parametrize("arguments", [[], ["answer"], ["ask"], ["ask", "Apa?", "--language", "fr"]])
def test_bad_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m assistant" in capsys.readouterr().err
