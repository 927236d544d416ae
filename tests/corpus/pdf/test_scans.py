"""Scanned pages of PDFs: which are recognised, within which limits, and what is said where they are not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from PIL import Image

from corpus import LANGUAGES, PaperError, read_paper
from corpus.__main__ import main
from corpus.guarded import read_guarded
from corpus.pdf import scans
from corpus.records import from_record, to_record
from tests.children import Started, wait_until_gone
from tests.corpus.pdf.scan_maker import TEXT, needs_recognition, printed, scan, spoiled
from tests.corpus.spans import check_spans

TYPED = (
    "The first page is in type, and has more than a hundred letters of it.\n"
    "So nothing on it needs to be recognised at all."
)


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return spoiled(printed(TEXT))


@needs_recognition
def test_a_scanned_page_is_read_as_one_in_type(picture: Image.Image) -> None:
    paper = read_paper("x.pdf", scan([picture]))
    check_spans(paper)
    assert paper.text == " ".join(TEXT.split())
    assert [section.title for section in paper.sections] == ["PENDAHULUAN", "METODE PENELITIAN"]
    assert [page.number for page in paper.recognised] == [1]
    assert paper.is_recognised(1, 1)
    assert from_record(json.loads(json.dumps(to_record(paper)))) == paper
    assert read_guarded("x.pdf", scan([picture])) == paper


@needs_recognition
def test_only_pages_without_text_are_recognised(picture: Image.Image) -> None:
    paper = read_paper("x.pdf", scan([TYPED, picture, Image.new("L", (100, 140), 255)]))
    assert [page.number for page in paper.recognised] == [2]
    assert paper.pages[0].text == TYPED.replace("\n", " ")
    assert paper.pages[1].text == " ".join(TEXT.split())
    assert paper.pages_without_text == (3,)
    assert [paper.is_recognised(*pages) for pages in ((1, 1), (1, 2), (3, 3))] == [False, True, False]


@needs_recognition
def test_a_stamp_on_a_scan_is_not_its_text(picture: Image.Image) -> None:
    paper = read_paper("x.pdf", scan([picture], stamp="Downloaded from example.org"))
    assert [page.number for page in paper.recognised] == [1]
    assert " ".join(TEXT.split()) in paper.text


@needs_recognition
def test_a_picture_with_less_text_than_its_caption_keeps_that() -> None:
    paper = read_paper("x.pdf", scan([Image.new("L", (100, 140), 200)], stamp="Figure 1. A grey wall."))
    assert paper.text == "Figure 1. A grey wall."
    assert paper.recognised == ()


@needs_recognition
def test_what_comes_too_late_stays_without_text(picture: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 0.0, scans.ALL_PAGES_SECONDS + 1])
    monkeypatch.setattr("corpus.pdf.scans.time.monotonic", lambda: next(moments))
    heard: list[tuple[int, int]] = []
    paper = read_paper("x.pdf", scan([picture] * 2), progress=lambda *progress: heard.append(progress))
    assert heard == [(0, 2)]
    assert paper.pages_without_text == (2,)


@needs_recognition
def test_a_scan_of_nothing_is_refused() -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("x.pdf", scan([Image.new("L", (100, 140), 200)]))
    assert caught.value.in_language("en").startswith(
        "x.pdf: no text on page 1, and none could be recognised in the pictures"
    )
    assert caught.value.in_language("id").startswith(
        "x.pdf: tidak ada teks di halaman 1, dan tidak ada yang dapat dikenali"
    )


def test_without_recognition_it_is_said_what_to_install(
    picture: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PaperError) as caught:
        read_paper("x.pdf", scan([picture]))
    for language in LANGUAGES:
        assert "apt-get install tesseract-ocr tesseract-ocr-ind" in caught.value.in_language(language)
    path = tmp_path / "x.pdf"
    path.write_bytes(scan([TYPED, picture]))
    assert main(["show", str(path)]) == 0
    out = capsys.readouterr().out
    assert "no text found on page 2: a picture, or an empty page; to have text in pictures recognised: apt-get" in out


@needs_recognition
def test_show_names_recognised_pages(picture: Image.Image, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(scan([TYPED, picture]))
    assert main(["show", str(path)]) == 0
    assert "text recognised in the picture of page 2\n" in capsys.readouterr().out
    assert main(["sentences", str(path)]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record.get("recognised", False) for record in records] == [record["page"] == 2 for record in records]


def sleeping(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a Tesseract in the path that never answers."""
    program = folder / "tesseract"
    program.write_text("#!/bin/sh\n[ $1 = --list-langs ] && { echo 'ind\neng'; exit; }\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def group(leader: int) -> list[int]:
    """Return the processes in a group, but for those that have ended and wait to be asked how."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(pgrp) == leader and state != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")
def test_a_recogniser_that_never_ends_is_ended_with_its_child(
    picture: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, children: Started
) -> None:
    sleeping(tmp_path, monkeypatch)
    monkeypatch.setattr("corpus.guarded.SECONDS", 3)
    monkeypatch.setattr("corpus.guarded.RECOGNITION", 1)
    with pytest.raises(PaperError, match=r"x\.pdf: took longer than 4 s to read"):
        read_guarded("x.pdf", scan([picture]))
    assert group(children[0].pid) == []
    wait_until_gone(children[0].pid)
