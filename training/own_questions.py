"""Examples from the project's own questions about the bundled paper, `corpus/data/questions.jsonl`.

Their windows are those that the assistant would read: of the sentences that answer, and of others that its search
finds.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from assistant.windows import PaperWindows
from corpus import LANGUAGES, OTHER, KnownQuestion, Language, Paper
from index import PaperIndex
from index.spelling import as_searched
from training.examples import Example

_FIFTH = 5
_FOUND = 8
"""Sentences found for a question, among which some look like an answer and are not."""


class SearchedQuestion(NamedTuple):
    """A question in one language, the text to search for, and the sentences found, by index."""

    question: KnownQuestion
    language: Language
    text: str
    found: list[int]


def held_out_sentences(paper: Paper) -> frozenset[int]:
    """Return a fifth of the paper's sentences, by index: no question about them is trained on before validation."""
    return frozenset(range(2, len(paper.sentences), _FIFTH))


def is_held_out(question: KnownQuestion, held_out: Collection[int]) -> bool:
    """Return whether one of the sentences that answer a question is held out, or the nearest one if none answers."""
    return any(sentence in held_out for sentence in question.sentences or question.near[:1])


def own_examples(
    index: PaperIndex, questions: Sequence[KnownQuestion], seed: int, *, without: Collection[int] = ()
) -> list[Example]:
    """Return the examples of the questions.

    Windows that do not answer, and have one of the sentences ``without``, are left out.
    """
    teacher = _Teacher(index.paper, random.Random(seed), without)
    asked = [(question, language) for question in questions for language in LANGUAGES]
    texts = [as_searched(question.text[language], language, index.glossary) for question, language in asked]
    found = _search(index, texts, [language for _, language in asked])
    return [
        example
        for (question, language), text, sentences in zip(asked, texts, found, strict=True)
        for example in teacher.examples(SearchedQuestion(question, language, text, sentences))
    ]


def elsewhere_examples(
    index: PaperIndex, questions: Sequence[tuple[str, Language]], *, without: Collection[int] = ()
) -> list[Example]:
    """Return questions about something else with the two sentences of the paper that come nearest.

    Windows that hold one of the sentences ``without`` are left out.
    """
    windows = PaperWindows(index.paper)
    found = _search(index, *map(list, zip(*questions, strict=True)))
    return [
        Example(text, windows.window(sentence, language).text, False)
        for (text, language), sentences in zip(questions, found, strict=True)
        for sentence in sentences[:2]
        if not windows.held(sentence) & set(without)
    ]


def _search(index: PaperIndex, texts: Sequence[str], languages: Sequence[Language]) -> list[list[int]]:
    return [
        [hit.sentence.index for hit in index.best(found.scores, _FOUND, apart=False)]
        for found in index.search(texts, languages)
    ]


class _Teacher:
    def __init__(self, paper: Paper, chance: random.Random, without: Collection[int]) -> None:
        self._paper = paper
        self._windows = PaperWindows(paper)
        self._chance = chance
        self._without = set(without)

    def examples(self, asked: SearchedQuestion) -> Iterator[Example]:
        """Yield the windows that answer a question, and some that do not though they come near."""
        question = asked.question
        text = self._chance.choice((asked.text, question.text[asked.language]))
        for sentence in question.sentences[:2]:
            yield self._answering(text, question, sentence, asked.language)
            # A paper without a translation is read in its own language only: half of the windows are added so, too.
            if self._paper.sentences[sentence].language != asked.language and self._chance.random() < 0.5:
                yield self._answering(text, question, sentence, OTHER[asked.language])
        answering = {twin for s in question.sentences for twin in (s, *self._paper.twins(s))} | self._without
        near = dict.fromkeys((*question.near, *asked.found))
        others = [sentence for sentence in near if not answering & self._windows.held(sentence)]
        # The nearest other sentences may answer as well, so only two of them are drawn.
        drawn = self._chance.sample(others, min(2, len(others))) if question.sentences else others[:3]
        for sentence in drawn:
            yield Example(text, self._windows.window(sentence, asked.language).text, False)

    def _answering(self, text: str, question: KnownQuestion, sentence: int, language: Language) -> Example:
        window = self._windows.window(sentence, language)
        words = question.answer[language] if sentence == question.sentences[0] else ""
        at = window.text.find(words, window.at) if words else -1
        return Example(text, window.text, True, *((at, at + len(words)) if at >= 0 else (None, None)))
