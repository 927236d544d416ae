"""Errors that the user can do something about."""

from __future__ import annotations

from corpus.language import Language
from corpus.printing import one_line


class TanyaError(Exception):
    """A problem that is shown to the user: one line that says what was wrong, with which value, and what to do.

    As a string it is the line in English; errors that the page may show have a line in Indonesian as well. Line breaks
    in the values are replaced, so that it stays one line (`one_line`).
    """

    def __init__(self, message: str, *, indonesian: str | None = None) -> None:
        super().__init__(one_line(message))
        self.indonesian = one_line(indonesian) if indonesian else indonesian

    def in_language(self, language: Language) -> str:
        """Return the line in a language; the English one where there is none in Indonesian."""
        return self.indonesian if language == "id" and self.indonesian else str(self)


class PaperError(TanyaError):
    """A file that cannot be read as a paper."""
