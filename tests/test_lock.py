"""The requirements and the lock files that are made of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = {
    "requirements.lock": ["requirements.txt"],
    "requirements-dev.lock": ["requirements.txt", "requirements-cluster.txt", "requirements-dev.txt"],
}


def requirements(name: str) -> list[Requirement]:
    """Return what a file of requirements asks for itself, without the files that it includes."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("-r ")]


def locked(name: str) -> dict[str, str]:
    """Return the entry of each package in a lock file: its version and its hashes."""
    text = re.sub(r"^#.*\n", "", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    entries = [entry.partition("==") for entry in re.split(r"\n(?=\S)", text.strip())]
    return {canonicalize_name(package): entry for package, _, entry in entries}


def versions(name: str) -> dict[str, str]:
    return {package: entry.split()[0] for package, entry in locked(name).items()}


@pytest.mark.parametrize(("lock", "file"), [(lock, file) for lock, files in LOCKS.items() for file in files])
def test_a_lock_holds_what_is_required(lock: str, file: str) -> None:
    held = versions(lock)
    for required in requirements(file):
        assert [specifier.operator for specifier in required.specifier] == ["=="], f"{file}: {required} is not pinned"
        version = held[canonicalize_name(required.name)]
        assert required.specifier.contains(version), f"{lock}: {required.name} {version}, not {required}; make lock"


def test_the_tests_run_on_what_users_install() -> None:
    assert versions("requirements.lock").items() <= versions("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_no_address(lock: str) -> None:
    entries = locked(lock)
    assert len(entries) > 50
    for package, entry in entries.items():
        assert re.fullmatch(r"\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", entry), package
