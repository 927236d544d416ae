"""The formats of files that can be read as papers.

To add a format, write a module with its reader and list it here. A reader takes a `File` and returns a `Manuscript`:
the lines of text in reading order, with what the file itself marks as headings, list items, captions or rows of
tables (a format with markup can become HTML first, and leave the rest to `corpus.formats.html_lines`). It raises
PaperError for a file that it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from corpus.errors import PaperError
from corpus.formats.docx import is_docx, read_docx
from corpus.formats.epub import is_epub, read_epub
from corpus.formats.file import File
from corpus.formats.html import is_html, read_html
from corpus.formats.markdown import read_markdown
from corpus.formats.text import read_text
from corpus.formats.zip import is_zip
from corpus.pdf.lines import is_pdf, read_pdf
from corpus.structure.manuscript import Manuscript


class Format(NamedTuple):
    """A format: its name, the ends of its files' names, its reader, and how a file's content is recognised."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[File], Manuscript]
    recognises: Callable[[File], bool] = lambda _: False


_BINARY: Final = (
    Format("PDF", (".pdf",), read_pdf, lambda file: is_pdf(file.data)),
    Format("DOCX", (".docx",), read_docx, is_docx),
    Format("EPUB", (".epub",), read_epub, is_epub),
)
"""Recognised by their content, whatever the file's name."""

_TEXT: Final = Format("text", (".txt",), read_text)
_TEXTS: Final = (
    Format("HTML", (".html", ".htm", ".xhtml"), read_html, is_html),
    Format("Markdown", (".md", ".markdown"), read_markdown),
    _TEXT,
)
"""Recognised by their content or their name; any other file is plain text."""

SUFFIXES: Final = tuple(suffix for known in (*_BINARY, *_TEXTS) for suffix in known.suffixes)
"""Ends of the names by which papers are found in folders. A file that is named itself may be called anything."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and today's files with a password


def format_of(file: File) -> Format:
    """Return a file's format. Raises PaperError for a binary file of another format."""
    recognised = next((known for known in _BINARY if known.recognises(file)), None)
    if recognised:
        return recognised
    _check_is_text(file)
    return next((known for known in _TEXTS if file.suffix in known.suffixes or known.recognises(file)), _TEXT)


def _check_is_text(file: File) -> None:
    """Raise PaperError for a file that cannot be text: by its content, or by the format that its name promises."""
    name, suffix = file.name, file.suffix
    if is_zip(file.data):
        raise PaperError(
            f"{name}: a zip file that is neither DOCX nor EPUB; give a PDF, or the files in it one by one",
            indonesian=f"{name}: berkas zip yang bukan DOCX atau EPUB; berikan PDF, atau isinya satu per satu",
        )
    if file.data.startswith(_OLD_OFFICE):
        raise PaperError(
            f"{name}: an old file of Word's (.doc), or one with a password; save it as DOCX or PDF, without a password",
            indonesian=f"{name}: berkas Word lama (.doc), atau yang berkata sandi; "
            "simpan sebagai DOCX atau PDF, tanpa kata sandi",
        )
    named = next((known.name for known in _BINARY if suffix in known.suffixes), None)
    if named and file.data:
        begins = file.data[:8].decode("ascii", "backslashreplace")
        raise PaperError(
            f"{name}: named {suffix}, but its content is no {named}; it starts with “{begins}”",
            indonesian=f"{name}: namanya berakhiran {suffix}, tetapi isinya bukan {named}; isinya diawali “{begins}”",
        )
