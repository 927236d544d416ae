"""Text and JSON from files that anyone may have written."""

from __future__ import annotations

import codecs
import json
from typing import Any, Final

_MARKS: Final = {
    codecs.BOM_UTF8: ("UTF-8", "utf-8"),
    codecs.BOM_UTF16_LE: ("UTF-16", "utf-16-le"),
    codecs.BOM_UTF16_BE: ("UTF-16", "utf-16-be"),
}
"""Byte order marks, and the encodings that they stand for."""


def decode(data: bytes) -> str:
    """Return a file's text without its byte order mark. It is UTF-8, unless the mark is one of UTF-16.

    Raises UnicodeDecodeError, whose ``start`` is the place in ``data`` and whose ``encoding`` is "UTF-8" or "UTF-16".
    """
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    name, encoding = _MARKS.get(mark, ("UTF-8", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        start, end = error.start + len(mark), error.end + len(mark)
        raise UnicodeDecodeError(name, data, start, end, error.reason) from None


def parse_json(text: str | bytes) -> Any:
    """Return the value of a JSON text. Raises ValueError, also where brackets are nested thousands deep."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
