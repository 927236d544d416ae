"""Paths that a user names."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.errors import TanyaError


def expand_home(name: str, *, shown: str | None = None) -> Path:
    """Return a path with a home folder at its beginning ("~", "~user") written out.

    Raises TanyaError where there is no such folder; its message shows ``shown`` in place of the name.
    """
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise TanyaError(f"{shown or name}: no home folder of that name is known; give the whole path") from None


def folder_from_environment(variable: str, default: Path) -> Path:
    """Return the folder that an environment variable names, else the default; it may not exist. Raises TanyaError."""
    chosen = os.environ.get(variable, "").strip()
    return expand_home(chosen, shown=f"{variable}={chosen}").absolute() if chosen else default
