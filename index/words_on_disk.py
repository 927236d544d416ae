"""BM25 over many passages, kept in files that are memory-mapped: one index for each language.

As in `index.words`, what is in the question's language is matched by all of its words, and what is in the other by
numbers and abbreviations only.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus import LANGUAGES, Language
from index.nearest import Rows
from index.words import is_code, split_words, stems


class Matches(NamedTuple):
    """The passages that hold a question's words best: their scores, and their rows, the best first."""

    scores: Any
    rows: Rows


def write_words(texts: Iterable[tuple[str, Language]], folder: Path) -> None:
    """Write the index of texts, each with its language, into a folder, which is made. Raises OSError."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports each index it builds
    vocabularies: dict[Language, dict[str, int]] = {of: {} for of in LANGUAGES}
    counted: dict[Language, list[array[int]]] = {of: [] for of in LANGUAGES}
    rows: dict[Language, array[int]] = {of: array("q") for of in LANGUAGES}
    for row, (text, language) in enumerate(texts):
        known = vocabularies[language]
        words = stems(split_words(text), language)
        counted[language].append(array("i", [known.setdefault(word, len(known)) for word in words]))
        rows[language].append(row)
    folder.mkdir()
    for language in LANGUAGES:
        if not vocabularies[language]:  # bm25s takes no index without a word
            continue
        index = bm25s.BM25()
        index.index((counted[language], vocabularies[language]), show_progress=False)
        index.save(folder / language)
        np.save(folder / language / "rows.npy", np.frombuffer(rows[language], np.int64))


class WordsOnDisk:
    """What `write_words` wrote, memory-mapped. Searching is thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Open it. Raises OSError or ValueError."""
        import bm25s

        self._rows: dict[Language, Rows] = {}
        self._indexes: dict[Language, Any] = {}
        for language in LANGUAGES:
            if (folder / language).is_dir():
                self._indexes[language] = bm25s.BM25.load(folder / language, mmap=True)
                self._rows[language] = np.load(folder / language / "rows.npy", mmap_mode="r")

    def nearest(
        self, question: str, language: Language, k: int, among: npt.NDArray[np.bool_] | None = None
    ) -> list[Matches]:
        """Return the best k passages of each language; ``among`` tells for each row whether it may be found."""
        words = split_words(question)
        found = []
        for of, index in self._indexes.items():
            sought = stems(words if of == language else filter(is_code, words), of)
            known = [word for word in sought if word in index.vocab_dict]
            if known:
                scores, rows = index.get_scores(known), self._rows[of]
                if among is not None:
                    scores *= among[rows]
                best = np.argpartition(-scores, min(k, len(scores) - 1))[:k]
                best = best[scores[best] > 0]
                found.append(Matches(scores[best], np.asarray(rows[best])))
        return found
