"""Recognises lines by how they begin: captions, sources, keywords, items, table headers and rows."""

from __future__ import annotations

import re

_CAPTION = re.compile(
    r"(?P<what>Gambar|Bagan|Grafik|Diagram|Peta|Tabel|Figure|FIGURE|Fig\.|FIG\.|Chart|Scheme|Table|TABLE|GAMBAR|TABEL)"
    r"\s+(?P<number>[A-Z]?\.?\d+(?:\.\d+)*|[IVX]+)(?P<mark>[.:|]|\s[|\u2013—-])?(?:\s+(?P<title>\S.*))?$"
)
_SOURCE = re.compile(r"(?:Sumber|Sources?)(?: data)?\s*:\s*\S")
_KEYWORDS = re.compile(r"(?:Kata[ -]?[Kk]unci|KATA KUNCI|Key ?[Ww]ords?|KEY ?WORDS|Index Terms)\s*[:.—\u2013-]\s*\S")
_RUN_IN = re.compile(r"((?:Abstract|ABSTRACT|Abstrak|ABSTRAK|Summary)\s?[.:—\u2013-])(\s*)(?=[A-Z“\"])")
_ITEM = re.compile(r"(\(?)(\d{1,2}|[a-z])([.)])\s+(?=\S)")
_BULLET = re.compile(r"(?:[•◦▪‣·●○■✓➢]\s*(?=\S)|[-\u2013—*]\s+(?=[^\W\d_]|[“\"(]))")
_CONTENTS = re.compile(r"(?:\. ?){4}\s*(?:\d+|[ivxl]+)?$")
_TABLE_HEADER = re.compile(r"No\.?\s+[^\W\d_]")
_ROW = re.compile(r"(\d{1,3})[.)]?\s+(?=\S)")


def caption(text: str) -> re.Match[str] | None:
    """Match the label of a figure or table, with or without a title, but not "Figure 1 shows"."""
    found = _CAPTION.match(text)
    if found and found["title"] and not found["mark"] and not found["title"][0].isupper():
        return None
    return found


def is_table(match: re.Match[str]) -> bool:
    """Return whether a caption is that of a table."""
    return match["what"].casefold() in ("tabel", "table")


def is_source(text: str) -> bool:
    """Return whether a line begins the source of a figure ("Sumber : ...")."""
    return _SOURCE.match(text) is not None


def is_keywords(text: str) -> bool:
    """Return whether a line begins the keywords."""
    return _KEYWORDS.match(text) is not None


def is_contents(text: str) -> bool:
    """Return whether a line is an entry of a table of contents, with dots before the page."""
    return _CONTENTS.search(text) is not None


def run_in_heading(text: str) -> tuple[str, str, bool] | None:
    """Split "Abstract: The text" into heading, text, and whether no space was between them; None for other lines."""
    found = _RUN_IN.match(text)
    return (found[1], text[found.end() :], not found[2]) if found else None


def bullet(text: str) -> bool:
    """Return whether a line begins with a bullet, or with a dash that is no minus sign."""
    return _BULLET.match(text) is not None


def item_number(text: str) -> tuple[str, int] | None:
    """Return the form of an item's mark ("1.", "(1)", "a." ...) and its place in the list, from 1; None for no mark."""
    found = _ITEM.match(text)
    if found is None:
        return None
    opening, mark, closing = found.groups()
    return f"{opening}{'1' if mark.isdigit() else 'a'}{closing}", place_of(mark)


def place_of(mark: str) -> int:
    """Return the place in a list of the item with a number or a small letter, from 1."""
    return int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1


def is_table_header(text: str, following: str) -> bool:
    """Return whether a line names the columns of a table whose rows are numbered from 1."""
    return _TABLE_HEADER.match(text) is not None and row_number(following) == 1


def row_number(text: str) -> int | None:
    """Return the number that a line begins with, as a row of a table does; None for no number."""
    found = _ROW.match(text)
    return int(found[1]) if found else None
