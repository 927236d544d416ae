"""What goes wrong in a way the user can mend."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.paper import Language

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that show what follows them in another order: a name with them can look like another name."""


def one_line(text: str) -> str:
    """Return a text as it can be shown in one line, on a terminal, too, and written to any file.

    White space becomes spaces; control characters, halves of characters and marks that turn the text's direction, as a
    file's name may have them, become U+FFFD.
    """
    return "".join(_shown(char) for char in text)


class TanyaError(Exception):
    """A problem shown to the user as it is: one line, saying what was wrong with which value and what to do.

    As a string it is the English line; what a page may have to show has an Indonesian one, too. Whatever the values
    hold, it stays one line (`one_line`).
    """

    def __init__(self, message: str, *, indonesian: str | None = None) -> None:
        super().__init__(one_line(message))
        self.indonesian = one_line(indonesian) if indonesian else indonesian

    def told(self, language: Language) -> str:
        """Return the line in a language, the English one where there is no Indonesian."""
        return self.indonesian if language == "id" and self.indonesian else str(self)


class PaperError(TanyaError):
    """A file that cannot be read as a paper."""


def _shown(char: str) -> str:
    if char.isspace():
        return " "
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cs") or char in _TURNS else char
