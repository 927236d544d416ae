"""Which sentences a quote holds: the one that was found, and those beside it without which it would not be whole."""

from __future__ import annotations

from corpus import LANGUAGES, Paper
from index import Hit
from index.embedder import Vectors

NEIGHBOUR = 0.03
"""How far below the best sentence its neighbour may score and still be quoted with it: where the one sentence names a
matter and the next tells it, both come near the question, and which comes nearer is chance."""

LONGEST = 560
"""Characters of the longest quote of several sentences, which an answer's text can hold."""


def quoted(paper: Paper, hit: Hit, scores: Vectors, *, is_best: bool, whole_list: bool = False) -> tuple[int, int]:
    """Return the first and the last sentence of a hit's quote, by index.

    A caption is quoted with its source. The best hit is quoted with all of its list or table, or as much of it as there
    is room for, if it is the lead-in or if a ``whole_list`` was asked for; or else with the better of its neighbours in
    its paragraph, if that scores nearly as well. ``scores`` are those of all sentences.
    """
    found = hit.sentence
    beside = [paper.sentences[s] for s in (found.index - 1, found.index + 1) if _is_shown(hit, s)]
    if found.kind == "caption" and beside and beside[-1].kind == "source":
        return found.index, beside[-1].index
    if is_best and (whole := _list_of(paper, found.index, needs_lead=not whole_list)):
        return whole
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


def _list_of(paper: Paper, sentence: int, *, needs_lead: bool) -> tuple[int, int] | None:
    """Return the lead-in and the last item of a sentence's list, as far as there is room; None where it has none.

    ``needs_lead``: only of a sentence that is itself the lead-in.
    """
    own = paper.paragraphs[paper.sentences[sentence].paragraph].lead
    lead = last = sentence if own is None else own
    if needs_lead and lead != sentence:
        return None
    for following in paper.sentences[lead + 1 :]:
        if paper.paragraphs[following.paragraph].lead != lead or not following.is_quotable:
            break
        last = following.index
    while last > lead and _length(paper, lead, last) >= LONGEST:
        last -= 1
    return (lead, last) if lead < last and sentence <= last else None


def _length(paper: Paper, first: int, last: int) -> int:
    """Return the characters of some sentences in the language in which they are longer."""
    sentences = [paper.texts(sentence) for sentence in range(first, last + 1)]
    return max(sum(len(texts.get(language, "")) + 1 for texts in sentences) for language in LANGUAGES)


def _is_shown(hit: Hit, sentence: int) -> bool:
    return hit.passage.first <= sentence <= hit.passage.last
