"""Windows, the texts that the reader reads: a sentence, after the one before it if there is room.

A sentence may not name its subject ("This can be seen from ..."); the sentence before does. An item of a list is read
after its lead-in, a row of a table after the table's caption.
"""

from __future__ import annotations

from typing import NamedTuple

from corpus import Language, Paper
from corpus.structure.sentences import split_sentences

LONGEST = 420
"""Characters of the longest window of more than one sentence. A single sentence may be longer."""


class Window(NamedTuple):
    """A text to read, and the character at which its own sentence begins."""

    text: str
    at: int


def text_in(paper: Paper, sentence: int, language: Language) -> str:
    """Return the text of a sentence, by its index, in a language, or its own if it has no translation."""
    return paper.texts(sentence).get(language) or paper.sentences[sentence].text


def text_windows(text: str) -> list[Window]:
    """Return the windows of a text of any kind, one for each of its sentences."""
    windows, before = [], None
    for start, end in split_sentences(text):
        first = start if before is None or end - before > LONGEST else before
        windows.append(Window(text[first:end], start - first))
        before = start
    return windows


class PaperWindows:
    """The windows of a paper's sentences, in either language, or in the paper's own without a translation."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._leads = {passage.first: passage.leads for passage in paper.passages if passage.first == passage.last}

    def window(self, sentence: int, language: Language) -> Window:
        """Return the window of a sentence, by its index."""
        text = text_in(self._paper, sentence, language)
        before = " ".join(text_in(self._paper, other, language) for other in self._before(sentence))
        if not before or len(before) + len(text) >= LONGEST:
            return Window(text, 0)
        return Window(f"{before} {text}", len(before) + 1)

    def held(self, sentence: int) -> set[int]:
        """Return the sentences that a sentence's window may hold, by index."""
        return {sentence, *self._before(sentence)}

    def follows(self, sentence: int) -> bool:
        """Return whether a sentence continues the one before it, rather than a lead-in or nothing."""
        if sentence == 0 or self._leads.get(sentence):
            return False
        own, before = self._paper.sentences[sentence], self._paper.sentences[sentence - 1]
        return own.paragraph == before.paragraph and own.kind == before.kind

    def _before(self, sentence: int) -> tuple[int, ...]:
        return (sentence - 1,) if self.follows(sentence) else self._leads.get(sentence, ())
