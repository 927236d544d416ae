"""The contract of a back-end, which keeps the passages of a library and searches them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal, NamedTuple, Protocol

from corpus import Language
from index.embedder import Progress
from index.encoders import Vectors

RECIPROCAL_RANK: Final = 60
"""What is added to each rank before its reciprocal is taken (Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114)."""


class EncodedPaper(NamedTuple):
    """A paper as it is added to a backend: its id, and of each passage the text, its language and its vector.

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
    """A paper that has a passage near a question; the greater the score, the nearer; scores of one search compare."""

    paper: str
    score: float


class Condition(NamedTuple):
    """Whether something can be used, why, and what to do about it; the ``remedy`` is "" where nothing is to be done."""

    name: str
    state: Literal["ok", "warning", "problem"]
    reason: str
    remedy: str = ""


class Backend(Protocol):
    """Keeps the passages of a library's papers and finds those near a question, by meaning and by words."""

    def papers(self) -> frozenset[str]:
        """Return the ids of the papers it holds, whole."""

    def update(self, add: Iterable[EncodedPaper], remove: Collection[str], *, progress: Progress | None = None) -> None:
        """Add papers and remove others, by id. A paper is there whole or not at all, whenever this is interrupted.

        ``progress`` is called with (papers done, papers to add), and may raise to cancel. Raises StoreError.
        """

    def search(
        self, queries: Sequence[Query], *, limit: int, within: Collection[str] | None = None
    ) -> list[list[Near]]:
        """Return the papers with the passages nearest to each query, the best first, at most ``limit`` of them.

        ``within`` limits the search to some papers, by id. Raises StoreError.
        """

    def close(self) -> None:
        """Let go of files and connections."""
