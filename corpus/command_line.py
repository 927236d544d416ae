"""What all command lines have in common: how they end, and how they take the names of files."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

from corpus.errors import TanyaError
from corpus.memory import is_lack_of_memory
from corpus.printing import print_text, printable

FAILED: Final = 2
"""The exit code for what the user can mend."""

_INTERRUPTED: Final = 130  # 128 and the number of the signal, as shells have it
_TERMINATED: Final = 143


class Terminated(KeyboardInterrupt):
    """SIGTERM, which ends work in the same order as Ctrl-C does."""


class Parser(argparse.ArgumentParser):
    """A parser of arguments that shows none raw, for a file's name may be taken for an option."""

    def print_help(self, file: Any = None) -> None:
        """Print the help. Raises OSError, which the other class keeps to itself."""
        (file or sys.stdout).write(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and exit."""
        super().error(printable(message))


def run(work: Callable[[], int], *, prefix: str = "", interrupted: str = "Interrupted.", needs: str = "") -> int:
    """Do a command's work, and return its exit code; whatever goes wrong in a way the user can mend is one line.

    That is 2 for such an error, told on stderr after the ``prefix``; 130 for Ctrl-C and 143 for SIGTERM, told by a note
    on the KeyboardInterrupt if it has one, else as ``interrupted``; and 0 where the reader of the output has had
    enough. ``needs`` says how much memory the work takes. Warnings are written to stderr, too.
    """
    _open_streams()
    _log_warnings()
    try:
        with _terminable():
            try:
                return work()
            finally:
                sys.stdout.flush()
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt as interrupt:
        _complain("\n" + "\n".join(getattr(interrupt, "__notes__", [interrupted])))
        return _TERMINATED if isinstance(interrupt, Terminated) else _INTERRUPTED
    except Exception as error:
        problem = _problem(error, needs)
        if problem is None:
            raise
        _complain(f"{prefix}{problem}")
        return FAILED
    finally:
        _drop_output()


def _problem(error: Exception, needs: str) -> str | None:
    """Say in one line what an error means to the user; None for one that is nobody's fault but the program's."""
    if isinstance(error, TanyaError):
        return str(error)
    if isinstance(error, UnicodeEncodeError):
        return f"the output cannot be written as {error.encoding}: set PYTHONUTF8=1 in the environment"
    if is_lack_of_memory(error):
        return f"there is too little memory{needs and f', {needs} are needed'}: close other programs"
    if isinstance(error, OSError):
        what = "the output cannot be written" if error.filename is None else error.filename
        return f"{what}: {error.strerror or error}"
    return None


def path(text: str) -> Path:
    """Return the path that an argument names, for ``type=``; an empty one would be the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("a file or folder is to be named, and this is empty")
    return Path(text)


def _open_streams() -> None:
    """Make sure that there are streams to write to: whoever closed stdout learns it where something is to be printed.

    Otherwise the next file that is opened would take its place.
    """
    for name, mode, access in (("stdin", "r", os.O_RDONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, access), mode))


def _log_warnings() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Printable("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


class _Printable(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Have SIGTERM raise `Terminated`, and SIGINT KeyboardInterrupt, where this thread is the one that gets signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: Any) -> NoReturn:
        raise Terminated

    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # see `corpus.quiet_start`
        signal.signal(signal.SIGINT, signal.default_int_handler)
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _drop_output() -> None:
    """Let go of what is still to be written and cannot be: Python would try again at its end, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError):  # a stream that is no file has nothing that could be written elsewhere
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(line: str) -> None:
    with contextlib.suppress(OSError):  # nobody is there to read it
        print_text(line, file=sys.stderr, flush=True)
