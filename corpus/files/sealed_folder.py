"""Folders that are written once, appear whole or not at all, and show damage when they are opened.

A manifest beside the files records what they were made from, and the size, modification time and SHA-256 of each.
A quick check compares sizes and times, which takes less than a millisecond, and hashes the files whose time has
changed. It misses a change that leaves both alone, such as a failing disk may make; a ``thorough`` check hashes every
file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import shutil
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from corpus.files.whole import flush, locked, replaced
from corpus.formats.decoding import parse_json

logger = logging.getLogger(__name__)

MANIFEST = "manifest.json"
_PARTIAL = ".partial"


def size(folder: Path) -> int:
    """Return the bytes that a folder's files take; 0 where there is no such folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 in hex; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_intact(folder: Path, made_from: Mapping[str, Any], *, thorough: bool = False) -> bool:
    """Return whether the folder was made from exactly this, and all its files are there and unchanged."""
    return problem(folder, made_from, thorough=thorough) is None


def problem(  # noqa: PLR0911 one return for each kind of damage
    folder: Path, made_from: Mapping[str, Any] | None, *, thorough: bool = False
) -> str | None:
    """Return what is wrong with a folder: what is damaged, or differs in what it was made from; None if it is intact.

    ``made_from`` None accepts whatever it was made from. A quick check may update the times in the manifest; a
    ``thorough`` one changes nothing.
    """
    try:
        manifest = parse_json((folder / MANIFEST).read_text(encoding="utf-8"))
        wanted_from = manifest["made_from"] if made_from is None else made_from
        for key in sorted({*manifest["made_from"], *wanted_from}):
            found, wanted = manifest["made_from"].get(key), wanted_from.get(key)
            if found != wanted:
                return f"it was made from {key} {found!r}, not {wanted!r}"
        if not manifest["files"]:
            return f"{MANIFEST} names no files"
        touched = False
        for name, entry in manifest["files"].items():
            stat = (folder / name).stat()
            if stat.st_size != entry["size"]:
                return f"{name} has {stat.st_size} bytes, not {entry['size']}"
            moved = stat.st_mtime_ns != entry["mtime_ns"]
            if (moved or thorough) and sha256_of(folder / name) != entry["sha256"]:
                return f"{name} is not what was written"
            entry["mtime_ns"] = stat.st_mtime_ns
            touched |= moved
    except OSError as error:
        return f"{Path(error.filename or folder).name} cannot be read: {error.strerror}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"{MANIFEST} is not sound"
    if touched and not thorough:
        # A copied or restored folder is sound: with the new times, its next check is quick, unless it is read-only.
        with contextlib.suppress(OSError):
            _write_manifest(folder, manifest)
    return None


def has_changed(folder: Path, name: str) -> bool:
    """Return whether a file differs from its hash in the manifest; False where there is no sound manifest."""
    try:
        sealed = parse_json((folder / MANIFEST).read_text(encoding="utf-8"))["files"][name]["sha256"]
        return bool(sha256_of(folder / name) != sealed)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def build(
    folder: Path,
    made_from: Mapping[str, Any],
    fill: Callable[[Path], None],
    *,
    holds: Callable[[Path], bool] = Path.is_dir,
) -> None:
    """Have ``fill`` write a folder's files, unless a thorough check finds it intact and ``holds`` returns True for it.

    ``holds`` checks what the manifest cannot: what the files say. One process builds a folder at a time; the others
    wait, and then use what it built. The files are written under another name, flushed to disk and renamed, so that
    the folder appears whole or not at all, whenever the process or the machine stops. What earlier attempts left is
    removed. Raises OSError, and whatever ``fill`` raises.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(_lock(folder)):
        _remove_leftovers(folder)
        if is_intact(folder, made_from, thorough=True) and holds(folder):
            return
        partial = _partial_name(folder)
        try:
            partial.mkdir()
            fill(partial)
            _write_manifest(partial, {"made_from": dict(made_from), "files": _describe(partial)})
            for path in [*partial.rglob("*"), partial]:
                flush(path)
            if folder.exists():
                logger.info("%s is damaged or out of date and is made anew", folder)
                folder.rename(_partial_name(folder))
            partial.rename(folder)
            flush(folder.parent)
        finally:
            _remove_leftovers(folder)


def remove(folder: Path) -> None:
    """Remove a folder, whole or not at all: it is renamed first, and then deleted. Raises OSError."""
    with locked(_lock(folder)):
        folder.rename(_partial_name(folder))
        flush(folder.parent)
        _remove_leftovers(folder)


def tidy(parent: Path) -> None:
    """Delete the half-written and half-removed folders that stopped processes left in a folder."""
    for path in parent.glob(f".*{_PARTIAL}"):
        folder = parent / path.name[1 : -len(_PARTIAL)].rpartition(".")[0]
        with contextlib.suppress(OSError), locked(_lock(folder)):
            _remove_leftovers(folder)


def _lock(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.lock")


def _partial_name(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.{uuid.uuid4().hex}{_PARTIAL}")


def _remove_leftovers(folder: Path) -> None:
    """Delete half-written folders. Only the holder of the lock writes any, so none of them is in use."""
    for other in folder.parent.iterdir():
        if other.name.startswith(f".{folder.name}.") and other.name.endswith(_PARTIAL):
            if other.is_dir() and not other.is_symlink():
                shutil.rmtree(other, ignore_errors=True)
            else:
                other.unlink(missing_ok=True)


def _describe(folder: Path) -> dict[str, dict[str, Any]]:
    files = [(path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        file.relative_to(folder).as_posix(): {
            "size": stat.st_size,
            "mtime_ns": stat.st_mtime_ns,
            "sha256": sha256_of(file),
        }
        for file, stat in files
    }


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    own = folder / f"{MANIFEST}.{uuid.uuid4().hex}"  # two processes may note new times at once
    with replaced(folder / MANIFEST, scratch=own) as scratch:
        scratch.write_text(f"{json.dumps(manifest, indent=2)}\n", encoding="utf-8")
