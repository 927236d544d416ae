"""EPUB books (EPUB 2 and 3): zip files of XHTML chapters, whose order their package document gives."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from corpus.errors import PaperError
from corpus.formats.decoding import decode
from corpus.formats.file import File
from corpus.formats.html_lines import lines_of, one_page, parse_html
from corpus.formats.zip import Parts, broken, encrypted, is_zip
from corpus.metadata import Metadata, given_title, year_of
from corpus.structure.manuscript import Line, Manuscript

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_XHTML: Final = ("application/xhtml+xml", "text/html", "application/html+xml")
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def is_epub(file: File) -> bool:
    """Return whether a file is a book."""
    return is_zip(file.data) and _CONTAINER in file.parts


def read_epub(file: File) -> Manuscript:
    """Read an EPUB file. All of it is page 1: a book of this format has no pages of its own.

    Raises PaperError where it is damaged or encrypted.
    """
    parts = file.parts
    where = next((found.get("full-path", "") for found in _named(parts.xml(_CONTAINER), "rootfile")), "")
    if where not in parts:
        raise broken(parts.name)
    package = parts.xml(where)
    chapters = _chapters(package, posixpath.dirname(where))
    if chapters and not any(chapter in parts for chapter in chapters):
        raise broken(parts.name)
    protected = _named(parts.xml(_ENCRYPTION), "CipherReference") if _ENCRYPTION in parts else []
    if any(unquote(found.get("URI", "")) in chapters for found in protected):  # often only the fonts are
        raise encrypted(parts.name)
    lines: list[Line] = []
    for chapter in chapters:
        if chapter in parts:
            lines += lines_of(parse_html(parts.name, _text(parts, chapter), is_xml=True))
    return one_page(parts.name, lines, _metadata(package))


def _chapters(package: Element, folder: str) -> list[str]:
    """Return the parts that hold the text, in reading order, each once, without tables of contents and asides."""
    items = {item.get("id", ""): item for item in _named(package, "item")}
    chapters: dict[str, None] = {}
    for reference in _named(package, "itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or reference.get("linear") == "no" or "nav" in item.get("properties", "").split():
            continue
        if item.get("media-type") in _XHTML:
            chapters[posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))] = None
    return list(chapters)


def _text(parts: Parts, chapter: str) -> str:
    try:
        return decode(parts.read(chapter))
    except UnicodeDecodeError as error:
        raise PaperError(
            f"{parts.name}: {chapter} is not {error.encoding} text, as EPUB asks for; save the book anew",
            indonesian=f"{parts.name}: {chapter} bukan teks {error.encoding} seperti yang diminta EPUB; "
            "simpan ulang bukunya",
        ) from None


def _metadata(package: Element) -> Metadata:
    """Return what the package document says. Its date is that of publication, unless it names another event."""

    def named(name: str) -> list[Element]:
        return [found for found in package.iter(f"{_DC}{name}") if found.text and found.text.strip()]

    dates = [date.text for date in named("date") if date.get(f"{_OPF}event", "publication") == "publication"]
    authors = [creator for creator in named("creator") if creator.get(f"{_OPF}role", "aut") == "aut"]
    return Metadata(
        title=given_title(*(title.text for title in named("title"))),
        authors=tuple(" ".join((author.text or "").split()) for author in authors),
        year=year_of(*dates),
    )


def _named(root: Element, name: str) -> list[Element]:
    """Return the elements of a name, in any namespace: old tools leave it out."""
    return list(root.iter("{*}" + name))
