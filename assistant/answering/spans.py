"""Chooses the sentences of a quote: the one that was found, and neighbours that complete it."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.expectation import gives_reason
from assistant.question import Kind
from corpus import LANGUAGES, Paper, Sentence
from index import Hit
from index.encoders import Vectors

NEIGHBOUR = 0.03
"""How far below the best sentence its neighbour may score and still be quoted with it. If one sentence names a matter
and the next explains it, either may be nearer to the question."""

LONGEST_QUOTE = 560
"""Characters of the longest quote of several sentences, which fits into an answer's text."""

LONGEST_QUOTED_LIST = 1000
"""The same for a list."""

_ANNOUNCES = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|eight|dua|tiga|empat|lima|enam|tujuh|delapan|\d{1,2}) (?!persen|percent|"
    r"juta|ribu|million)[^\W\d_]+|following|as follows|berikut|beberapa|several|pertama|first)\b|:$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:these|those|they|the (?:two|three|four|five|six|first|second)|first|second|strategi (?:ke|per)|ke(?:dua|tiga|"
    r"empat|lima)|pertama|kedua|ketiga|yaitu|yakni|namely|the \w+ (?:strategy|priority|reason|step) )",
    re.IGNORECASE,
)
"""Beginnings of a sentence that gives what the one before it announced."""


def quote_span(paper: Paper, hit: Hit, scores: Vectors, *, is_best: bool, kind: Kind = "fact") -> tuple[int, int]:
    """Return the first and the last sentence of a hit's quote, by index.

    A caption is quoted with its source. The best hit is quoted with the first of these that fits:

    - its list or table, as far as there is room, if it is the lead-in or a list was asked for
    - the next sentence, if that gives what it announces
    - a neighbour that gives the reason, if that was asked for and it gives none itself
    - its better neighbour in its paragraph, if that scores nearly as well

    ``scores`` are those of all sentences, shape (sentences,).
    """
    found = hit.sentence
    beside = [paper.sentences[s] for s in (found.index - 1, found.index + 1) if s in hit.passage.sentences]
    if found.kind == "caption" and beside and beside[-1].kind == "source":
        return found.index, beside[-1].index
    if not is_best:
        return found.index, found.index
    if whole := _list_of(paper, found.index, needs_lead=kind != "list"):
        return whole
    fitting = [s for s in beside if s.paragraph == found.paragraph and len(s.text) + len(found.text) < LONGEST_QUOTE]
    if kind in ("list", "fact") and _ANNOUNCES.search(found.text):
        after = [s for s in fitting if s.index > found.index and _has(paper, s, _GOES_ON.match)]
        if after:
            return found.index, after[0].index
    completing = [s for s in fitting if scores[s.index] >= hit.score - NEIGHBOUR]
    if kind == "reason" and not _has(paper, found, gives_reason):
        completing = [s for s in fitting if _has(paper, s, gives_reason)] or completing
    other = max(completing, key=lambda s: float(scores[s.index]), default=found).index
    return min(found.index, other), max(found.index, other)


def _has(paper: Paper, sentence: Sentence, matches: Callable[[str], object]) -> bool:
    return any(map(matches, paper.texts(sentence.index).values()))


def _list_of(paper: Paper, sentence: int, *, needs_lead: bool) -> tuple[int, int] | None:
    """Return the lead-in and the last item of a sentence's list that there is room for; None without a list.

    ``needs_lead``: None if the sentence is not itself the lead-in.
    """
    own = paper.paragraphs[paper.sentences[sentence].paragraph].lead
    lead = last = sentence if own is None else own
    if needs_lead and lead != sentence:
        return None
    for following in paper.sentences[lead + 1 :]:
        if paper.paragraphs[following.paragraph].lead != lead or not following.is_quotable:
            break
        last = following.index
    while last > lead and _length(paper, lead, last) >= LONGEST_QUOTED_LIST:
        last -= 1
    return (lead, last) if lead < last and sentence <= last else None


def _length(paper: Paper, first: int, last: int) -> int:
    """Return the number of characters of sentences, in the language in which they are longer."""
    sentences = [paper.texts(sentence) for sentence in range(first, last + 1)]
    return max(sum(len(texts.get(language, "")) + 1 for texts in sentences) for language in LANGUAGES)
