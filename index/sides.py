"""The two languages that a paper can be asked in, and its texts as they are seen from either.

A paper with a translation has two texts for each passage, and a question finds it by both. One without has one text
for each, in whichever language it is written, and is seen alike from both sides. What is stated of a paper as its
findings is searched like its passages: a finding is another way to say what the sentences say that it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from corpus import LANGUAGES, OTHER, Language, Paper, Passage
from corpus.structure.headings import is_article
from index.background import Background
from index.encoders import Vectors
from index.fusion import SAME, language_offset
from index.known_questions import KnownQuestions
from index.words import WordIndex


def encoded_texts(paper: Paper) -> list[str]:
    """Return what is encoded: the passages, where there is a translation the same in the other language; statements.

    The statements of the findings are first all in Indonesian, then all in English.
    """
    texts = [_under_title(p, p.full_text, _title(paper, p.section)) for p in paper.passages]
    if paper.annotations.translations:
        texts += [_under_title(p, paper.translated(p), paper.translated_title(p.section)) for p in paper.passages]
    return texts + [finding.statement[language] for language in LANGUAGES for finding in paper.annotations.findings]


def encoded_languages(paper: Paper) -> list[Language]:
    """Return the language of each of the `encoded_texts`."""
    languages = [passage.language for passage in paper.passages]
    translated = [OTHER[of] for of in languages] if paper.annotations.translations else []
    return languages + translated + [language for language in LANGUAGES for _ in paper.annotations.findings]


def _title(paper: Paper, section: int) -> str:
    """Return a section's title; of a law's article, which is only a number, after its chapter's."""
    found = paper.sections[section]
    if found.parent is None or not is_article(found.title):
        return found.title
    return f"{paper.sections[found.parent].title}, {found.title}"


def _under_title(passage: Passage, text: str, title: str) -> str:
    """Return a text as it is encoded: a sentence with neither lead nor neighbours follows its section's title."""
    alone = passage.first == passage.last and not passage.lead
    return f"{title}\n{text}" if alone and title else text


class Side:
    """What a question in one language is compared with: a paper's passages, then the statements of its findings.

    ``rows`` holds, for each of them, the row of its text in that language among `encoded_texts`, or of its only text.
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

        Of a paper that looks the same from both sides, what the other one found out need not be found out again: it is
        ``like`` that.
        """
        passages, findings = np.arange(len(paper.passages)), np.arange(len(paper.annotations.findings))
        texts = [p.full_text for p in paper.passages]
        languages = [p.language for p in paper.passages]
        in_language, in_other = passages, passages
        if paper.annotations.translations:
            own = np.array([of == language for of in languages])
            in_language, in_other = passages + len(own) * ~own, passages + len(own) * own
            texts = [p.full_text if p.language == language else paper.translated(p) for p in paper.passages]
            languages = [language] * len(texts)
        self._offsets: dict[Language, Vectors] = (
            like._offsets if like else language_offset(encoded[in_language], languages)
        )
        stated = len(encoded) - 2 * len(findings)
        at = {of: stated + n * len(findings) + findings for n, of in enumerate(LANGUAGES)}
        self.rows = np.concatenate([in_language, at[language]])
        self._other_rows = np.concatenate([in_other, at[OTHER[language]]])
        self.background = Background(background, encoded[self.rows])
        known = (questions[language], questions[OTHER[language]])
        self.known_questions = KnownQuestions(paper.annotations.questions, *known, len(paper.sentences))
        self._languages = languages + [language] * len(findings)
        statements = [finding.statement[language] for finding in paper.annotations.findings]
        self.words: WordIndex = (
            like.words if like else WordIndex(texts + statements, self._languages, paper.annotations.glossary)
        )

    @classmethod
    def both(
        cls,
        paper: Paper,
        encoded: Vectors,
        background: Mapping[Language, Vectors],
        questions: Mapping[Language, Vectors],
    ) -> dict[Language, Side]:
        """Return both sides of a paper, from the vectors of `encoded_texts`, the background and the known questions."""
        first, second = LANGUAGES
        one = cls(paper, first, encoded, background[first], questions)
        looks_the_same = not paper.annotations.translations and not paper.annotations.findings
        other = cls(paper, second, encoded, background[second], questions, like=one if looks_the_same else None)
        return {first: one, second: other}

    def fair(self, question: Vectors, similarities: Vectors) -> Vectors:
        """Return how similar each passage and finding is to a question, whatever language it is written in.

        ``question`` is its vector, of shape (dimension,), ``similarities`` those of `encoded_texts` to it.
        """
        # Only an advantage is taken away, never one given: of two sentences that say the same, a reader prefers
        # the one in the question's language.
        advantage = {of: max(0.0, float(offset @ question)) for of, offset in self._offsets.items()}
        unfair = np.array([advantage.get(of, 0.0) for of in self._languages], dtype=np.float32)
        fair: Vectors = SAME * similarities[self.rows] + (1 - SAME) * similarities[self._other_rows] - unfair
        return fair
