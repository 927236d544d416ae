"""A paper's metadata, as its file has them; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

_NO_TITLE = re.compile(r"\s*(untitled.*|microsoft word - .*|.*\.(docx?|pdf|tex|dvi|indd|rtf|odt))?\s*", re.IGNORECASE)
"""Titles that programs write where nobody gave one: mostly the name of a file."""

_YEAR = re.compile(r"\b(1[5-9]|20)\d\d")


class Metadata(NamedTuple):
    """A paper's title, its authors and its year of publication; empty or None where the file does not give them.

    ``made`` is the year in which the file was made, which may be much later.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    made: int | None = None


NO_METADATA: Final = Metadata()


def metadata_from_record(record: Mapping[str, Any]) -> Metadata:
    """Return the metadata of a record of ``Metadata._asdict``, also after JSON. Raises TypeError or KeyError."""
    return Metadata(**{**record, "authors": tuple(record["authors"])})


def given_title(*texts: str | None) -> str:
    """Return the first title that somebody gave a file; "" for none, and for those that programs write."""
    return next((" ".join(text.split()) for text in texts if text and not _NO_TITLE.fullmatch(text)), "")


def year_of(*dates: Any) -> int | None:
    """Return the year of the first date, or text that holds one; None where there is none."""
    texts = (str(date.year) if hasattr(date, "year") else str(date or "") for date in dates)
    return next((int(found[0]) for text in texts if (found := _YEAR.search(text))), None)
