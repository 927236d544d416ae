"""Lock files: every package that a requirements file leads to, with its version and the hashes of its files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]

LOCKS: Final = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}
"""Which file is the lock of which."""

TORCH_INDEX: Final = "https://download.pytorch.org/whl/cpu"
"""Where PyTorch has the CPU builds for Linux; PyPI's are for CUDA, and have other hashes."""

_HEAD = """\
# {requirements} and all that it leads to, with the SHA-256 of each file that may be installed. Made by "make lock" on
# Linux (x86-64) with Python 3.11, and good for that; of torch only the CPU build is in it. To install just this:
#     pip install --require-hashes --extra-index-url {torch} -r {lock}
"""
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
_OF_ONE_MACHINE = re.compile(r"://|^\s*-|[+]|/", re.MULTILINE)
"""Options, addresses, paths and builds, which hold for one machine only; a hash is looked at apart."""


class Resolved(NamedTuple):
    """A package as pip would install it here; ``version`` is the public one, without the name of a build."""

    name: str
    version: str
    sha256: str


def pins(text: str) -> dict[str, str]:
    """Return the versions in a requirements or lock file, by the packages' normalized names (PEP 503)."""
    return {_plain(name): pinned for name, pinned in _PIN.findall(text)}


def renew(requirements: str) -> None:
    """Write the lock of a requirements file anew; needs the package index. Raises CalledProcessError."""
    resolved = list(_resolved(ROOT / requirements))
    wanted = "".join(f"{package.name}=={package.version}\n" for package in resolved)
    options = ["--no-deps", "--universal", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]
    command = [sys.executable, "-m", "uv", "pip", "compile", *options, "-"]
    told = subprocess.run(command, input=wanted, capture_output=True, text=True, check=True).stdout
    for package in resolved:
        # A build that the index does not have stands alone: pip would prefer the index's own, which leads to others.
        if package.sha256 not in told:
            found = re.search(rf"^{re.escape(package.name)}==.*(\n +--hash=.*)+", told, re.MULTILINE)
            entry = f"{package.name}=={package.version} \\\n    --hash=sha256:{package.sha256}"
            told = told.replace(found[0], entry) if found else f"{told}{entry}\n"
    lock = LOCKS[requirements]
    (ROOT / lock).write_text(
        _HEAD.format(requirements=requirements, lock=lock, torch=TORCH_INDEX) + told, encoding="utf-8"
    )


def problems() -> Iterator[str]:
    """Yield what does not agree, a line each: the requirements files, their locks, and what is installed of them."""
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for pair in LOCKS.items() for name in pair}
    for requirements, lock in LOCKS.items():
        locked = pins(texts[lock])
        for name, wanted in pins(texts[requirements]).items():
            if locked.get(name) != wanted:
                yield f"{lock}: {name} is {locked.get(name)}, not {wanted} as in {requirements}; make lock"
            if _installed(name) != wanted:
                yield f"{name} is installed as {_installed(name)}, not {wanted}; pip install -r {requirements}"
        for line in texts[requirements].splitlines():
            if (line := line.partition("#")[0].strip()) and not line.startswith("-r ") and not _PIN.match(line):
                yield f"{requirements}: {line} is not pinned with =="
        yield from _faults(lock, texts[lock])
    runs, tests = (pins(texts[lock]) for lock in LOCKS.values())
    for name in runs:
        if tests.get(name) != runs[name]:
            yield f"{name} is {runs[name]} in one lock and {tests.get(name)} in the other; make lock"


def _faults(lock: str, text: str) -> Iterator[str]:
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    entries = re.split(r"\n(?=\S)", body.strip())
    for entry in entries:
        if not _PIN.match(entry) or not _HASH.search(entry):
            yield f"{lock}: {entry.splitlines()[0]} has no version or no hash; make lock"
        if found := _OF_ONE_MACHINE.search(_HASH.sub("", entry)):
            yield f"{lock}: {entry.splitlines()[0]} holds for one machine only ({found[0]}); make lock"


def _resolved(requirements: Path) -> Iterator[Resolved]:
    options = ["--dry-run", "--ignore-installed", "--quiet", "--disable-pip-version-check", "--report", "-"]
    options += ["--extra-index-url", TORCH_INDEX]
    command = [sys.executable, "-m", "pip", "install", *options, "-r", str(requirements)]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for package in sorted(report["install"], key=lambda package: _plain(package["metadata"]["name"])):
        metadata, archive = package["metadata"], package["download_info"]["archive_info"]
        public = metadata["version"].partition("+")[0]
        yield Resolved(_plain(metadata["name"]), public, archive["hashes"]["sha256"])


def _installed(name: str) -> str | None:
    try:
        return version(name).partition("+")[0]
    except PackageNotFoundError:
        return None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
