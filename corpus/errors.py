"""Errors that the user can do something about: this project's own, and a lack of memory in those of libraries."""

from __future__ import annotations

import errno
import re
from typing import Final

from corpus.language import Language
from corpus.printing import one_line

_NO_MEMORY: Final = re.compile(
    r"(can't|cannot|failed to) allocate|not enough memory|bad_alloc|can't start new thread", re.IGNORECASE
)
"""Messages of ONNX Runtime, torch, safetensors and Python's threads."""


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


def is_lack_of_memory(error: BaseException) -> bool:
    """Return whether an error says that there is too little memory, which libraries report in different ways."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or bool(_NO_MEMORY.search(str(error)))
