"""The assistant: a question in, an `Answer` in the paper's own words out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from assistant.answer import Answer
from assistant.citation import Citation, cite
from assistant.conversation import Conversation
from assistant.errors import QuestionError
from assistant.expectation import bonuses, is_about_any_paper
from assistant.lookup import Catalogue, Lookup
from assistant.relevance import Relevance
from assistant.span import quoted
from assistant.spelling import as_searched
from assistant.telling import CLOSE, count_told, tell
from assistant.terminology import called, not_told, telling_sentence, term_question
from assistant.wording import say
from corpus import Glossary, Language, Paper, language_of, load_paper
from index import Embedder, Found, PaperIndex, load_index
from index.embedder import Vectors

LONGEST_QUESTION = 1000
"""Characters of the longest question that is taken."""

CITED = 3
"""How many passages an answer cites, or a refusal offers as related."""

_BATCH = 32
"""Questions that are encoded together, and between which a batch can be stopped."""

Progress = Callable[[str, int, int], None]


class _Asked(NamedTuple):
    """A question that can be asked, or what is wrong with it."""

    question: str
    language: Language
    understood_as: str
    error: str | None


class Assistant:
    """Answers questions about one paper. Asking is thread-safe."""

    def __init__(self, index: PaperIndex, relevance: Relevance | None = None) -> None:
        """Answer from this index; ``load`` opens the right one for a paper."""
        self._index = index
        self._relevance = relevance or Relevance.load(index)
        self._glossary = Glossary(index.paper.glossary)

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
        embedder = Embedder.load(model)
        report("model", 1, 1)
        return cls(load_index(paper, embedder, progress=lambda done, total: report("index", done, total)))

    @property
    def paper(self) -> Paper:
        """The paper that is asked."""
        return self._index.paper

    @property
    def identity(self) -> dict[str, str]:
        """What decides the answers: the paper's text, all texts that are searched, and the embedding model."""
        return {
            "paper": self.paper.digest,
            "texts": self._index.texts_digest,
            "model": self._index.embedder.fingerprint,
        }

    def ask(self, question: str, *, language: Language | None = None, context: str | None = None) -> Answer:
        """Answer one question.

        ``language`` overrides the question's own, which is told from its words. ``context`` is an earlier question that
        this one follows. Raises QuestionError.
        """
        answer = next(self.answers([question], languages=[language], contexts=[context]))
        if answer.error:
            raise QuestionError(answer.error)
        return answer

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
        asked = map(_check, questions, languages, contexts or [None] * len(questions))
        while batch := list(islice(asked, _BATCH)):
            began = time.perf_counter()
            sound = [a for a in batch if a.error is None]
            searched = [as_searched(a.understood_as, a.language, self._glossary) for a in sound]
            found = zip(searched, self._index.search(searched, [a.language for a in sound]), strict=True)
            answers = [self._compose(a, *next(found)) if a.error is None else _error(a) for a in batch]
            seconds = (time.perf_counter() - began) / len(batch)
            for answer in answers:
                yield replace(answer, seconds=round(seconds, 4))

    def lookup(self, text: str | None = None, *, topic: str | None = None, language: Language | None = None) -> Lookup:
        """Return findings and sentences that hold a word or a phrase; see `Catalogue.lookup`. Raises TopicError."""
        return self._catalogue.lookup(text, topic=topic, language=language)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.paper)

    def conversation(self, previous: str | None = None) -> Conversation:
        """Begin a conversation, in which a question may follow the one before; ``previous`` takes up an earlier one."""
        return Conversation(self, previous)

    def _compose(self, asked: _Asked, searched: str, found: Found) -> Answer:
        confidence = self._relevance.probability(searched, asked.language, found)
        scores = found.scores + bonuses(asked.question, self.paper)
        term = term_question(asked.understood_as, self._glossary)
        telling = telling_sentence(term, self.paper) if term else None
        if term:
            scores[term.term.sentences[0] if telling is None else telling] = scores.max() + 2 * CLOSE
        citations = self._cite(scores)
        answer = Answer(
            question=asked.question,
            language=asked.language,
            status="not_in_paper",
            text=not_told(term, asked.language) if term else say("not_in_paper", asked.language),
            related=citations,
            confidence=round(confidence, 4),
            understood_as=asked.understood_as if asked.understood_as != asked.question else None,
        )
        is_general = is_about_any_paper(asked.question)
        is_about_it = is_general or confidence >= self._relevance.threshold
        is_told = telling is not None if term else is_about_it
        if not is_told or not citations:
            return answer
        told = count_told(citations, asked.language)
        text = tell(citations[:told], citations[told:], asked.language)
        if term and (names := called(term, self.paper, asked.language)):
            text = f"{names}\n\n{text}"
        if term or is_general:
            answer = replace(answer, confidence=1.0)  # by its wording alone
        note = self._note(found, citations[:told], asked.language)
        return replace(answer, status="answered", text=text, told=told, note=note, citations=citations, related=())

    def _note(self, found: Found, told: Sequence[Citation], language: Language) -> str | None:
        """Return what is noted of the finding nearest to a question, if the answer tells one of its sentences."""
        if found.finding is None:
            return None
        finding = self.paper.findings[found.finding]
        starts = [self.paper.sentences[sentence].start for sentence in finding.sentences]
        is_told = any(citation.start <= start < citation.end for citation in told for start in starts)
        return finding.note[language] or None if is_told else None

    def _cite(self, scores: Vectors) -> tuple[Citation, ...]:
        hits = self._index.best(scores, CITED)
        return tuple(
            cite(
                self.paper,
                *quoted(self.paper, hit, scores, is_best=marker == 1),
                hit.passage,
                marker=marker,
                score=hit.score,
            )
            for marker, hit in enumerate(hits, 1)
        )


def as_asked(question: Any) -> str:
    """Return a question as it is taken: on one line, and without halves of characters, which no file can hold."""
    return " ".join(str(question).split()).encode(errors="replace").decode()


def _check(question: Any, language: Language | None, context: str | None) -> _Asked:
    """Look whether a question can be asked, and tell its language."""
    text = as_asked(question)
    if not isinstance(question, str):
        language = language or "id"
        key = "empty" if question is None else "not_text"
        return _Asked(text, language, "", say(key, language, kind=type(question).__name__))
    language = language or (language_of(text) if text else "id")
    error = None
    if not text:
        error = say("empty", language)
    elif len(text) > LONGEST_QUESTION:
        error = say("too_long", language, length=len(text), limit=LONGEST_QUESTION)
    elif not any(character.isalpha() for character in text):
        error = say("no_words", language, question=text)
    return _Asked(text, language, f"{context} {text}" if context else text, error)


def _error(asked: _Asked) -> Answer:
    return Answer(asked.question, asked.language, "error", text="", error=asked.error)
