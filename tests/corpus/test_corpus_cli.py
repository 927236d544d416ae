from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus import load_paper
from corpus.__main__ import main
from tests.corpus.test_printing import harmful


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


@pytest.mark.parametrize("value", ["1e13", "1e300"])
def test_a_size_limit_may_be_any_size(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--max-mb", value]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("value", ["0", "-1", "many", "nan", "inf", "1e303", "1e999", "1e-9"])
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


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Give a folder with two papers."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "masks.txt").write_text("Masks came in March.\fMore came in April.", encoding="utf-8")
    (folder / "rice.txt").write_text("Beras datang pada bulan Mei.", encoding="utf-8")
    return folder


def in_library(tmp_path: Path, command: str | Path, *arguments: str | Path) -> int:
    return main([str(command), "--library", str(tmp_path / "library"), *map(str, arguments)])


def test_add_tells_what_became_of_each_file(tmp_path: Path, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "library"
    assert in_library(tmp_path, "add", files, "--bundled") == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        f"{files / 'masks.txt'}: added, 2 pages",
        f"{files / 'rice.txt'}: added, 1 page",
        f"{library}: 3 added; 3 papers in all",
    ]
    assert "error" not in err
    (files / "copy.txt").write_bytes((files / "rice.txt").read_bytes())
    (files / "masks.txt").write_text("Masks came in June.", encoding="utf-8")
    assert in_library(tmp_path, "add", files) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{files / 'copy.txt'}: the same as {files / 'rice.txt'}",
        f"{files / 'masks.txt'}: replaced, 1 page",
        f"{library}: 1 duplicate, 1 replaced, 1 unchanged; 3 papers in all",
    ]


def test_files_that_cannot_be_read_are_listed_at_the_end(
    tmp_path: Path, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    (files / "b.txt").write_text(" ")
    assert in_library(tmp_path, "add", files) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == f"{tmp_path / 'library'}: 2 failed, 2 added; 2 papers in all"
    listed = err.splitlines()[-3:]
    assert listed[0] == "Not added: 2 files"
    assert listed[1].startswith(f"  {files / 'a.pdf'}")
    assert listed[2].startswith(f"  {files / 'b.txt'}")


def test_a_name_that_is_too_long_is_listed_as_what_else_cannot_be_read(
    tmp_path: Path, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_library(tmp_path, "add", files / ("x" * 300), files / "rice.txt") == 1
    out, err = capsys.readouterr()
    assert out.endswith(": 1 failed, 1 added; 1 paper in all\n")
    assert err.endswith(f"Not added: 1 file\n  {files / ('x' * 300)}: cannot be read: File name too long\n")


def test_a_name_that_is_not_utf_8_is_added_as_any_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "d\udc80.txt"
    file.write_text("Masks came in March.")
    for change in ("1 added", "1 unchanged"):
        assert in_library(tmp_path, "add", file) == 0
        assert f": {change}; 1 paper in all" in capsys.readouterr().out
    assert in_library(tmp_path, "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["path"] == str(file)


@pytest.mark.parametrize("arguments", [["add", ""], ["show", ""], ["list", "--library", ""]])
def test_a_name_that_is_empty_is_not_the_current_folder(
    arguments: list[str],
    tmp_path: Path,
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(files)
    monkeypatch.setenv("TANYA_LIBRARY", str(tmp_path / "library"))
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "a file or folder is to be named, and this is empty" in capsys.readouterr().err
    assert not (tmp_path / "library").exists()


def nasty_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setTitle("A \x1b]0;title\x07 \x9b2J \u202eeltit")
    canvas.setAuthor("Ann \x1b[31mAuthor\u2066")
    canvas.drawString(72, 700, "Masks came in March.")
    canvas.save()
    return out.getvalue()


def test_nothing_of_a_file_does_anything_to_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "pa\x1b[2Jpers"
    folder.mkdir()
    names = ("a\x1b[31m\n\x9b2J\u202efdp.pdf", "b\x1b.txt", "c\x07.txt", "d\udc80.txt")
    (folder / names[0]).write_bytes(nasty_pdf())
    text = "Abstract \x1b[31m\n\nMasks came \x1b]0;x\x07 in \x9b2J March, \u202ebackwards\u2066."
    text += "\n\nFigure 1. \x1b[2J A mask."
    (folder / names[1]).write_text(text, encoding="utf-8")
    (folder / names[2]).write_text(text, encoding="utf-8")
    (folder / names[3]).write_text(" ", encoding="utf-8")
    printed = ""
    for code, command in (
        (1, ["add", folder]),
        (0, ["list"]),
        (0, ["list", "--json"]),
        (2, ["remove", "\x1b[2J"]),
        (0, ["remove", names[0]]),
    ):
        assert in_library(tmp_path, *command) == code
        printed += "".join(capsys.readouterr())
    for shown in ("show", "sentences"):
        assert main([shown, str(folder / names[1])]) == 0
        printed += "".join(capsys.readouterr())
    assert all(word in printed for word in ("title", "Author", "backwards", "A mask", "the same as", "fdp.pdf ("))
    assert harmful(printed) == {"\r"}  # which is the bar's


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        ([], "nothing to add: name files or folders, or give --bundled"),
        (["empty"], "empty: no file in this folder ends in .pdf, .docx, .epub, .html, "),
    ],
)
def test_nothing_to_add(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    printed: str,
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    assert in_library(tmp_path, "add", *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"error: {printed}")
    assert err.count("\n") == 1
    assert not (tmp_path / "library").exists()


def test_list(tmp_path: Path, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_library(tmp_path, "add", files)
    capsys.readouterr()
    assert in_library(tmp_path, "list", "--json") == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(entry["name"], entry["pages"], entry["path"]) for entry in entries] == [
        ("masks.txt", 2, str(files / "masks.txt")),
        ("rice.txt", 1, str(files / "rice.txt")),
    ]
    assert in_library(tmp_path, "list") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path / 'library'}: 2 papers",
        f"{entries[0]['id']}      2 pages  masks.txt",
        f"{entries[1]['id']}      1 pages  rice.txt",
    ]


def test_the_library_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TANYA_LIBRARY", str(tmp_path / "mine"))
    assert main(["list"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'mine'}: 0 papers\n"
    assert main(["list", "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_remove(tmp_path: Path, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_library(tmp_path, "add", files)
    capsys.readouterr()
    assert in_library(tmp_path, "remove", "masks.txt") == 0
    out = capsys.readouterr().out
    assert out.startswith("masks.txt (")
    assert out.endswith(f") is no longer in {tmp_path / 'library'}\n")
    assert (files / "masks.txt").exists()
    assert in_library(tmp_path, "remove", "masks.txt") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == 'error: No paper in the library is "masks.txt": `tanya list` names what is there\n'
    assert in_library(tmp_path, "list", "--json") == 0
    paper_id = json.loads(capsys.readouterr().out)["id"]
    assert in_library(tmp_path, "remove", paper_id[0]) == 2
    assert f'"{paper_id[0]}" is too short for the beginning of an id' in capsys.readouterr().err
    assert in_library(tmp_path, "remove", paper_id[:4]) == 0
    with pytest.raises(SystemExit) as caught:
        in_library(tmp_path, "remove")
    assert caught.value.code == 2
