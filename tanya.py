"""The ``tanya`` command, which has all commands of the packages under one name.

Each command is handed on to its package, whose parser declares the options and the help. The package is imported only
then.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final, NamedTuple

from corpus import command_line

PROG: Final = "tanya"

_WIDTH: Final = 28  # of the column of commands in the help


class Group(NamedTuple):
    """Commands that serve one purpose; ``run`` takes the command and its arguments, and returns the exit code."""

    commands: tuple[str, ...]
    purpose: str
    run: Callable[[Sequence[str]], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, of ``sys.argv`` by default; return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments

    def work() -> int:
        command = _parser().parse_args(given[:1]).command
        return _RUN[command](given)

    return command_line.run(work)


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the first argument, which names the command."""
    groups = [f"  {', '.join(group.commands):{_WIDTH}}{group.purpose}" for group in GROUPS]
    parser = command_line.Parser(
        prog=PROG,
        usage=f"{PROG} COMMAND ...",
        description="Ask a paper, get its own words back.",
        epilog="\n".join(["commands:", *groups, "", f"{PROG} COMMAND --help shows the options of a command."]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROG} {_version()}")
    parser.add_argument("command", metavar="COMMAND", choices=_RUN, help=argparse.SUPPRESS)
    return parser


def _version() -> str:
    try:
        return version(PROG)
    except PackageNotFoundError:
        return "(not installed)"


def _run_assistant(arguments: Sequence[str]) -> int:
    from assistant.__main__ import main

    return main(arguments, prog=PROG)


def _run_corpus(arguments: Sequence[str]) -> int:
    from corpus.__main__ import main

    return main(arguments, prog=PROG)


def _run_index(arguments: Sequence[str]) -> int:
    from index.__main__ import main

    return main(arguments[1:], prog=f"{PROG} {arguments[0]}")


def _run_page(arguments: Sequence[str]) -> int:
    from ui import main

    return main(arguments[1:], prog=f"{PROG} {arguments[0]}")


GROUPS: Final = (
    Group(("ask", "batch", "table", "lookup"), "ask a paper or a library", _run_assistant),
    Group(("serve",), "open the page in the browser", _run_page),
    Group(("add", "list", "remove"), "keep a library of papers", _run_corpus),
    Group(("show", "sentences"), "see what is read from a paper", _run_corpus),
    Group(("prepare",), "unpack the model and build the index, ahead of use", _run_index),
    Group(("doctor",), "check the installation", _run_assistant),
    Group(("evaluate", "feedback"), "measure how well questions are answered", _run_assistant),
)

_RUN: Final = {command: group.run for group in GROUPS for command in group.commands}


if __name__ == "__main__":
    sys.exit(main())
