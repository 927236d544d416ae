"""A child process: where it looks for modules, and what it may take."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.child import how_it_ended

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("seconds", "work"), [("7", "(7, 8)"), ("None", None)], ids=["so long", "without end"])
def test_it_is_limited_and_writes_no_files(seconds: str, work: str | None, tmp_path: Path) -> None:
    code = (
        "import os, resource as r, sys\n"
        "from corpus.child import live_within\n"
        "before = r.getrlimit(r.RLIMIT_CPU)\n"
        f"live_within(os.getppid(), memory=600_000_000, seconds={seconds})\n"
        "print([r.getrlimit(of) for of in (r.RLIMIT_DATA, r.RLIMIT_FSIZE, r.RLIMIT_CORE)])\n"
        "print(r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_CPU) == before)\n"
        "try:\n    open(sys.argv[1], 'w', buffering=1).write('x\\n')\nexcept OSError as e: print(type(e).__name__)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "made")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    others, of_work, written = done.stdout.splitlines()
    assert (others, written) == (str([(600_000_000, 600_000_000), (0, 0), (0, 0)]), "OSError")
    assert of_work.endswith(" True") if work is None else of_work == f"{work} False"


def test_how_it_ended_in_words() -> None:
    assert how_it_ended(3) == "exit code 3"
    assert how_it_ended(-11).startswith("signal 11, Segmentation fault")
