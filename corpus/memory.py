"""Telling a lack of memory from other failures: libraries say it in ways of their own."""

from __future__ import annotations

import errno
import re
from typing import Final

_SAID: Final = re.compile(r"(can't|cannot|failed to) allocate|not enough memory|can't start new thread", re.IGNORECASE)
"""As torch, safetensors and Python's threads say it."""


def is_lack_of_memory(error: BaseException) -> bool:
    """Tell whether an error says that there is too little memory."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and bool(_SAID.search(str(error))))
