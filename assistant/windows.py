"""What the reader reads at once: a sentence, after the one before it where there is room.

A sentence often names only half of what it says ("This can be seen from ..."); the one before names the rest. An item
of a list or a row of a table is read after its lead-in or its table's caption instead.
"""

from __future__ import annotations

from typing import NamedTuple

from corpus import Language, Paper
from corpus.structure.sentences import split_sentences

LONGEST = 420
"""Characters of the longest window of two sentences; a single sentence may be longer."""


class Window(NamedTuple):
    """A text to read, and where in it the sentence begins that it is read for."""

    text: str
    at: int


def text_windows(text: str) -> list[Window]:
    """Return the windows of a text of any kind, one for each of its sentences."""
    windows, before = [], None
    for start, end in split_sentences(text):
        first = start if before is None or end - before > LONGEST else before
        windows.append(Window(text[first:end], start - first))
        before = start
    return windows


class PaperWindows:
    """The windows of a paper's sentences, in either language; where there is no translation, in the paper's own."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._leads = {passage.first: passage.leads for passage in paper.passages if passage.first == passage.last}

    def window(self, sentence: int, language: Language) -> Window:
        """Return the window of a sentence, by its index."""
        text = self._text(sentence, language)
        before = " ".join(self._text(other, language) for other in self._before(sentence))
        if not before or len(before) + len(text) >= LONGEST:
            return Window(text, 0)
        return Window(f"{before} {text}", len(before) + 1)

    def held(self, sentence: int) -> set[int]:
        """Return the sentences that a sentence's window may hold, by index."""
        return {sentence, *self._before(sentence)}

    def follows(self, sentence: int) -> bool:
        """Tell whether a sentence goes on from the one before it, rather than from a lead-in or from nothing."""
        if sentence == 0 or self._leads.get(sentence):
            return False
        one, other = self._paper.sentences[sentence], self._paper.sentences[sentence - 1]
        return one.paragraph == other.paragraph and one.kind == other.kind

    def _before(self, sentence: int) -> tuple[int, ...]:
        return (sentence - 1,) if self.follows(sentence) else self._leads.get(sentence, ())

    def _text(self, sentence: int, language: Language) -> str:
        texts = self._paper.texts(sentence)
        return texts.get(language) or self._paper.sentences[sentence].text
