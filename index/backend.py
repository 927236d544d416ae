"""The interface of a back-end, which keeps the passages of a library's papers and searches them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal, NamedTuple, Protocol

from corpus import Language
from index.encoders import Vectors

RECIPROCAL_RANK: Final = 60
"""Added to a rank before its reciprocal is taken (Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114)."""


class EncodedPaper(NamedTuple):
    """A paper as it is added to a back-end: its id, and the text, language and vector of each passage.

    ``vectors``: shape (passages, dimension), each of length 1.
    """

    id: str
    texts: Sequence[str]
    languages: Sequence[Language]
    vectors: Vectors


class Query(NamedTuple):
    """A question as it is searched for, its language and its vector, of shape (dimension,)."""

    text: str
    language: Language
    vector: Vectors


class Near(NamedTuple):
    """A paper with a passage near a question. The greater the score, the nearer; scores of one search compare."""

    paper: str
    score: float


class Condition(NamedTuple):
    """Whether something can be used, and why. ``remedy`` says what to do about it, "" for nothing."""

    name: str
    state: Literal["ok", "warning", "problem"]
    reason: str
    remedy: str = ""


class Backend(Protocol):
    """Keeps the passages of a library's papers and finds those near a question, by meaning and by words."""

    def papers(self) -> frozenset[str]:
        """Return the ids of the papers that are there whole."""

    def update(self, add: Iterable[EncodedPaper], remove: Collection[str]) -> None:
        """Add papers, replacing those that are there already, and remove others by their ids.

        A paper is there whole or not at all, whenever this is interrupted. Raises StoreError.
        """

    def search(
        self, queries: Sequence[Query], *, limit: int, within: Collection[str] | None = None
    ) -> list[list[Near]]:
        """Return the papers with the passages nearest to each query, the best first, at most ``limit`` of them.

        ``within`` limits the search to some papers, by id. Raises StoreError.
        """

    def close(self) -> None:
        """Release files and connections."""
