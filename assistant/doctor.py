"""Checks an installation, and says what to do about each problem. Nothing is loaded, mended or changed.

Every kept file is read whole, which takes a second or two.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple

from assistant.reader import WEIGHTS
from corpus import TanyaError, load_paper
from corpus.library import Library
from corpus.pdf.recognition import INSTALL, is_installed
from index import ModelError, StoreError, e5_small
from index.backend_choice import LOCAL
from index.backend_choice import examine as examine_backend
from index.cache import cache_folder
from index.embedder import InstalledModel
from index.library_index import PASSAGES, folder_for
from index.local_backend import examine_local
from index.model_memory import NEEDED, NEEDED_MB
from index.store import kept_problems

MODEL_MB: Final = 490
"""Size of the unpacked model on disk."""

SPARE_MB: Final = 100
"""Room for indexes and answers."""

_REQUIREMENTS: Final = Path(__file__).parents[1] / "requirements.txt"
"""The requirements if Tanya runs from its folder, without being installed."""

_MEMORY: Final = Path("/proc/meminfo")
_LISTED: Final = 3  # problems of one kind that are listed; the rest is counted

State = Literal["ok", "warning", "problem"]


class Check(NamedTuple):
    """The result of checking one thing. ``remedy`` says what to do about it, "" for nothing."""

    about: str
    state: State
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        message = f"{self.message}; {self.remedy}" if self.remedy else self.message
        return f"{self.state:8} {self.about}: {message}"

    def to_record(self) -> dict[str, str]:
        """Return the check as `tanya doctor --json` prints it."""
        return {"about": self.about, "state": self.state, "told": self.message, "remedy": self.remedy}


def examine(library: Library | None = None, *, index: str = LOCAL) -> Iterator[Check]:
    """Check the installation, and a library with its index. Yield each result as soon as it is there."""
    yield from _versions()
    model = list(_model())
    yield from model
    yield from _index()
    yield _reader()
    yield _recognition()
    if library:
        yield from _library(library)
        yield from _searched(library) if index == LOCAL else [Check(*examine_backend(index))]
    yield _disk("disk for the cache", cache_folder(), SPARE_MB + MODEL_MB * (model[0].state != "ok"))
    if library:
        yield _disk("disk for the library", library.folder, SPARE_MB)
    yield _memory()


def _versions() -> Iterator[Check]:
    yield Check("Python", "ok", platform.python_version())  # Tanya's modules cannot be imported in an older one
    missing, other = [], []
    pinned = dict(_pinned())
    for package, version in pinned.items():
        try:
            found = importlib.metadata.version(package).partition("+")[0]  # "+cpu" is a way to build it
        except importlib.metadata.PackageNotFoundError:
            missing.append(package)
            continue
        if found != version:
            other.append(f"{package} {found}, not {version}")
    remedy = "install Tanya again, or run: pip install -r requirements.txt"
    if missing:
        yield Check("packages", "problem", f"{', '.join(missing)} not installed", remedy)
    if other:
        yield Check("packages", "warning", ", ".join(other), remedy)
    if not missing and not other:
        yield Check("packages", "ok", f"all {len(pinned)} as pinned")


def _pinned() -> Iterator[tuple[str, str]]:
    """Yield the name and the version of each package that Tanya requires; extras are left out."""
    try:
        required = importlib.metadata.requires("tanya") or []
    except importlib.metadata.PackageNotFoundError:
        required = _REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    for line in required:
        package, pinned, version = line.partition("#")[0].strip().partition("==")
        if pinned and "extra ==" not in version:
            yield package, version


def _model() -> Iterator[Check]:
    try:
        problem = e5_small.model_problem()
    except ModelError as error:
        yield Check("model", "warning", str(error), "the first question, or tanya prepare, does that")
    else:
        if not problem:
            yield Check("model", "ok", "unpacked and intact")
            return
        yield Check("model", "problem", problem, "run: tanya prepare")
    source = e5_small.source_problem()  # without it the model can be neither unpacked nor mended
    if source:
        yield Check("packed model", "problem", source)


def _index() -> Iterator[Check]:
    try:
        problems = kept_problems(load_paper(), InstalledModel())
    except StoreError as error:
        yield Check("index", "warning", str(error), "the first question, or tanya prepare, does that (minutes)")
        return
    for problem in problems:
        yield Check("index", "problem", problem, "run: tanya prepare")
    if not problems:
        yield Check("index", "ok", "built and intact")


def _reader() -> Check:
    import safetensors

    try:
        with safetensors.safe_open(WEIGHTS, framework="numpy") as weights:
            count = len(list(weights.keys()))
    except (OSError, safetensors.SafetensorError) as error:
        return Check("reader", "problem", f"{WEIGHTS} cannot be read ({error})", "get the project's files again")
    return Check("reader", "ok", f"{count} tensors of weights")


def _recognition() -> Check:
    if is_installed():
        return Check("text recognition", "ok", "installed; scanned PDFs are read")
    return Check("text recognition", "ok", "not installed, which is needed for scanned PDFs only", f"run: {INSTALL}")


def _library(library: Library) -> Iterator[Check]:
    try:
        papers, damaged = library.ids(), library.damaged()
    except TanyaError as error:
        yield Check("library", "problem", str(error), "see that the folder is there and may be read")
        return
    if not papers:
        message = f"there are no papers in {library.folder}"
        yield Check("library", "warning", message, "add some: tanya add FILE|FOLDER")
        return
    if damaged:
        listed = _listed([f"{paper} ({problem})" for paper, problem in damaged.items()])
        remedy = "tanya prepare --library mends what it can, and says which files to add again"
        yield Check("library", "problem", f"{len(damaged)} of {len(papers)} papers damaged: {listed}", remedy)
    else:
        yield Check("library", "ok", f"{len(papers)} papers, all intact")


def _searched(library: Library) -> Iterator[Check]:
    try:
        papers = set(library.ids())
        held, problems = examine_local(folder_for(library, InstalledModel()) / PASSAGES)
    except (TanyaError, OSError) as error:
        yield Check("library's index", "problem", str(error), "see that the folder may be read")
        return
    remedy = "the next question to it does that, or run: tanya prepare --library"
    if problems:
        yield Check("library's index", "problem", _listed(problems), f"it is to be made anew: {remedy}")
    elif new := len(papers - held):
        yield Check("library's index", "warning", f"{new} of {len(papers)} papers not yet encoded", remedy)
    elif papers:
        yield Check("library's index", "ok", "holds all papers")


def _disk(about: str, folder: Path, needed: int) -> Check:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    message = f"{free:,} MB free in {folder}"
    if free < needed:
        return Check(about, "problem", message, f"make room: {needed} MB are needed")
    if not os.access(there, os.W_OK):
        remedy = "what is there is opened, nothing is made"
        return Check(about, "warning", f"{message}, which cannot be written", remedy)
    return Check(about, "ok", message)


def _memory() -> Check:
    try:
        lines = dict(line.split(":") for line in _MEMORY.read_text(encoding="ascii").splitlines())
        free = int(lines["MemAvailable"].split()[0]) // 1000
    except (OSError, ValueError, KeyError):
        return Check("memory", "ok", "this system does not say how much is available")
    if free < NEEDED_MB:
        return Check("memory", "warning", f"{free:,} MB available", f"close something: {NEEDED} are needed")
    return Check("memory", "ok", f"{free:,} MB available")


def _listed(problems: list[str]) -> str:
    more = f", and {len(problems) - _LISTED} more" if len(problems) > _LISTED else ""
    return ", ".join(problems[:_LISTED]) + more
