"""The requirements, their locks, and what is installed of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from locking import audit, lock
from locking.lock import LOCKS, ROOT, pins, problems

FILES = [name for pair in LOCKS.items() for name in pair]


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the project's requirements and locks, looked at in place of the project."""
    for name in FILES:
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(lock, "ROOT", tmp_path)
    return tmp_path


def test_all_agree() -> None:
    assert [*problems()] == []
    assert len(pins((ROOT / "requirements.lock").read_text())) > 50


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        ("requirements.lock", "\npypdf==7.1.0", "\npypdf==7.0.0", "pypdf is 7.0.0, not 7.1.0 as in requirements.txt"),
        ("requirements.txt", "pypdf==7.1.0", "pypdf>=7.1.0", "pypdf>=7.1.0 is not pinned"),
        ("requirements.txt", "pypdf==7.1.0", "pypdf==7.0.0", "pypdf is installed as 7.1.0, not 7.0.0"),
        ("requirements.txt", "pypdf==7.1.0", "no-such-thing==1", "no-such-thing is None, not 1"),
        ("requirements.lock", "\nanyio==", "\nanyio==0", "anyio is 0"),
        ("requirements.lock", "--hash=sha256:", "--hash=md5:", "has no version or no hash"),
        ("requirements.lock", "\npypdf==", "\n--find-links x\npypdf==", "--find-links x has no version"),
        ("requirements.lock", "\ntorch==2.13.0", "\ntorch==2.13.0+cpu", "one machine only (+)"),
        ("requirements-dev.lock", "\npypdf==", "\npypdf @ file:///x\npypdf==", "one machine only (://)"),
    ],
)
def test_what_does_not_agree_is_told(copies: Path, name: str, old: str, new: str, wrong: str) -> None:
    text = (copies / name).read_text()
    assert old in text
    (copies / name).write_text(text.replace(old, new))
    told = [*problems()]
    assert any(wrong in line for line in told), told


def reported(monkeypatch: pytest.MonkeyPatch, told: str) -> tuple[int, list[str]]:
    done = subprocess.CompletedProcess[str]([], 0, told, "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    return audit.audit()


def packages(*entries: dict[str, Any]) -> str:
    return json.dumps({"dependencies": [{"name": "a", "version": "1"} | entry for entry in entries]})


@pytest.mark.parametrize("told", ["", "no network", packages({"skip_reason": "not found"}, {"vulns": []})])
def test_advisories_that_cannot_be_looked_up_are_not_passed_over(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    code, lines = reported(monkeypatch, told)
    assert code == 3
    assert lines[0] == "versions, locks and hashes agree"
    assert "could not be looked up" in lines[1]


def test_a_known_weakness(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"id": "PYSEC-1", "fix_versions": ["2"]}
    code, lines = reported(monkeypatch, packages({"vulns": [found]}, {"vulns": []}))
    assert (code, lines[0]) == (1, "a 1: PYSEC-1, mended in 2")


def test_no_known_weakness(monkeypatch: pytest.MonkeyPatch) -> None:
    code, lines = reported(monkeypatch, packages({"vulns": []}))
    assert (code, lines[-1]) == (0, "no known weakness in 1 packages")
