"""Answers what the paper, or a part of it, says: sentences of the right sections, quoted in their order.

In each paragraph of those sections, the sentence nearest to what is asked for is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from assistant.answer import Answer
from assistant.answering.citing import cite_sentences
from assistant.answering.paragraphs import LONGEST_LIST, LONGEST_TEXT, quoting, said
from assistant.asking_words import COUNTS
from assistant.expectation import sections_of
from assistant.question import Question
from assistant.windows import text_in
from assistant.wording import say
from corpus import LANGUAGES, Language, Sentence
from corpus.structure.headings import ABSTRACTS, plain_name
from index import PaperIndex
from index.words import split_words, stems


class _Part(NamedTuple):
    """How a part is found.

    ``question``: a question that its sentences answer, by language. ``sections``: the topics of `expectation.TITLES`
    whose sections have it; the first is its own. ``most``: the most sentences quoted. ``cue``: a pattern that its
    sentences have. ``needs_cue``: outside its own section, only sentences with the cue count; ``prefers_cue``: only
    sentences with the cue count if there are any.
    """

    question: dict[Language, str]
    sections: tuple[str, ...]
    most: int
    cue: str = ""
    needs_cue: bool = False
    prefers_cue: bool = False


_PARTS = {
    "summary": _Part({"en": "What is this study about?", "id": "Apa isi penelitian ini?"}, ("summary",), 2),
    "aim": _Part(
        {"en": "What is the aim of this study?", "id": "Apa tujuan penelitian ini?"},
        ("summary", "aim"),
        2,
        r"\baims?\b|\bobjectives?\b|\bpurpose\b|carried out to|conducted to|in order to analy|bertujuan|\btujuan\b|"
        r"(?:dilaksanakan|dilakukan) untuk|untuk menganalisis|we (?:propose|present|study|investigate)",
        prefers_cue=True,
    ),
    "method": _Part(
        {
            "en": "Which method and which data does this study use?",
            "id": "Metode dan data apa yang dipakai penelitian ini?",
        },
        ("method", "summary"),
        3,
        r"\bmethods?\b|\bmetode\b|qualitative|kualitatif|quantitative|kuantitatif|interview|wawancara|\bdata\b",
    ),
    "results": _Part(
        {"en": "What are the main results of this study?", "id": "Apa hasil utama penelitian ini?"},
        ("results", "summary", "conclusion"),
        3,
        r"\bresults?\b|\bfindings?\b|\bhasil\b|\btemuan\b|menunjukkan|\bshows?\b",
    ),
    "conclusion": _Part(
        {"en": "What does this study conclude?", "id": "Apa kesimpulan penelitian ini?"}, ("conclusion",), 5
    ),
    "recommendations": _Part(
        {"en": "What do the authors recommend?", "id": "Apa saran penulis?"},
        ("recommendations", "conclusion"),
        3,
        r"\bshould\b|\bneeds? to\b|\brecommend|\bsuggest|\bought to\b|\bperlu\b|\bharus\b|\bdisarankan\b|\bsebaiknya\b|"
        r"\bhendaknya\b|\bdapat belajar\b|\bcan learn\b|future work",
        needs_cue=True,
    ),
    "further_research": _Part(
        {
            "en": "What further research do the authors suggest?",
            "id": "Apa saran penulis untuk penelitian selanjutnya?",
        },
        ("further_research",),
        3,
        r"\b(?:further|future|follow-?up) (?:\w+ ){0,2}(?:research|work|stud(?:y|ies)|investigations?|trials?|"
        r"experiments?)\b|\b(?:more|additional) (?:research|work|studies) (?:is|are|will be)\b|"
        r"(?:penelitian|riset|studi|kajian) (?:selanjutnya|lanjutan|lebih lanjut|berikutnya|mendatang|ke depan)|"
        r"peneliti (?:selanjutnya|berikutnya)",
        needs_cue=True,
    ),
    "limitations": _Part(
        {"en": "What are the limitations of this study?", "id": "Apa keterbatasan penelitian ini?"},
        ("limitations",),
        3,
        r"limitations? of (?:this|the|our) (?:study|research|paper|work)|(?:this|our) (?:study|research|"
        r"paper) is limited|(?:keterbatasan|kelemahan) (?:penelitian|riset|studi)|(?:penelitian|riset|"
        r"studi) ini (?:terbatas|memiliki keterbatasan)",
        needs_cue=True,
    ),
}
_ABSENT = {"limitations": "no_part_limitations", "further_research": "no_part_further_research"}
"""The wording of a refusal for parts that are sentences rather than sections."""

_OVERVIEWS = {
    "summary": (("aim", 1), ("method", 1), ("results", 1), ("conclusion", 2)),
    "about": (("aim", 1), ("results", 1)),
}
"""The parts of a summary, and of the answer to what the paper is about, with their numbers of sentences."""

_ASKED_FOR = re.compile(
    r"\b(\d|one|two|three|four|five|satu|dua|tiga|empat|lima) (?:sentences?|kalimat)\b", re.IGNORECASE
)
_CUE_BONUS = 0.05
_REDUNDANT = 2.0
"""The weight of a sentence's similarity to the chosen ones, subtracted from how typical it is (deviations)."""

_LONG, _LEANING = 1.0, 1.0
"""The loss of a sentence as long as an answer, and of one that leans on the one before (deviations)."""

_LEANS = re.compile(
    r"(?:this|these|those|it|they|thus|therefore|however|in this regard|hal (?:ini|tersebut|itu)|ini|dalam hal ini|"
    r"dengan demikian|oleh karena itu|upaya ini|namun|selain itu|sedangkan)\b",
    re.IGNORECASE,
)

_OF_ONE_MATTER = 2  # sentences on one matter in a part
_OF_SECTION = 4  # sentences of a section
_LEAST_WORDS = 5  # words of the shortest sentence that is quoted
_FIRST_SHARE, _LAST_SHARE = 0.25, 0.85
"""In a paper without headings, the aim is before the first share of it, and the conclusion after the last."""


class PartAnswers:
    """Answers from the parts of one paper."""

    def __init__(self, index: PaperIndex) -> None:
        self._index = index
        self._paper = index.paper
        # Each sentence's score for a text, shape (sentences,). Many questions ask for the same parts.
        self._scores = lru_cache(64)(lambda text, language: index.search([text], [language])[0].scores)

    def answer(self, question: Question) -> Answer:
        """Return an answer that quotes a part, or says that the paper has none."""
        wanted = _ASKED_FOR.search(question.text)
        count = None if wanted is None else COUNTS.get(wanted[1].casefold()) or int(wanted[1])
        if question.topic == "section":
            sentences = self._of_section(question, count)
        elif question.topic in _OVERVIEWS and question.names_nothing:
            sentences = self._overview(question.topic, question.language, count)
        elif question.names_nothing and question.topic != "method":
            sentences = self._of_part(question.topic, question.language, count or _PARTS[question.topic].most)
        else:  # one matter in a part: the nearest sentences there, the nearest first
            topic = "summary" if question.topic == "about" else question.topic
            most = count or (_PARTS[topic].most if question.names_nothing else _OF_ONE_MATTER)
            sentences = self._chosen(topic, question.searched, question.language, most)
            scores = self._scores(question.searched, question.language)
            sentences.sort(key=lambda sentence: -float(scores[sentence]))
        citations = cite_sentences(self._index, sentences)
        if not citations:
            paragraphs = (said(say(_ABSENT.get(question.topic, "no_part"), question.language)),)
            return Answer(question.text, question.language, "not_in_paper", "part", paragraphs=paragraphs)
        return replace(
            Answer.to(question, "answered"),
            paragraphs=quoting(citations, (), question.language, room=LONGEST_TEXT),
            citations=citations,
            note=self._note(sentences, question.language),
            confidence=1.0,
        )

    def _note(self, sentences: Sequence[int], language: Language) -> str | None:
        """Return the note of a finding that rests on a quoted sentence. Many sentences, as of a summary, get none."""
        if len(sentences) > _OF_ONE_MATTER + 1:
            return None
        noted = (finding for finding in self._paper.annotations.findings if finding.note[language])
        return next((f.note[language] for f in noted if set(f.sentences) & set(sentences)), None)

    def _overview(self, kind: str, language: Language, count: int | None) -> list[int]:
        chosen: list[int] = []
        for topic, most in _OVERVIEWS[kind]:
            chosen += self._of_part(topic, language, most, without=chosen)
        if count is not None:
            chosen = [*chosen[:1], *reversed(chosen[1:])][:count]
        return self._within_room(chosen, language)

    def _of_part(self, topic: str, language: Language, count: int, without: Sequence[int] = ()) -> list[int]:
        return self._chosen(topic, self._asking(topic, language), language, count, without)

    def _chosen(
        self, topic: str, asking: str, language: Language, count: int, without: Sequence[int] = ()
    ) -> list[int]:
        """Return a part's sentences that are nearest to a question, ``asking``, by index, in the paper's order."""
        part, candidates = _PARTS[topic], [s for s in self._candidates(topic, language) if s.index not in without]
        cue = re.compile(part.cue or "(?!)", re.IGNORECASE)
        cued = {s.index for s in candidates if any(cue.search(text) for text in self._paper.texts(s.index).values())}
        own = set(sections_of(self._paper, part.sections[0]))
        if (part.needs_cue and not own.issuperset(s.section for s in candidates)) or (part.prefers_cue and cued):
            candidates = [s for s in candidates if s.index in cued]
        scores = self._scores(asking, language)
        worth = {s.index: float(scores[s.index]) + _CUE_BONUS * (s.index in cued) for s in candidates}
        ranked = sorted(worth, key=lambda sentence: -worth[sentence])
        return self._within_room(self._one_of_each_paragraph(ranked)[:count], language)

    def _asking(self, topic: str, language: Language) -> str:
        """Return the question that a part's sentences answer. For results and conclusion, the aim is added."""
        asking = _PARTS[topic].question[language]
        if topic not in ("results", "conclusion"):
            return asking
        aims = self._of_part("aim", language, 1)
        return " ".join([asking, *(self._paper.texts(aim).get(language, "") for aim in aims)])

    def _candidates(self, topic: str, language: Language) -> list[Sentence]:
        """Return the sentences that a part may quote: those of its sections, or of the place where they usually are."""
        for title in _PARTS[topic].sections:
            sections = self._abstracts(language) if title == "summary" else set(sections_of(self._paper, title))
            if found := [s for s in self._paper.sentences if s.section in sections and _is_prose(s)]:
                return found
        prose = [s for s in self._paper.sentences if _is_prose(s)]
        if topic == "aim":
            return prose[: max(1, round(_FIRST_SHARE * len(prose)))]
        if topic in ("conclusion", "recommendations"):
            return prose[round(_LAST_SHARE * len(prose)) :]
        return prose

    def _abstracts(self, language: Language) -> set[int]:
        """Return the abstract's sections, those in the question's language if there are any."""
        found = {s.index for s in self._paper.sections if plain_name(s.title) in ABSTRACTS}
        spoken = {s.section for s in self._paper.sentences if s.language == language and _is_prose(s)}
        return found & spoken or found

    def _named_section(self, question: Question) -> int | None:
        """Return the section with the greatest share of its title's words in the question, over half; None for none."""
        asked = {code: set(stems(split_words(question.searched), code)) for code in LANGUAGES}
        best, most = None, 0.5
        for section in self._paper.sections:
            printed, translated = section.title, self._paper.translated_title(section.index)
            titles: tuple[tuple[Language, str], ...] = (("id", printed), ("en", printed), ("en", translated))
            for language, title in titles:
                words = stems(split_words(title), language)
                share = sum(word in asked[language] for word in words) / len(words) if words else 0.0
                if share > most:
                    best, most = section.index, share
        return best

    def _of_section(self, question: Question, count: int | None) -> list[int]:
        section, scores = self._named_section(question), self._scores(question.searched, question.language)
        prose = (s.index for s in self._paper.sentences if s.section == section and _is_prose(s))
        worth = {sentence: float(scores[sentence]) for sentence in prose}
        return self._within_room(self._spread(worth)[: count or _OF_SECTION], question.language)

    def _spread(self, worth: Mapping[int, float]) -> list[int]:
        """Return sentences in an order in which the first ones represent all, and differ from each other.

        This is maximal marginal relevance (Carbonell and Goldstein 1998) on vectors minus their mean.
        """
        vectors = self._index.sentence_vectors
        sentences = [sentence for sentence in worth if sentence in vectors]
        if len(sentences) < 2:
            return list(worth)
        own = np.stack([vectors[sentence] for sentence in sentences])
        typical = own @ own.mean(axis=0) + [worth[sentence] for sentence in sentences]
        typical = (typical - typical.mean()) / (typical.std() or 1.0)
        typical -= [_LONG * len(self._paper.sentences[sentence].text) / LONGEST_TEXT for sentence in sentences]
        typical -= [_LEANING * bool(_LEANS.match(self._paper.sentences[sentence].text)) for sentence in sentences]
        apart = own - own.mean(axis=0)
        apart /= np.linalg.norm(apart, axis=1, keepdims=True) + 1e-9
        chosen: list[int] = []
        while len(chosen) < len(sentences):
            alike = (apart @ apart[chosen].T).max(axis=1) if chosen else np.zeros(len(sentences))
            gains = typical - _REDUNDANT * alike
            gains[chosen] = -np.inf
            chosen.append(int(gains.argmax()))
        return [sentences[row] for row in chosen]

    def _one_of_each_paragraph(self, ranked: Sequence[int]) -> list[int]:
        """Return sentences in this order, but the best one of each paragraph first."""
        best = {self._paper.sentences[sentence].paragraph: sentence for sentence in reversed(ranked)}
        return sorted(ranked, key=lambda sentence: sentence not in best.values())

    def _within_room(self, sentences: Sequence[int], language: Language) -> list[int]:
        """Return the first sentences that an answer has room for, in the paper's order."""
        chosen: list[int] = []
        length = 0
        for sentence in sentences:
            needed = len(text_in(self._paper, sentence, language)) + len(" [1]\n\n")
            if chosen and length + needed > LONGEST_LIST - len(say("translated", language)):
                continue
            chosen.append(sentence)
            length += needed
        return sorted(chosen)


def _is_prose(sentence: Sentence) -> bool:
    is_whole = len(sentence.text.split()) >= _LEAST_WORDS and not sentence.text.endswith(":")
    return sentence.kind in ("text", "item") and sentence.is_quotable and is_whole
