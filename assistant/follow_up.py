"""Follow-up questions: one that cannot stand alone borrows the words of the one it follows."""

from __future__ import annotations

import re

_CARRIES_ON = re.compile(
    r"(and|but|so|then|also|or|what about|how about|(what|who|anything) else|"
    r"which of (?:them|these|those)|how many of|yang|yg|dan|tapi|tetapi|lalu|terus|kalau|kalo|klo|"
    r"(bagaimana|gimana) dengan|selain itu|atau|(apa|siapa) lagi)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(in|on|at|by|with|for|from|to|di|ke|dari|pada|dengan|untuk|oleh|sejak|since)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"\b(it|its|they|them|their|these|those|he|him|his|she|her|tersebut|mereka|dia|beliau|di (sana|situ))\b",
    re.IGNORECASE,
)
_MAY_POINT_BACK = re.compile(
    r"\b(this|that|there|itu|ini|(?!(bedanya|perbedaannya|artinya|kepanjangannya)\b)\w{3,}nya)\b", re.IGNORECASE
)
_POINTS_AT_THE_PAPER = re.compile(
    r"\b(this (paper|study|article|research)|(makalah|penelitian|riset|artikel|studi|paper) (ini|itu)|"
    r"(apa|siapa) itu|\w+ itu (apa|siapa|singkatan)|is there|are there|was there|were there)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=\s)[^\W\d_]*[A-Z]")
_QUESTION_WORDS = (
    r"(when|where|who|whom|whose|why|how|what|which|kapan|(di |ke |dari )?mana|siapa|mengapa|kenapa|bagaimana|gimana|"
    r"berapa|brp|apa|apakah|pada tahun berapa|tahun berapa|tanggal berapa)"
)
_ASKS_ANEW = re.compile(rf"\b{_QUESTION_WORDS}\b", re.IGNORECASE)
_OTHER_THING = re.compile(r"\b(what|how) about\b|\b(bagaimana|gimana) (dengan|kalau|kalo)\b", re.IGNORECASE)
_ASKED_FIRST = re.compile(
    rf"^\W*((in|on|at|by|for|from|to|pada|di|ke|dari|untuk)\s+)?{_QUESTION_WORDS}\b"
    r"(\s+(many|much|long|far|saja|aja|sih|yang|yg|is|are|was|were|did|does|do|has|have|had)\b)*\s*",
    re.IGNORECASE,
)
_TOO_SHORT = 2
_SHORT = 4


def stands_alone(question: str) -> bool:
    """Return whether a question can be understood without the one before it, by its words only.

    It cannot if it carries on ("And ...", "Kalau ..."), points back ("it", "mereka"), or is hardly a phrase
    ("Kapan?", "In which city?"). The Indonesian "-nya" and "itu", and "this" and "that", often point at nothing; they
    count only in a question that names nobody and nothing.
    """
    length = len(question.split())
    question = _POINTS_AT_THE_PAPER.sub(" ", question.strip())
    if _CARRIES_ON.match(question) or _POINTS_BACK.search(question) or length <= _TOO_SHORT:
        return False
    if length <= _SHORT and _PREPOSITION.match(question):
        return False
    return names_somebody(question) or not _MAY_POINT_BACK.search(question)


def only_names(question: str) -> bool:
    """Return whether a question is a word or two that name something ("masks"), ask nothing and go on from nothing."""
    leads_on = _CARRIES_ON.match(question) or _PREPOSITION.match(question) or _POINTS_BACK.search(question)
    return 0 < len(question.split()) <= _TOO_SHORT and not (leads_on or _ASKS_ANEW.search(question))


def points_back(question: str) -> bool:
    """Return whether a question has a word that stands for something in the one before: "it", "mereka"."""
    return bool(_POINTS_BACK.search(_POINTS_AT_THE_PAPER.sub(" ", question)))


def names_somebody(question: str) -> bool:
    """Return whether a question names somebody or something by a capital letter after its first word."""
    return bool(_NAME.search(question))


_ANOTHER = re.compile(
    r"\W*(?:and|but|what about|how about|dan|tapi|lalu|terus|kalau|kalo|klo|(?:bagaimana|gimana) (?:dengan|kalau|"
    r"kalo))\s+"
    r"(?P<said>(?P<preposition>(?:in|on|at|by|with|for|from|to|di|ke|dari|pada|dengan|untuk|"
    r"oleh)\s+)?(?P<thing>[^?]+?))\s*\??\W*",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:the )?(?:most|fewest|least|highest|lowest|largest|smallest|biggest|first|last|second)\b"
    r"|\b(?:paling (?:banyak|sedikit|besar|kecil|tinggi|rendah)|ter(?:banyak|sedikit|besar|kecil|tinggi|rendah)|"
    r"pertama|terakhir)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the (?!most|fewest|least|first|last)| ones?$|^yang ", re.IGNORECASE)
_LONGEST_THING = 6  # words


def _replaced(question: str, previous: str) -> str | None:
    """Return the question before with what it asked about replaced: "And with Japan?" asks its question of Japan.

    What takes the place of what is told by the preposition they share, by both being superlatives, or by the name that
    the question before ends with. None where nothing shows what is meant.
    """
    found = _ANOTHER.fullmatch(question)
    if found is None or len(found["thing"].split()) > _LONGEST_THING or _ASKS_ANEW.search(found["said"]):
        return None
    thing = _ARTICLE.sub("", found["thing"].strip())
    if _SUPERLATIVE.fullmatch(thing):
        return _SUPERLATIVE.sub(thing, previous, count=1) if _SUPERLATIVE.search(previous) else None
    name = r"(?:[A-Z][\w.-]*)(?: (?:[A-Z][\w.-]*))*"
    if preposition := (found["preposition"] or "").strip():
        pattern = re.compile(
            rf"\b(?i:{preposition}) (?:the )?{name}(?: \w+)?(?=\W*$)|\b(?i:{preposition}) (?:the )?{name}"
        )
        return pattern.sub(f"{preposition} {thing}", previous, count=1) if pattern.search(previous) else None
    names = list(re.finditer(rf"(?<=\s){name}", previous))
    if not names:
        return None
    last = names[-1]
    return previous[: last.start()] + thing + previous[last.end() :]


def in_context(question: str, previous: str) -> str:
    """Return a question together with what the one before it was about.

    One that asks the same of another thing is the question before with that thing in its place.
    One that asks anew ("Who sent them?") does not take over what the one before it wanted to know ("How many ..."),
    only about what; one that does not ("And with Japan?") takes over both.
    """
    if (replaced := _replaced(question, previous)) is not None:
        return replaced
    asks_anew = _ASKS_ANEW.search(_OTHER_THING.sub("", question))
    about = _ASKED_FIRST.sub("", previous).rstrip(" ?") if asks_anew else ""
    return f"{question.rstrip(' ?')} ({about})?" if about else f"{previous} {question}"
