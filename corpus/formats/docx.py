"""Word's files (DOCX), by way of HTML: mammoth takes from them what headings, lists, tables and notes mean."""

from __future__ import annotations

import io
import logging
from typing import Any, Final

from corpus.formats.html_lines import lines_of, marked, parse_html
from corpus.formats.zip import Parts, broken, too_deep
from corpus.metadata import NOT_TOLD, Metadata, given_title, year_of
from corpus.structure.layout import Manuscript

SUFFIXES: Final = (".docx",)

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
"""What mammoth does not do by itself with the names of Word's own styles, which are the same in every language."""

_log = logging.getLogger(__name__)


def is_docx(parts: Parts) -> bool:
    """Tell whether a zip file is one of Word's."""
    return _DOCUMENT in parts


def read_docx(parts: Parts, data: bytes) -> Manuscript:
    """Read a DOCX file's bytes; all of it is page 1, since Word parts pages anew wherever it is opened.

    Pictures are not opened, nor any file that the document names. Raises PaperError where it is damaged.
    """
    lines = lines_of(parse_html(parts.name, f"<body>{_html(parts.name, data)}</body>"))
    return marked(parts.name, lines, _metadata(parts))


def _html(name: str, data: bytes) -> str:
    import mammoth

    def without_picture(_image: Any) -> list[Any]:
        return []

    try:
        return str(
            mammoth.convert_to_html(
                io.BytesIO(data),
                style_map=_STYLES,
                include_embedded_style_map=False,
                convert_image=without_picture,
            ).value
        )
    except MemoryError:
        raise
    except RecursionError:
        raise too_deep(name) from None
    except Exception as error:  # of many kinds: it trusts files to be as Word makes them
        _log.info("%s: mammoth gave up: %r", name, error)
        raise broken(name) from None


def _metadata(parts: Parts) -> Metadata:
    """Return the title, and when the file was made. Whom it names as its author is whose computer it was."""
    if _ABOUT not in parts:
        return NOT_TOLD
    about = parts.xml(_ABOUT)
    return Metadata(title=given_title(about.findtext(_TITLE)), made=year_of(about.findtext(_CREATED)))
