"""Files that are read with a limit, files that are written whole or not at all, and locks between processes."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import logging
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

logger = logging.getLogger(__name__)

MAX_LINES_BYTES: Final = 200_000_000
"""The most bytes read from a file of questions or verdicts: some 200,000 of the longest."""

_PART: Final = 1_000_000
"""Bytes read at a time."""


def read_whole(path: Path, max_bytes: int = MAX_LINES_BYTES) -> bytes:
    """Return a file's bytes. Raises OSError, also for more than ``max_bytes``: a pipe or a device may have no end."""
    data = bytearray()
    with path.open("rb") as file:
        while part := file.read(_PART):
            data += part
            if len(data) > max_bytes:
                raise OSError(errno.EFBIG, f"over the limit of {max_bytes:,} bytes")
    return bytes(data)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that, even after a crash, it has either its new content or its former one. Raises OSError."""
    with replaced(path) as scratch:
        scratch.write_bytes(data)


@contextlib.contextmanager
def replaced(path: Path, *, scratch: Path | None = None) -> Iterator[Path]:
    """Yield the path of a scratch file beside a file, and rename it to that file at the end of the context.

    After an error, or a crash, the file is as it was. Where several processes may write it at a time, each has to give
    a ``scratch`` path of its own. Raises OSError.
    """
    scratch = scratch or _scratch(path)
    try:
        yield scratch
        flush(scratch)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def write_problem(path: Path) -> str | None:
    """Return why `write_whole` cannot write a file; None where it can. Nothing is written."""
    try:
        with contextlib.suppress(FileNotFoundError):
            kind = path.stat().st_mode
            if not stat.S_ISREG(kind):
                return "it is a folder" if stat.S_ISDIR(kind) else "it is no ordinary file"
        if not path.parent.is_dir():
            return f"there is no folder {path.parent}"
        with contextlib.suppress(FileNotFoundError):
            _scratch(path).stat()  # its name may be too long where the path's is not
        with tempfile.TemporaryFile(dir=path.parent):
            return None
    except OSError as error:
        return error.strerror or str(error)


def flush(path: Path) -> None:
    """Force a file or folder to disk: after a power cut, a rename may otherwise be there and the content not."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[TextIO]:
    """Lock a file against other processes, and yield it opened for appending; it is made where it does not exist.

    The system releases the lock when the process ends, however it ends. Raises BlockingIOError where another process
    holds the lock and ``wait`` is false.
    """
    with path.open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise
            logger.info("Waiting for another process that is preparing %s", path.parent)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _scratch(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")
