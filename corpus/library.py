"""A library: a folder of papers, each kept as it was read, with a copy of its file.

Each paper has a sealed folder of its own under ``papers``, named by the hash of its file. It appears whole or not at
all, so that what was added stays, whenever the process or the machine stops; adding a file again only compares hashes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

import platformdirs

from corpus.errors import PaperError, TanyaError
from corpus.files import sealed_folder
from corpus.files.paths import folder_from_environment
from corpus.formats.decoding import parse_json
from corpus.formats.file import MAX_BYTES, read_bytes
from corpus.formats.registry import SUFFIXES
from corpus.guarded import read_guarded
from corpus.loading import BUNDLED_PAPER, check_searchable, load_paper
from corpus.metadata import Metadata, metadata_from_record
from corpus.paper import Paper
from corpus.printing import one_line
from corpus.records import from_record, to_record

logger = logging.getLogger(__name__)

FORMAT = 3
"""Raise it when papers are read or stored differently: papers of other formats are read again from their files."""

BUNDLED = "bundled"
"""The id of the bundled paper. Its folder holds only its entry: the paper and its annotations are the program's."""

SHORTEST_BEGINNING = 4
"""Characters of an id, at least, by which a paper can be named, if no other id begins with them."""

_ABOUT, _PAPER, _FILE = "about.json", "paper.json", "file"
_LISTED = 5  # papers that a name may mean; more are left out of the message

Change = Literal["added", "replaced", "renamed", "unchanged", "duplicate", "failed"]


class LibraryError(TanyaError):
    """A library, or a paper in it, cannot be read, written or found."""


class Entry(NamedTuple):
    """A paper of a library: ``id`` is the beginning of its file's SHA-256, ``name`` is the file's name.

    ``path`` is where the file was added from; ``pages`` and ``sentences`` are numbers of them.
    """

    id: str
    name: str
    path: str
    pages: int
    sentences: int
    metadata: Metadata

    @property
    def title(self) -> str:
        """The title in the file's metadata, or else the file's name."""
        return self.metadata.title or self.name

    def to_record(self) -> dict[str, Any]:
        """Return plain values."""
        return self._asdict() | {"metadata": self.metadata._asdict()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Entry:
        """Return the entry of a record of `to_record`. Raises ValueError, TypeError or KeyError for anything else."""
        return cls(**{**record, "metadata": metadata_from_record(record["metadata"])})


class Outcome(NamedTuple):
    """The result of adding a file.

    "duplicate": the library has the same content from another path, where the file still is. "renamed": it has, and
    the file is no longer there. "replaced": another paper was added from this path before, and is removed. ``problem``
    says why a file "failed".
    """

    path: Path
    change: Change
    entry: Entry | None = None
    problem: TanyaError | None = None


def default_library() -> Path:
    """Return the folder that ``TANYA_LIBRARY`` names, or else that of the user's own library; it may not exist yet.

    Raises TanyaError where it names the home folder of an unknown user.
    """
    return folder_from_environment("TANYA_LIBRARY", platformdirs.user_data_path("tanya") / "library")


class Library:
    """The papers in a folder. Several processes may read it and add to it at a time."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take a folder, which may not exist yet; None for the user's own library."""
        self.folder = folder or default_library()
        self._papers = self.folder / "papers"

    def entries(self) -> list[Entry]:
        """Return its papers, sorted by name. A damaged paper is repaired, or else left out and logged.

        Raises LibraryError where the folder cannot be read.
        """
        entries = []
        for folder in self._folders():
            try:
                entries.append(self._about(folder))
            except LibraryError as error:
                logger.warning("%s", error)
        return sorted(entries, key=lambda entry: (entry.name.casefold(), entry.id))

    def ids(self) -> list[str]:
        """Return the sorted ids of its papers, damaged or not. Raises LibraryError where the folder cannot be read."""
        return sorted(folder.name for folder in self._folders())

    def paper(self, paper_id: str) -> Paper:
        """Return a paper, after checking the hashes of its files.

        A damaged paper is read again from the copy of its file. Raises LibraryError where there is no such paper, or
        the copy is damaged too.
        """
        folder = self._folder(paper_id)
        if paper_id == BUNDLED:
            return replace(load_paper(), id=BUNDLED)
        problem = sealed_folder.problem(folder, _made_from(paper_id), thorough=True)
        if problem:
            logger.warning("The library's copy of %s cannot be used: %s; it is read anew", paper_id, problem)
            self._mend(folder)
        try:
            return replace(from_record(parse_json((folder / _PAPER).read_bytes())), id=paper_id)
        except (OSError, ValueError, TypeError, KeyError, IndexError) as error:
            raise _damaged(paper_id, str(error)) from error

    def file(self, paper_id: str) -> bytes:
        """Return the bytes of a paper's file. Raises LibraryError."""
        if paper_id == BUNDLED:
            return BUNDLED_PAPER.read_bytes()
        try:
            return (self._folder(paper_id) / _FILE).read_bytes()
        except OSError as error:
            raise _damaged(paper_id, error.strerror or str(error)) from error

    def damaged(self) -> dict[str, str]:
        """Return what is wrong with the damaged papers, by id, after checking the hashes of all files."""
        found = {f.name: sealed_folder.problem(f, _made_from(f.name), thorough=True) for f in self._folders()}
        return {paper_id: problem for paper_id, problem in found.items() if problem}

    def add(self, paths: Sequence[Path], *, max_bytes: int = MAX_BYTES) -> Generator[Outcome]:
        """Add files, and yield the outcome of each once it is stored; it can be stopped and repeated at any time.

        A file that cannot be read as a paper does not stop the rest. Raises LibraryError where nothing can be written.
        """
        sealed_folder.tidy(self._papers)
        known = {entry.id: entry for entry in self.entries()}
        for path in paths:
            try:
                outcome = self._add(path, known, max_bytes)
            except PaperError as error:
                outcome = Outcome(path, "failed", problem=error)
            if outcome.entry:
                known[outcome.entry.id] = outcome.entry
            yield outcome

    def add_bundled(self) -> Outcome:
        """Add the bundled paper, with its annotations. Raises LibraryError."""
        known = {entry.id: entry for entry in self.entries()}
        if BUNDLED in known:
            return Outcome(BUNDLED_PAPER, "unchanged", known[BUNDLED])
        return Outcome(BUNDLED_PAPER, "added", self._store(load_paper(), BUNDLED, "", {}))

    def remove(self, wanted: str) -> Entry:
        """Remove the paper that `only_one` finds, and return its entry. Raises LibraryError."""
        entry = only_one(wanted, self.entries())
        with self._writing():
            sealed_folder.remove(self._papers / entry.id)
        return entry

    def _add(self, path: Path, known: dict[str, Entry], max_bytes: int) -> Outcome:
        path = Path(os.path.abspath(path))  # noqa: PTH100 the path of a link itself, not of its target
        data = read_bytes(path, max_bytes)
        paper_id = _id_of(data)
        entry = known.get(paper_id)
        if entry is None or not sealed_folder.is_intact(self._papers / paper_id, _made_from(paper_id), thorough=True):
            return self._add_new(path, paper_id, data, known)
        if entry.path == str(path):
            return Outcome(path, "unchanged", entry)
        if entry.path and Path(entry.path).exists():
            return Outcome(path, "duplicate", entry)
        entry = entry._replace(name=one_line(path.name), path=str(path))
        paper = json.dumps(to_record(self.paper(entry.id)) | {"name": entry.name}, ensure_ascii=False)
        self._write(entry, {_PAPER: paper.encode(), _FILE: data})
        return Outcome(path, "renamed", entry)

    def _add_new(self, path: Path, paper_id: str, data: bytes, known: dict[str, Entry]) -> Outcome:
        entry = self._read(paper_id, str(path), str(path), data)
        former = next((other for other in known.values() if other.path == entry.path and other.id != paper_id), None)
        if former is None:
            return Outcome(path, "added", entry)
        with self._writing():
            sealed_folder.remove(self._papers / former.id)
        del known[former.id]
        return Outcome(path, "replaced", entry)

    def _read(self, paper_id: str, name: str, path: str, data: bytes) -> Entry:
        """Read a paper from a file's bytes and store both. Raises PaperError."""
        paper = read_guarded(name, data, max_bytes=len(data))
        check_searchable(paper)
        record = json.dumps(to_record(paper), ensure_ascii=False)
        return self._store(paper, paper_id, path, {_PAPER: record.encode(), _FILE: data})

    def _store(self, paper: Paper, paper_id: str, path: str, files: Mapping[str, bytes]) -> Entry:
        entry = Entry(paper_id, paper.name, path, len(paper.pages), len(paper.sentences), paper.metadata)
        self._write(entry, files)
        return entry

    def _write(self, entry: Entry, files: Mapping[str, bytes]) -> None:
        about = json.dumps(entry.to_record()).encode()  # in ASCII, for a path may hold what UTF-8 cannot

        def fill(folder: Path) -> None:
            for name, data in {_ABOUT: about, **files}.items():
                (folder / name).write_bytes(data)

        def holds(folder: Path) -> bool:
            return (folder / _ABOUT).read_bytes() == about

        with self._writing():
            sealed_folder.build(self._papers / entry.id, _made_from(entry.id), fill, holds=holds)

    def _mend(self, folder: Path) -> Entry:
        """Read a paper again from the copy of its file. Raises LibraryError."""
        name, path = _name_and_path(folder)
        if folder.name == BUNDLED:
            sealed_folder.remove(folder)
            return self._store(load_paper(), BUNDLED, "", {})
        try:
            data = (folder / _FILE).read_bytes()
            if _id_of(data) != folder.name:
                raise _damaged(name, "the file kept of it has changed")
            return self._read(folder.name, name, path, data)
        except (OSError, PaperError) as error:
            raise _damaged(name, getattr(error, "strerror", None) or str(error)) from error

    def _about(self, folder: Path) -> Entry:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            entry = Entry.from_record(parse_json((folder / _ABOUT).read_bytes()))
            if entry.id == folder.name and sealed_folder.is_intact(folder, _made_from(folder.name)):
                return entry
        return self._mend(folder)

    def _folder(self, paper_id: str) -> Path:
        folder = self._papers / paper_id
        if paper_id not in {known.name for known in self._folders()}:  # this also refuses ids such as "../.."
            raise _not_there(paper_id)
        return folder

    def _folders(self) -> list[Path]:
        try:
            return [folder for folder in self._papers.iterdir() if not folder.name.startswith(".")]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise LibraryError(f"The library {self.folder} cannot be read: {error.strerror}") from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Raise LibraryError in place of an OSError."""
        try:
            yield
        except OSError as error:
            raise LibraryError(
                f"The library {self.folder} cannot be written: {error.strerror or error}; "
                "free some room there, or choose another folder (--library, TANYA_LIBRARY)"
            ) from error


def _name_and_path(folder: Path) -> tuple[str, str]:
    """Return the name and the path of a damaged paper's file, if a file in it still has them, else id and ""."""
    for file in (_ABOUT, _PAPER):
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            record = parse_json((folder / file).read_bytes())
            if record.get("id") in (folder.name, "") and not sealed_folder.has_changed(folder, file):
                return str(record["name"]), str(record.get("path", ""))
    logger.warning("What %s was called is lost", folder.name)
    return folder.name, ""


def only_one(wanted: str, entries: Iterable[Entry]) -> Entry:
    """Return the entry with an id, a name, or an id that begins so, with at least `SHORTEST_BEGINNING` characters.

    Raises LibraryError where there is none, or there are several.
    """
    entries, name = list(entries), one_line(wanted)  # names are stored as `one_line` returns them
    begun = [entry for entry in entries if wanted and entry.id.startswith(wanted)]
    is_enough = len(wanted) >= SHORTEST_BEGINNING
    found = [e for e in begun if e.id == wanted]
    found = found or [e for e in entries if e.name == name or (is_enough and e in begun)]
    if len(found) == 1:
        return found[0]
    meant = [f"{entry.id} ({entry.name})" for entry in found or begun]
    ids = ", ".join([*meant[:_LISTED], "..."] if len(meant) > _LISTED else meant)
    if found:
        raise LibraryError(
            f'"{wanted}" may be any of these, give the id: {ids}',
            indonesian=f'"{wanted}" dapat berarti salah satu dari ini, berikan id-nya: {ids}',
        )
    if begun:
        raise LibraryError(
            f'"{wanted}" is too short for the beginning of an id, give {SHORTEST_BEGINNING} characters or more: {ids}',
            indonesian=f'"{wanted}" terlalu pendek untuk awal sebuah id, '
            f"berikan {SHORTEST_BEGINNING} karakter atau lebih: {ids}",
        )
    raise _not_there(wanted)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the paths of files unchanged, and for folders the papers anywhere in them, sorted.

    Papers are the files whose names end in one of `SUFFIXES`; files and folders whose names begin with a dot are left
    out. Raises LibraryError for a folder without papers.
    """
    found: list[Path] = []
    for path in paths:
        is_folder = os.path.isdir(path)  # noqa: PTH112 False, and no error, for a name that is too long
        named = sorted(_inside(path)) if is_folder else [path]
        if not named:
            raise LibraryError(f"{path}: no file in this folder ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}")
        found += named
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.casefold().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(where) / name


def _id_of(data: bytes) -> str:
    """Return the id of the paper in a file, given its bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def _made_from(paper_id: str) -> dict[str, Any]:
    return {"format": FORMAT, "paper": paper_id}


def _not_there(wanted: str) -> LibraryError:
    return LibraryError(
        f'No paper in the library is "{wanted}": `tanya list` names what is there',
        indonesian=f'Tidak ada "{wanted}" dalam kumpulan makalah: `tanya list` menyebut isinya',
    )


def _damaged(name: str, reason: str) -> LibraryError:
    return LibraryError(
        f"{name} is damaged in the library ({reason}): add its file again",
        indonesian=f"{name} rusak dalam kumpulan makalah ({reason}): tambahkan lagi berkasnya",
    )
