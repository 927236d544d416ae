from __future__ import annotations

import subprocess
import sys

import pytest

from corpus import BUNDLED_PAPER, PaperError, load_paper, read_paper
from corpus.glossary import with_own_terms


def test_the_bundled_paper_is_the_default() -> None:
    alone = load_paper(BUNDLED_PAPER)
    assert alone == load_paper(str(BUNDLED_PAPER)) == with_own_terms(load_paper())


def test_the_bundled_paper_comes_with_what_is_written_about_it() -> None:
    paper = load_paper()
    assert paper.annotations.translations
    assert paper.annotations.glossary
    assert paper.annotations.findings


def test_size_limit() -> None:
    size = BUNDLED_PAPER.stat().st_size
    assert load_paper(max_bytes=size).pages
    with pytest.raises(PaperError, match=r"45,739 bytes, over the limit of 45,738"):
        load_paper(max_bytes=size - 1)


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


def test_import_and_text_need_no_heavy_modules() -> None:
    code = (
        "import sys, corpus; corpus.load_paper(); "
        "print([m for m in ('torch', 'pypdf', 'numpy', 'gradio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
