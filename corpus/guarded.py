"""Papers from anywhere, read in a child process that has limits of its own.

A PDF of some hundred bytes can ask for days of work or for all of a machine's memory, and no reader of PDFs is proof
against all of them. So the file is read by another Python, ``python -m corpus.guarded``, which may take only so much of
either and is ended otherwise. It gets the file by a pipe and gives the paper back by another one, as JSON
(`corpus.records`), never as anything that could run; it writes no files.
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
import traceback
from typing import Any, Final

from corpus.child import OUT_OF_MEMORY, child_options, give_up_for_memory, how_it_ended, live_within
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

_LARGEST_ANSWER = 250_000_000  # bytes; that text file's has 46 MB
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
    order = {
        "name": name,
        "max_bytes": max_bytes,
        "seconds": math.ceil(seconds) + 1,  # of work, for the case that nobody is left to look at the clock
        "memory": memory,
        "parent": os.getpid(),
    }
    try:
        with _AT_ONCE:
            done = subprocess.run(  # which ends the child if it is interrupted itself
                **child_options("corpus.guarded"),
                input=json.dumps(order).encode() + b"\n" + data,
                timeout=seconds,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise _too_long(name, seconds) from None
    if done.returncode == -signal.SIGXCPU:
        raise _too_long(name, seconds)
    if done.returncode in (OUT_OF_MEMORY, -signal.SIGKILL):  # the system's own choice of what to end, if it runs out
        raise _too_much(name, memory)
    if done.returncode != 0:
        raise _broken(name, how_it_ended(done.returncode))
    return _paper(name, json.loads(done.stdout))


def _paper(name: str, answer: dict[str, Any]) -> Paper:
    if "error" in answer:
        raise PaperError(answer["error"], indonesian=answer["indonesian"])
    if "broken" in answer:
        _log.error("%s broke its reader:\n%s", name, answer["trace"])
        raise _broken(name, answer["broken"])
    return from_record(answer["paper"])


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
    """Carry out the one order that the parent gives on standard input, as `read_guarded` tells it."""
    order = json.loads(sys.stdin.buffer.readline())
    live_within(order["parent"], memory=order["memory"], seconds=order["seconds"])
    try:
        answer = json.dumps(_read(order, sys.stdin.buffer.read())).encode()
        if len(answer) > _LARGEST_ANSWER:
            raise MemoryError
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
    except MemoryError:
        give_up_for_memory()


def _read(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return {"paper": to_record(read_paper(order["name"], data, max_bytes=order["max_bytes"]))}
    except PaperError as error:
        return {"error": str(error), "indonesian": error.indonesian}
    except MemoryError:
        raise
    except Exception as error:
        return {"broken": type(error).__name__, "trace": traceback.format_exc()}


if __name__ == "__main__":
    main()
