"""Compares a statement with sentences: their specifics, and the share of its words that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from assistant import asking_words
from assistant.answering.specifics import Specific, is_met, specifics, without_sources
from assistant.searching import Searched
from assistant.windows import text_in
from corpus import Language
from index import PaperIndex
from index.words import split_words, stems

_COMPARED: Final = 4  # the number of best sentences that a statement is compared with
_ISE: Final = re.compile(r"is(e[ds]?|ing|ation|ations)$")  # British spelling, which is compared as American


class Candidate(NamedTuple):
    """A sentence that a statement is compared with.

    ``own`` are its specifics. ``around`` also has those of its neighbours in the paragraph, and of its lead-in.
    ``share``, 0 to 1, is the share of the statement's words that it and these have; ``own_share`` that it has itself.
    """

    sentence: int
    text: str
    own: list[Specific]
    around: list[Specific]
    share: float
    own_share: float


class Statement:
    """A statement that is compared with the sentences of one paper.

    ``claimed`` are its specifics, ``words`` the stems of its other content words.
    """

    def __init__(self, index: PaperIndex, text: str, language: Language) -> None:
        self._index = index
        self._paper = index.paper
        self.text = text
        self.language = language
        self.claimed = specifics(text, index.glossary)
        self.words = self.content(text, self.claimed)

    def nearest(self, searched: Searched) -> list[Candidate]:
        """Return the best sentences that were found."""
        hits = self._index.best(searched.scores, _COMPARED, apart=False)
        return [self.candidate(hit.sentence.index) for hit in hits]

    def candidate(self, sentence: int) -> Candidate:
        """Return a sentence, by its index, to compare with the statement."""
        text = text_in(self._paper, sentence, self.language)
        around = " ".join(text_in(self._paper, other, self.language) for other in self._around(sentence))
        glossary = self._index.glossary
        own = specifics(without_sources(text), glossary)
        near = [*specifics(text, glossary), *specifics(around, glossary)]
        words = self.content(text)
        return Candidate(sentence, text, own, near, self._share(words | self.content(around)), self._share(words))

    def _share(self, words: set[str]) -> float:
        """Return the share of the statement's words that are among these."""
        return len(self.words & words) / len(self.words) if self.words else 1.0

    def rows(self, candidates: list[Candidate]) -> Iterator[Candidate]:
        """Yield all rows of the tables that some candidates belong to."""
        found = [self._paper.sentences[candidate.sentence] for candidate in candidates]
        leads = {self._lead(sentence.index) for sentence in found if sentence.kind == "row"}
        leads |= {sentence.index for sentence in found if sentence.kind == "caption"}
        for sentence in self._paper.sentences:
            if sentence.kind == "row" and self._lead(sentence.index) in leads:
                yield self.candidate(sentence.index)

    def met(self, candidate: Candidate) -> list[Specific]:
        """Return the statement's specifics that a candidate, or the text around it, confirms."""
        return [specific for specific in self.claimed if is_met(specific, candidate.around)]

    def unit(self, text: str, number: Specific) -> str | None:
        """Return the stem of the next content word after a number, which it counts; None if there is none."""
        following = asking_words.content_words(text[number.end :])
        return stems([following[0].casefold()], self.language)[0] if following else None

    def content(self, text: str, without: list[Specific] | None = None) -> set[str]:
        """Return the stems of a text's content words, and the keys of its terms.

        If ``without`` is not None, these specifics are left out, and so are the words of the terms themselves.
        """
        for specific in sorted(without or (), key=lambda specific: -specific.start):
            text = f"{text[: specific.start]} {text[specific.end :]}"
        mentions = self._index.glossary.mentions(text)
        for mention in reversed(mentions if without is not None else ()):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        words = (_ISE.sub(r"iz\1", word) for word in asking_words.content_words(text.casefold()))
        return {mention.term.key for mention in mentions} | set(stems(split_words(" ".join(words)), self.language))

    def _lead(self, sentence: int) -> int | None:
        return self._paper.paragraphs[self._paper.sentences[sentence].paragraph].lead

    def _around(self, sentence: int) -> Iterator[int]:
        """Yield a sentence's neighbours in its paragraph, and its lead-in."""
        own = self._paper.sentences[sentence]
        for other in (sentence - 1, sentence + 1):
            if 0 <= other < len(self._paper.sentences) and self._paper.sentences[other].paragraph == own.paragraph:
                yield other
        if (lead := self._lead(sentence)) is not None:
            yield lead
