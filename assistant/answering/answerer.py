"""Picks, for each question, the module that answers questions of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import Answer
from assistant.answerability import Answerability
from assistant.answering.claims import ClaimAnswers
from assistant.answering.comparison import ComparisonAnswers
from assistant.answering.file_answers import file_answer
from assistant.answering.interviews import interview_answer
from assistant.answering.parts import PartAnswers
from assistant.answering.passage_answers import PassageAnswers
from assistant.answering.table_answers import TableAnswers
from assistant.answering.talk import reply
from assistant.question import Question
from assistant.reader import Reader
from assistant.searching import Searched, Searcher
from index import PaperIndex


class Answerer:
    """Answers questions about one paper."""

    def __init__(self, index: PaperIndex, answerability: Answerability, searcher: Searcher, reader: Reader) -> None:
        """Answer from an index; ``searcher`` and ``reader`` find and read further texts, beside the question's."""
        self._index = index
        self._answerability = answerability
        self._passages = PassageAnswers(index, answerability)
        self._parts = PartAnswers(index)
        self._tables = TableAnswers(index)
        self._comparisons = ComparisonAnswers(index, searcher, self._passages)
        self._claims = ClaimAnswers(index, reader, answerability, self._passages)

    def without_search(self, question: Question) -> Answer | None:
        """Return the answer to a question that needs no search; None for any other question."""
        if question.kind == "talk":
            return reply(question)
        if question.kind == "file":
            return file_answer(question, self._index)
        if question.kind == "part":
            return self._parts.answer(question)
        return None

    def from_search(self, question: Question, searched: Searched) -> Answer:
        """Answer a question from what was found for it."""
        answer = next(answer for answer in self._attempts(question, searched) if answer is not None)
        return replace(answer, suggestions=self._passages.suggestions(answer, searched.found))

    def _attempts(self, question: Question, searched: Searched) -> Iterator[Answer | None]:
        """Yield each module's answer, None if it has none. The passages always answer or refuse."""
        kind = question.kind
        if question.is_short and not self._answerability.known_share(searched.found.own_words):
            yield reply(question)  # a text that asks nothing, with no word of the paper
        asked = self._passages.asked(searched.found)
        if asked and asked.is_open and not asked.has_false_premise:
            yield self._passages.refused(question, searched)
        yield interview_answer(question, self._index)
        if kind in ("fact", "list", "manner", "comparison", "claim") and not question.is_framed:
            yield self._tables.answer(question)
        if kind in ("fact", "comparison"):
            yield self._comparisons.answer(question, searched)
        if kind == "claim":
            yield self._claims.answer(question, searched)
        if kind in ("reason", "manner") or question.expected == "date":
            yield self._claims.premise(question, searched)
        yield self._passages.answer(question, searched)
