"""Raises the scores of sentences that have what a question asks for: a date, a number, or a place in a named part."""

from __future__ import annotations

import re

import numpy as np

from assistant.asking_words import PART_NAMES, whole_words
from assistant.question import Question
from corpus import Paper
from corpus.structure.headings import plain_name
from index.encoders import Vectors

BONUS = 0.02
"""The gain, in cosine, of a sentence with what is asked for. Any value from .01 to .04 does as well."""

IN_NAMED_PART = 0.03
"""The gain of a sentence in a part that the question names ("according to the conclusion")."""

_MONTHS = (
    "januari january|februari february|maret march|april|mei may|juni june|juli july|agustus august|september|"
    "oktober october|november nopember|desember december"
)
MONTHS = {name: month for month, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}
"""The months by their names, from 1."""

DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})(?: \d{{1,2}})?(?:,? (?:19|20)\d\d)?|(?:19|20)\d\d)\b", re.IGNORECASE
)
"""A date, a month or a year."""

NUMBER = re.compile(
    r"(?<![\w@-])-?\d[\d.,]*(?: ?%| ?(?:persen|percent|juta|ribu|miliar|million|thousand|billion))?", re.IGNORECASE
)
"""A number. "@100" is none: it says how many each one holds, or what it costs."""

MONEY = re.compile(
    r"(?:\bRp\.?|US\$|[$€£¥]|\b(?:USD|IDR|EUR|CNY)) ?\d|\d[\d.,]*(?: \w+)? (?:rupiah|dolar|dollars?|euros?|yuan|yen|"
    r"pounds?)\b",
    re.IGNORECASE,
)
"""An amount of money."""

AGE = re.compile(
    r"\b(?:age[ds]?|old|elderly|(?:ber)?(?:usia|umur)(?:nya)?|\d+[ -](?:years?|months?|tahun|bulan))\b", re.IGNORECASE
)
"""An age, or how long something has been there."""

_REASON = whole_words(
    r"karena|sebab|disebabkan|akibat|sehingga|agar|supaya|mengingat|demi|oleh karena itu|bertujuan|because|since|"
    r"due to|owing to|as a result|therefore|so that|in order to|given that|thanks to"
)
_CONSIDERED = re.compile(r"(?:menimbang ?: ?)?(?:\w{1,2}[.)] ?)?bahwa\b", re.IGNORECASE)
"""The beginning of what a law was made for: "Menimbang: a. bahwa ..."."""

_SOURCE = re.compile(r"\([^()]*\)[.;]?$")

_HELD = {"age": AGE, "date": DATE, "money": MONEY, "number": NUMBER}

TITLES = {
    "summary": r"abstract|summary|abstrak|ringkasan|intisari",
    "aim": r"introduction|background|pendahuluan|latar belakang",
    "method": r".*\b(?:methods?|methodology|metode|metodologi)\b.*",
    "results": r"(?:results?|findings|hasil|temuan).*",
    "conclusion": r"(?:conclusions?|concluding remarks|kesimpulan|simpulan|penutup)\b.*",
    "further_research": r"(?:(?:future|further) (?:work|research|studies)|penelitian (?:selanjutnya|lanjutan))\b.*",
    "recommendations": r"(?:recommendations?|saran|rekomendasi|future work)\b.*",
    "limitations": r"(?:limitations?|keterbatasan)\b.*",
}
"""The titles of parts that nearly every paper has, by topic, in the form of `plain_name`."""


def sections_of(paper: Paper, topic: str) -> list[int]:
    """Return the indexes of the sections of a part: those with its titles, and the sections below them."""
    pattern = re.compile(TITLES[topic])
    found = {s.index for s in paper.sections if pattern.fullmatch(plain_name(s.title))}
    for section in paper.sections:
        if section.parent in found:
            found.add(section.index)
    return sorted(found)


def bonuses(question: Question, paper: Paper) -> Vectors:
    """Return each sentence's gain for a question, shape (sentences,).

    A sentence gains if it has an age, a date, an amount or a number that is asked for, or if it is in a part that the
    question names.
    """
    gained = np.zeros(len(paper.sentences), dtype=np.float32)
    topics = [topic for topic, words in PART_NAMES.items() if words.search(question.text.casefold())]
    named = {section for topic in topics for section in sections_of(paper, topic)}
    for sentence in paper.sentences:
        if question.expected in _HELD and holds(sentence.text, question.expected):
            gained[sentence.index] += BONUS
        if sentence.section in named and sentence.kind == "text":
            gained[sentence.index] += IN_NAMED_PART
    return gained


def holds(text: str, expected: str) -> bool:
    """Return whether a text has an age, a date, an amount or a number, apart from the source cited at its end."""
    return bool(_HELD[expected].search(_SOURCE.sub("", text)))


def gives_reason(text: str) -> bool:
    """Return whether a sentence gives a reason for something."""
    return bool(_REASON.search(text) or _CONSIDERED.match(text))
