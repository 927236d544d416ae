"""``python -m index`` unpacks the embedding model and builds the bundled paper's index, if that has not been done."""

from __future__ import annotations

import logging
import sys

from tqdm import tqdm

from corpus import TanyaError, load_paper
from index import Embedder, load_index


def main() -> int:
    """Prepare what the assistant opens; return 0, or 2 for what the user can mend (one line on stderr)."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    logging.getLogger("index").setLevel(logging.INFO)
    try:
        with tqdm(desc="passages", unit="", leave=False) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            load_index(load_paper(), Embedder.load(), progress=show)
    except TanyaError as error:
        print(error, file=sys.stderr)
        return 2
    print("The model and the index are ready.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
