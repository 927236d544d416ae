"""Files that are given to be read as papers: their bytes, within a limit, and their errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus import LANGUAGES, MAX_BYTES, PaperError
from corpus.formats.file import File, read_bytes
from tests.corpus.formats.zip_maker import zipped


@pytest.mark.parametrize(
    ("name", "english", "indonesian"),
    [
        ("nothing.pdf", "no such file", "berkas ini tidak ditemukan"),
        (".", "a folder, not a file; give", "ini folder, bukan berkas; berikan"),
        ("x" * 300, "cannot be read: ", "tidak dapat dibaca: "),
        ("a.txt/inside", "cannot be read: ", "tidak dapat dibaca: "),
    ],
    ids=["missing", "folder", "long name", "inside a file"],
)
def test_what_cannot_be_opened(tmp_path: Path, name: str, english: str, indonesian: str) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(PaperError) as caught:
        read_bytes(tmp_path / name)
    assert caught.value.in_language("en").startswith(f"{tmp_path / name}: {english}")
    assert caught.value.in_language("id").startswith(f"{tmp_path / name}: {indonesian}")


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert [read_bytes(path, limit) for limit in (5, 10**19)] == [b"12345"] * 2
    with pytest.raises(PaperError, match="5 bytes, over the limit of 4"):
        read_bytes(path, 4)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(Path, "open", None)
    with pytest.raises(PaperError) as caught:
        read_bytes(path)
    messages = {of: caught.value.in_language(of) for of in LANGUAGES}
    assert messages == {
        "en": f"{path}: 50,000,001 bytes, over the limit of 50,000,000; raise it (max_bytes, --max-mb)",
        "id": f"{path}: 50.000.001 byte, melebihi batas 50.000.000; naikkan batasnya (max_bytes, --max-mb)",
    }


def test_what_has_no_end_is_not_read_to_it() -> None:
    with pytest.raises(PaperError, match=re.escape("/dev/zero: cannot be read: over the limit of 1,000 bytes")):
        read_bytes(Path("/dev/zero"), 1000)


@pytest.mark.parametrize(
    ("name", "suffix"), [("a/b.tar.GZ", ".gz"), ("Makalah.PDF", ".pdf"), (".profile", ""), ("notes", "")]
)
def test_a_suffix_is_in_small_letters(name: str, suffix: str) -> None:
    assert File(name, b"").suffix == suffix


def test_the_parts_of_a_zip_file_are_listed_once() -> None:
    file = File("a.zip", zipped({"one.xml": "<a/>"}))
    assert "one.xml" in file.parts
    assert file.parts is file.parts
