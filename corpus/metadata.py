"""What a file's own metadata say of the paper, a PDF's above all: as they stand there, never guessed."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

_PRISM = (
    "http://prismstandard.org/namespaces/basic/2.0/",
    "http://prismstandard.org/namespaces/basic/2.1/",
    "http://prismstandard.org/namespaces/basic/3.0/",
)
"""Namespaces of the publishing industry's metadata, in which a journal tells when a paper came out."""

_NO_TITLE = re.compile(r"\s*(untitled.*|microsoft word - .*|.*\.(docx?|pdf|tex|dvi|indd|rtf|odt))?\s*", re.IGNORECASE)
"""What programs write for a title where nobody gave one: the name of a file, mostly."""

_NO_AUTHORS = frozenset({"", "anonymous", "unknown", "author", "user"})
"""What programs write for an author where nobody gave one, in small letters."""

_YEAR = re.compile(r"\b(1[5-9]|20)\d\d")


class Metadata(NamedTuple):
    """A paper's title, its authors and the year it came out; empty where they are not told.

    ``made`` is the year the file was made, which may be long after.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    made: int | None = None


NOT_TOLD: Final = Metadata()


def read_metadata(data: bytes) -> Metadata:
    """Return what a PDF's bytes tell of the paper; XMP (ISO 16684-1) counts before the older document information.

    Metadata are often damaged where the pages are sound; what cannot be read counts as not told.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every oddity that it steps over
    from pypdf import PdfReader

    reader = _told(lambda: PdfReader(io.BytesIO(data)))
    _told(lambda: reader.is_encrypted and reader.decrypt(""))  # one that asks for no password may be encrypted, too
    xmp = _told(lambda: reader.xmp_metadata)
    information = _told(lambda: reader.metadata)
    titles = [*(_told(lambda: xmp.dc_title) or {}).values(), _told(lambda: information.title)]
    authors = _told(lambda: xmp.dc_creator) or _told(lambda: information.author, "").split(";")
    return Metadata(
        title=next(filter(None, map(given_title, titles)), ""),
        authors=tuple(author for author in (" ".join(author.split()) for author in authors) if _is_name(author)),
        year=next(_published(xmp), None),
        made=year_of(_told(lambda: information.creation_date)),
    )


def _is_name(author: str) -> bool:
    return author.casefold() not in _NO_AUTHORS


def given_title(text: str | None) -> str:
    """Return a title that somebody gave a file; "" for none, and for what programs write where nobody did."""
    return "" if not text or _NO_TITLE.fullmatch(text) else " ".join(text.split())


def _published(xmp: Any) -> Iterator[int]:
    for namespace in _PRISM:
        for name in ("publicationDate", "coverDate"):
            for element in _told(lambda n=namespace, e=name: list(xmp.get_element("", n, e)), []):
                text = getattr(element, "nodeValue", None) or "".join(
                    child.nodeValue or "" for child in element.childNodes
                )
                if year := year_of(text):
                    yield year
    for date in _told(lambda: xmp.dc_date, []):
        if year := year_of(date):
            yield year


def year_of(date: Any) -> int | None:
    """Return the year of a date, or of a text that holds one; None where there is none."""
    if hasattr(date, "year"):
        return int(date.year)
    found = _YEAR.search(str(date or ""))
    return int(found[0]) if found else None


def _told(read: Any, otherwise: Any = None) -> Any:
    """Return what reading gives, and something else where it fails or gives nothing: pypdf fails in many ways."""
    try:
        return read() or otherwise
    except Exception:
        return otherwise
