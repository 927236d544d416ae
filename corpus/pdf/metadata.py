"""The metadata of PDFs."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from itertools import product
from typing import Any

from corpus.metadata import Metadata, given_title, year_of

_PRISM = [f"http://prismstandard.org/namespaces/basic/{version}/" for version in ("2.0", "2.1", "3.0")]
"""Namespaces of the publishing industry's metadata (PRISM), in which journals give the date of publication."""

_NO_AUTHORS = frozenset({"", "anonymous", "unknown", "author", "user"})
"""Authors that programs write where nobody gave one, in small letters."""


def read_metadata(data: bytes) -> Metadata:
    """Return the metadata of a PDF: those in XMP (ISO 16684-1), or else in the older document information.

    Metadata are often damaged in a PDF whose pages are sound; what cannot be read is left out.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every irregularity that it ignores
    from pypdf import PdfReader

    reader = _value(lambda: PdfReader(io.BytesIO(data)))
    _value(lambda: reader.is_encrypted and reader.decrypt(""))  # a PDF that needs no password may still be encrypted
    xmp = _value(lambda: reader.xmp_metadata)
    information = _value(lambda: reader.metadata)
    titles = [*(_value(lambda: xmp.dc_title) or {}).values(), _value(lambda: information.title)]
    authors = _value(lambda: xmp.dc_creator) or _value(lambda: information.author, "").split(";")
    names = (" ".join(author.split()) for author in authors)
    return Metadata(
        title=given_title(*titles),
        authors=tuple(name for name in names if name.casefold() not in _NO_AUTHORS),
        year=year_of(*_published(xmp)),
        made=year_of(_value(lambda: information.creation_date)),
    )


def _published(xmp: Any) -> Iterator[Any]:
    """Yield what may be the date of publication, the surest first."""
    for namespace, name in product(_PRISM, ("publicationDate", "coverDate")):
        for element in _value(lambda n=namespace, e=name: list(xmp.get_element("", n, e)), []):
            yield getattr(element, "nodeValue", None) or "".join(child.nodeValue or "" for child in element.childNodes)
    yield from _value(lambda: xmp.dc_date, [])


def _value(read: Any, otherwise: Any = None) -> Any:
    """Return what ``read`` returns, or ``otherwise`` where it returns nothing or fails: pypdf fails in many ways."""
    try:
        return read() or otherwise
    except Exception:
        return otherwise
