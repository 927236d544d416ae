"""Shared by all command lines: how they end, report errors, and take the names of files."""

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

from corpus.errors import TanyaError, is_lack_of_memory
from corpus.printing import print_text, printable

FAILED: Final = 2
"""The exit code for errors that the user can do something about."""

_INTERRUPTED: Final = 130  # 128 and the number of the signal, as shells have it
_TERMINATED: Final = 143


class Terminated(KeyboardInterrupt):
    """SIGTERM was received. It ends work in the same way as Ctrl-C."""


class Parser(argparse.ArgumentParser):
    """A parser whose messages cannot control the terminal: a file's name may be mistaken for an option."""

    def print_help(self, file: Any = None) -> None:
        """Print the help. Raises OSError, which ArgumentParser would ignore."""
        (file or sys.stdout).write(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and exit."""
        super().error(printable(message))


def run(work: Callable[[], int], *, prefix: str = "", interrupted: str = "Interrupted.", needs: str = "") -> int:
    """Run a command, and return its exit code.

    An error that the user can do something about is one line on stderr, after the ``prefix``, and exit code 2. Ctrl-C
    gives 130 and SIGTERM 143, with the notes of the KeyboardInterrupt or else ``interrupted`` on stderr. Where the
    output is a pipe that is closed, the code is 0. ``needs`` is the memory that the work takes, for the message about a
    lack of it. Warnings are logged to stderr.
    """
    _open_streams()
    handler = logging.StreamHandler()
    handler.setFormatter(_Printable("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
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
    """Return an error as one line for the user; None for a fault of the program."""
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
    """Return the path of an argument, for ``type=``. An empty one is refused; it would be the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("a file or folder is to be named, and this is empty")
    return Path(text)


def _open_streams() -> None:
    """Open the standard streams that are closed; otherwise the next file that is opened would take their place.

    Writing to a stdout that was closed is an error.
    """
    for name, mode, access in (("stdin", "r", os.O_RDONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, access), mode))


class _Printable(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Make SIGTERM raise `Terminated`, if this is the main thread, which receives the signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: Any) -> NoReturn:
        raise Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _drop_output() -> None:
    """Drop output that cannot be written: Python would try again at its exit, and print a traceback."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError):  # the stream is no file
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(line: str) -> None:
    with contextlib.suppress(OSError):  # stderr is closed
        print_text(line, file=sys.stderr, flush=True)
