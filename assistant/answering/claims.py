"""Checks claims, and what questions take for granted: the paper says so, says otherwise, or does not say.

A statement is compared with the sentences that were found for it. A sentence confirms it if it has all its specifics
(numbers, dates, names) and most of its words, and reverses nothing (opposite words, negation, "all" against "some"). A
sentence contradicts it if it is on the same matter and has another value for a specific. The reader finds that value:
it is asked the statement with an asking word in the specific's place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from assistant.answer import Answer
from assistant.answerability import Answerability
from assistant.answering import polarity
from assistant.answering.candidates import Candidate, Statement
from assistant.answering.citing import cite_best, lifted
from assistant.answering.direct import LONGEST_DIRECT
from assistant.answering.paragraphs import quoting, said
from assistant.answering.passage_answers import PassageAnswers
from assistant.answering.series import Member, extreme, is_superlative, series
from assistant.answering.specifics import Specific, is_met, specifics
from assistant.answering.statements import clause_around, clozes, role_of, roles_of_reading, statement_of
from assistant.question import Question
from assistant.reader import Reader, Reading
from assistant.searching import Searched
from assistant.windows import PaperWindows
from assistant.wording import say
from corpus import Language
from index import PaperIndex
from index.spelling import written_out

_SAME_MATTER: Final = 0.5  # the least share of a statement's words in a sentence on the same matter
_CONFIRMING: Final = 0.6  # the share with which a sentence confirms a statement by itself, without the reader
_CONFIRMING_ALONE: Final = 0.7  # the same for a statement without specifics, whose words the sentence must have itself
_FEW: Final = 2  # words of a statement that a sentence about somebody named does not confirm
_TOGETHER: Final = 25  # the greatest distance, in characters, between two names that a statement connects
_SURELY_OTHER: Final = -0.5  # the reader's logit from which another value contradicts what a question takes for granted
_LIKELY_OTHER: Final = -1.8  # the same for a claim that a question asks to check
_CONFIRMED: Final = -3.0  # the reader's logit from which the statement's own value confirms it
_SURELY_CONFIRMED: Final = 0.0  # the same for a statement with a word that the paper nowhere has
_LIKELY: Final = 0.5  # the probability that the paper answers, with which names and words confirm a statement
_IN_BRACKETS: Final = re.compile(r" \(([^()\d]+)\)")


class _Verdict(NamedTuple):
    """The sentence, by index, that confirms or contradicts a statement, and the words that contradict it."""

    is_true: bool
    sentence: int
    words: str = ""


_Asked = tuple[Specific, Candidate, str]
"""A specific of a statement, the sentence in which the reader looks for it, and the question that it is asked."""


class ClaimAnswers:
    """Checks statements against one paper."""

    def __init__(
        self, index: PaperIndex, reader: Reader, answerability: Answerability, passages: PassageAnswers
    ) -> None:
        self._index = index
        self._answerability = answerability
        self._reader = reader
        self._passages = passages
        self._windows = PaperWindows(index.paper)

    def answer(self, question: Question, searched: Searched) -> Answer | None:
        """Return the answer to a claim; None for a plain yes-or-no question without a sure verdict.

        One with a name that the paper has, but not in the sentences found, is refused: they are about somebody else.
        """
        statement = self._statement(question)
        found = statement.nearest(searched)
        verdict = self._verdict(statement, found, question, searched, _LIKELY_OTHER)
        if verdict is None:
            if self._passages.asked(searched.found):
                return None  # whose answer is known
            is_refused = question.is_framed or self._is_of_others(statement, found)
            return self._passages.refused(question, searched) if is_refused else None
        if not verdict.is_true:
            return self._corrected(question, searched, verdict)
        quoted = self._passages.quoted(question, searched, lifted(searched.scores, [verdict.sentence]))
        derived = say("from_quote", question.language)
        return replace(quoted, short=say("claim_true", question.language), derived_from=derived)

    def premise(self, question: Question, searched: Searched) -> Answer | None:
        """Return a correction if the paper contradicts what a question takes for granted, None if it does not."""
        statement = self._statement(question)
        verdict = self._verdict(statement, statement.nearest(searched), question, searched, _SURELY_OTHER)
        return self._corrected(question, searched, verdict) if verdict and not verdict.is_true else None

    def _corrected(self, question: Question, searched: Searched, verdict: _Verdict) -> Answer:
        scores = lifted(searched.scores, [verdict.sentence])
        citations = cite_best(self._index, question, scores, searched.read)
        quotes = quoting(citations[:1], citations[1:], question.language)
        is_asked = question.kind == "claim" and not question.is_framed  # nothing is claimed, so nothing is corrected
        return replace(
            Answer.to(question, "answered" if is_asked else "corrected"),
            short=verdict.words[:LONGEST_DIRECT],
            paragraphs=quotes if is_asked else (said(say("claim_false", question.language)), *quotes),
            citations=citations,
            confidence=round(self._passages.confidence(question, searched), 4),
        )

    def _is_of_others(self, statement: Statement, found: list[Candidate]) -> bool:
        """Return whether a statement has a name of the paper that none of the sentences found for it has."""
        if not self._answerability.compares(statement.language):
            return False
        near = [specific for candidate in found for specific in candidate.around]
        missing = (name for name in statement.claimed if name.sort == "name" and not is_met(name, near))
        return any(self._answerability.known_share(statement.text[slice(*name.span)]) == 1 for name in missing)

    def _statement(self, question: Question) -> Statement:
        text = statement_of(written_out(question.searched, question.language))
        return Statement(self._index, text, question.language)

    def _verdict(
        self, statement: Statement, nearest: list[Candidate], question: Question, searched: Searched, sure: float
    ) -> _Verdict | None:
        """Return the verdict of the ``nearest`` sentences. ``sure`` is the reader's least logit that contradicts."""
        if not (statement.claimed or statement.words):
            return None
        found = sorted(nearest, key=lambda candidate: (-len(statement.met(candidate)), -candidate.share))
        rows = statement.rows(found) if polarity.speaks_of_all(statement.text) else ()
        best = next((candidate for candidate in found if statement.met(candidate) == statement.claimed), None)
        nearer = [candidate for candidate in found if best is None or best.share < min(_SAME_MATTER, candidate.share)]
        return (
            self._paired(statement, found)
            or self._ranked(statement, found)
            or self._reversed(statement, [*found, *rows])
            or self._differing(statement, nearer, sure)
            or (self._confirmed_by_words(statement, best, question, searched) if best else None)
        )

    def _confirmed_by_words(
        self, statement: Statement, best: Candidate, question: Question, searched: Searched
    ) -> _Verdict | None:
        """Return the verdict of the best sentence, which has all specifics of a statement."""
        is_denied, denies = polarity.is_negated(statement.text), polarity.is_negated(best.text)
        if is_denied and not denies and best.share > _CONFIRMING:
            return _Verdict(False, best.sentence, best.text)
        if is_denied != denies or (is_superlative(statement.text) and not is_superlative(best.text)):
            return None
        if not statement.claimed and len(statement.words) <= _FEW and any(own.sort == "name" for own in best.own):
            return None  # "the cooperation was successful" is not said by a sentence on the one with the UK
        if not self._is_likely(statement, question, searched):
            return None
        is_said = best.share > _CONFIRMING if statement.claimed else best.own_share > _CONFIRMING_ALONE
        return _Verdict(True, best.sentence) if is_said or self._is_read(statement, best) else None

    def _is_likely(self, statement: Statement, question: Question, searched: Searched) -> bool:
        """Return whether a sentence that has what a statement claims probably says it, and not only its names."""
        asked = self._passages.asked(searched.found)
        if asked and asked.is_open:
            return False
        has_value = any(specific.sort != "name" for specific in statement.claimed)
        return has_value or self._passages.confidence(question, searched) > _LIKELY

    def _paired(self, statement: Statement, candidates: list[Candidate]) -> _Verdict | None:
        """Return the contradiction by a sentence with another name in brackets: "Sinovac (China)"."""
        names = [specific for specific in statement.claimed if specific.sort == "name"]
        for candidate in candidates:
            own_names = [own for own in candidate.own if own.sort == "name"]
            pairs = []
            for found in _IN_BRACKETS.finditer(candidate.text):
                before = [own for own in own_names if own.end == found.start()]
                inside = [own for own in own_names if found.start() < own.start < found.end()]
                if before and inside and not is_met(before[0], inside):  # no abbreviation after its words
                    pairs.append((before[0], inside, found[1]))
            for owner, inside, text in pairs:
                elsewhere = [name for _, others, _ in pairs for name in others if not is_met(name, inside)]
                owned = [name for name in names if is_met(name, [owner])]
                others = [name for name in names if is_met(name, elsewhere)]
                if any(abs(name.start - other.start) <= _TOGETHER for name in owned for other in others):
                    return _Verdict(False, candidate.sentence, text)
        return None

    def _ranked(self, statement: Statement, candidates: list[Candidate]) -> _Verdict | None:
        """Return the verdict of a sentence with a series of numbers, on a statement about one member."""
        stated = next((specific for specific in statement.claimed if specific.sort in ("number", "percent")), None)
        if stated is None and not is_superlative(statement.text):
            return None
        for candidate in candidates:
            members = series(candidate.text, candidate.own)
            named = [member for member in members if _is_about(statement, member, candidate)]
            if len(named) != 1:
                continue
            if most := extreme(statement.text, members):
                if most == named:
                    return _Verdict(True, candidate.sentence)
                other = next(member for member in most if member not in named)
                words = clause_around(candidate.text[other.start : other.end], (0, 0))
                return _Verdict(False, candidate.sentence, words)
            if stated is not None and candidate.share >= _SAME_MATTER:
                numbers = [own for own in _within(candidate.own, named[0]) if own.sort == stated.sort]
                if statement.unit(candidate.text, numbers[0]) != statement.unit(statement.text, stated):
                    continue
                words = "" if is_met(stated, numbers) else clause_around(candidate.text, numbers[0].span)
                return _Verdict(not words, candidate.sentence, words)
        return None

    def _reversed(self, statement: Statement, candidates: list[Candidate]) -> _Verdict | None:
        """Return the contradiction by a sentence that says the opposite about the same specifics."""
        for candidate in candidates:
            met = statement.met(candidate)
            is_row = self._index.paper.sentences[candidate.sentence].kind == "row"
            if met != statement.claimed and not (is_row and met):
                continue
            if candidate.share < _SAME_MATTER / 2 and not statement.claimed:
                continue
            at = polarity.opposed(statement.text, candidate.text)
            if at is None and candidate.share >= _SAME_MATTER:
                at = polarity.limited(statement.text, candidate.text)
            if at is not None:
                return _Verdict(False, candidate.sentence, clause_around(candidate.text, at))
        return None

    def _differing(self, statement: Statement, candidates: list[Candidate], sure: float) -> _Verdict | None:
        """Return the contradiction by a sentence with another value for a specific."""
        asked: list[_Asked] = []
        for specific in statement.claimed:
            others = [own for own in statement.claimed if own is not specific and not _are_of_dates(own, specific)]
            for candidate in candidates:
                if is_met(specific, candidate.around) or not all(is_met(other, candidate.around) for other in others):
                    continue
                if candidate.share >= _SAME_MATTER or any(is_met(other, candidate.own) for other in others):
                    asked += _asked(statement, specific, candidate)
        return self._read_otherwise(statement, asked, sure) or _written_otherwise(statement, asked)

    def _read_otherwise(self, statement: Statement, asked: list[_Asked], sure: float) -> _Verdict | None:
        """Return the contradiction by a sentence in which the reader finds another value."""
        for (specific, candidate, _), found, reading in self._readings(asked, statement.language):
            if reading.answered < sure:
                break
            values = _others(statement, specific, found)
            if values and not is_met(specific, found):
                window = self._windows.window(candidate.sentence, statement.language).text
                words = window[reading.start : reading.end].strip(" ,.;:()")
                roles = role_of(statement.text, specific) & roles_of_reading(window, reading, values)
                if specific.sort != "name" or roles:
                    return _Verdict(False, candidate.sentence, words)
        return None

    def _is_read(self, statement: Statement, candidate: Candidate) -> bool:
        """Return whether the reader, asked for a specific of a statement, finds the same one in a sentence."""
        asked = [one for specific in statement.claimed for one in _asked(statement, specific, candidate)]
        least = _CONFIRMED if self._answerability.known_share(statement.text) == 1 else _SURELY_CONFIRMED
        return any(
            reading.answered >= least and is_met(specific, found)
            for (specific, _, _), found, reading in self._readings(asked, statement.language)
        )

    def _readings(self, asked: list[_Asked], language: Language) -> list[tuple[_Asked, list[Specific], Reading]]:
        """Ask the reader. Return each question, the specifics of its answer and the reading, the surest first."""
        pairs = [(cloze, self._windows.window(candidate.sentence, language).text) for _, candidate, cloze in asked]
        readings = self._reader.read(pairs)
        found = [self._read(text, reading) for (_, text), reading in zip(pairs, readings, strict=True)]
        return sorted(zip(asked, found, readings, strict=True), key=lambda read: -read[2].answered)

    def _read(self, text: str, reading: Reading) -> list[Specific]:
        """Return the specifics that were read. "@100" is none: it says how many each one holds, or what it costs."""
        found = specifics(text[reading.start : reading.end], self._index.glossary)
        return [own for own in found if own.start > 0 or not text[: reading.start].endswith("@")]


def _asked(statement: Statement, specific: Specific, candidate: Candidate) -> list[_Asked]:
    return [(specific, candidate, cloze) for cloze in clozes(statement.text, specific, statement.language)]


def _written_otherwise(statement: Statement, asked: list[_Asked]) -> _Verdict | None:
    """Return the contradiction by a sentence that says nearly the same, and has one other value."""
    for specific, candidate, _ in asked:
        unit = statement.unit(statement.text, specific)
        values = _others(statement, specific, candidate.own)
        if specific.sort == "number":
            values = [value for value in values if unit and statement.unit(candidate.text, value) == unit]
        is_one_value = specific.sort != "name" and len({value.value for value in values}) == 1
        if is_one_value and candidate.share >= _CONFIRMING:
            return _Verdict(False, candidate.sentence, clause_around(candidate.text, values[0].span))
    return None


def _others(statement: Statement, specific: Specific, found: list[Specific]) -> list[Specific]:
    """Return the specifics of the same sort as a statement's, with values that the statement does not have."""
    stated = {claimed.value for claimed in statement.claimed}
    return [value for value in found if value.sort == specific.sort and value.value not in stated]


def _is_about(statement: Statement, member: Member, candidate: Candidate) -> bool:
    """Return whether a statement is about a member of a series: it has the member's name, or its words."""
    part = _within(candidate.own, member)
    names = [name for name in statement.claimed if name.sort == "name" and is_met(name, part)]
    if names or any(own.sort == "name" for own in part):
        return bool(names)
    own_words = statement.content(candidate.text[member.start : member.end], part)
    elsewhere = statement.content(candidate.text[: member.start] + candidate.text[member.end :])
    return bool((own_words - elsewhere) & statement.content(statement.text))


def _within(found: list[Specific], member: Member) -> list[Specific]:
    return [specific for specific in found if member.start <= specific.start < member.end]


def _are_of_dates(*found: Specific) -> bool:
    return {specific.sort for specific in found} <= {"day", "month", "year"}
