"""Cites the best sentences for an answer, as quotes with the words that answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answering.paragraphs import CLOSE
from assistant.answering.spans import quote_span
from assistant.asking_words import PLURAL
from assistant.citation import Citation, cite
from assistant.question import Question
from assistant.searching import ReadSentence
from index import PaperIndex
from index.encoders import Vectors

CITED = 3
"""The number of passages that an answer cites, or that a refusal offers."""


def cite_best(
    index: PaperIndex, question: Question, scores: Vectors, read: Sequence[ReadSentence] = (), *, first: int = 0
) -> tuple[Citation, ...]:
    """Cite the best sentences. The ``first`` ones have a citation each, even if they are neighbours."""
    paper = index.paper
    kind = "list" if _is_list(index, question, scores) else question.kind
    citations: list[Citation] = []
    cited: set[int] = set()
    for hit in [*index.best(scores, first, apart=False), *index.best(scores, 2 * CITED)]:
        if len(citations) == max(CITED, first) or hit.sentence.index in cited:
            continue
        is_best = not citations and not first
        start, end = quote_span(paper, hit, scores, is_best=is_best, kind=kind)
        sentences = range(start, end + 1)
        cited.update(sentences)
        citation = cite(paper, start, end, hit.passage, marker=len(citations) + 1, score=hit.score)
        words = _words(citation.text_in(question.language), sentences, read)
        citations.append(replace(citation, words=words))
    return tuple(citations)


def _is_list(index: PaperIndex, question: Question, scores: Vectors) -> bool:
    """Return whether a list answers: the question asks for one, or for several things and finds items of one list."""
    if question.kind == "list":
        return True
    best = [hit.sentence for hit in index.best(scores, CITED, apart=False)]
    leads = [lead for s in best if (lead := index.paper.paragraphs[s.paragraph].lead) is not None and s.kind == "item"]
    return bool(PLURAL.search(question.text)) and any(leads.count(lead) > 1 for lead in leads)


def cite_sentences(index: PaperIndex, sentences: Sequence[int]) -> tuple[Citation, ...]:
    """Cite sentences, by index, in this order."""
    scores = lifted(np.zeros(len(index.paper.sentences), dtype=np.float32), sentences)
    hits = {hit.sentence.index: hit for hit in index.best(scores, len(sentences), apart=False)}
    found = [hits[sentence] for sentence in sentences if sentence in hits]
    return tuple(
        cite(index.paper, hit.sentence.index, hit.sentence.index, hit.passage, marker=nth, score=hit.score)
        for nth, hit in enumerate(found, 1)
    )


def lifted(scores: Vectors, sentences: Sequence[int], step: float = 2 * CLOSE) -> Vectors:
    """Return scores in which some sentences come first, in this order, with ``step`` between them.

    Sentences that are not searched, such as headings, are not to be quoted, and keep their scores.
    """
    raised = scores.copy()
    for sentence in reversed(sentences):
        if np.isfinite(scores[sentence]):
            raised[sentence] = raised.max() + step
    return raised


def _words(text: str, sentences: range, read: Sequence[ReadSentence]) -> str:
    """Return the words of a quote that the reader takes for the answer, "" for none. ``sentences`` are the quote's."""
    answering = (item for item in read if item.sentence in sentences and item.reading.answered > 0)
    likely = [item for item in answering if item.words and item.words in text]
    return max(likely, key=lambda item: item.reading.answered).words if likely else ""
