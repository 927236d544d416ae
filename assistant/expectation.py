"""What a question asks for, as far as its words tell: a date, a number, or a part of the paper."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np

from corpus import SMALL_WORDS, Paper, Sentence
from corpus.words import word_set
from index.embedder import Vectors
from index.words import split_words

Expectation = Literal["date", "number"]

BONUS = 0.02
"""What a sentence gains that holds what is asked for, beside a cosine; between .01 and .04 it is all the same."""

IN_NAMED_PART = 0.03
"""What a sentence gains in a part that the question names ("according to the conclusion")."""

_DATE_ASKED = re.compile(
    r"\b(kapan|when|(on |in )?(what|which) (date|day|month|year)|(tanggal|bulan|tahun|hari) (berapa|apa))\b",
    re.IGNORECASE,
)
_NUMBER_ASKED = re.compile(
    r"\b(berapa|brp|seberapa|how (many|much|far|large|big|high|long|old)|persentase|"
    r"(what|which) (share|percentage|percent|proportion|number|rate|ratio))\b",
    re.IGNORECASE,
)
_LIST_ASKED = re.compile(
    r"\b((apa|siapa|mana) (saja|aja)|sebutkan|what are|list|name (all|the)|"
    r"(what|which) (all|two|three|four|five|six|seven|eight|ten|twelve|\d+))\b",
    re.IGNORECASE,
)
_MONTHS = (
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember|"
    "january|february|march|may|june|july|august|october|december"
)
_DATE = re.compile(rf"\b(19|20)\d\d\b|\b({_MONTHS})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w-])\d")
_SOURCE = re.compile(r"\([^()]*\)[.;]?$")

_PARTS = tuple(
    re.compile(rf"\b({words})\b", re.IGNORECASE)
    for words in (
        "abstract|summary|abstrak|ringkasan|intisari",
        "introduction|background|pendahuluan|latar belakang",
        "methods?|methodology|metode|metodologi",
        "conclusions?|concludes?|concluding|closing (?:lines?|remarks|part|section)|"
        "kesimpulan|simpulan|menyimpulkan|disimpulkan|penutup",
    )
)
"""What the parts that nearly every paper has are called, in titles and in questions."""

_ABSTRACT = _PARTS[0]

_ITSELF = re.compile(
    r"\b((this|the) (paper|article|study|research|journal)"
    r"|(makalah|artikel|penelitian|riset|studi|kajian|jurnal|paper) ini)\b",
    re.IGNORECASE,
)
_OF_ANY_PAPER = word_set(
    """
    about aim aims anything argue argues argument authors conclude conclusion conclusions cover covered covers deal
    deals discuss discussed discusses even examine examines finding findings find finds focus goal goals idea
    investigate main mention mentioned mentions message method methods objective objectives point purpose question
    report result results said say says subject summarise summarize summary topic topics used uses
    bahas bahasan dibahas digunakan dipakai disebut disebutkan disinggung fokus garis besar hasil inti isi isinya
    judulnya kesimpulan kesimpulannya membahas membicarakan meneliti menyebut menyebutkan menyinggung metode
    pembahasan pokok rangkuman ringkasan secara singkat sebenarnya singkatnya temuan tema topik topiknya tujuan
    tujuannya utama
    """
)
"""Words with which one asks about a paper without saying anything of what is in it."""

_FACT_ASKED = re.compile(r"\b(who|whose|when|where|how (many|long)|siapa|kapan|di ?mana|berapa)\b", re.IGNORECASE)
_NAMES_NOTHING = _OF_ANY_PAPER.union(*SMALL_WORDS.values())


def is_about_any_paper(question: str) -> bool:
    """Tell whether a question is about "this paper", and names nothing that would tell it from any other.

    Who wrote it, when, where and at what length are facts like any other, which a paper may not say.
    """
    return bool(_ITSELF.search(question)) and not _FACT_ASKED.search(question) and not telling_words(question)


def telling_words(question: str) -> list[str]:
    """Return the words of a question that tell it from one that might be asked about any paper."""
    return [word for word in split_words(_ITSELF.sub(" ", question)) if word.lower() not in _NAMES_NOTHING]


def bonuses(question: str, paper: Paper) -> Vectors:
    """Return what each sentence gains by being what a question asks for, shape (sentences,).

    That is a sentence with a date or a number where one is asked for, and one of the part that a question names.
    """
    gained = np.zeros(len(paper.sentences), dtype=np.float32)
    expectation = expected(question)
    # A paper's abstract is what it says of itself.
    of_itself = is_about_any_paper(question)
    parts = [part for part in _PARTS if part.search(question) or (of_itself and part is _ABSTRACT)]
    named = {s.index for s in paper.sections if any(part.fullmatch(s.title) for part in parts)}
    for sentence in paper.sentences if expectation or named else ():
        if expectation and holds(sentence, expectation):
            gained[sentence.index] += BONUS
        if sentence.section in named and sentence.kind == "text":
            gained[sentence.index] += IN_NAMED_PART
    return gained


def asks_for_list(question: str) -> bool:
    """Tell whether a question asks for all of several things."""
    return bool(_LIST_ASKED.search(question))


def expected(question: str) -> Expectation | None:
    """Return what kind of thing a question asks for, None where its words do not tell."""
    if _DATE_ASKED.search(question):
        return "date"
    return "number" if _NUMBER_ASKED.search(question) else None


def holds(sentence: Sentence, expectation: Expectation) -> bool:
    """Tell whether a sentence holds such a thing; the source cited at its end, which is dated too, aside."""
    return bool((_DATE if expectation == "date" else _NUMBER).search(_SOURCE.sub("", sentence.text)))
