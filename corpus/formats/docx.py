"""Word files (DOCX): mammoth converts them to HTML, and so keeps their headings, lists, tables and notes."""

from __future__ import annotations

import io
import logging
from typing import Final

from corpus.formats.file import File
from corpus.formats.html_lines import lines_of, one_page, parse_html
from corpus.formats.zip import broken, is_zip, too_deep
from corpus.metadata import NO_METADATA, Metadata, given_title, year_of
from corpus.structure.manuscript import Manuscript

_DOCUMENT: Final = "word/document.xml"
_ABOUT: Final = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CREATED = "{http://purl.org/dc/terms/}created"
_STYLES: Final = """
p[style-name='Title'] => h1:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name^='toc '] => nav > p:fresh
p[style-name^='TOC '] => nav > p:fresh
p[style-name='table of figures'] => nav > p:fresh
"""
"""Styles of Word's own that mammoth does not know; their internal names are the same in every language."""

logger = logging.getLogger(__name__)


def is_docx(file: File) -> bool:
    """Return whether a file is one of Word's."""
    return is_zip(file.data) and _DOCUMENT in file.parts


def read_docx(file: File) -> Manuscript:
    """Read a DOCX file. All of it is page 1: Word divides a text into pages only when it shows it.

    Pictures, and other files that the document names, are not opened. Raises PaperError where it is damaged.
    """
    lines = lines_of(parse_html(file.name, f"<body>{_html(file.name, file.data)}</body>"))
    metadata = NO_METADATA
    if _ABOUT in file.parts:  # the author that it names is the computer's owner, and left out
        about = file.parts.xml(_ABOUT)
        metadata = Metadata(title=given_title(about.findtext(_TITLE)), made=year_of(about.findtext(_CREATED)))
    return one_page(file.name, lines, metadata)


def _html(name: str, data: bytes) -> str:
    import mammoth

    options = {"style_map": _STYLES, "include_embedded_style_map": False, "convert_image": lambda _: []}
    try:
        return str(mammoth.convert_to_html(io.BytesIO(data), **options).value)
    except MemoryError:
        raise
    except RecursionError:
        raise too_deep(name) from None
    except Exception as error:  # any kind: mammoth assumes that files are as Word writes them
        logger.info("%s: mammoth gave up: %r", name, error)
        raise broken(name) from None
