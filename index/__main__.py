"""``python -m index`` unpacks the embedding model and builds the bundled paper's index, if that has not been done."""

from __future__ import annotations

import logging
import sys

from corpus import TanyaError, load_paper
from index import Embedder, load_index


def main() -> int:
    """Prepare what the assistant opens; return 0, or 2 for what the user can mend (one line on stderr)."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        load_index(load_paper(), Embedder.load(), progress=lambda done, total: print(f"{done} of {total}", end="\r"))
    except TanyaError as error:
        print(error, file=sys.stderr)
        return 2
    print("The model and the index are ready.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
