"""Prints text and JSON so that they cannot control the terminal.

A file, its name or a question may hold characters that move the cursor, change the window's title, or show words in
another order. Only what is printed is cleaned; what is written to files stays as it is.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any, Final, TextIO

_SPACE: Final = re.compile(r"\s")
_HIDDEN: Final = re.compile("[\u180e\u200b\u2060\ufeff]")
"""Characters without a width that no word needs. (Joiners are needed, in Persian words and in some emoji.)"""

_BREAKS: Final = re.compile("[\x85\u2028\u2029]")
"""Line breaks that JSON does not escape."""

_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters: U+001B and U+009B begin commands to a terminal
    "\ud800-\udfff"  # halves of characters, which cannot be encoded
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # marks that change the direction of the text around them
)


def one_line(text: str) -> str:
    """Return a text that can be shown in one line on a terminal, and written to any file.

    White space becomes spaces, and invisible characters are dropped. Control characters, halves of characters and marks
    that change the direction of the text, all of which a file's name may have, become U+FFFD.
    """
    return _HARMFUL.sub("\ufffd", _HIDDEN.sub("", _SPACE.sub(" ", text)))


def printable(text: str) -> str:
    """Return a text that can be shown on a terminal: `one_line` of each of its lines."""
    return "\n".join(map(one_line, text.split("\n")))


def print_text(text: object, *, file: TextIO | None = None, flush: bool = False) -> None:
    """Print the `printable` text to a file, by default to standard output. Raises OSError."""
    print(printable(str(text)), file=file or sys.stdout, flush=flush)


def print_json(value: Any, *, indent: int | None = None) -> None:
    """Print plain values as JSON, with the characters escaped that could control a terminal. Raises OSError."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    for escaped in (_HARMFUL, _HIDDEN, _BREAKS):
        text = escaped.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    sys.stdout.write(f"{text}\n")


def print_data(text: str) -> None:
    """Print text for another program unchanged; on a terminal, print it as `printable`. Raises OSError."""
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
