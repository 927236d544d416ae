"""Papers from anywhere, read in a child process that has limits of its own.

A PDF of some hundred bytes can ask for days of work or for all of a machine's memory, and no reader of PDFs is proof
against all of them. So another Python reads the file, and is ended when it needs too much of either; it runs `main`. It
gets the file through a pipe and returns the paper through another, as JSON (`corpus.records`), which cannot run. It
writes no files.
"""

from __future__ import annotations

import json
import logging
import math
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any, Final

from corpus.child import OUT_OF_MEMORY, answer_of, child_options, give_up_for_memory, how_it_ended, live_within
from corpus.errors import PaperError
from corpus.formats.file import MAX_BYTES
from corpus.loading import read_paper
from corpus.paper import Paper
from corpus.pdf.scans import ALL_PAGES_SECONDS
from corpus.records import from_record, to_record

# On one busy core, a PDF of 20 MB with 500 pages of text and pictures took 9 s and 130 MB. A text file of 20 MB, some
# 95,000 pages, took 37 s and 540 MB. No honest file of the size that the page takes needs more.
SECONDS: Final = 120.0
"""How long reading may take, by the clock."""

MEMORY: Final = 1_500_000_000
"""Bytes of memory that reading may take."""

RECOGNITION: Final = ALL_PAGES_SECONDS + 30.0
"""Seconds more if text is recognised. Recognition stops by itself a little earlier, and returns what it has."""

_RECOGNISES = b"recognises\n"
_LARGEST_ANSWER = 250_000_000  # bytes; the text file above gives 46 MB
_AT_ONCE = threading.BoundedSemaphore(os.cpu_count() or 1)  # more would only take each other's time

logger = logging.getLogger(__name__)


def read_guarded(name: str, data: bytes, *, max_bytes: int = MAX_BYTES) -> Paper:
    """Read a paper from a file's bytes, as `corpus.read_paper` does, within limits of time and memory.

    The child takes 0.2 s and 20 MB to start. Any number of threads may call this; no more files are read at a time than
    the machine has cores. Nothing is left behind, however it ends.

    Raises PaperError where the file is no paper, or cannot be read within the limits, or breaks its reader.
    """
    order = {
        "name": name,
        "max_bytes": max_bytes,
        "seconds": math.ceil(SECONDS) + 1,  # of CPU time, if this process ends and no longer watches the clock
        "memory": MEMORY,
        "parent": os.getpid(),
    }
    with _AT_ONCE:
        code, said, late = _ask(json.dumps(order).encode() + b"\n" + data)
    if late or code == -signal.SIGXCPU:
        taken = f"{late or SECONDS:g}"
        raise PaperError(
            f"{name}: took longer than {taken} s to read; give only the pages needed",
            indonesian=f"{name}: perlu lebih dari {taken} detik untuk dibaca; berikan hanya halaman yang diperlukan",
        )
    if code in (OUT_OF_MEMORY, -signal.SIGKILL):  # SIGKILL: the system was out of memory
        size = f"{MEMORY / 1_000_000:.0f} MB"
        raise PaperError(
            f"{name}: took more than {size} of memory to read; give only the pages needed",
            indonesian=f"{name}: perlu lebih dari {size} memori untuk dibaca; berikan hanya halaman yang diperlukan",
        )
    if code != 0:
        raise _broken(name, how_it_ended(code))
    answer = json.loads(said)
    if "error" in answer:
        raise PaperError(answer["error"], indonesian=answer["indonesian"])
    if "broken" in answer:
        logger.error("%s broke its reader:\n%s", name, answer["trace"])
        raise _broken(name, answer["broken"])
    return from_record(answer["paper"])


def _ask(order: bytes) -> tuple[int, bytes, float]:
    """Have a child carry out an order. Neither it nor what it starts is left, however this ends.

    Returns the child's exit code, its answer, and the seconds after which it was stopped, or 0.
    """
    # A process group can be ended as a whole: text recognition is the child's child.
    child = subprocess.Popen(**child_options("corpus.guarded"), stdin=subprocess.PIPE, process_group=0)
    late = 0.0

    def end(after: float) -> None:
        nonlocal late
        late = after
        _end_group(child)

    clock = threading.Timer(SECONDS, end, [SECONDS])
    try:
        assert child.stdin
        assert child.stdout
        clock.start()
        with suppress(BrokenPipeError):
            child.stdin.write(order)
            child.stdin.close()
        answer = b""
        for answer in child.stdout:
            if answer == _RECOGNISES:  # the one line that may come before the answer
                clock.cancel()
                clock = threading.Timer(SECONDS + RECOGNITION, end, [SECONDS + RECOGNITION])
                clock.start()
        child.wait()
    finally:
        clock.cancel()
        if child.poll() != 0:
            _end_group(child)
        with suppress(BrokenPipeError), child:  # the rest of the order is not sent any more
            pass
    return child.returncode, answer, late


def _end_group(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):  # the group has ended; macOS raises the second
        os.killpg(child.pid, signal.SIGKILL)


def _broken(name: str, how: str) -> PaperError:
    return PaperError(
        f"{name}: reading it broke off ({how}); it is likely damaged: print it to a new PDF, or give its text",
        indonesian=f"{name}: pembacaannya terputus ({how}); berkas ini mungkin rusak: "
        "cetak ulang menjadi PDF baru, atau berikan teksnya",
    )


def main() -> None:
    """Carry out the one order on standard input, which `read_guarded` writes."""
    order = json.loads(sys.stdin.buffer.readline())
    live_within(order["parent"], memory=order["memory"], seconds=order["seconds"])

    def begins(done: int, _total: int) -> None:
        if not done:
            sys.stdout.buffer.write(_RECOGNISES)
            sys.stdout.flush()

    def read() -> dict[str, Any]:
        data = sys.stdin.buffer.read()
        return {"paper": to_record(read_paper(order["name"], data, max_bytes=order["max_bytes"], progress=begins))}

    try:
        answer = json.dumps(answer_of(read)).encode() + b"\n"
        if len(answer) > _LARGEST_ANSWER:
            raise MemoryError
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
    except MemoryError:
        give_up_for_memory()
