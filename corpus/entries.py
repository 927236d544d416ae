"""What the files about a paper have in common: entries in two languages, which name the paper's sentences by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import PaperError
from corpus.paper import LANGUAGES, Language, Paper


def in_both(entry: Mapping[str, Any], name: str) -> dict[Language, str]:
    """Return what an entry has under a name in both languages, "" where it has nothing."""
    return {language: entry.get(f"{name}_{language}", "") for language in LANGUAGES}


class SentenceIds:
    """The ids of a paper's sentences, as a file about the paper names them."""

    def __init__(self, paper: Paper, path: Path) -> None:
        self._index = {sentence.id: sentence.index for sentence in paper.sentences}
        self._path = path

    def indexes(self, ids: Sequence[str], entry: str) -> tuple[int, ...]:
        """Return the sentences' indexes; raises PaperError for one that is not in the paper."""
        if unknown := [id for id in ids if id not in self._index]:
            raise PaperError(f"{self._path}: {entry}: there is no {', '.join(unknown)}")
        return tuple(self._index[id] for id in ids)
