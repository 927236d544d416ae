"""A paper as the page holds it: with the pictures of its pages if it is a PDF, and closed with them."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from corpus import PaperError, read_paper
from page.papers.document import Document
from tests.page.browser.paper_files import GLACIER, HARBOUR, pdf


def test_the_bundled_paper_has_no_pictures() -> None:
    document = Document.bundled()
    assert document.sheets is None
    assert document.paper.annotations.findings
    document.close()  # which does no harm


def test_a_pdf_has_pictures(tmp_path: Path) -> None:
    data = pdf(HARBOUR)
    file = tmp_path / "harbour.pdf"
    file.write_bytes(data)
    read = read_paper("harbour.pdf", data)
    for document in (Document.open(file), Document.read("harbour.pdf", data), Document.of(read, data)):
        assert document.sheets
        document.close()


def test_a_closed_pdf_shows_no_page() -> None:
    data = pdf(HARBOUR)
    document = Document.of(read_paper("harbour.pdf", data), data)
    document.close()
    assert document.sheets
    with pytest.raises(PaperError, match="closed"):
        document.sheets.picture(1)


def test_any_other_file_has_none(tmp_path: Path) -> None:
    file = tmp_path / "gletser.2020.txt"
    file.write_text(GLACIER)
    for document in (Document.open(file), Document.read(file.name, file.read_bytes())):
        assert document.sheets is None
        assert document.file_stem == "gletser.2020"
        assert document.paper.sentences


def test_what_comes_by_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "paper.txt"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=[GLACIER])
    writer.start()
    document = Document.open(pipe)
    writer.join()
    assert document.paper.sentences
    assert document.sheets is None


def test_its_catalogue_is_made_once() -> None:
    document = Document(read_paper("glacier.txt", GLACIER.encode()))
    assert document.catalogue is document.catalogue
    assert document.catalogue.lookup("glacier").sentences
