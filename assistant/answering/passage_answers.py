"""Answers from passages: the best sentences found for a question, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answer import Answer
from assistant.answerability import Answerability
from assistant.answering.absent_names import Names, refusal
from assistant.answering.citing import CITED, cite_best, lifted
from assistant.answering.direct import LONGEST_DIRECT, direct_answer
from assistant.answering.enumeration import enumerated
from assistant.answering.identities import named
from assistant.answering.paragraphs import CLOSE, LESS_CLOSE, quoting, quoting_close, said
from assistant.answering.specifics import is_met, specifics
from assistant.answering.terms import TermQuestion, explaining_sentence, names_in_language, not_explained, term_question
from assistant.asking_words import content_words
from assistant.citation import Citation
from assistant.expectation import holds
from assistant.question import Question
from assistant.searching import Searched
from assistant.wording import say
from corpus import Finding, KnownQuestion
from index import Found, PaperIndex
from index.encoders import Vectors

SUGGESTED = 3
"""The most questions that an answer suggests."""

# Cosines from which a question is taken for a known one:
_RECOGNISED = 0.95  # that the paper leaves open, if it is refused anyway
_PREMISE = 0.93  # if it asks "why", and the known one has a false premise
_NEARLY_THE_SAME = 0.975  # if it asks anything else, and the known one has a false premise
_CLEARLY = 0.02  # for a false premise, how much nearer it must be to the known one than to any that the paper answers

_MOSTLY_KNOWN = 0.7  # the least share of words in the paper with which a text that asks nothing is answered
_TOGETHER = CLOSE / (2 * CITED)  # the distance between the scores of sentences that are quoted together


class PassageAnswers:
    """Answers from the passages of one paper."""

    def __init__(self, index: PaperIndex, answerability: Answerability) -> None:
        self._index = index
        self._paper = index.paper
        self._answerability = answerability
        self._names = Names(index)

    def answer(self, question: Question, searched: Searched) -> Answer:
        """Answer a question from what was found for it."""
        if term := term_question(question.searched, self._index.glossary, is_keyword=question.is_keyword):
            return self._explained(question, term, searched)
        if name := named(question, self._paper, searched.scores):
            quoted = self.quoted(question, searched, lifted(searched.scores, [name.sentence]))
            says_more = name.words.casefold() not in question.text.casefold()
            return replace(quoted, kind="definition", short=name.words if says_more else None, confidence=1.0)
        if not self.is_answerable(question, searched):
            return self.refused(question, searched)
        asked = self.asked(searched.found)
        known = lifted(searched.scores, asked.sentences[:CITED], _TOGETHER) if asked else None
        quoted = self.quoted(question, searched, known)
        finding = self._noted(quoted, searched.found.finding)
        return quoted if finding is None else self._with_note(question, searched, quoted, finding)

    def _with_note(self, question: Question, searched: Searched, quoted: Answer, finding: Finding) -> Answer:
        """Return an answer with a finding's note on where the paper disagrees with itself.

        All sentences on the matter are quoted, the best first, unless a list already quotes them. For a known question,
        those that answer are quoted anyway, and only another value of a date or a number may be missing.
        """
        has_values = question.expected in ("date", "number")
        is_missing = not self.asked(searched.found) or (has_values and len(finding.sentences) > 1)
        if is_missing and len(finding.sentences) <= CITED:
            sentences = sorted(finding.sentences, key=lambda sentence: -searched.scores[sentence])
            scores = lifted(searched.scores, sentences, _TOGETHER)
            quoted = self.quoted(question, searched, scores, first=len(sentences))
            if has_values:  # each sentence's value
                values = [direct_answer(question, citation) for citation in quoted.quoted[: len(sentences)]]
                quoted = replace(quoted, short="; ".join(_each_once(values)) or None)
        if not quoted.short:
            derived = say("from_finding", question.language)
            quoted = replace(quoted, short=finding.statement[question.language], derived_from=derived)
        return replace(quoted, note=finding.note[question.language])

    def confidence(self, question: Question, searched: Searched) -> float:
        """Return the probability that the paper answers a question; 1 or 0 for one of which that is known."""
        if asked := self.asked(searched.found):
            return float(not asked.is_open)
        signals = self._answerability.signals(question, searched)
        return self._answerability.probability(signals, question.language)

    def is_answerable(self, question: Question, searched: Searched) -> bool:
        """Return whether to answer a question, rather than to refuse it."""
        if asked := self.asked(searched.found):
            return not asked.is_open
        if self._is_open(question, searched):
            return False
        known = self._answerability.known_share(searched.found.own_words)
        # A keyword asks nothing that the paper could leave open.
        if question.is_keyword and known == 1:
            return True
        is_statement = question.kind == "fact" and not question.asks and not question.leans
        if is_statement and known < _MOSTLY_KNOWN and self._answerability.compares(question.language):
            return False
        return self._answerability.is_enough(self.confidence(question, searched), question.language)

    def _is_open(self, question: Question, searched: Searched) -> bool:
        """Return whether the paper surely leaves a question open that is not a known one."""
        # Nothing in the paper is searched, since it has only sources; or the question is "When?", after nothing.
        if not np.isfinite(searched.scores).any() or not content_words(question.searched):
            return True
        texts = [self._paper.sentences[item.sentence].text for item in searched.read]
        if question.expected in ("age", "money") and not any(holds(text, question.expected) for text in texts):
            return True
        return bool(self._names.absent_labels(question.searched))

    def asked(self, found: Found) -> KnownQuestion | None:
        """Return the known question that was asked, None for any other question."""
        return None if found.known.asked is None else self._paper.annotations.questions[found.known.asked]

    def quoted(
        self, question: Question, searched: Searched, scores: Vectors | None = None, *, first: int = 0
    ) -> Answer:
        """Return the answer that quotes the best sentences.

        ``scores``, shape (sentences,), are those of the search if they are None. The ``first`` sentences are cited each
        by itself.
        """
        scores = searched.scores if scores is None else scores
        citations = cite_best(self._index, question, scores, searched.read, first=first)
        is_sure = any(item.reading.answered > 0 for item in searched.read)
        short, derived_from = self._short(question, citations, self.asked(searched.found))
        return replace(
            Answer.to(question, "answered"),
            short=short,
            derived_from=derived_from,
            paragraphs=quoting_close(citations, question.language, CLOSE if is_sure else LESS_CLOSE),
            citations=citations,
            confidence=round(self.confidence(question, searched), 4),
        )

    def _short(
        self, question: Question, citations: Sequence[Citation], asked: KnownQuestion | None
    ) -> tuple[str | None, str | None]:
        """Return the direct answer and what it was derived from. For a list, it is the items in the first quote.

        For a known question, it is the words that are known to answer, if the first quote has them.
        """
        if not citations:
            return None, None
        best = citations[0]
        if asked and (known := asked.answer[question.language]) and known in best.text_in(question.language):
            return known, None
        if question.kind == "list":
            items = enumerated(best.text_in(question.language), best.words, question.searched)
            if items:
                return "; ".join(items), say("from_enumeration", question.language)
        return direct_answer(question, best), None

    def refused(self, question: Question, searched: Searched) -> Answer:
        """Return a refusal with the nearest sentences, or, for a false premise, what the paper says instead."""
        granted = self._taken_for_granted(question, searched.found)
        known = granted or self._recognised(searched.found, _RECOGNISED)
        related = cite_best(self._index, question, lifted(searched.scores, known.near if known else ()))
        unknown = self._names.absent(question.searched) if self._answerability.compares(question.language) else []
        confidence = round(self.confidence(question, searched), 4)
        if granted and related:
            text = related[0].text_in(question.language)
            return replace(
                Answer.to(question, "corrected"),
                short=text if len(text) <= LONGEST_DIRECT else None,
                paragraphs=(said(say("not_so", question.language)), *quoting(related[:1], (), question.language)),
                citations=related[:1],
                confidence=confidence,
            )
        refused = Answer.to(question, "not_in_paper")
        paragraphs = (said(refusal(question, unknown)),)
        return replace(refused, paragraphs=paragraphs, related=related, confidence=confidence)

    def suggestions(self, answer: Answer, found: Found) -> tuple[str, ...]:
        """Return the nearest known questions about sentences that an answer does not quote, one for each."""
        suggested: dict[int, str] = {}
        for known in (self._paper.annotations.questions[row] for row in found.known.alike):
            text, sentence = known.text[answer.language], known.sentences[0]
            # Known questions in chat spelling only serve to find sentences.
            if text[0].isupper() and text.endswith("?") and not self._quotes(answer, sentence):
                suggested.setdefault(sentence, text)
        return tuple(suggested.values())[:SUGGESTED]

    def _explained(self, question: Question, term: TermQuestion, searched: Searched) -> Answer:
        """Return what the paper says about a term of its glossary, or that it does not explain it."""
        sentence = explaining_sentence(term, self._paper)
        scores = lifted(searched.scores, [term.term.sentences[0] if sentence is None else sentence])
        if sentence is None:
            refused = self.refused(question, searched)
            related = cite_best(self._index, question, scores)
            return replace(refused, paragraphs=(said(not_explained(term, question.language)),), related=related)
        quoted = replace(self.quoted(question, searched, scores), confidence=1.0)
        names = names_in_language(term, self._paper, question.language)
        return replace(quoted, paragraphs=(said(names), *quoted.paragraphs)) if names else quoted

    def _recognised(self, found: Found, alike: float) -> KnownQuestion | None:
        """Return the known open question that is as near as ``alike``, if no answered question is nearer."""
        known = found.known
        if known.nearest_open is None or known.sameness < alike or known.left_open < known.answered:
            return None
        return self._paper.annotations.questions[known.nearest_open]

    def _taken_for_granted(self, question: Question, found: Found) -> KnownQuestion | None:
        """Return the known question with a false premise that was asked. A "why" question may be less near to it."""
        if question.kind == "claim":
            return None
        asked = self._recognised(found, _PREMISE if question.kind == "reason" else _NEARLY_THE_SAME)
        is_clear = found.known.left_open >= found.known.answered + _CLEARLY
        is_granted = asked and asked.has_false_premise and is_clear and self._has_numbers(question, asked)
        return asked if is_granted else None

    def _has_numbers(self, question: Question, known: KnownQuestion) -> bool:
        """Return whether a question has all numbers of a known one: one of them may be what is false."""
        own, sought = (
            [specific for specific in specifics(text, self._index.glossary) if specific.sort in ("number", "percent")]
            for text in (question.searched, known.text[question.language])
        )
        return all(is_met(number, own) for number in sought)

    def _noted(self, answer: Answer, finding: int | None) -> Finding | None:
        """Return a finding, by its index, if it has a note and an answer quotes one of its sentences."""
        if finding is None:
            return None
        noted = self._paper.annotations.findings[finding]
        is_quoted = any(self._quotes(answer, sentence) for sentence in noted.sentences)
        return noted if noted.note[answer.language] and is_quoted else None

    def _quotes(self, answer: Answer, sentence: int) -> bool:
        """Return whether an answer's text quotes a sentence, by its index."""
        start = self._paper.sentences[sentence].start
        return any(citation.start <= start < citation.end for citation in answer.quoted)


def _each_once(values: Sequence[str | None]) -> list[str]:
    """Return the values without repetitions, and without one that another says in more words (20,000: 20,000 packs)."""
    once: dict[str, str] = {}
    for value in filter(None, values):
        once.setdefault(value.casefold(), value)
    return [value for key, value in once.items() if not any(other.startswith(f"{key} ") for other in once)]
