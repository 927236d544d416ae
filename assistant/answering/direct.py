"""The direct answer: the few words of a quote that answer."""

from __future__ import annotations

import re

from assistant.answering.enumeration import EDGES
from assistant.answering.series import parts
from assistant.asking_words import PLURAL, SMALL, Expected, content_words
from assistant.citation import Citation
from assistant.expectation import DATE, NUMBER
from assistant.question import Question
from index.words import stems

LONGEST_DIRECT = 160
"""Characters of the longest direct answer."""

_PATTERNS: dict[Expected, re.Pattern[str]] = {"date": DATE, "number": NUMBER}
_UNIT = re.compile(r"(?:\s+[^\W\d_][\w-]*){0,2}")
_EDGES = f"{EDGES}()"
_AFTER_OTHERS = re.compile(r",\s+(?:and|or|dan|serta|atau)\s+(?:the\s+)?$", re.IGNORECASE)
_NEARBY = 60  # characters on either side of a number or a date that say what it measures
_TAIL = 3  # words that the reader's choice may have after a number and its unit; it may read on to the end of a clause
_READ = 1.5  # The weight of the reader's choice. Each word of the question around a date or a number weighs 1.
_OWN = 2.0  # the weight of each word besides, if it is in the same part of the sentence: "Japan 22, Sudan 11"


def direct_answer(question: Question, citation: Citation) -> str | None:
    """Return the words of a citation that answer a question, in its language; None if they are unknown.

    The last of several things is no answer to a question for several, and is not returned.
    If the question asks for a date or a number, the one with most of the question's words around it and in its own
    part of the sentence is returned. The reader's choice counts as well.
    """
    text, words = citation.text_in(question.language), citation.words.strip(_EDGES)
    read = words if words and len(words) <= LONGEST_DIRECT else None
    pattern = _PATTERNS.get(question.expected) if question.expected else None
    found = list(pattern.finditer(text)) if pattern else []
    if question.expected == "number":  # the 24 of "24 February" counts nothing
        days = [date for date in DATE.finditer(text) if any(map(str.isalpha, date[0]))]
        found = [number for number in found if not any(day.start() <= number.start() < day.end() for day in days)]
    at = range(text.find(words), text.find(words) + len(words)) if words else range(0)
    if not found:
        is_last = _AFTER_OTHERS.search(text, 0, at.start) and PLURAL.search(question.text)
        return None if is_last else read
    sought = set(stems(content_words(question.searched.casefold()), question.language))
    divided = parts(text)

    def shared(part: str) -> int:
        return len(sought & set(stems(content_words(part.casefold()), question.language)))

    def worth(match: re.Match[str]) -> float:
        around = text[max(0, match.start() - _NEARBY) : match.end() + _NEARBY]
        part = next((text[start:end] for start, end in divided if start <= match.start() < end), "")
        return shared(around) + _OWN * shared(part) + _READ * (match.start() in at) + len(match[0]) / LONGEST_DIRECT

    best = max(found, key=worth)
    unit = _UNIT.match(text, best.end()) if question.expected == "number" else None
    counted = unit[0].split() if unit else []
    while counted and counted[-1].casefold() in SMALL:
        counted.pop()
    value = " ".join([best[0].strip(_EDGES), *counted])
    if not read or best.start() not in at:
        return value
    before, _, after = read.partition(value)
    is_long = question.expected == "number" and len(after.split()) > _TAIL
    return f"{before}{value}" if is_long else read
