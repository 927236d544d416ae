"""Files that are given to be read as papers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import Final

from corpus.errors import PaperError
from corpus.files.whole import read_whole
from corpus.formats.zip import Parts
from corpus.pdf.scans import Progress

MAX_BYTES: Final = 50_000_000
"""Bytes of the largest file that is read, unless a caller sets another limit."""


@dataclass(frozen=True)
class File:
    """A file's content; ``name`` is what messages call it, ``progress`` is called while text in it is recognised."""

    name: str
    data: bytes
    progress: Progress | None = None

    @property
    def suffix(self) -> str:
        """The end of its name from the last full stop on, in small letters."""
        return PurePath(self.name).suffix.casefold()

    @cached_property
    def parts(self) -> Parts:
        """The parts of a zip file. Raises PaperError where it is damaged, too large, or no zip file."""
        return Parts(self.name, self.data)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return a paper file's bytes. Raises PaperError where it cannot be read or has more than ``max_bytes``."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise PaperError(
                f"{path}: a folder, not a file; give a paper's file",
                indonesian=f"{path}: ini folder, bukan berkas; berikan berkas sebuah makalah",
            )
        if size > max_bytes:
            raise too_large(
                str(path),
                size,
                max_bytes,
                remedy="raise it (max_bytes, --max-mb)",
                indonesian="naikkan batasnya (max_bytes, --max-mb)",
            )
        return read_whole(path, max_bytes)  # a pipe, which has no size beforehand, may still be too large
    except FileNotFoundError:
        raise PaperError(f"{path}: no such file", indonesian=f"{path}: berkas ini tidak ditemukan") from None
    except OSError as error:
        raise PaperError(
            f"{path}: cannot be read: {error.strerror}", indonesian=f"{path}: tidak dapat dibaca: {error.strerror}"
        ) from None


def too_large(name: str, size: int, limit: int, *, remedy: str, indonesian: str) -> PaperError:
    """Return the error for a file over a limit, both in bytes; the remedy is given in both languages."""
    size_id, limit_id = (f"{number:,}".replace(",", ".") for number in (size, limit))
    return PaperError(
        f"{name}: {size:,} bytes, over the limit of {limit:,}; {remedy}",
        indonesian=f"{name}: {size_id} byte, melebihi batas {limit_id}; {indonesian}",
    )
