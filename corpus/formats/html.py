"""HTML files: their encoding, what they tell of themselves, and their text."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from corpus.errors import PaperError
from corpus.formats.decoding import decode
from corpus.formats.html_lines import lines_of, marked, parse_html
from corpus.metadata import Metadata, given_title, year_of
from corpus.structure.layout import Manuscript

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SUFFIXES: Final = (".html", ".htm", ".xhtml")

_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHARSET_WITHIN = 1024  # bytes, as HTML asks for
_XML = re.compile(r"\s*<\?xml\b|<html[^>]*\sxmlns\s*=")
_XML_WITHIN = 2000  # characters


def is_html(name: str, data: bytes) -> bool:
    """Tell whether a file is HTML: it begins as such, or is named so."""
    return _BEGINS.match(data[:4000]) is not None or PurePath(name).suffix.casefold() in SUFFIXES


def read_html(name: str, data: bytes) -> Manuscript:
    """Read an HTML file's bytes; all of it is page 1, as of a text without pages.

    Raises PaperError where they are in no known encoding, or lie too deep in each other.
    """
    text = _decode(name, data)
    is_xml = _XML.search(text[:_XML_WITHIN]) is not None
    root = parse_html(name, text, is_xml=is_xml)
    return marked(name, lines_of(root), _metadata(root))


def _decode(name: str, data: bytes) -> str:
    """Return a file's text: UTF-8 or UTF-16, or else as the file names its encoding itself."""
    try:
        return decode(data)
    except UnicodeDecodeError as error:
        named = _CHARSET.search(data[:_CHARSET_WITHIN])
        encoding = named[1].decode("ascii") if named else ""
        try:
            if codecs.lookup(encoding)._is_text_encoding:  # others (zip, hex) make anything of bytes
                return data.decode(encoding)
        except (LookupError, UnicodeError):
            pass
        byte, offset = f"{data[error.start]:#04x}", error.start
        said = f", nor the {encoding} that it names" if encoding else ""
        terucap = f", bukan pula {encoding} seperti yang disebutnya" if encoding else ""
        raise PaperError(
            f"{name}: not {error.encoding} text{said}: byte {byte} at offset {offset}; save the file as UTF-8",
            indonesian=f"{name}: bukan teks {error.encoding}{terucap}: byte {byte} pada posisi {offset}; "
            "simpan berkas ini sebagai UTF-8",
        ) from None


def _metadata(root: Element) -> Metadata:
    """Return what a page tells of the paper, in the words of Google Scholar (citation_...) or of Dublin Core (DC...).

    A page's title is often the name of its site as well; it is the paper's where it is the page's only first heading.
    """
    told: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name, content = meta.get("name", "").casefold(), " ".join(meta.get("content", "").split())
        if content:
            told.setdefault(name.replace("dcterms.", "dc."), []).append(content)

    def first(*names: str) -> list[str]:
        return next((told[name] for name in names if name in told), [])

    titles = first("citation_title", "dc.title")
    heads = [_words(head) for head in root.iter("h1")]
    titles += [title for title in map(_words, root.iter("title")) if heads == [title]]
    dates = first("citation_publication_date", "citation_date", "citation_year", "dc.issued", "dc.date")
    return Metadata(
        title=next(filter(None, map(given_title, titles)), ""),
        authors=tuple(first("citation_author", "dc.creator", "author")),
        year=next(filter(None, map(year_of, dates)), None),
    )


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
