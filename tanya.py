"""The ``tanya`` command, which has all commands of the packages under one name.

Each command is handed on to its package, whose parser declares the options and the help. The package is imported only
then.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Final, NamedTuple

from corpus import command_line

PROG: Final = "tanya"

_WIDTH: Final = 28  # of the column of commands in the help


class Group(NamedTuple):
    """Commands that serve one purpose, and the module whose ``main`` runs them.

    ``is_alone``: the command is all that the module does, and so its arguments do not begin with a command.
    """

    commands: tuple[str, ...]
    purpose: str
    module: str
    is_alone: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, of ``sys.argv`` by default; return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments

    def work() -> int:
        command = _parser().parse_args(given[:1]).command
        group = _GROUP_OF[command]
        run = import_module(group.module).main
        code: int = run(given[1:], prog=f"{PROG} {command}") if group.is_alone else run(given, prog=PROG)
        return code

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
    parser.add_argument("command", metavar="COMMAND", choices=_GROUP_OF, help=argparse.SUPPRESS)
    return parser


def _version() -> str:
    try:
        return version(PROG)
    except PackageNotFoundError:
        return "(not installed)"


GROUPS: Final = (
    Group(("ask", "batch", "table", "lookup"), "ask a paper or a library", "assistant.__main__"),
    Group(("serve",), "open the page in the browser", "ui", is_alone=True),
    Group(("add", "list", "remove"), "keep a library of papers", "corpus.__main__"),
    Group(("show", "sentences"), "see what is read from a paper", "corpus.__main__"),
    Group(("prepare",), "unpack the model and build the index, ahead of use", "index.__main__", is_alone=True),
    Group(("doctor",), "check the installation", "assistant.__main__"),
    Group(("evaluate", "feedback"), "measure how well questions are answered", "assistant.__main__"),
)

_GROUP_OF: Final = {command: group for group in GROUPS for command in group.commands}


if __name__ == "__main__":
    sys.exit(main())
