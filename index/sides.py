"""The two languages that a paper can be asked in, and each passage's texts as they are seen from either.

A paper with a translation has two texts for each passage, and a question finds it by both. One without has one text
for each, in whichever language it is written, and is seen alike from both sides.
"""

from __future__ import annotations

import numpy as np

from corpus import Language, Paper, Passage
from index.background import Background
from index.embedder import Vectors
from index.fusion import language_offset
from index.words import WordIndex

SAME = 0.6
"""The weight of a passage's text in the question's language against its text in the other.

Two texts that say the same are two readings of it, each with errors of its own, so the mean of both ranks better than
either; from .5 to .8 it is nearly all the same."""


def encoded_texts(paper: Paper) -> list[str]:
    """Return what is encoded: every passage's text, then, where there are translations, those in the same order."""
    own = [_under_title(p, p.full_text, paper.sections[p.section].title) for p in paper.passages]
    if not paper.translations:
        return own
    return own + [_under_title(p, paper.translated(p), paper.translated_title(p.section)) for p in paper.passages]


def _under_title(passage: Passage, text: str, title: str) -> str:
    """Return a text as it is encoded: a sentence with neither lead nor neighbours follows its section's title."""
    alone = passage.first == passage.last and not passage.lead
    return f"{title}\n{text}" if alone and title else text


class Side:
    """What a question in one language is compared with.

    ``rows`` holds, for each passage, the row of its text in that language among `encoded_texts`, or of its only text.
    """

    def __init__(self, paper: Paper, language: Language, encoded: Vectors, background: Vectors) -> None:
        """Take the vectors of `encoded_texts` and of the background's questions in this language, a row each."""
        passages = paper.passages
        texts = [p.full_text for p in passages]
        languages = [p.language for p in passages]
        self.rows = self._other_rows = np.arange(len(passages))
        if paper.translations:
            own = np.array([of == language for of in languages])
            self.rows, self._other_rows = self.rows + len(own) * ~own, self.rows + len(own) * own
            texts = [p.full_text if p.language == language else paper.translated(p) for p in passages]
            languages = [language] * len(passages)
        self.words = WordIndex(texts, languages)
        self.background = Background(background, encoded[self.rows])
        self._languages = languages
        self._offsets = language_offset(encoded[self.rows], languages)

    def fair(self, question: Vectors, similarities: Vectors) -> Vectors:
        """Return how similar each passage is to a question, shape (passages,), whatever language it is written in.

        ``question`` is its vector, of shape (dimension,), ``similarities`` those of `encoded_texts` to it.
        """
        # Only an advantage is taken away, never one given: of two sentences that say the same, a reader prefers
        # the one in the question's language.
        advantage = {of: max(0.0, float(offset @ question)) for of, offset in self._offsets.items()}
        unfair = np.array([advantage[of] for of in self._languages], dtype=np.float32)
        return SAME * similarities[self.rows] + (1 - SAME) * similarities[self._other_rows] - unfair
