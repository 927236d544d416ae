"""Recognises a lack of memory in the errors of libraries, which report it in different ways."""

from __future__ import annotations

import errno
import re
from typing import Final

_MESSAGES: Final = re.compile(
    r"(can't|cannot|failed to) allocate|not enough memory|bad_alloc|can't start new thread", re.IGNORECASE
)
"""Messages of ONNX Runtime, torch, safetensors and Python's threads."""


def is_lack_of_memory(error: BaseException) -> bool:
    """Return whether an error says that there is too little memory."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or bool(_MESSAGES.search(str(error)))
