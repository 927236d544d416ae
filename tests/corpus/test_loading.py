from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus import BUNDLED_PAPER, LANGUAGES, MAX_BYTES, PaperError, TanyaError, load_paper, read_paper
from corpus.glossary import with_own_terms


def test_the_bundled_paper_is_the_default() -> None:
    alone = load_paper(BUNDLED_PAPER)
    assert alone == load_paper(str(BUNDLED_PAPER)) == with_own_terms(load_paper())


def test_the_bundled_paper_comes_with_what_is_written_about_it() -> None:
    paper = load_paper()
    assert paper.annotations.translations
    assert paper.annotations.glossary
    assert paper.annotations.findings


@pytest.mark.parametrize(
    ("name", "english", "indonesian"),
    [
        ("nothing.pdf", "no such file", "berkas ini tidak ditemukan"),
        (".", "a folder, not a file; give", "ini folder, bukan berkas; berikan"),
        ("x" * 300, "cannot be read: ", "tidak dapat dibaca: "),
    ],
    ids=["missing", "folder", "long name"],
)
def test_what_cannot_be_opened(tmp_path: Path, name: str, english: str, indonesian: str) -> None:
    with pytest.raises(PaperError) as caught:
        load_paper(tmp_path / name)
    assert caught.value.in_language("en").startswith(f"{tmp_path / name}: {english}")
    assert caught.value.in_language("id").startswith(f"{tmp_path / name}: {indonesian}")


def test_size_limit() -> None:
    size = BUNDLED_PAPER.stat().st_size
    assert load_paper(max_bytes=size).pages
    with pytest.raises(PaperError, match=r"45,739 bytes, over the limit of 45,738"):
        load_paper(max_bytes=size - 1)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(Path, "open", None)
    with pytest.raises(PaperError) as caught:
        load_paper(path)
    messages = {of: caught.value.in_language(of) for of in LANGUAGES}
    assert messages == {
        "en": f"{path}: 50,000,001 bytes, over the limit of 50,000,000; raise it (max_bytes, --max-mb)",
        "id": f"{path}: 50.000.001 byte, melebihi batas 50.000.000; naikkan batasnya (max_bytes, --max-mb)",
    }


def test_a_limit_may_be_larger_than_any_file(tmp_path: Path) -> None:
    for size in (10**12, 10**19):
        assert load_paper(max_bytes=size).pages


def test_what_has_no_end_is_not_read_to_it() -> None:
    with pytest.raises(PaperError, match="over the limit of 1,000"):
        load_paper("/dev/zero", max_bytes=1000)


def test_bytes_are_read_as_their_file_is() -> None:
    data = BUNDLED_PAPER.read_bytes()
    assert read_paper("paper.txt", data, max_bytes=len(data)) == load_paper(BUNDLED_PAPER)
    assert read_paper("some/where/Makalah saya.txt", data).name == "Makalah saya.txt"
    assert read_paper("a\nb\x1b\udcff.txt", data).name == "a b\ufffd\ufffd.txt"


def test_bytes_over_the_limit() -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("paper.txt", b"x" * 1235, max_bytes=1234)
    assert str(caught.value) == (
        "paper.txt: 1,235 bytes, over the limit of 1,234; give a smaller file, such as only the pages needed"
    )
    assert caught.value.in_language("id") == (
        "paper.txt: 1.235 byte, melebihi batas 1.234; "
        "berikan berkas yang lebih kecil, misalnya hanya halaman yang diperlukan"
    )


@pytest.mark.parametrize("pages", [("1", "2", "3"), ("Journal of Trade",) * 6], ids=["numbers", "running heads"])
def test_pages_without_a_text_of_their_own(pages: tuple[str, ...]) -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("paper.txt", "\f".join(pages).encode())
    assert caught.value.in_language("en").startswith(
        "paper.txt: nothing in it but page numbers and running heads; give"
    )
    assert caught.value.in_language("id").startswith(
        "paper.txt: isinya hanya nomor halaman dan kepala halaman; berikan"
    )


def test_a_file_is_no_folder() -> None:
    with pytest.raises(TanyaError, match=r"no such file|cannot be read"):
        load_paper(BUNDLED_PAPER / "inside-a-file")


def test_import_and_text_need_no_heavy_modules() -> None:
    code = (
        "import sys, corpus; corpus.load_paper(); "
        "print([m for m in ('torch', 'pypdf', 'numpy', 'gradio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
