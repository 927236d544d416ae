"""Known weaknesses of the locked packages, by pip-audit: which must be able to ask for them, or has said nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from locking.lock import LOCKS, ROOT, problems


def audit() -> tuple[int, list[str]]:
    """Return an exit code and what to tell: 1 for what is wrong, 3 where the advisories could not be looked up."""
    unequal = [*problems()]
    lock = ROOT / [*LOCKS.values()][-1]  # which holds the other
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner=off", "-f=json"]
    done = subprocess.run([*command, "-r", str(lock)], capture_output=True, text=True, check=False)
    packages = _packages(done.stdout)
    weak = [*weaknesses(packages)]
    told = [*weak, *(unequal or ["versions, locks and hashes agree"])]
    missed = sum("vulns" not in package for package in packages)
    if missed or not packages:
        which = f"{missed} of {len(packages)} packages" if packages else "all packages"
        told.append(f"advisories of {which} could not be looked up; run this again where PyPI's can be reached")
    elif not weak:
        told.append(f"no known weakness in {len(packages)} packages")
    return 1 if weak or unequal else 3 if missed or not packages else 0, told


def weaknesses(packages: list[dict[str, Any]]) -> Iterator[str]:
    """Yield pip-audit's findings, a line each."""
    for package in packages:
        for found in package.get("vulns", ()):
            mended = ", ".join(found["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']}: {found['id']}, mended in {mended}"


def _packages(told: str) -> list[dict[str, Any]]:
    try:
        return list(json.loads(told)["dependencies"])
    except (ValueError, KeyError):
        return []
