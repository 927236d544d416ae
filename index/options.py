"""The options of every command line that a library can be named on."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus.library import default_library
from index.library_index import LOCAL


def add_library_option(parser: argparse._ActionsContainer, what: str) -> None:
    """Add ``--library [FOLDER]``; ``what`` says what it is for. Without a folder it is the user's own library."""
    parser.add_argument(
        "--library",
        type=Path,
        nargs="?",
        const=default_library(),
        metavar="FOLDER",
        help=f"{what} (without a folder: {default_library()})",
    )


def add_index_option(parser: argparse._ActionsContainer) -> None:
    """Add ``--index ADDRESS``."""
    parser.add_argument(
        "--index", default=LOCAL, metavar="ADDRESS", help="where the library is searched: local, or milvus://..."
    )
