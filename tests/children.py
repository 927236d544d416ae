"""What tests of child processes share: which were started, and whether one runs."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

Started = list[subprocess.Popen[bytes]]


def is_running(pid: int) -> bool:
    """Tell whether a process runs; one that has ended may wait for long to be asked how, where nobody does."""
    state = Path(f"/proc/{pid}/stat")
    try:
        if state.exists():
            return state.read_text().rpartition(")")[2].split()[0] != "Z"
        os.kill(pid, 0)
    except (ProcessLookupError, FileNotFoundError):
        return False
    return True


def wait_until_gone(pid: int) -> None:
    give_up = time.monotonic() + 20
    while is_running(pid):
        assert time.monotonic() < give_up
        time.sleep(0.05)
