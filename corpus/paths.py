"""Files and folders that a user names: home folders, and files that are read and written whole."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from corpus.errors import TanyaError
from corpus.sealed_folder import flush

MAX_LINES_BYTES: Final = 200_000_000
"""The most bytes read from a file of questions or verdicts: some 200,000 of the longest."""

_PART = 1_000_000  # bytes read at a time


def expand_home(name: str, *, told: str | None = None) -> Path:
    """Return a path, a home folder ("~", "~user") at its beginning told in full.

    Raises TanyaError, which calls the path as it is ``told``, if there is no such folder.
    """
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise TanyaError(f"{told or name}: no home folder of that name is known; give the whole path") from None


def folder_from_environment(variable: str, default: Path) -> Path:
    """Return the folder that an environment variable names, else the default; it may not exist. Raises TanyaError."""
    chosen = os.environ.get(variable, "").strip()
    return expand_home(chosen, told=f"{variable}={chosen}").absolute() if chosen else default


def read_whole(path: Path, max_bytes: int = MAX_LINES_BYTES) -> bytes:
    """Return a file's bytes. Raises OSError, also where there are more than ``max_bytes``: a device may have no end."""
    data = bytearray()
    with path.open("rb") as file:
        while part := file.read(_PART):
            data += part
            if len(data) > max_bytes:
                raise OSError(errno.EFBIG, f"over the limit of {max_bytes:,} bytes")
    return bytes(data)


def write_problem(path: Path) -> str | None:
    """Say why no file can be written at a path by `write_whole`; None where one can. Nothing is left there."""
    try:
        kind = _kind(path)
        if kind is not None and not stat.S_ISREG(kind):
            return "it is a folder" if stat.S_ISDIR(kind) else "it is no ordinary file"
        if not path.parent.is_dir():
            return f"there is no folder {path.parent}"
        _kind(_scratch(path))  # whose name may be too long where the path's is not
        with tempfile.TemporaryFile(dir=path.parent):
            return None
    except OSError as error:
        return error.strerror or str(error)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole, or as it was before. Raises OSError."""
    scratch = _scratch(path)
    try:
        scratch.write_bytes(data)
        flush(scratch)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _scratch(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _kind(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
