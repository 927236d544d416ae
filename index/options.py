"""The options that all commands about a library share."""

from __future__ import annotations

import argparse

from corpus import TanyaError, command_line
from corpus.library import default_library
from index.backend_choice import LOCAL, check_address


def add_library_option(parser: argparse._ActionsContainer, what: str) -> None:
    """Add ``--library [FOLDER]``, with ``what`` as its help. Without a folder it is the user's own library."""
    own = default_library()
    shown = f"{what} (without a folder: {own})"
    parser.add_argument("--library", type=command_line.path, nargs="?", const=own, metavar="FOLDER", help=shown)


def add_index_option(parser: argparse._ActionsContainer) -> None:
    """Add ``--index ADDRESS``."""
    shown = "where the library is searched: local, or milvus://..."
    parser.add_argument("--index", type=_address, default=LOCAL, metavar="ADDRESS", help=shown)


def _address(text: str) -> str:
    """Return the address of a back-end unchanged. Raises ArgumentTypeError if it is none."""
    try:
        check_address(text)
    except TanyaError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text
