"""Text and JSON from files that anyone may have written."""

from __future__ import annotations

import codecs
import json
from typing import Any


def decode(data: bytes) -> str:
    """Return a file's text without its byte order mark. It is UTF-8, unless the mark is one of UTF-16.

    Raises UnicodeDecodeError, whose ``start`` is the place in ``data`` and whose ``encoding`` is "UTF-8" or "UTF-16".
    """
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16") if is_utf16 else data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        error.encoding = "UTF-16" if is_utf16 else "UTF-8"
        raise


def parse_json(text: str | bytes) -> Any:
    """Return the value of a JSON text. Raises ValueError, also where brackets are nested thousands deep."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
