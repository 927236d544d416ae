"""HTML files: their encoding, their metadata and their text."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from corpus.errors import PaperError
from corpus.formats.decoding import decode
from corpus.formats.file import File
from corpus.formats.html_lines import lines_of, one_page, parse_html
from corpus.metadata import Metadata, given_title, year_of
from corpus.structure.manuscript import Manuscript

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHARSET_WITHIN = 1024  # bytes, as HTML asks for
_XML = re.compile(r"\s*<\?xml\b|<html[^>]*\sxmlns\s*=")
_XML_WITHIN = 2000  # characters


def is_html(file: File) -> bool:
    """Return whether a file begins as HTML does."""
    return _BEGINS.match(file.data[:4000]) is not None


def read_html(file: File) -> Manuscript:
    """Read an HTML file, all of which is page 1.

    Raises PaperError where it is in no known encoding, has no text, or its elements are nested too deep.
    """
    text = _decode(file.name, file.data)
    is_xml = _XML.search(text[:_XML_WITHIN]) is not None
    root = parse_html(file.name, text, is_xml=is_xml)
    return one_page(file.name, lines_of(root), _metadata(root))


def _decode(name: str, data: bytes) -> str:
    """Return a file's text, decoded as UTF-8 or UTF-16, or else by the encoding that the file names."""
    try:
        return decode(data)
    except UnicodeDecodeError as error:
        named = _CHARSET.search(data[:_CHARSET_WITHIN])
        encoding = named[1].decode("ascii") if named else ""
        try:
            if codecs.lookup(encoding)._is_text_encoding:  # others (zip, hex) would accept any bytes
                return data.decode(encoding)
        except (LookupError, UnicodeError):
            pass
        byte, offset = f"{data[error.start]:#04x}", error.start
        said = f", nor the {encoding} that it names" if encoding else ""
        said_id = f", bukan pula {encoding} seperti yang disebutnya" if encoding else ""
        raise PaperError(
            f"{name}: not {error.encoding} text{said}: byte {byte} at offset {offset}; save the file as UTF-8",
            indonesian=f"{name}: bukan teks {error.encoding}{said_id}: byte {byte} pada posisi {offset}; "
            "simpan berkas ini sebagai UTF-8",
        ) from None


def _metadata(root: Element) -> Metadata:
    """Return what a page says of the paper, in the tags of Google Scholar (citation_...) or of Dublin Core (DC...).

    The page's own title often names the site as well; it is taken only where the page's one ``h1`` says the same.
    """
    given: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name, content = meta.get("name", "").casefold(), " ".join(meta.get("content", "").split())
        if content:
            given.setdefault(name.replace("dcterms.", "dc."), []).append(content)

    def first(*names: str) -> list[str]:
        return next((given[name] for name in names if name in given), [])

    titles = first("citation_title", "dc.title")
    heads = [_words(head) for head in root.iter("h1")]
    titles += [title for title in map(_words, root.iter("title")) if heads == [title]]
    dates = first("citation_publication_date", "citation_date", "citation_year", "dc.issued", "dc.date")
    return Metadata(given_title(*titles), tuple(first("citation_author", "dc.creator", "author")), year_of(*dates))


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
