"""Comparisons of two things that the paper treats in different places, and choices between two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from assistant.answer import Answer, AnswerParagraph
from assistant.answering import table_words
from assistant.answering.citing import CITED, cite_best, lifted
from assistant.answering.direct import LONGEST_DIRECT, direct_answer
from assistant.answering.paragraphs import LONGEST_TEXT, quoting, said
from assistant.answering.passage_answers import PassageAnswers
from assistant.answering.table_reading import concepts, content_spans, names_thing, tokens
from assistant.asking_words import CHOICE, COMPARISON, whole_words
from assistant.citation import Citation
from assistant.expectation import NUMBER
from assistant.question import Question, understand
from assistant.searching import Searched, Searcher
from assistant.wording import say
from corpus import SMALL_WORDS, Language
from index import PaperIndex

_READ_FOR_SIDE = 8  # the number of best sentences for a side among which one that names it is looked for
_ROOM = 280  # characters of the longest quote of a comparison, so that there is room for two
_BETWEEN: Final = tuple(
    re.compile(rf"\s+(?:{words})\s+", re.IGNORECASE)
    for words in (
        r"vs\.?|versus",
        r"(?:jika |kalau |bila )?dibanding(?:kan)?(?: dengan)?|(?:as )?compared (?:to|with)|in comparison (?:to|with)",
        r"than|daripada",
        r"and|dan|or|atau",
        r"with|dengan|from|to|sama",
    )
)
"""Words between the two things that are compared, the clearest first."""

_COMPARING: Final = re.compile(
    r"\b(?:please |tolong )?(?:compare[ds]?|contrast|bandingkan|perbandingan(?:nya)?|comparison|"
    r"(?:what(?:'s| is| are) |apa )?(?:the )?(?:difference|differences|perbedaan(?:nya)?|beda(?:nya)?)|differs?|"
    r"berbeda|between|antara)\b",
    re.IGNORECASE,
)
_THE_REST: Final = re.compile(r"(?:any |all )?others?\b|\S+(?: \S+)? lain(?:nya)?\b", re.IGNORECASE)
"""A second thing that is none of its own: "other methods" are others than the first."""

_DIRECTIONS: Final = tuple(
    (whole_words(up), whole_words(down))
    for up, down in (
        (
            r"above|over|higher|more than|exceed\w*|di ?atas|melebihi|lebih (?:tinggi|besar|banyak)",
            r"below|under|lower|less than|fewer|beneath|di ?bawah|lebih (?:rendah|kecil|sedikit)",
        ),
        (
            r"increas\w*|rise|rises|rose|risen|rising|grow\w*|grew|up|naik|meningkat\w*|peningkatan|kenaikan|bertambah",
            r"decreas\w*|fall|falls|fell|fallen|falling|drop\w*|declin\w*|shr[aiu]nk\w*|down|turun|menurun\w*|penurunan|"
            r"berkurang|menyusut",
        ),
        (r"succe\w*|berhasil|sukses", r"fail\w*|gagal\w*"),
    )
)
"""Opposites that a question gives to choose from."""


class _Side(NamedTuple):
    """One of two things that are compared, as the question writes it, and the question about it alone."""

    thing: str
    question: Question


class ComparisonAnswers:
    """Compares what one paper says of two things."""

    def __init__(self, index: PaperIndex, searcher: Searcher, passages: PassageAnswers) -> None:
        self._index = index
        self._searcher = searcher
        self._passages = passages

    def answer(self, question: Question, searched: Searched) -> Answer | None:
        """Return what the paper says of both sides; None if the question has no sides, or they have no answer."""
        is_choice = CHOICE.search(question.searched.casefold()) is not None
        if is_choice and _opposites(question.searched):
            return self._choice(question, searched)
        if question.kind == "comparison" and (sides := self._sides(question)):
            return self._of_sides(question, sides)
        return self._choice(question, searched) if is_choice else None

    def _sides(self, question: Question) -> tuple[_Side, _Side] | None:
        text = question.searched
        spans = content_spans(text, self._index.glossary, beside=COMPARISON)
        for between in (found for pattern in _BETWEEN for found in pattern.finditer(text)):
            before = [span for span in spans if span[1] <= between.start()]
            after = [span for span in spans if span[0] >= between.end()]
            if before and after:
                left, right = before[-1], after[0]
                if _THE_REST.match(text[between.end() :]):
                    return None
                # "The cases in the US and Indonesia" becomes "the cases in the US" and "the cases in Indonesia".
                only_left = self._alone(question, text[: left[1]] + text[right[1] :])
                only_right = self._alone(question, text[: left[0]] + text[right[0] :])
                return _Side(text[slice(*left)], only_left), _Side(text[slice(*right)], only_right)
        return None

    @staticmethod
    def _alone(question: Question, text: str) -> Question:
        """Return what a question asks of one side."""
        asked = understand(" ".join(_COMPARING.sub(" ", text).split()), question.language)
        expected = "number" if table_words.HOW_MANY.search(text.casefold()) else asked.expected
        return replace(asked, kind="fact", expected=expected, searched=asked.text)

    def _of_sides(self, question: Question, sides: tuple[_Side, _Side]) -> Answer | None:
        questions = [side.question for side in sides]
        found = self._searcher.search(questions)
        asked = list(zip(questions, found, strict=True))
        answered = [self._passages.is_answerable(*pair) for pair in asked]
        if not any(answered):
            return None
        absent = [side for side in sides if not any(self._names(s.index, side) for s in self._index.paper.sentences)]
        # A side that the paper names and leaves open cannot be compared. Of one that it does not name, this is said.
        if not all(is_answered or side in absent for side, is_answered in zip(sides, answered, strict=True)):
            return None
        ranked = [self._ranked(*pair) for pair in zip(sides, found, strict=True)]
        if not any(ranked):
            return None
        # The best citation for each side, and then the best of the others.
        others = sorted((cited for best in ranked for cited in best[1:]), key=lambda cited: -cited.score)
        first = [best[0] for best in ranked if best]
        quotes = {citation.quote: citation for citation in [*first, *others[: CITED - len(first)]]}
        citations = tuple(replace(citation, marker=nth) for nth, citation in enumerate(quotes.values(), 1))
        shorts = [self._short(side, best[0]) if best else None for side, best in zip(sides, ranked, strict=True)]
        unfound = [said(say("not_compared", question.language, thing=side.thing)) for side in absent]
        confidence = max(self._passages.confidence(*pair) for pair in asked)
        short = "; ".join(f"{side.thing}: {words}" for side, words in zip(sides, shorts, strict=True))
        return replace(
            Answer.to(question, "answered"),
            kind="comparison",
            short=short if all(shorts) else None,
            paragraphs=(*self._paragraphs(citations, question.language), *unfound),
            citations=citations,
            confidence=round(confidence, 4),
        )

    @staticmethod
    def _paragraphs(citations: Sequence[Citation], language: Language) -> tuple[AnswerParagraph, ...]:
        """Return the citations as quotes. The last one is only named if there is no room for it."""
        quoted = quoting(citations, (), language, room=_ROOM)
        if len(citations) < CITED or sum(len(paragraph.rendered) + 2 for paragraph in quoted) <= LONGEST_TEXT:
            return quoted
        return quoting(citations[:-1], citations[-1:], language, room=_ROOM)

    def _ranked(self, side: _Side, searched: Searched) -> list[Citation]:
        """Return the best sentences for one side that name it, two at most."""
        best = map(int, np.argsort(-searched.scores, kind="stable")[:_READ_FOR_SIDE])
        named = [sentence for sentence in best if self._names(sentence, side)][:2]
        return [
            replace(
                cite_best(self._index, side.question, lifted(searched.scores, [sentence]), searched.read, first=1)[0],
                score=float(searched.scores[sentence]),
            )
            for sentence in named
        ]

    def _short(self, side: _Side, citation: Citation) -> str | None:
        """Return the direct answer for a side: the number nearest to what is asked, or the reader's words."""
        language, glossary = side.question.language, self._index.glossary
        text = citation.text_in(language)
        words = list(re.finditer(r"\S+", text))
        numbers = [(match, sum(match.start() >= word.end() for word in words)) for match in NUMBER.finditer(text)]
        if side.question.expected != "number" or not numbers:
            return direct_answer(side.question, citation)
        named = concepts(side.thing, language, glossary)
        about = [concept for concept in concepts(side.question.searched, language, glossary) if concept not in named]
        known = [tokens([(language, word[0])], glossary) for word in words]
        at = [nth for nth, forms in enumerate(known) if any(concept.is_in(forms) for concept in about)]
        match, _ = max(numbers, key=lambda number: sum(1 / (1 + abs(number[1] - nth)) for nth in at))
        unit = re.match(r"\s+([^\W\d_][\w-]*)", text[match.end() :])
        return f"{match[0]} {unit[1]}" if unit and unit[1].casefold() not in SMALL_WORDS[language] else match[0]

    def _names(self, sentence: int, side: _Side) -> bool:
        texts = self._index.paper.texts(sentence)
        return names_thing(side.thing, side.question.language, texts, self._index.glossary)

    def _choice(self, question: Question, searched: Searched) -> Answer | None:
        """Return which of two things the best sentence says, if it says only one of them."""
        if not self._passages.is_answerable(question, searched):
            return None
        quoted = self._passages.quoted(question, searched)
        chosen = self._chosen(question, quoted.citations[0]) if quoted.citations else None
        if chosen is None:
            return None
        words = quoted.citations[0].words
        is_in_words = len(words) <= LONGEST_DIRECT and chosen.casefold() in words.casefold()
        return replace(quoted, kind="comparison", short=words if is_in_words else chosen)

    def _chosen(self, question: Question, citation: Citation) -> str | None:
        """Return the one of two opposites that a quote says, in its words, or the one of two things that it names."""
        text, asked = citation.text_in(question.language), question.searched
        if pair := _opposites(asked):
            found = [match for pattern in pair if (match := pattern.search(text))]
            return found[0][0] if len(found) == 1 else None
        sides = self._sides(question)
        if sides is None:
            return None
        texts: dict[Language, str] = {citation.language: citation.quote, question.language: text}
        language, glossary = question.language, self._index.glossary
        named = [side.thing for side in sides if names_thing(side.thing, language, texts, glossary)]
        return named[0] if len(named) == 1 else None


def _opposites(text: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    return next((pair for pair in _DIRECTIONS if all(pattern.search(text) for pattern in pair)), None)
