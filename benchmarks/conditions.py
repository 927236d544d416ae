"""The conditions of a measurement: the commit, the processor, its load, and the versions of packages."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final

_ROOT = Path(__file__).parents[1]

_CPUINFO = Path("/proc/cpuinfo")
"""What Linux says of its processors, as ``lscpu`` reads it."""

_EXTENSIONS: Final = {"AVX512": "avx512f", "bf16": "avx512_bf16", "VNNI": "avx512_vnni", "AMX": "amx_tile"}
"""Extensions of a processor that make a network fast, by Linux's names."""


def commit() -> str:
    """Return the commit that is checked out, and whether anything has been changed since."""
    described = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    return subprocess.run(described, cwd=_ROOT, capture_output=True, text=True, check=True).stdout.strip()


def processor() -> str:
    """Return the processor's name, how many there are, and on Linux which extensions it has."""
    count = f"{os.cpu_count()} processors"
    if not _CPUINFO.exists():
        return f"{platform.processor()}, {count}"
    name, extensions = first_processor(_CPUINFO.read_text(encoding="utf-8"))
    return ", ".join(
        [name, count, *(f"{extension} {'yes' if there else 'no'}" for extension, there in extensions.items())]
    )


def first_processor(cpuinfo: str) -> tuple[str, dict[str, bool]]:
    """Return the name of the first processor that is listed, and whether it has each extension."""
    first = (line.partition(":") for line in cpuinfo.strip().split("\n\n")[0].splitlines())
    fields = {name.strip(): value.strip() for name, _, value in first}
    flags = fields.get("flags", "").split()
    return fields.get("model name", platform.machine()), {
        extension: flag in flags for extension, flag in _EXTENSIONS.items()
    }


def load() -> str:
    """Return how many processes wanted a processor, on average over 1, 5 and 15 minutes."""
    return " / ".join(f"{average:.2f}" for average in os.getloadavg())


def versions(packages: Iterable[str]) -> str:
    """Return packages with their versions; raises PackageNotFoundError for one that is not installed."""
    return ", ".join(f"{package} {version(package)}" for package in packages)
