"""Which sentences a quote holds: the one that was found, and those beside it without which it would not be whole."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.searching import ReadSentence
from corpus import LANGUAGES, Paper
from index import Hit
from index.embedder import Vectors

NEIGHBOUR = 0.03
"""How far below the best sentence its neighbour may score and still be quoted with it: where the one sentence names a
matter and the next tells it, both come near the question, and which comes nearer is chance."""

LONGEST = 560
"""Characters of the longest quote of several sentences, in either language, which an answer's text can hold."""

_PARTS_OF_A_LIST = 3
"""Of a list, lead-in included, how many parts must answer for all of it to be what was asked for."""


def quoted(
    paper: Paper, hit: Hit, scores: Vectors, read: Sequence[ReadSentence] = (), *, is_best: bool
) -> tuple[int, int]:
    """Return the first and the last sentence of a hit's quote, by index.

    A caption is quoted with its source. The best hit is quoted with all of its list or table, or as much of it as there
    is room for, if that is what was asked for; or else with the better of its neighbours in its paragraph, if that
    scores nearly as well. ``scores`` are those of all sentences, ``read`` those that were read.
    """
    found = hit.sentence
    beside = [paper.sentences[s] for s in (found.index - 1, found.index + 1) if _is_shown(hit, s)]
    if found.kind == "caption" and beside and beside[-1].kind == "source":
        return found.index, beside[-1].index
    if is_best and (whole := _whole_list(paper, found.index, read)):
        return whole
    close = [
        s
        for s in beside
        if s.paragraph == found.paragraph
        and scores[s.index] >= hit.score - NEIGHBOUR
        and _length(paper, *sorted((s.index, found.index))) < LONGEST
    ]
    if not (is_best and close):
        return found.index, found.index
    neighbour = max(close, key=lambda sentence: float(scores[sentence.index])).index
    return min(found.index, neighbour), max(found.index, neighbour)


def _whole_list(paper: Paper, sentence: int, read: Sequence[ReadSentence]) -> tuple[int, int] | None:
    """Return a list's lead-in and its last item, if a sentence is one of them and the list is what was asked for."""
    own = paper.paragraphs[paper.sentences[sentence].paragraph].lead
    lead = sentence if own is None else own
    last = lead
    for following in paper.sentences[lead + 1 :]:
        if paper.paragraphs[following.paragraph].lead != lead:
            break
        last = following.index
    answering = {one.sentence for one in read if one.reading.answered > 0 and lead <= one.sentence <= last}
    if last == lead or (sentence != lead and len(answering) < _PARTS_OF_A_LIST):
        return None
    while last > lead and _length(paper, lead, last) >= LONGEST:
        last -= 1
    return (lead, last) if sentence <= last else None


def _length(paper: Paper, first: int, last: int) -> int:
    """Return the characters of some sentences in the language in which they are longer."""
    sentences = [paper.texts(sentence) for sentence in range(first, last + 1)]
    return max(sum(len(texts.get(language, "")) + 1 for texts in sentences) for language in LANGUAGES)


def _is_shown(hit: Hit, sentence: int) -> bool:
    return hit.passage.first <= sentence <= hit.passage.last
