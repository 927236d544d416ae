"""A paper's texts as a question in either language sees them: a side for each language.

A paper with a translation has two texts for each passage, and a question finds the passage by both. A paper without one
has one text for each passage, so both sides are alike. The statements of a paper's findings are searched like passages:
a finding says in other words what its sentences say.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from corpus import LANGUAGES, OTHER, Language, Paper, Passage
from corpus.headings import is_article
from index.background import Background
from index.encoders import Vectors
from index.known_questions import KnownQuestions
from index.languages import SAME, language_offset
from index.words import WordIndex


def encoded_texts(paper: Paper) -> list[str]:
    """Return the texts that are encoded.

    They are the passages, then their translations if there are any, then the findings' statements, all of them first in
    Indonesian and then in English.
    """
    texts = [_under_title(p, p.full_text, _title(paper, p.section)) for p in paper.passages]
    if paper.translations:
        texts += [_under_title(p, paper.translated(p), paper.translated_title(p.section)) for p in paper.passages]
    return texts + [finding.statement[language] for language in LANGUAGES for finding in paper.findings]


def encoded_languages(paper: Paper) -> list[Language]:
    """Return the language of each of the `encoded_texts`."""
    languages = [passage.language for passage in paper.passages]
    translated = [OTHER[language] for language in languages] if paper.translations else []
    return languages + translated + [language for language in LANGUAGES for _ in paper.findings]


def _title(paper: Paper, section: int) -> str:
    """Return a section's title. A law's article has only a number for a title, so its chapter's title precedes it."""
    title, parent = paper.sections[section].title, paper.sections[section].parent
    return title if parent is None or not is_article(title) else f"{paper.sections[parent].title}, {title}"


def _under_title(passage: Passage, text: str, title: str) -> str:
    """Return a text as it is encoded: a sentence without lead or neighbours follows its section's title."""
    alone = passage.first == passage.last and not passage.lead
    return f"{title}\n{text}" if alone and title else text


class Side:
    """What a question in one language is compared with: a paper's passages, then the statements of its findings.

    ``rows`` gives for each of them the row, among `encoded_texts`, of its text in that language, or of its only text.
    """

    def __init__(
        self,
        paper: Paper,
        language: Language,
        encoded: Vectors,
        background: Vectors,
        questions: Mapping[Language, Vectors],
        *,
        like: Side | None = None,
    ) -> None:
        """Take the vectors of `encoded_texts`, of this language's background, and of the known questions in both.

        ``like`` is the other side of a paper whose sides are alike: this one shares its word index and offsets.
        """
        passages, findings = np.arange(len(paper.passages)), np.arange(len(paper.findings))
        texts = [p.full_text for p in paper.passages]
        languages = [p.language for p in paper.passages]
        in_language, in_other = passages, passages
        if paper.translations:
            is_own = np.array([passage.language == language for passage in paper.passages])
            in_language, in_other = passages + len(passages) * ~is_own, passages + len(passages) * is_own
            texts = [p.full_text if p.language == language else paper.translated(p) for p in paper.passages]
            languages = [language] * len(texts)
        self._offsets: dict[Language, Vectors] = (
            like._offsets if like else language_offset(encoded[in_language], languages)
        )
        first = len(encoded) - len(LANGUAGES) * len(findings)
        statement_rows = {each: first + nth * len(findings) + findings for nth, each in enumerate(LANGUAGES)}
        self.rows = np.concatenate([in_language, statement_rows[language]])
        self._other_rows = np.concatenate([in_other, statement_rows[OTHER[language]]])
        self.background = Background(background, encoded[self.rows])
        known = (questions[language], questions[OTHER[language]])
        self.known_questions = KnownQuestions(paper.questions, *known, len(paper.sentences))
        self._languages = languages + [language] * len(findings)
        statements = [finding.statement[language] for finding in paper.findings]
        self.words: WordIndex = like.words if like else WordIndex(texts + statements, self._languages, paper.glossary)

    @classmethod
    def both(
        cls,
        paper: Paper,
        encoded: Vectors,
        background: Mapping[Language, Vectors],
        questions: Mapping[Language, Vectors],
    ) -> dict[Language, Side]:
        """Return both sides of a paper, from the vectors of `encoded_texts`, the background and the known questions."""
        sides: dict[Language, Side] = {}
        for language in LANGUAGES:
            like = None if paper.translations or paper.findings else sides.get(OTHER[language])
            sides[language] = cls(paper, language, encoded, background[language], questions, like=like)
        return sides

    def fair(self, question: Vectors, similarities: Vectors) -> Vectors:
        """Return how similar each passage and finding is to a question, whatever language it is written in.

        ``question`` is its vector, of shape (dimension,), ``similarities`` those of `encoded_texts` to it.
        """
        # Only an advantage is subtracted. A disadvantage stays: of two sentences that say the same, a reader prefers
        # the one in the question's language.
        advantages = {language: max(0.0, float(offset @ question)) for language, offset in self._offsets.items()}
        unfair = np.array([advantages.get(language, 0.0) for language in self._languages], dtype=np.float32)
        fair: Vectors = SAME * similarities[self.rows] + (1 - SAME) * similarities[self._other_rows] - unfair
        return fair
