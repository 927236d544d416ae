"""Papers from anywhere, read in a child process that has limits of its own.

A PDF of some hundred bytes can ask for days of work or for all of a machine's memory, and no reader of PDFs is proof
against all of them. So the file is read by another Python, ``python -m corpus.guarded``, which may take only so much of
either and is ended otherwise. It gets the file by a pipe and gives the paper back by another one, as JSON
(`corpus.records`), never as anything that could run; it writes no files.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any, Final, NoReturn

from corpus.errors import PaperError
from corpus.loading import MAX_BYTES, read_paper
from corpus.paper import Paper
from corpus.records import from_record, to_record

# A PDF of 20 MB and 500 pages of text and pictures took 9 s and 130 MB on one busy core, a text file of 20 MB, which is
# 190 pages to each of those, 37 s and 540 MB: the most that honest files of the size that the page takes ask for.
SECONDS: Final = 120.0
"""How long reading may take."""

MEMORY: Final = 1_500_000_000
"""Bytes of memory that reading may take."""

_ROOT = Path(__file__).parents[1]
_LARGEST_ANSWER = 250_000_000  # bytes; that text file's has 46 MB
_OPEN_FILES = 32  # of which Python itself needs some to find its modules
_OUT_OF_MEMORY, _ORPHANED = 71, 72  # exit codes that nothing else gives
_TRIED_WIDTH = 100  # pixels; an honest page takes 0.02 s, and a tenth of a second at its full size
_SLOWEST_PAGE = 2.0  # seconds
_LOOK = 0.1  # seconds between looks at whether the parent still lives
_AT_ONCE = threading.BoundedSemaphore(os.cpu_count() or 1)  # more would only take each other's time

_log = logging.getLogger(__name__)


def read_guarded(
    name: str, data: bytes, *, seconds: float = SECONDS, memory: int = MEMORY, max_bytes: int = MAX_BYTES
) -> Paper:
    """Read a paper from a file's bytes, as `corpus.read_paper` does, within limits of time and memory.

    ``seconds`` are by the clock, ``memory`` is in bytes; to start takes 0.2 s and 20 MB of them. Any number of threads
    may call this; no more files are read at a time than the machine has cores. Nothing is left behind, however it ends.

    Raises PaperError where the file is no paper, or cannot be read within the limits, or breaks its reader.
    """
    order = {"task": "read", "name": name, "max_bytes": max_bytes}
    try:
        done = _done(order, data, seconds=seconds, memory=memory)
    except subprocess.TimeoutExpired:
        raise _too_long(name, seconds) from None
    if done.returncode == -signal.SIGXCPU:
        raise _too_long(name, seconds)
    if done.returncode in (_OUT_OF_MEMORY, -signal.SIGKILL):  # the system's own choice of what to end, if it runs out
        raise _too_much(name, memory)
    if done.returncode != 0:
        raise _broken(name, f"exit code {done.returncode}" if done.returncode > 0 else _signal(-done.returncode))
    return _paper(name, json.loads(done.stdout))


def can_be_shown(data: bytes, *, seconds: float, memory: int = MEMORY) -> bool:
    """Tell whether a PDF's pages can be drawn: each is tried, small, within limits like those of `read_guarded`.

    PDFium draws in this process, where nothing can end it, and lets nobody else draw meanwhile. A drawing of a few
    hundred bytes can keep it busy for ever.
    """
    try:
        done = _done({"task": "draw"}, data, seconds=seconds, memory=memory)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and json.loads(done.stdout) == {"drawn": True}


def _done(order: dict[str, Any], data: bytes, *, seconds: float, memory: int) -> subprocess.CompletedProcess[bytes]:
    """Have a child carry out an order; raises TimeoutExpired."""
    order |= {
        "seconds": math.ceil(seconds) + 1,  # of work, for the case that nobody is left to look at the clock
        "memory": memory,
        "parent": os.getpid(),
    }
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    with _AT_ONCE:
        return subprocess.run(  # which ends the child if it is interrupted itself
            [sys.executable, "-P", "-m", "corpus.guarded"],
            input=json.dumps(order).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            timeout=seconds,
            check=False,
        )


def _paper(name: str, answer: dict[str, Any]) -> Paper:
    if "error" in answer:
        raise PaperError(answer["error"], indonesian=answer["indonesian"])
    if "broken" in answer:
        _log.error("%s broke its reader:\n%s", name, answer["trace"])
        raise _broken(name, answer["broken"])
    return from_record(answer["paper"])


def _signal(number: int) -> str:
    return f"signal {number}, {signal.strsignal(number)}"


def _too_long(name: str, seconds: float) -> PaperError:
    return PaperError(
        f"{name}: took longer than {seconds:g} s to read; give only the pages needed",
        indonesian=f"{name}: perlu lebih dari {seconds:g} detik untuk dibaca; berikan hanya halaman yang diperlukan",
    )


def _too_much(name: str, memory: int) -> PaperError:
    size = f"{memory / 1_000_000:.0f} MB"
    return PaperError(
        f"{name}: took more than {size} of memory to read; give only the pages needed",
        indonesian=f"{name}: perlu lebih dari {size} memori untuk dibaca; berikan hanya halaman yang diperlukan",
    )


def _broken(name: str, how: str) -> PaperError:
    return PaperError(
        f"{name}: reading it broke off ({how}); it is likely damaged: print it to a new PDF, or give its text",
        indonesian=f"{name}: pembacaannya terputus ({how}); berkas ini mungkin rusak: "
        "cetak ulang menjadi PDF baru, atau berikan teksnya",
    )


def main() -> None:
    """Carry out the one order that the parent gives on standard input, as `_done` tells it."""
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_watch, args=(order["parent"], order["memory"]), daemon=True).start()
    _limit(seconds=order["seconds"], memory=order["memory"])
    try:
        data = sys.stdin.buffer.read()
        answer = json.dumps(_read(order, data) if order["task"] == "read" else {"drawn": _draws(data)}).encode()
        if len(answer) > _LARGEST_ANSWER:
            raise MemoryError
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # there may be none left to end in good order


def _read(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return {"paper": to_record(read_paper(order["name"], data, max_bytes=order["max_bytes"]))}
    except PaperError as error:
        return {"error": str(error), "indonesian": error.indonesian}
    except MemoryError:
        raise
    except Exception as error:
        return {"broken": type(error).__name__, "trace": traceback.format_exc()}


def _draws(data: bytes) -> bool:
    """Tell whether each page is drawn soon enough, or found to be damaged."""
    from corpus.pdf_pages import PdfPages

    pages = PdfPages(data)
    for number in range(1, len(pages) + 1):
        began = time.monotonic()
        with contextlib.suppress(PaperError):
            pages.picture(number, width=_TRIED_WIDTH)
        if time.monotonic() - began > _SLOWEST_PAGE:
            return False
    return True


def _limit(*, seconds: int, memory: int) -> None:
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _lower(resource.RLIMIT_DATA, memory)  # on Linux, all that is allocated; on macOS next to nothing: see _watch
    _lower(resource.RLIMIT_CPU, seconds, seconds + 1)  # SIGXCPU at the first, SIGKILL at the second


def _lower(limit: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, but never above what there is already."""
    most = resource.getrlimit(limit)[1]
    if most == resource.RLIM_INFINITY:
        most = sys.maxsize
    resource.setrlimit(limit, (min(soft, most), min(soft if hard is None else hard, most)))


def _watch(parent: int, memory: int) -> NoReturn:
    """End this process when its parent is gone, or when it has grown too large on a system that lets it."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes that the peak is counted in
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # on Linux a child begins with its parent's peak
    while True:
        time.sleep(_LOOK)
        if os.getppid() != parent:
            os._exit(_ORPHANED)
        if (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began) * unit > memory:
            os._exit(_OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
