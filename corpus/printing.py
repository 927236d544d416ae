"""What goes to a terminal: texts that do nothing to it, and JSON that holds the same values and does nothing, either.

What a file, its name or a question holds may be made to move the cursor, to give the window another title, or to show
words in another order. What is written to files is left as it is.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any, Final, TextIO

_SPACE: Final = re.compile(r"\s")
_HIDDEN: Final = re.compile("[\u180e\u200b\u2060\ufeff]")
"""Characters without a width that no word needs, as words of Persian and pictures of families need the joiners."""

_BREAKS: Final = re.compile("[\x85\u2028\u2029]")
"""Ends of lines that JSON itself does not escape."""

_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters: U+001B begins a command to a terminal, as does U+009B
    "\ud800-\udfff"  # halves of characters, which cannot be written
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # marks that turn the direction of what stands around them
)


def one_line(text: str) -> str:
    """Return a text as it can be shown in one line, on a terminal, too, and written to any file.

    White space becomes spaces; characters that hide go; control characters, halves of characters and marks that turn
    the text's direction, as a file's name may have them, become U+FFFD.
    """
    return _HARMFUL.sub("\ufffd", _HIDDEN.sub("", _SPACE.sub(" ", text)))


def printable(text: str) -> str:
    """Return a text as it can be shown on a terminal: each of its lines as `one_line` has it."""
    return "\n".join(map(one_line, text.split("\n")))


def print_text(text: object, *, file: TextIO | None = None, flush: bool = False) -> None:
    """Print a text, None for ``file`` being standard output, as `printable` has it. Raises OSError."""
    print(printable(str(text)), file=file or sys.stdout, flush=flush)


def print_json(value: Any, *, indent: int | None = None) -> None:
    """Print plain values as JSON, in which what would do something to a terminal is escaped. Raises OSError."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    for escaped in (_HARMFUL, _HIDDEN, _BREAKS):
        text = escaped.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    sys.stdout.write(f"{text}\n")


def print_data(text: str) -> None:
    """Print what another program will read, as it is; a terminal gets it as `printable` has it. Raises OSError."""
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
