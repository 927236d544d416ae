"""Processes that do a piece of work, to be killed at any moment, without the seconds that starting one costs.

A nursery imports everything once and forks a child for each piece of work, before any thread was started in it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).parents[2]
_NURSERY = """
import json, os, sys
from tests.faults import workers
print("ready", flush=True)
for line in sys.stdin:
    name, log, paths = json.loads(line)
    child = os.fork()
    if not child:
        os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
        os.dup2(1, 2)
        os._exit(workers.run(name, paths))
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Ended(NamedTuple):
    """How a piece of work ended: its exit code, negative if a signal ended it, its seconds, and what it wrote."""

    code: int
    seconds: float
    told: str


class Nursery:
    """Runs one piece of work at a time."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "nursery.log"
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._line() == "ready"

    def run(self, name: str, *paths: Path, kill_after: float | None = None) -> Ended:
        """Have a piece of work done, or killed after so many seconds."""
        self.begin(name, *paths)
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.child, signal.SIGKILL)
        return self.end()

    def begin(self, name: str, *paths: Path) -> None:
        """Have a piece of work begun."""
        self._log.unlink(missing_ok=True)
        assert self._process.stdin
        print(json.dumps([name, str(self._log), [str(path) for path in paths]]), file=self._process.stdin, flush=True)
        self._began = time.perf_counter()
        self.child = int(self._line())

    def end(self) -> Ended:
        """Wait for the work that was begun."""
        code = int(self._line())
        told = self._log.read_text(encoding="utf-8") if self._log.exists() else ""
        return Ended(code, time.perf_counter() - self._began, told)

    def close(self) -> None:
        """End the nursery."""
        self._process.communicate(timeout=60)

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@contextlib.contextmanager
def nurseries(count: int, folder: Path) -> Iterator[list[Nursery]]:
    """Have several pieces of work done at once."""
    made = []
    try:
        for number in range(count):
            (folder / str(number)).mkdir(parents=True)
            made.append(Nursery(folder / str(number)))
        yield made
    finally:
        for nursery in made:
            nursery.close()


def moments(count: int, seed: int) -> list[float]:
    """Return random moments, as shares of a piece of work, spread over all of it."""
    random = np.random.default_rng(seed)
    return [float(share) for share in (np.arange(count) + random.random(count)) / count]


def leftovers(folder: Path) -> list[str]:
    """Return the files and folders that only work under way has."""
    names: Sequence[str] = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return [name for name in names if name.endswith((".partial", ".new")) or "manifest.json." in name]


def contents(folder: Path) -> dict[str, bytes]:
    """Return what is in the files of a folder, apart from seals, which hold times, and locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and not path.name.endswith(".lock")
    }
