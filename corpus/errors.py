"""What goes wrong in a way the user can mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.printing import one_line

if TYPE_CHECKING:
    from corpus.language import Language


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
