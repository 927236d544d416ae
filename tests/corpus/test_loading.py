from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import BUNDLED_PAPER, PaperError, TanyaError, load_paper


def test_the_bundled_paper_is_the_default() -> None:
    alone = load_paper(BUNDLED_PAPER)
    without = replace(load_paper(), translations=(), glossary=(), findings=(), questions=())
    assert alone == load_paper(str(BUNDLED_PAPER)) == without


def test_the_bundled_paper_comes_with_what_is_written_about_it() -> None:
    paper = load_paper()
    assert paper.translations
    assert paper.glossary
    assert paper.findings


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match=r"nothing\.pdf: no such file"):
        load_paper(tmp_path / "nothing.pdf")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="a folder, not a file"):
        load_paper(tmp_path)


def test_size_limit() -> None:
    size = BUNDLED_PAPER.stat().st_size
    assert load_paper(max_bytes=size).pages
    with pytest.raises(PaperError, match=r"45,739 bytes, over the limit of 45,738"):
        load_paper(max_bytes=size - 1)


def test_unreadable_names(tmp_path: Path) -> None:
    with pytest.raises(TanyaError, match="cannot be read"):
        load_paper(tmp_path / ("x" * 300))
    with pytest.raises(TanyaError, match=r"no such file|cannot be read"):
        load_paper(BUNDLED_PAPER / "inside-a-file")


def test_import_and_text_need_no_heavy_modules() -> None:
    code = (
        "import sys, corpus; corpus.load_paper(); "
        "print([m for m in ('torch', 'pypdf', 'numpy', 'gradio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
