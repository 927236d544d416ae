"""A folder of files that is made once, put in place whole, and known for damaged when it is.

A manifest beside the files says what they were made from and gives each one's size, time and SHA-256. Opening
looks at sizes and times only, which takes less than a millisecond; a file whose time has changed is hashed.
That misses a change that leaves both alone, as a failing disk may make: ``thorough`` hashes every file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.formats.decoding import parse_json

logger = logging.getLogger(__name__)

MANIFEST = "manifest.json"
_PARTIAL = ".partial"


def size(folder: Path) -> int:
    """Return how many bytes the files of a folder have, 0 for one that is not there."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 in hex; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_intact(folder: Path, made_from: Mapping[str, Any], *, thorough: bool = False) -> bool:
    """Tell whether the folder was made from just this, and none of its files has gone or changed since."""
    return problem(folder, made_from, thorough=thorough) is None


def problem(  # noqa: PLR0911 one return for each thing that can be wrong
    folder: Path, made_from: Mapping[str, Any] | None, *, thorough: bool = False
) -> str | None:
    """Say what of the folder is not as it was made, or was made from something else; None for an intact one.

    ``made_from`` None: whatever it was made from. A ``thorough`` look changes nothing, another one may note new times.
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
        # A copied or restored folder: sound, so let the next opening be quick; a read-only one stays slow.
        with contextlib.suppress(OSError):
            _write_manifest(folder, manifest)
    return None


def has_changed(folder: Path, name: str) -> bool:
    """Tell whether one file is known not to be as it was written; of what has no sound seal, nothing is known."""
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
    thorough: bool = False,
    holds: Callable[[Path], bool] = Path.is_dir,
) -> None:
    """Have ``fill`` write the folder's files, unless another process has done so when it is our turn.

    An intact folder is left alone, as long as it ``holds`` what is wanted: the part of it that no seal can tell.

    The files are written under another name, flushed to disk and renamed, so that the folder is there whole
    or not at all, whenever the process or machine stops. What earlier attempts left is removed. Raises
    OSError, and whatever ``fill`` raises.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.with_name(f".{folder.name}.lock")):
        _remove_leftovers(folder)
        if is_intact(folder, made_from, thorough=thorough) and holds(folder):
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
    """Remove a folder, whole or not at all: once it has another name it is gone, whenever the rest goes. OSError."""
    with locked(folder.with_name(f".{folder.name}.lock")):
        folder.rename(_partial_name(folder))
        flush(folder.parent)
        _remove_leftovers(folder)


def tidy(parent: Path) -> None:
    """Remove what stopped processes left, half-written or half-removed, of the folders in a folder."""
    for path in parent.glob(f".*{_PARTIAL}"):
        folder = parent / path.name[1 : -len(_PARTIAL)].rpartition(".")[0]
        with contextlib.suppress(OSError), locked(folder.with_name(f".{folder.name}.lock")):
            _remove_leftovers(folder)


def _partial_name(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.{uuid.uuid4().hex}{_PARTIAL}")


def _remove_leftovers(folder: Path) -> None:
    """Remove half-written folders; only who holds the lock writes any, so none of them is in use."""
    for other in folder.parent.iterdir():
        if other.name.startswith(f".{folder.name}.") and other.name.endswith(_PARTIAL):
            if other.is_dir() and not other.is_symlink():
                shutil.rmtree(other, ignore_errors=True)
            else:
                other.unlink(missing_ok=True)


def _describe(folder: Path) -> dict[str, dict[str, Any]]:
    entries = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        stat = file.stat()
        entries[file.relative_to(folder).as_posix()] = {
            "size": stat.st_size,
            "mtime_ns": stat.st_mtime_ns,
            "sha256": sha256_of(file),
        }
    return entries


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    scratch = folder / f"{MANIFEST}.{uuid.uuid4().hex}"
    try:
        scratch.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        scratch.replace(folder / MANIFEST)
    finally:
        scratch.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Force a file or folder to disk: a rename may otherwise outlive a power cut that the contents do not."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of when the process ends, however it ends."""
    import fcntl  # not on Windows, for which the packed weights are not published either

    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            logger.info("Waiting for another process that is preparing %s", path.parent)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
