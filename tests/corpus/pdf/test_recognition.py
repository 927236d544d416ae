"""What Tesseract is asked, and what is made of its answer."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PIL import Image

from corpus.pdf.recognition import is_installed, recognise
from tests.corpus.pdf.scan_maker import needs_recognition, printed, spoiled

INDONESIAN = (
    "Perjanjian kota kembar antara Bandung dan Chengdu ditandatangani pada 17 Maret 2015 oleh kedua wali kota. Chengdu "
    "mengirimkan 12.500 masker bedah kepada rumah sakit daerah.\n\nPengirimannya tertunda selama sembilan hari karena "
    "pemeriksaan di bandara, biayanya Rp1.250.000,00 (Keating, 1999)."
)
ENGLISH = (
    "The agreement between the sister cities of Bandung and Chengdu was signed on 17 March 2015 by both mayors. "
    "Chengdu sent 12,500 surgical masks to the public hospitals.\n\nThe shipment was held up for nine days by "
    "inspections at the airport, freight was paid by the city (Keating, 1999)."
)


@needs_recognition
@pytest.mark.parametrize("text", [INDONESIAN, ENGLISH])
def test_a_spoiled_page_is_recognised_word_for_word(text: str) -> None:
    lines = recognise(spoiled(printed(text)))
    assert lines
    assert " ".join(word.text for line in lines for word in line.words) == " ".join(text.split())
    assert [line.gap for line in lines].count(True) == 1
    paragraph = next(line for line in lines if line.gap)
    assert paragraph.words[0].text == text.split("\n\n")[1].split(maxsplit=1)[0]


@needs_recognition
def test_words_stand_where_they_are_printed() -> None:
    image = spoiled(printed(INDONESIAN), turn=0)
    lines = recognise(image)
    assert lines
    for word in (word for line in lines for word in line.words):
        left, top = round(word.box.left * image.width), round(word.box.top * image.height)
        right, bottom = left + round(word.box.width * image.width), top + round(word.box.height * image.height)
        part = image.crop((left, top, right, bottom))
        dark = sum(part.histogram()[:110]) / (part.width * part.height)
        assert 0.02 < dark < 0.6


@needs_recognition
def test_nothing_is_recognised_where_nothing_is_written() -> None:
    assert recognise(Image.new("L", (1000, 1400), 255)) == []
    assert recognise(spoiled(Image.new("L", (1000, 1400), 200), noise=60)) == []


@needs_recognition
def test_it_gives_up_in_time() -> None:
    began = time.monotonic()
    assert recognise(spoiled(printed(INDONESIAN)), seconds=0.01) is None
    assert time.monotonic() - began < 5


def program(folder: Path, does: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a Tesseract that does this where the only programs are."""
    (folder / "tesseract").write_text(f"#!/bin/sh\n{does}\n")
    (folder / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(
    ("does", "installed"),
    [
        ("echo 'List of available languages (3):\neng\nind\nosd'", True),
        ("echo 'eng\nind' >&2", True),
        ("echo 'eng\nosd'", False),
        ("exit 1", False),
    ],
)
def test_it_is_installed_where_it_knows_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, installed: bool
) -> None:
    program(tmp_path, does, monkeypatch)
    assert is_installed() is installed


def test_without_the_program_it_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_installed()
    assert recognise(Image.new("L", (10, 10))) is None


@pytest.mark.parametrize("does", ["exit 1", "echo rubbish", "head -c 99 /dev/zero"])
def test_an_answer_that_is_none_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    program(tmp_path, f"PATH=/usr/bin:/bin; cat >/dev/null; {does}", monkeypatch)
    assert not recognise(Image.new("L", (10, 10)))
