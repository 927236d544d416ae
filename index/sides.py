"""A paper's texts as a question in either language sees them: a side for each language.

A paper with a translation has two texts for each passage, and a question finds the passage by both. A paper without one
has one text for each passage, so both sides are alike. The statements of a paper's findings are searched like passages:
a finding says in other words what its sentences say.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from corpus import LANGUAGES, OTHER, Language, Paper
from index.background import Background
from index.encoders import Vectors
from index.known_questions import KnownQuestions
from index.languages import SAME, language_offset
from index.words import WordIndex


class Side:
    """What a question in one language is compared with: a paper's passages, then the statements of its findings.

    ``rows`` gives for each of them the row, among `searched_texts`, of its text in that language, or of its only text.
    """

    def __init__(
        self,
        paper: Paper,
        language: Language,
        encoded: Vectors,
        background: Vectors,
        questions: Mapping[Language, Vectors],
        *,
        other: Side | None = None,
    ) -> None:
        """Take the vectors of `searched_texts`, of this language's background, and of the known questions in both.

        ``other`` is the side of the other language, if there is one yet: if they are alike, this one shares its word
        index and offsets.
        """
        like = None if paper.annotations.translations or paper.annotations.findings else other
        passages, findings = np.arange(len(paper.passages)), paper.annotations.findings
        texts = [p.full_text for p in paper.passages]
        languages = [p.language for p in paper.passages]
        in_language, in_other = passages, passages
        if paper.annotations.translations:
            is_own = np.array([p.language == language for p in paper.passages])
            in_language, in_other = passages + len(passages) * ~is_own, passages + len(passages) * is_own
            texts = [p.full_text if p.language == language else paper.translated(p) for p in paper.passages]
            languages = [language] * len(texts)
        self._offsets: dict[Language, Vectors] = (
            like._offsets if like else language_offset(encoded[in_language], languages)
        )
        last = np.arange(len(encoded) - len(LANGUAGES) * len(findings), len(encoded))
        statements = dict(zip(LANGUAGES, np.split(last, len(LANGUAGES)), strict=True))
        self.rows = np.concatenate([in_language, statements[language]])
        self._other_rows = np.concatenate([in_other, statements[OTHER[language]]])
        self.background = Background(background, encoded[self.rows])
        self.known_questions = KnownQuestions(paper, language, questions[language], questions[OTHER[language]])
        self._languages = languages + [language] * len(findings)
        texts += [finding.statement[language] for finding in findings]
        self.words: WordIndex = like.words if like else WordIndex(texts, self._languages, paper.annotations.glossary)

    def fair(self, question: Vectors, similarities: Vectors) -> Vectors:
        """Return each passage's and finding's similarity to a question, whatever language it is in.

        ``question`` is its vector, of shape (dimension,), ``similarities`` those of `searched_texts` to it.
        """
        # Only an advantage is subtracted. A disadvantage stays: of two sentences that say the same, a reader prefers
        # the one in the question's language.
        advantages = {language: max(0.0, float(offset @ question)) for language, offset in self._offsets.items()}
        unfair = np.array([advantages.get(language, 0.0) for language in self._languages], dtype=np.float32)
        fair: Vectors = SAME * similarities[self.rows] + (1 - SAME) * similarities[self._other_rows] - unfair
        return fair
