"""What is told to whoever visits the page says nothing of where things are on this machine."""

from __future__ import annotations

import re
from pathlib import Path

from corpus import TanyaError

_PATH = re.compile(r"(?<![\w:/.…])(?:/[^/\s'\"]+)+(/[^/\s'\"]*)")


def without_folders(text: str) -> str:
    """Return a text in which of each absolute path only the last name is left."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "/~")  # whose name may have spaces in it
    return _PATH.sub(r"…\1", text)


def for_everyone(error: TanyaError) -> TanyaError:
    """Return a problem as it may be told to everyone."""
    indonesian = error.indonesian and without_folders(error.indonesian)
    return TanyaError(without_folders(str(error)), indonesian=indonesian)
