"""Messages to visitors do not reveal the folders of this machine."""

from __future__ import annotations

import re
from pathlib import Path

from corpus import TanyaError

_PATH = re.compile(r"(?<![\w:/.…])(?:/[^/\s'\"]+)+(/[^/\s'\"]*)")


def without_folders(text: str) -> str:
    """Return a text in which each absolute path is reduced to its last part."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "/~")  # the name of this folder may have spaces, which the pattern does not match
    return _PATH.sub(r"…\1", text)


def for_everyone(error: TanyaError) -> TanyaError:
    """Return a problem without folders, as any visitor may see it."""
    indonesian = error.indonesian and without_folders(error.indonesian)
    return TanyaError(without_folders(str(error)), indonesian=indonesian)
