"""Claims: whether the paper says so, says otherwise, or does not say; and what a question takes for granted.

A statement is held against the sentences that were found for it. One of them bears it out where all its specifics
(numbers, dates, names) and most of its words stand there, and nothing is turned round (opposite words, negation, "all"
against "some"). One contradicts it where it is on the same matter and has another value for a specific: the reader is
asked for that value, by the statement with an asking word in the specific's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from assistant import asking_words
from assistant.answer import Answer
from assistant.answering import polarity
from assistant.answering.citing import cite_best, lifted
from assistant.answering.direct import LONGEST
from assistant.answering.paragraphs import quoting, said
from assistant.answering.passage_answers import PassageAnswers
from assistant.answering.series import Member, extreme, is_superlative, series
from assistant.answering.specifics import Sort, Specific, is_met, specifics, without_sources
from assistant.question import Question
from assistant.reader import Reader, Reading
from assistant.searching import Searched
from assistant.windows import PaperWindows
from assistant.wording import say
from corpus import Language
from index import PaperIndex
from index.spelling import written_out
from index.words import split_words, stems

_HELD: Final = 4
"""How many of the best sentences a statement is compared with."""

_SAME_MATTER: Final = 0.5
"""The share of a statement's words that a sentence on the same matter has."""

_MUCH: Final = 0.6
"""The same share, if the reader does not confirm the statement."""

_MOST: Final = 0.7
"""The same share, for a statement without specifics."""

_TOGETHER: Final = 25
"""The greatest distance, in characters, between a name and the name that a statement assigns it to."""

_SURE: Final = -0.5
"""The logit from which the reader's answer is a different value from the one that a question takes for granted."""

_LIKELY: Final = -1.8
"""The same for a value that a question asks to check."""

_THE_VERY: Final = -3.0
"""The same if the reader's answer is the statement's own value."""

_ASKING: Final[dict[Sort, dict[Language, str]]] = {
    "number": {"en": "how many", "id": "berapa"},
    "percent": {"en": "what percentage", "id": "berapa persen"},
    "ratio": {"en": "what", "id": "berapa"},
    "year": {"en": "what year", "id": "tahun berapa"},
    "month": {"en": "what month", "id": "bulan apa"},
    "day": {"en": "what date", "id": "tanggal berapa"},
}
_NAMED: Final[dict[str, dict[Language, tuple[str, ...]]]] = {
    "place": {"en": ("where", "which place"), "id": ("mana",)},
    "partner": {"en": ("who",), "id": ("siapa", "mana")},
}
_PLACED: Final = re.compile(
    r"\b(?P<place>in|at|from|to|di|dari|ke|of|pada)\s"
    r"(?:the\s|(?:city|province) of\s|kota\s|provinsi\s|negara\s|warga\s|resident of\s)*$"
    r"|\b(?P<partner>with|by|through|via|dengan|bersama|oleh|lewat|melalui)\s(?:the\s)?$",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    rf"^\W*(?:{asking_words.REASON.pattern}|{asking_words.MANNER.pattern}|{asking_words.DATE.pattern})\s*",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = re.compile(r" \(([^()\d]+)\)")
_GRANTED: Final = re.compile(
    r"^\W*(?:since|given that|seeing that|karena|mengingat|berhubung)\s(?P<premise>[^,]+),\s", re.IGNORECASE
)
_NOT_THAT: Final = re.compile(
    r",? (?:and not|not|instead of|rather than|bukan(?:nya)?|alih-alih)\b"
    r"(?! (?:only|just|saja|hanya))[^,]*$",
    re.IGNORECASE,
)
_ISE: Final = re.compile(r"is(e[ds]?|ing|ation|ations)$")
_CLAUSE: Final = re.compile(
    r"[,;:()](?!\d)|\b(?:because|karena|which|yang|that|bahwa|sehingga|so that)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether a sentence, by its index, confirms a statement; ``words`` are those that contradict it."""

    is_true: bool
    sentence: int
    words: str = ""


class _Held(NamedTuple):
    """A sentence that a statement is compared with: its text, its specifics, those around it, and how alike it is."""

    sentence: int
    text: str
    own: list[Specific]
    around: list[Specific]
    share: float


class ClaimAnswers:
    """Checks statements against one paper."""

    def __init__(self, index: PaperIndex, reader: Reader, passages: PassageAnswers) -> None:
        self._index = index
        self._paper = index.paper
        self._reader = reader
        self._passages = passages
        self._windows = PaperWindows(index.paper)

    def answer(self, question: Question, searched: Searched) -> Answer | None:
        """Return the verdict on a claim; None for a plain yes-or-no question without a sure verdict."""
        verdict = self._verdict(question, searched, _LIKELY)
        if verdict is None:
            return self._passages.refused(question, searched) if question.is_framed else None
        if not verdict.is_true:
            return self._corrected(question, searched, verdict)
        scores = lifted(searched.scores, [verdict.sentence])
        confidence = self._passages.confidence(question, searched)
        quoted = self._passages.quoted(question, scores, searched.read, confidence)
        derived = say("from_quote", question.language)
        return replace(quoted, short=say("claim_true", question.language), derived_from=derived)

    def premise(self, question: Question, searched: Searched) -> Answer | None:
        """Return what the paper says if it contradicts what a question takes for granted; None if it does not."""
        verdict = self._verdict(question, searched, _SURE)
        return self._corrected(question, searched, verdict) if verdict and not verdict.is_true else None

    def _corrected(self, question: Question, searched: Searched, verdict: _Verdict) -> Answer:
        scores = lifted(searched.scores, [verdict.sentence])
        citations = cite_best(self._index, question, scores, searched.read)
        quotes = quoting(citations[:1], citations[1:], question.language)
        is_asked = question.kind == "claim" and not question.is_framed  # not claimed: the paper's words answer it
        return Answer(
            question=question.text,
            language=question.language,
            status="answered" if is_asked else "corrected",
            kind=question.kind,
            short=verdict.words[:LONGEST],
            paragraphs=quotes if is_asked else (said(say("claim_false", question.language)), *quotes),
            citations=citations,
            confidence=round(self._passages.confidence(question, searched), 4),
            understood_as=question.understood_as if question.leans else None,
        )

    def _verdict(self, question: Question, searched: Searched, sure: float) -> _Verdict | None:
        """Return the verdict of the sentences found on a statement; ``sure`` is the least logit that contradicts it."""
        statement = _statement(written_out(question.searched, question.language))
        claimed = specifics(statement, self._index.glossary)
        words = self._words(statement, question.language, claimed)
        if not (claimed or words):
            return None
        held = [self._held(sentence, question.language, words) for sentence in self._nearest(searched)]
        held.sort(key=lambda candidate: (-len(_met(claimed, candidate)), -candidate.share))
        rows = self._rows(held, question.language, words) if polarity.speaks_of_all(statement) else ()
        best = next((candidate for candidate in held if len(_met(claimed, candidate)) == len(claimed)), None)
        nearer = [candidate for candidate in held if best is None or best.share < min(_SAME_MATTER, candidate.share)]
        return (
            self._paired(claimed, held)
            or self._ranked(statement, claimed, held, question.language)
            or self._turned(statement, claimed, [*held, *rows])
            or self._differing(statement, claimed, nearer, question.language, sure)
            or (self._borne_out(statement, claimed, best, question.language) if best else None)
        )

    def _borne_out(self, statement: str, claimed: list[Specific], best: _Held, language: Language) -> _Verdict | None:
        """Return the verdict of a sentence with all specifics of a statement."""
        is_denied, denies = polarity.is_negated(statement), polarity.is_negated(best.text)
        if is_denied and not denies and best.share > _MUCH:
            return _Verdict(False, best.sentence, best.text)
        if is_denied != denies or (is_superlative(statement) and not is_superlative(best.text)):
            return None
        is_alike = best.share > (_MUCH if claimed else _MOST) or self._confirmed(statement, claimed, best, language)
        return _Verdict(True, best.sentence) if is_alike else None

    def _paired(self, claimed: list[Specific], held: list[_Held]) -> _Verdict | None:
        """Return the sentence with another name in brackets after a name of a statement: "Sinovac (China)"."""
        names = [specific for specific in claimed if specific.sort == "name"]
        for candidate in held:
            pairs = []
            for found in _IN_BRACKETS.finditer(candidate.text):
                before = [own for own in candidate.own if own.sort == "name" and own.end <= found.start()]
                inside = [
                    own for own in candidate.own if own.sort == "name" and found.start() < own.start < found.end()
                ]
                if before and inside:
                    pairs.append((before[-1], inside, found[1]))
            for owner, inside, text in pairs:
                elsewhere = [name for _, others, _ in pairs for name in others if not is_met(name, inside)]
                owned = [name for name in names if is_met(name, [owner])]
                others = [name for name in names if is_met(name, elsewhere)]
                if any(abs(name.start - other.start) <= _TOGETHER for name in owned for other in others):
                    return _Verdict(False, candidate.sentence, text)
        return None

    def _ranked(
        self, statement: str, claimed: list[Specific], held: list[_Held], language: Language
    ) -> _Verdict | None:
        """Return the verdict of a sentence with a series of numbers on a statement about a member of it."""
        stated = next((specific for specific in claimed if specific.sort in ("number", "percent")), None)
        if stated is None and not is_superlative(statement):
            return None
        for candidate in held:
            members = series(candidate.text, candidate.own)
            named = [member for member in members if self._names(member, candidate, statement, claimed, language)]
            if len(named) != 1:
                continue
            if most := extreme(statement, members):
                if most == named:
                    return _Verdict(True, candidate.sentence)
                other = next(member for member in most if member not in named)
                return _Verdict(False, candidate.sentence, _clause(candidate.text[other.start : other.end], (0, 0)))
            if stated is not None and candidate.share >= _SAME_MATTER:
                number = [own for own in _within(candidate.own, named[0]) if own.sort == stated.sort]
                if self._unit(statement, stated, language) != self._unit(candidate.text, number[0], language):
                    continue
                words = "" if is_met(stated, number) else _clause(candidate.text, (number[0].start, number[0].end))
                return _Verdict(not words, candidate.sentence, words)
        return None

    def _names(self, member: Member, held: _Held, statement: str, claimed: list[Specific], language: Language) -> bool:
        """Return whether a statement is about a member of a series: it has its name, or its words."""
        part = _within(held.own, member)
        names = [name for name in claimed if name.sort == "name" and is_met(name, part)]
        if names or any(own.sort == "name" for own in part):
            return bool(names)
        own_words = self._words(held.text[member.start : member.end], language, part)
        elsewhere = self._words(held.text[: member.start] + held.text[member.end :], language)
        return bool((own_words - elsewhere) & self._words(statement, language))

    def _nearest(self, searched: Searched) -> list[int]:
        hits = self._index.best(searched.scores, _HELD, apart=False)
        return [hit.sentence.index for hit in hits]

    def _held(self, sentence: int, language: Language, words: set[str]) -> _Held:
        text = self._text(sentence, language)
        around = " ".join(self._text(other, language) for other in self._around(sentence))
        glossary = self._index.glossary
        own = specifics(without_sources(text), glossary)
        near = [*specifics(text, glossary), *specifics(around, glossary)]
        known = self._words(text, language) | self._words(around, language)
        return _Held(sentence, text, own, near, len(words & known) / len(words) if words else 1.0)

    def _turned(self, statement: str, claimed: list[Specific], held: list[_Held]) -> _Verdict | None:
        """Return the sentence that says the opposite of a statement about the same specifics."""
        for candidate in held:
            met = _met(claimed, candidate)
            is_row = self._paper.sentences[candidate.sentence].kind == "row"
            if len(met) < len(claimed) and not (is_row and met):
                continue
            if candidate.share < _SAME_MATTER / 2 and not claimed:
                continue
            at = polarity.opposed(statement, candidate.text)
            if at is None and polarity.speaks_of_all(statement) and candidate.share >= _SAME_MATTER:
                at = polarity.some_span(candidate.text)
            if at is None and polarity.speaks_of_only(statement) and not polarity.speaks_of_only(candidate.text):
                at = polarity.more_span(candidate.text) if candidate.share >= _SAME_MATTER else None
            if at is not None:
                return _Verdict(False, candidate.sentence, _clause(candidate.text, at))
        return None

    def _rows(self, held: list[_Held], language: Language, words: set[str]) -> Iterator[_Held]:
        """Yield all rows of the tables that some of the sentences belong to."""
        leads = {
            self._lead(candidate.sentence)
            for candidate in held
            if self._paper.sentences[candidate.sentence].kind == "row"
        }
        leads |= {
            candidate.sentence for candidate in held if self._paper.sentences[candidate.sentence].kind == "caption"
        }
        for sentence in self._paper.sentences:
            if sentence.kind == "row" and self._lead(sentence.index) in leads:
                yield self._held(sentence.index, language, words)

    def _lead(self, sentence: int) -> int | None:
        return self._paper.paragraphs[self._paper.sentences[sentence].paragraph].lead

    def _differing(
        self, statement: str, claimed: list[Specific], held: list[_Held], language: Language, sure: float
    ) -> _Verdict | None:
        """Return the sentence with another value for a specific of a statement."""
        asked, said = [], {specific.value for specific in claimed}
        for specific in claimed:
            others = [other for other in claimed if other is not specific and not _are_one_date(other, specific)]
            for candidate in held:
                if is_met(specific, candidate.around) or not all(is_met(other, candidate.around) for other in others):
                    continue
                if candidate.share >= _SAME_MATTER or any(is_met(other, candidate.own) for other in others):
                    asked += [(specific, candidate, cloze) for cloze in _clozes(statement, specific, language)]
        for (specific, candidate, _), found, reading in self._readings(asked, language):
            if reading.answered < sure:
                break
            values = [value for value in found if value.sort == specific.sort and value.value not in said]
            if values and not is_met(specific, found):
                window = self._windows.window(candidate.sentence, language).text
                words = window[reading.start : reading.end].strip(" ,.;:()")
                if specific.sort != "name" or _placed(statement, specific) & _placed_before(window, reading, values):
                    return _Verdict(False, candidate.sentence, words)
        for specific, candidate, _ in asked:
            unit = self._unit(statement, specific, language)
            values = [value for value in candidate.own if value.sort == specific.sort and value.value not in said]
            if specific.sort == "number":
                values = [value for value in values if unit and self._unit(candidate.text, value, language) == unit]
            if specific.sort != "name" and len({value.value for value in values}) == 1 and candidate.share >= _MUCH:
                return _Verdict(False, candidate.sentence, _clause(candidate.text, (values[0].start, values[0].end)))
        return None

    def _confirmed(self, statement: str, claimed: list[Specific], held: _Held, language: Language) -> bool:
        """Return whether the reader, asked for a specific of a statement, finds the same one in a sentence."""
        asked = [(specific, held, cloze) for specific in claimed for cloze in _clozes(statement, specific, language)]
        return any(
            reading.answered >= _THE_VERY and is_met(specific, found)
            for (specific, _, _), found, reading in self._readings(asked, language)
        )

    def _readings(
        self, asked: list[tuple[Specific, _Held, str]], language: Language
    ) -> list[tuple[tuple[Specific, _Held, str], list[Specific], Reading]]:
        """Read sentences for questions, and return the specifics of the words that answer, the surest first."""
        pairs = [(cloze, self._windows.window(candidate.sentence, language).text) for _, candidate, cloze in asked]
        readings = self._reader.read(pairs)
        found = [
            specifics(text[reading.start : reading.end], self._index.glossary)
            for (_, text), reading in zip(pairs, readings, strict=True)
        ]
        return sorted(zip(asked, found, readings, strict=True), key=lambda read: -read[2].answered)

    def _unit(self, text: str, number: Specific, language: Language) -> str | None:
        """Return the stem of what a number counts, which is the next word; None if there is none."""
        following = asking_words.content_words(text[number.end :])
        return stems([following[0].casefold()], language)[0] if following else None

    def _words(self, text: str, language: Language, without: list[Specific] | None = None) -> set[str]:
        """Return the stems of the words that say what a text is about; a term of the glossary counts as one word.

        Without the specifics of a statement (``without``), the single words of its terms are left out, too.
        """
        for specific in sorted(without or (), key=lambda specific: -specific.start):
            text = f"{text[: specific.start]} {text[specific.end :]}"
        mentions = self._index.glossary.mentions(text)
        for mention in reversed(mentions if without is not None else ()):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        telling = (_ISE.sub(r"iz\1", word) for word in asking_words.content_words(text.casefold()))
        return {mention.term.key for mention in mentions} | set(stems(split_words(" ".join(telling)), language))

    def _around(self, sentence: int) -> Iterator[int]:
        """Yield a sentence's neighbours in its paragraph, and its lead-in."""
        own = self._paper.sentences[sentence]
        for other in (sentence - 1, sentence + 1):
            if 0 <= other < len(self._paper.sentences) and self._paper.sentences[other].paragraph == own.paragraph:
                yield other
        if (lead := self._lead(sentence)) is not None:
            yield lead

    def _text(self, sentence: int, language: Language) -> str:
        return self._paper.texts(sentence).get(language) or self._paper.sentences[sentence].text


def _clozes(statement: str, specific: Specific, language: Language) -> list[str]:
    """Return a statement with question words in place of one of its specifics."""
    before, after = statement[: specific.start], statement[specific.end :]
    if specific.sort != "name":
        asking = _ASKING[specific.sort][language]
        named = asking.split()[0 if language == "id" else -1]
        if before.rstrip().casefold().endswith(named):  # "tahun 2018" becomes "tahun berapa"
            asking = asking.replace(named, "").strip()
        return [f"{before}{asking}{after}?"]
    placed = _PLACED.search(before)
    if placed is None:  # it may be one of several things that are done or owned
        return []
    before = re.sub(r"\bthe $", "", before)
    return [f"{before}{word}{after}?" for word in _NAMED["place" if placed["place"] else "partner"][language]]


def _statement(text: str) -> str:
    """Return what a question takes for granted: what it says before it asks, or itself without its question words."""
    granted = _GRANTED.match(text)
    return _NOT_THAT.sub("", (granted["premise"] if granted else _OPENING.sub("", text)).strip(" ?"))


def _met(claimed: list[Specific], held: _Held) -> list[Specific]:
    return [specific for specific in claimed if is_met(specific, held.around)]


def _within(found: list[Specific], member: Member) -> list[Specific]:
    return [specific for specific in found if member.start <= specific.start < member.end]


def _placed(text: str, specific: Specific) -> set[str]:
    """Return the roles, place or partner, that the words before a name give it."""
    found = _PLACED.search(text[: specific.start])
    return {name for name, said in found.groupdict().items() if said} if found else set()


def _placed_before(window: str, reading: Reading, values: list[Specific]) -> set[str]:
    """Return the roles of the names that a reading found; a name in brackets may have any role."""
    roles: set[str] = set()
    for value in values:
        at = reading.start + len(window[reading.start :]) - len(window[reading.start :].lstrip()) + value.start
        before = window[:at]
        roles |= {"place", "partner"} if before.endswith("(") else _placed(window, value._replace(start=at))
    return roles


def _are_one_date(one: Specific, other: Specific) -> bool:
    return {one.sort, other.sort} <= {"day", "month", "year"}


def _clause(text: str, at: tuple[int, int]) -> str:
    """Return the clause of a text around some of its characters, shortened to a line."""
    start = max((found.end() for found in _CLAUSE.finditer(text, 0, at[0])), default=0)
    following = _CLAUSE.search(text, at[1])
    end = following.start() if following else len(text)
    if end - start > LONGEST:
        start = max(start, at[0] - LONGEST // 2)
        start = text.find(" ", start) + 1 if start and text[start - 1] != " " else start
        end = max(at[1], text.rfind(" ", start, min(end, start + LONGEST)))
    return text[start:end].strip(" ,.;:()")
