"""``python -m index`` unpacks the embedding model and builds the bundled paper's index, unless that is done.

With ``--library`` it does the same for the papers of a library, so that nobody waits when it is first opened.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from tqdm import tqdm

from corpus import command_line, load_paper
from corpus.library import Library
from corpus.printing import print_text
from index import Embedder, e5_small, load_index
from index.backend_choice import ENGINES, open_engine
from index.library_index import LibraryIndex
from index.model_memory import NEEDED
from index.options import add_index_option, add_library_option


def main(arguments: Sequence[str] | None = None, *, prog: str = "python -m index") -> int:
    """Prepare what the assistant opens; return what `command_line.run` returns."""

    def work() -> int:
        options = _parser(prog).parse_args(arguments)
        logging.getLogger("index").setLevel(logging.INFO)
        _prepare(options)
        print_text("The model and the index are ready.")
        return 0

    interrupted = "Interrupted: what was encoded stays; the same command goes on from there."
    return command_line.run(work, interrupted=interrupted, needs=NEEDED)


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = command_line.Parser(prog=prog, description="Prepare what the assistant opens.")
    add_library_option(parser, "the papers of a library, too")
    add_index_option(parser)
    parser.add_argument("--engine", choices=ENGINES, default="local", help="what encodes new papers")
    parser.add_argument(
        "--ray-address", metavar="ADDRESS", help="a Ray cluster, HOST:PORT or auto (default: one on this machine)"
    )
    return parser


def _prepare(options: argparse.Namespace) -> None:
    library = Library(options.library) if options.library else None
    if library:
        library.ids()  # a folder that cannot be read is an error before the model is loaded
    with tqdm(desc="passages", unit="", leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        e5_small.model_folder(thorough=True)  # opening it does not hash every file
        embedder = Embedder.load()
        load_index(load_paper(), embedder, progress=show)
        if library:
            bar.reset()
            bar.set_description("sentences")
            engine = open_engine(options.engine, fingerprint=embedder.fingerprint, address=options.ray_address)
            LibraryIndex.open(library, embedder, index=options.index, engine=engine, progress=show).close()


if __name__ == "__main__":
    sys.exit(main())
