"""What a question asks for, as far as its words tell: a date, or a number."""

from __future__ import annotations

import re
from typing import Literal

from corpus import Sentence

Expectation = Literal["date", "number"]

BONUS = 0.02
"""What a sentence gains that holds what is asked for, beside a cosine; between .01 and .04 it is all the same."""

_DATE_ASKED = re.compile(
    r"\b(kapan|when|(on |in )?(what|which) (date|day|month|year)|(tanggal|bulan|tahun|hari) (berapa|apa))\b",
    re.IGNORECASE,
)
_NUMBER_ASKED = re.compile(
    r"\b(berapa|brp|seberapa|how (many|much|far|large|big|high|long|old)|persentase|"
    r"(what|which) (share|percentage|percent|proportion|number|rate|ratio))\b",
    re.IGNORECASE,
)
_MONTHS = (
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember|"
    "january|february|march|may|june|july|august|october|december"
)
_DATE = re.compile(rf"\b(19|20)\d\d\b|\b({_MONTHS})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w-])\d")
_SOURCE = re.compile(r"\([^()]*\)[.;]?$")


def expected(question: str) -> Expectation | None:
    """Return what kind of thing a question asks for, None where its words do not tell."""
    if _DATE_ASKED.search(question):
        return "date"
    return "number" if _NUMBER_ASKED.search(question) else None


def holds(sentence: Sentence, expectation: Expectation) -> bool:
    """Tell whether a sentence holds such a thing; the source cited at its end, which is dated too, aside."""
    return bool((_DATE if expectation == "date" else _NUMBER).search(_SOURCE.sub("", sentence.text)))
