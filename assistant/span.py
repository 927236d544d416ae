"""Which sentences a quote holds: the one that was found, and its neighbour where that may be what was meant."""

from __future__ import annotations

from corpus import Paper
from index import Hit
from index.embedder import Vectors

NEIGHBOUR = 0.03
"""How far below the best sentence its neighbour may score and still be quoted with it: where the one sentence names a
matter and the next tells it, both come near the question, and which comes nearer is chance."""

LONGEST = 560
"""Characters of the longest quote of two sentences, which an answer's text can hold."""


def quoted(paper: Paper, hit: Hit, scores: Vectors, *, is_best: bool) -> tuple[int, int]:
    """Return the first and the last sentence of a hit's quote, by index.

    A caption is quoted with its source. The best hit is quoted with the better of its neighbours in its paragraph, if
    that scores nearly as well. ``scores`` are those of all sentences.
    """
    found = hit.sentence
    beside = [paper.sentences[s] for s in (found.index - 1, found.index + 1) if _is_shown(hit, s)]
    if found.kind == "caption" and beside and beside[-1].kind == "source":
        return found.index, beside[-1].index
    close = [
        s
        for s in beside
        if s.paragraph == found.paragraph
        and scores[s.index] >= hit.score - NEIGHBOUR
        and len(s.text) + len(found.text) < LONGEST
    ]
    if not (is_best and close):
        return found.index, found.index
    neighbour = max(close, key=lambda sentence: float(scores[sentence.index])).index
    return min(found.index, neighbour), max(found.index, neighbour)


def _is_shown(hit: Hit, sentence: int) -> bool:
    return hit.passage.first <= sentence <= hit.passage.last
