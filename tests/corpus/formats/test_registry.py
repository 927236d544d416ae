"""A file's format is recognised by its content, and a text's also by its name."""

from __future__ import annotations

import pytest

from corpus import PaperError
from corpus.formats.file import File
from corpus.formats.registry import SUFFIXES, format_of
from tests.corpus.formats.zip_maker import docx, epub, paragraph
from tests.corpus.nasty import made

TEXT = b"A sentence of a text."


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("x.txt", made(), "PDF"),
        ("x.pdf", docx(paragraph("Text.")), "DOCX"),
        ("x.docx", epub({"a.xhtml": "<p>Text.</p>"}), "EPUB"),
        ("x.md", b"<!doctype html><p>Text.</p>", "HTML"),
        ("x.MARKDOWN", TEXT, "Markdown"),
        ("x.txt", TEXT, "text"),
        ("x", TEXT, "text"),
        ("x.unknown", TEXT, "text"),
        ("x.pdf", b"", "text"),
    ],
)
def test_formats(name: str, data: bytes, format_: str) -> None:
    assert format_of(File(name, data)).name == format_


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_text_that_is_named_as_a_binary_file_is_refused(suffix: str) -> None:
    if suffix in (".pdf", ".docx", ".epub"):
        with pytest.raises(PaperError, match=rf"x{suffix}: named {suffix}, but its content is no "):
            format_of(File(f"x{suffix}", TEXT))
    else:
        assert suffix in format_of(File(f"x{suffix}", TEXT)).suffixes
