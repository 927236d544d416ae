from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import load_paper
from corpus.__main__ import main


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("paper.txt: 14 pages, 43,519 characters\n")
    assert "   4      2          19         48    Pandemi COVID-19 Sebagai Isu Kesehatan Global\n" in out
    assert "14 sections, 122 paragraphs, 243 sentences\n" in out
    assert "    12  row\n" in out
    assert "caption: Gambar 4.5. Interface Aplikasi Pikobar\n" in out


def test_show_names_pages_without_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "short.txt"
    path.write_text("One.\f\fThree.\f")
    assert main(["show", str(path)]) == 0
    out = capsys.readouterr().out
    assert "no text found on page 2:" in out
    assert "(no heading)" in out
    assert "1 section, 2 paragraphs, 2 sentences" in out


def test_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sentences"]) == 0
    paper = load_paper()
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == len(paper.sentences)
    assert list(rows[0]) == ["id", "page", "section", "kind", "language", "start", "end", "text", "translation"]
    assert all(paper.text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert rows[-1]["section"] == "KESIMPULAN"


@pytest.mark.parametrize("command", ["show", "sentences"])
def test_errors_are_one_line(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, str(tmp_path / "none.pdf")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"error: {tmp_path / 'none.pdf'}: no such file\n"


def test_size_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--max-mb", "0.01"]) == 2
    assert "over the limit of 10,000" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0", "-1", "many", "nan", "inf"])
def test_bad_size_limit(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["show", "--max-mb", value])
    assert caught.value.code == 2
    assert "invalid number of megabytes" in capsys.readouterr().err


def test_a_reader_that_stops_early_is_no_error() -> None:
    # More output than a pipe holds, so that the writer is still at it when the pipe closes.
    with subprocess.Popen(
        [sys.executable, "-m", "corpus", "sentences"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == ""
    assert process.returncode == 0
