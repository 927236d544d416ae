"""Child processes in Python that work within limits, and end when their parent does."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

from corpus.errors import PaperError

OUT_OF_MEMORY: Final = 71
"""The exit code of a child that needed more memory than it may take; nothing else exits with it."""

_ORPHANED = 72
_ROOT = Path(__file__).parents[1]
_OPEN_FILES = 32  # Python itself needs some of them to find its modules
_LOOK = 0.1  # seconds between checks that the parent is still there


def child_options(module: str) -> dict[str, Any]:
    """Return the arguments for ``subprocess.Popen`` that run a module's ``main``, with its output in a pipe.

    The child imports nothing from the current folder.
    """
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        "args": [sys.executable, "-P", "-c", f"from {module} import main; main()"],
        "env": os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        "stdout": subprocess.PIPE,
        "stderr": subprocess.DEVNULL,
    }


def how_it_ended(code: int) -> str:
    """Return an exit code, or the signal that a negative one stands for, as text."""
    return f"exit code {code}" if code >= 0 else f"signal {-code}, {signal.strsignal(-code)}"


def live_within(parent: int, *, memory: int, seconds: int | None = None) -> None:
    """Limit this process, a child, to bytes of memory and seconds of CPU time, and end it when its parent ends.

    It may have few files open, and write none.
    """
    threading.Thread(target=_watch, args=(parent, memory), daemon=True).start()
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _lower(resource.RLIMIT_DATA, memory)  # limits all allocations on Linux, next to none on macOS: see _watch
    if seconds is not None:
        _lower(resource.RLIMIT_CPU, seconds, seconds + 1)  # SIGXCPU at the first, SIGKILL at the second


def answer_of(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what a child's work returns, or what went wrong with it, for the parent. Raises MemoryError.

    A PaperError becomes its line in both languages ("error", "indonesian"), any other its type and its traceback
    ("broken", "trace").
    """
    try:
        return work()
    except PaperError as error:
        return {"error": str(error), "indonesian": error.indonesian}
    except MemoryError:
        raise
    except Exception as error:
        return {"broken": type(error).__name__, "trace": traceback.format_exc()}


def give_up_for_memory() -> NoReturn:
    """End this process, a child, at once: there may be no memory left for an orderly end."""
    os._exit(OUT_OF_MEMORY)


def _lower(limit: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, but never above the present one."""
    most = resource.getrlimit(limit)[1]
    if most == resource.RLIM_INFINITY:
        most = sys.maxsize
    resource.setrlimit(limit, (min(soft, most), min(soft if hard is None else hard, most)))


def _watch(parent: int, memory: int) -> NoReturn:
    """End this process when its parent is gone, or when it is too large on a system without a limit for that."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes: the unit of ru_maxrss
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # on Linux, a child starts with its parent's peak
    while True:
        time.sleep(_LOOK)
        if os.getppid() != parent:
            if os.getpgrp() == os.getpid():
                os.killpg(0, signal.SIGKILL)  # and with it what it has started
            os._exit(_ORPHANED)
        if (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began) * unit > memory:
            give_up_for_memory()
