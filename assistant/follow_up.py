"""Follow-up questions. One that cannot stand alone borrows the words of the question before it."""

from __future__ import annotations

import re

from assistant.asking_words import whole_words

_CARRIES_ON = re.compile(
    r"(and|but|so|then|also|or|what about|how about|(what|who|anything) else|which of (?:them|these|those)|how many of|"
    r"yang|yg|dan|tapi|tetapi|lalu|terus|kalau|kalo|klo|(bagaimana|gimana) dengan|selain itu|atau|(apa|siapa) lagi)\b",
    re.IGNORECASE,
)
_PREPOSITIONS = "in|on|at|by|with|for|from|to|di|ke|dari|pada|dengan|untuk|oleh"
_PREPOSITION = re.compile(rf"({_PREPOSITIONS}|sejak|since)\b", re.IGNORECASE)
_POINTS_BACK = whole_words(
    r"it|its|they|them|their|these|those|he|him|his|she|her|tersebut|mereka|dia|beliau|di (sana|situ)"
)
_MAY_POINT_BACK = whole_words(r"this|that|there|itu|ini|(?!(bedanya|perbedaannya|artinya|kepanjangannya)\b)\w{3,}nya")
_POINTS_AT_THE_PAPER = whole_words(
    r"this (paper|study|article|research)|(makalah|penelitian|riset|artikel|studi|paper) (ini|itu)|(apa|siapa) itu|"
    r"\w+ itu (apa|siapa|singkatan)|is there|are there|was there|were there"
)
_NAME = r"[A-Z][\w.-]*(?: [A-Z][\w.-]*)*"
_NAMED = re.compile(r"(?<=\s)[^\W\d_]*[A-Z]")
_QUESTION_WORDS = (
    r"(when|where|who|whom|whose|why|how|what|which|kapan|(di |ke |dari )?mana|siapa|mengapa|kenapa|bagaimana|gimana|"
    r"berapa|brp|apa|apakah|pada tahun berapa|tahun berapa|tanggal berapa)"
)
_ASKS_ANEW = whole_words(_QUESTION_WORDS)
_OTHER_THING = re.compile(r"\b(what|how) about\b|\b(bagaimana|gimana) (dengan|kalau|kalo)\b", re.IGNORECASE)
_ASKED_FIRST = re.compile(
    rf"^\W*((in|on|at|by|for|from|to|pada|di|ke|dari|untuk)\s+)?{_QUESTION_WORDS}(?:['\u2019]\w+)?\b"
    r"(\s+(many|much|long|far|saja|aja|sih|yang|yg|is|are|was|were|did|does|do|has|have|had)\b)*\s*",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\W*(?:and|but|what about|how about|dan|tapi|lalu|terus|kalau|kalo|klo|(?:bagaimana|gimana) (?:dengan|kalau|"
    rf"kalo))\s+(?P<said>(?P<preposition>(?:{_PREPOSITIONS})\s+)?(?P<thing>[^?]+?))\s*\??\W*",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:the )?(?:most|fewest|least|highest|lowest|largest|smallest|biggest|first|last|second)\b"
    r"|\b(?:paling (?:banyak|sedikit|besar|kecil|tinggi|rendah)|ter(?:banyak|sedikit|besar|kecil|tinggi|rendah)|"
    r"pertama|terakhir)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the (?!most|fewest|least|first|last)| ones?$|^yang ", re.IGNORECASE)

_TOO_SHORT = 2  # words of a question that never stands alone
_SHORT = 4  # words of one that does not if it begins with a preposition
_LONGEST_THING = 6  # words


def stands_alone(question: str) -> bool:
    """Return whether a question can be understood without the one before it, by its words only.

    It cannot if it carries on ("And ...", "Kalau ..."), points back ("it", "mereka"), or is too short ("Kapan?", "In
    which city?"). "This", "that", and the Indonesian "-nya" and "itu" often point at nothing, so they count only in a
    question without names.
    """
    length = len(question.split())
    question = _POINTS_AT_THE_PAPER.sub(" ", question.strip())
    if _CARRIES_ON.match(question) or _POINTS_BACK.search(question) or length <= _TOO_SHORT:
        return False
    if length <= _SHORT and _PREPOSITION.match(question):
        return False
    return names_somebody(question) or not _MAY_POINT_BACK.search(question)


def only_names(question: str) -> bool:
    """Return whether a question only names something, in a word or two ("masks"), without asking or carrying on."""
    leads_on = _CARRIES_ON.match(question) or _PREPOSITION.match(question) or _POINTS_BACK.search(question)
    return 0 < len(question.split()) <= _TOO_SHORT and not (leads_on or _ASKS_ANEW.search(question))


def points_back(question: str) -> bool:
    """Return whether a question has a word that stands for something in the one before: "it", "mereka"."""
    return bool(_POINTS_BACK.search(_POINTS_AT_THE_PAPER.sub(" ", question)))


def names_somebody(question: str) -> bool:
    """Return whether a question names somebody or something by a capital letter after its first word."""
    return bool(_NAMED.search(question))


def in_context(question: str, previous: str) -> str:
    """Return a question together with what the one before it was about.

    A question that asks the same of another thing becomes the question before, with that thing in its place. One that
    asks anew ("Who sent them?") borrows what the question before was about, but not its asking words ("How many ...").
    Any other borrows both.
    """
    if (replaced := _replaced(question, previous)) is not None:
        return replaced
    asks_anew = _ASKS_ANEW.search(_OTHER_THING.sub("", question))
    about = _ASKED_FIRST.sub("", previous).rstrip(" ?") if asks_anew else ""
    return f"{question.rstrip(' ?')} ({about})?" if about else f"{previous} {question}"


def _replaced(question: str, previous: str) -> str | None:
    """Return the question before, with its subject replaced: "And with Japan?" asks the same of Japan.

    The words to replace follow the same preposition, are a superlative too, or are the last name of the question
    before. None if nothing shows which words to replace.
    """
    found = _ANOTHER.fullmatch(question)
    if found is None or len(found["thing"].split()) > _LONGEST_THING or _ASKS_ANEW.search(found["said"]):
        return None
    thing = _ARTICLE.sub("", found["thing"].strip())
    if _SUPERLATIVE.fullmatch(thing):
        place = _SUPERLATIVE.search(previous)
    elif preposition := (found["preposition"] or "").strip():
        thing = f"{preposition} {thing}"
        place = re.search(rf"\b(?i:{preposition}) (?:the )?{_NAME}(?:(?: \w+)?(?=\W*$))?", previous)
    else:
        names = list(re.finditer(rf"(?<=\s){_NAME}", previous))
        place = names[-1] if names else None
    return previous[: place.start()] + thing + previous[place.end() :] if place else None
