"""Answers about a paper whose index is still being built, from the part that shares words with the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from assistant.answer import Answer
from assistant.asking import Asker
from assistant.assistant import Assistant
from assistant.question import Question
from assistant.wording import say
from corpus import Paper, check_searchable
from index.dictionary import in_words_of
from index.words import WordIndex

PASSAGES = 20
"""The number of passages that are encoded for a question, with those within them. They take about a second."""


class FirstLook(Asker):
    """Answers from the passages of a paper that share the most words with a question.

    Each answer has a note that the rest of the paper was not read. The answer to a refused question may be in the rest.
    """

    def __init__(self, paper: Paper, over: Callable[[Paper], Assistant]) -> None:
        """Look into a paper. ``over`` returns an assistant over a part of it. Raises PaperError for an empty paper."""
        super().__init__()
        check_searchable(paper)
        self._paper = paper
        self._over = over

    @property
    def identity(self) -> dict[str, str]:
        """The paper's text, of which only a part is read."""
        return {"paper": self._paper.digest, "read": "part"}

    def answer(self, batch: Sequence[Question]) -> list[Answer]:
        """Answer questions, each from its own part of the paper."""
        answers = [self._over(self._part(question)).answer([question])[0] for question in batch]
        return [replace(answer, note=say("first_look", answer.language)) for answer in answers]

    def _part(self, question: Question) -> Paper:
        """Return the paper with the passages that share the most words with a question, and the shorter ones within."""
        asked = in_words_of(self._words, question.searched, question.language)
        scores = self._words.scores(asked, self._words.main_language)
        best = [self._paper.passages[row] for row in np.argsort(-scores, kind="stable")[:PASSAGES]]
        read = {sentence for passage in best for sentence in passage.sentences}
        return replace(self._paper, passages=tuple(p for p in self._paper.passages if {p.first, p.last} <= read))

    @cached_property
    def _words(self) -> WordIndex:
        passages = self._paper.passages
        return WordIndex([p.full_text for p in passages], [p.language for p in passages])
