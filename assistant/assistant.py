"""The assistant: a question in, an `Answer` in the paper's own words out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.answerability import Answerability
from assistant.composing import Composer
from assistant.conversation import Conversation
from assistant.errors import QuestionError
from assistant.lookup import Catalogue, Lookup
from assistant.question import LONGEST_QUESTION, Asked, take
from assistant.reader import Reader
from assistant.searching import Searcher
from corpus import Language, Paper, load_paper
from index import Embedder, PaperIndex, load_index

_BATCH = 32
"""Questions that are encoded together, and between which a batch can be stopped."""

_REMEMBERED = 512
"""Answers that are given again at once to the same question."""

Progress = Callable[[str, int, int], None]


class Assistant:
    """Answers questions about one paper. Asking is thread-safe."""

    def __init__(self, index: PaperIndex, reader: Reader, answerability: Answerability | None = None) -> None:
        """Answer from this index; ``load`` opens the right one for a paper."""
        self._index = index
        self._reader = reader
        self._searcher = Searcher(index, reader)
        self._composer = Composer(index, answerability or Answerability.load(index))
        # People click the same suggestions and examples, and reload the same links.
        self._remembered = lru_cache(_REMEMBERED)(self._answered)

    @classmethod
    def load(
        cls,
        paper: str | Path | Paper | None = None,
        *,
        model: str | None = None,
        progress: Progress | None = None,
    ) -> Assistant:
        """Open a paper (None: the bundled one), with an embedding model (None: the installed one), for questions.

        The first time the model is unpacked and the index built, into the user's cache; from then on both are opened.
        ``progress`` is called with (stage, done, total), the stage being "model" or "index". Raises TanyaError: a
        PaperError, ModelError or StoreError.
        """
        report = progress or (lambda stage, done, total: None)
        paper = paper if isinstance(paper, Paper) else load_paper(paper)
        report("model", 0, 1)
        embedder, reader = Embedder.load(model), Reader.load()
        report("model", 1, 1)
        return cls(load_index(paper, embedder, progress=lambda done, total: report("index", done, total)), reader)

    def over(self, paper: Paper, *, progress: Progress | None = None) -> Assistant:
        """Return an assistant over another paper, with the same models; its index is nowhere but in memory.

        ``progress`` is called with ("index", done, total), and may raise to cancel. Raises PaperError.
        """
        report = progress or (lambda stage, done, total: None)
        embedder = self._index.embedder
        index = PaperIndex.build(paper, embedder, progress=lambda done, total: report("index", done, total))
        return Assistant(index, self._reader)

    @property
    def paper(self) -> Paper:
        """The paper that is asked."""
        return self._index.paper

    @property
    def identity(self) -> dict[str, str]:
        """What decides the answers: the paper's text, all texts that are searched, the embedding model, the reader."""
        return {
            "paper": self.paper.digest,
            "texts": self._index.texts_digest,
            "model": self._index.embedder.fingerprint,
            "reader": self._reader.fingerprint,
        }

    def ask(self, question: str, *, language: Language | None = None, context: str | None = None) -> Answer:
        """Answer one question.

        ``language`` overrides the question's own, which is told from its words. ``context`` is an earlier question that
        this one follows. Raises QuestionError.
        """
        began = time.perf_counter()
        # What is too long to be asked is too long to be remembered.
        remember = isinstance(question, str) and max(len(question), len(context or "")) <= LONGEST_QUESTION
        answer = (self._remembered if remember else self._answered)(question, language, context)
        if answer.error:
            raise QuestionError(answer.error)
        return replace(answer, seconds=round(time.perf_counter() - began, 4))

    def ask_many(
        self,
        questions: Sequence[Any],
        *,
        language: Language | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Answer]:
        """Answer questions in their order; one that cannot be asked gets an answer whose status is "error".

        ``progress`` is called with (done, total) after each answer; an exception raised by it ends the work.
        """
        answers = []
        for answer in self.answers(questions, languages=[language] * len(questions)):
            answers.append(answer)
            if progress:
                progress(len(answers), len(questions))
        return answers

    def answers(
        self,
        questions: Sequence[Any],
        *,
        languages: Sequence[Language | None],
        contexts: Sequence[str | None] | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer to each question in order, working through them in batches of bounded size."""
        asked = map(take, questions, languages, contexts or [None] * len(questions))
        while batch := list(islice(asked, _BATCH)):
            began = time.perf_counter()
            searched = iter(self._searcher.search([a for a in batch if a.error is None]))
            answers = [self._composer.compose(a, next(searched)) if a.error is None else _error(a) for a in batch]
            seconds = (time.perf_counter() - began) / len(batch)
            for answer in answers:
                yield replace(answer, seconds=round(seconds, 4))

    def lookup(self, text: str | None = None, *, topic: str | None = None, language: Language | None = None) -> Lookup:
        """Return findings and sentences that hold a word or a phrase; see `Catalogue.lookup`. Raises TopicError."""
        return self._catalogue.lookup(text, topic=topic, language=language)

    def _answered(self, question: Any, language: Language | None, context: str | None) -> Answer:
        return next(self.answers([question], languages=[language], contexts=[context]))

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.paper)

    def conversation(self, previous: str | None = None) -> Conversation:
        """Begin a conversation, in which a question may follow the one before; ``previous`` takes up an earlier one."""
        return Conversation(self, previous)


def _error(asked: Asked) -> Answer:
    return Answer(asked.text, asked.language, "error", text="", error=asked.error)
