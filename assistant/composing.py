"""From what was found and read for a question to its `Answer`: told, explained or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answer import Answer
from assistant.answerability import Answerability
from assistant.citation import Citation, cite
from assistant.expectation import asks_for_list, is_about_any_paper
from assistant.question import Asked
from assistant.refusing import refusal
from assistant.searching import ReadSentence, Searched
from assistant.span import quoted
from assistant.telling import CLOSE, count_told, tell, tell_related
from assistant.terminology import TermQuestion, called, not_told, telling_sentence, term_question
from assistant.wording import say
from corpus import Finding, KnownQuestion
from index import Found, PaperIndex
from index.embedder import Vectors

CITED = 3
"""How many passages an answer cites, or a refusal offers as related."""

RECOGNISED = 0.95
"""The similarity from which a refused question is taken for a known one that the paper leaves open (e5's cosines)."""

THE_SAME = 0.99
"""The similarity from which it is that very question, and refused whatever else is found."""


_TOGETHER = CLOSE / (2 * CITED)
"""By how much sentences that are told together come before each other."""

SUGGESTED = 3
"""How many further questions an answer suggests."""


class Composer:
    """Composes the answers to questions about one paper."""

    def __init__(self, index: PaperIndex, answerability: Answerability) -> None:
        self._index = index
        self._paper = index.paper
        self._answerability = answerability

    def compose(self, asked: Asked, searched: Searched) -> Answer:
        """Answer a question from what was found for it."""
        signals = self._answerability.signals(asked.language, searched)
        confidence = self._answerability.probability(signals, asked.language)
        answer = Answer(
            question=asked.text,
            language=asked.language,
            status="not_in_paper",
            text="",
            confidence=round(confidence, 4),
            understood_as=asked.understood_as if asked.understood_as != asked.text else None,
        )
        answer = self._decided(answer, asked, searched)
        return replace(answer, suggestions=self._suggestions(answer, searched.found))

    def _decided(self, answer: Answer, asked: Asked, searched: Searched) -> Answer:
        """Return what is told, explained or refused."""
        if term := term_question(asked.understood_as, self._index.glossary):
            return self._explained(answer, term, searched)
        if not np.isfinite(searched.scores).any():  # a paper of sources only, which are not searched
            return self._refused(answer, searched)
        if is_about_any_paper(asked.text):
            answer = replace(answer, confidence=1.0)  # by its wording alone
        elif answer.confidence < self._answerability.threshold or self._recognised(searched.found, THE_SAME):
            return self._refused(answer, searched)
        told = self._told(answer, searched.scores, searched.read)
        finding = self._noted(told, searched.found.finding)
        if finding is None:
            return told
        # Where the paper disagrees with itself, all that it says of the matter is told, the best of it first.
        sentences = sorted(finding.sentences, key=lambda sentence: -searched.scores[sentence])[:CITED]
        told = self._told(answer, _lifted(searched.scores, sentences, _TOGETHER), searched.read, first=len(sentences))
        return replace(told, note=finding.note[answer.language])

    def _told(
        self, answer: Answer, scores: Vectors, read: Sequence[ReadSentence], *, before: str = "", first: int = 0
    ) -> Answer:
        """Return the answer that tells what the best sentences say, after what is to be said ``before``.

        The ``first`` so many are each cited by themselves, though they may stand near each other.
        """
        citations = self._cite(answer, scores, read, first)
        told = count_told(citations, answer.language)
        text = tell(citations[:told], citations[told:], answer.language)
        text = f"{before}\n\n{text}" if before else text
        return replace(answer, status="answered", text=text, told=told, citations=citations)

    def _explained(self, answer: Answer, term: TermQuestion, searched: Searched) -> Answer:
        """Return what the paper tells of a term of its glossary, or that it does not."""
        telling = telling_sentence(term, self._paper)
        scores = _lifted(searched.scores, [term.term.sentences[0] if telling is None else telling])
        if telling is None:
            text = not_told(term, answer.language)
            return replace(answer, text=text, related=self._cite(answer, scores))
        answer = replace(answer, confidence=1.0)
        return self._told(answer, scores, searched.read, before=called(term, self._paper, answer.language))

    def _refused(self, answer: Answer, searched: Searched) -> Answer:
        """Return that the paper does not say, and what comes nearest; of a premise that is false, what it does say."""
        known = self._recognised(searched.found, RECOGNISED)
        related = self._cite(answer, _lifted(searched.scores, known.near if known else ()))
        is_comparable = self._answerability.relation(answer.language) != "other"
        unknown = self._answerability.unknown_names(searched.text) if is_comparable else []
        text = refusal(answer.question, unknown, answer.language)
        if known and known.has_false_premise:
            text = f"{say('not_so', answer.language)}\n\n{tell_related(related[0], answer.language)}"
        return replace(answer, text=text, related=related)

    def _recognised(self, found: Found, alike: float) -> KnownQuestion | None:
        """Return the known question that was asked, if the paper leaves it open and it is so much alike."""
        if found.nearest_open is None or found.sameness < alike or found.left_open < found.answered:
            return None
        return self._paper.questions[found.nearest_open]

    def _suggestions(self, answer: Answer, found: Found) -> tuple[str, ...]:
        """Return the nearest known questions on sentences that an answer does not tell, one for each sentence."""
        suggested: dict[int, str] = {}
        for question in (self._paper.questions[row] for row in found.alike):
            text, sentence = question.text[answer.language], question.sentences[0]
            # Of the chatty ones with their misprints, which serve to be found by, none is put in anyone's mouth.
            if text[0].isupper() and text.endswith("?") and not self._tells(answer, sentence):
                suggested.setdefault(sentence, text)
        return tuple(suggested.values())[:SUGGESTED]

    def _noted(self, answer: Answer, finding: int | None) -> Finding | None:
        """Return a finding, by its index, if there is a note to it and an answer tells one of its sentences."""
        stated = None if finding is None else self._paper.findings[finding]
        if stated is None or not stated.note[answer.language]:
            return None
        return stated if any(self._tells(answer, sentence) for sentence in stated.sentences) else None

    def _tells(self, answer: Answer, sentence: int) -> bool:
        """Tell whether an answer's text holds a sentence, by its index."""
        start = self._paper.sentences[sentence].start
        return any(citation.start <= start < citation.end for citation in answer.citations[: answer.told])

    def _cite(
        self, answer: Answer, scores: Vectors, read: Sequence[ReadSentence] = (), first: int = 0
    ) -> tuple[Citation, ...]:
        whole_list = asks_for_list(answer.question)
        citations: list[Citation] = []
        quoted_already: set[int] = set()
        for hit in [*self._index.best(scores, first, apart=False), *self._index.best(scores, 2 * CITED)]:
            if len(citations) == CITED or hit.sentence.index in quoted_already:
                continue
            is_best = not citations and not first
            start, end = quoted(self._paper, hit, scores, is_best=is_best, whole_list=whole_list)
            sentences = range(start, end + 1)
            quoted_already.update(sentences)
            citation = cite(self._paper, start, end, hit.passage, marker=len(citations) + 1, score=hit.score)
            words = _words(citation.text_in(answer.language), sentences, read)
            citations.append(replace(citation, words=words))
        return tuple(citations)


def _lifted(scores: Vectors, sentences: Sequence[int], step: float = 2 * CLOSE) -> Vectors:
    """Return scores in which some sentences come first, in their order, each by a step before the next.

    What is not searched, such as a heading, is no sentence to quote, and stays so.
    """
    lifted = scores.copy()
    for sentence in reversed(sentences):
        if np.isfinite(scores[sentence]):
            lifted[sentence] = lifted.max() + step
    return lifted


def _words(text: str, sentences: range, read: Sequence[ReadSentence]) -> str:
    """Return the words of a text, which some sentences say, that the reader takes for the answer; "" for none."""
    likely = [
        one
        for one in read
        if one.words and one.words in text and one.sentence in sentences and one.reading.answered > 0
    ]
    return max(likely, key=lambda one: one.reading.answered).words if likely else ""
