"""How command lines end, whatever goes wrong."""

from __future__ import annotations

import errno
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

import assistant.__main__
import corpus.__main__
import index.__main__
import ui
from corpus import TanyaError, command_line

ROOT = Path(__file__).parents[2]
MAINS = {
    "assistant": assistant.__main__.main,
    "corpus": corpus.__main__.main,
    "index": index.__main__.main,
    "ui": ui.main,
}


def raising(error: BaseException) -> Callable[[], NoReturn]:
    def work() -> NoReturn:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (TanyaError("x: empty"), "x: empty"),
        (MemoryError(), "there is too little memory, 9 GB are needed: close other programs"),
        (RuntimeError("can't allocate memory"), "there is too little memory, 9 GB are needed: close other programs"),
        (OSError(errno.ENAMETOOLONG, "File name too long", "a\x1b"), "a\ufffd: File name too long"),
        (OSError(errno.ENOSPC, "No space left on device"), "the output cannot be written: No space left on device"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "x"), "the output cannot be written as ascii: set PYTHONUTF8=1 in"),
    ],
)
def test_what_a_user_can_mend_is_one_line(error: Exception, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.run(raising(error), prefix="x.py: ", needs="9 GB") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"x.py: {message}")
    assert err.count("\n") == 1


def test_what_is_the_program_s_fault_is_not_hidden() -> None:
    with pytest.raises(ValueError, match="a bug"):
        command_line.run(raising(ValueError("a bug")))


def test_a_reader_that_has_had_enough_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.run(raising(BrokenPipeError(errno.EPIPE, "Broken pipe"))) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("note", ["", "Interrupted after 3."])
def test_a_signal_ends_it_in_order(
    sigterm: None, number: signal.Signals, code: int, note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)

    def work() -> int:
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt as interrupt:
            if note:
                interrupt.add_note(note)
            raise
        return 0

    assert command_line.run(work, interrupted="Interrupted: again.") == code
    assert capsys.readouterr().err == f"\n{note or 'Interrupted: again.'}\n"
    assert signal.getsignal(number) == before


@pytest.mark.parametrize("name", MAINS)
@pytest.mark.parametrize("output", ["full", "closed"])
def test_help_that_cannot_be_printed_is_one_line(
    name: str, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        monkeypatch.setattr("sys.stdout", full if output == "full" else None)
        assert MAINS[name](["--help"]) == 2
    why = {"full": "No space left on device", "closed": "Bad file descriptor"}[output]
    assert capsys.readouterr().err.endswith(f"the output cannot be written: {why}\n")


@pytest.mark.parametrize("name", MAINS)
def test_help_that_nobody_reads_is_no_error(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        assert MAINS[name](["--help"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("redirection", "code", "message"),
    [
        (">/dev/full", 2, "error: the output cannot be written: No space left on device\n"),
        (">&-", 2, "error: the output cannot be written: Bad file descriptor\n"),
        (">/dev/full 2>&1", 2, ""),
        (">&- 2>&-", 2, ""),
        ("| true", 0, ""),
    ],
)
def test_a_program_s_last_word_is_its_own(redirection: str, code: int, message: str) -> None:
    """At its end, Python complains of what could not be written, and has an exit code of its own."""
    command = f"set -o pipefail; {sys.executable} -m corpus sentences {redirection}"
    ended = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, "", message)


def test_arguments_are_not_shown_raw(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["list", "-\x1b[2J.pdf"], ["\x9b2J"]):
        with pytest.raises(SystemExit):
            corpus.__main__.main(arguments)
        err = capsys.readouterr().err
        assert "2J" in err
        assert not {"\x1b", "\x9b"} & set(err)


def test_warnings_are_cleaned(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])

    def work() -> int:
        logging.getLogger("index").warning("\x1b[2J is gone")
        return 0

    command_line.run(work)
    assert capsys.readouterr().err == "\ufffd[2J is gone\n"
