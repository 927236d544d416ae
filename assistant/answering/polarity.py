"""Finds what reverses a statement, in both languages: opposite words, negation, and "all" against "some"."""

from __future__ import annotations

import re
from typing import Final

from assistant.asking_words import whole_words

_CANCELLED: Final = r"cancel\w*|scrapp\w*|abandon\w*|call\w* off|dibatalkan|batal|dihentikan"
_DONE: Final = (
    r"implemented|done|completed?|finished|carried out|already (?:running|held)|terlaksana|selesai|rampung|dilaksanakan"
)
_IN_PROCESS: Final = r"in process|in progress|ongoing|under way|underway|not yet|proses|belum"

_OPPOSITES: Final = tuple(
    (whole_words(words), whole_words(opposites))
    for words, opposites in (
        (
            r"accept\w*|approv\w*|agreed|welcom\w*|positive(?:ly)? (?:response|reaction|answer|reply)|"
            r"menerima|diterima|disetujui|dikabulkan|menyetujui|(?:tanggapan|respons?|jawaban) positi[fp]",
            r"reject\w*|refus\w*|turn(?:s|ed|ing)? (?:it |them )?down|declin(?:ed|es) (?:to|the)|den(?:y|ied|ies)|"
            r"menolak|ditolak|penolakan",
        ),
        (
            r"succe\w+|proved effective|berhasil\w*|keberhasilan\w*|sukses\w*",
            r"fail(?:s|ed|ing|ure|ures)?|unsuccessful\w*|gagal\w*|kegagalan\w*",
        ),
        (
            r"increas\w*|r[io]s(?:e|es|en|ing)|climb\w*|grow\w*|grew|went up|go up|"
            r"naik|kenaikan|meningkat\w*|peningkatan|bertambah|melonjak",
            r"decreas\w*|fall|falls|fell|falling|drop\w*|declin(?:e|es|ed|ing)|shr[aiu]nk\w*|reduc\w*|curb\w*|"
            r"lower(?:s|ed|ing)?|suppress\w*|(?:bring|brought|went|go) \w*\s?(?:\w+ ){0,4}down|"
            r"menekan|ditekan|mengurangi|turun|menurun\w*|penurunan|berkurang|menyusut|merosot\w*",
        ),
        (r"above|exceed\w*|di ?atas|melebihi|melampaui", r"below|di ?bawah"),
        (_DONE, f"{_IN_PROCESS}|{_CANCELLED}"),
        (f"{_DONE}|{_IN_PROCESS}", _CANCELLED),
        (r"qualitativ\w*|kualitatif", r"quantitativ\w*|kuantitatif"),
        (r"clos(?:e|ed|ing|ure)|ditutup|penutupan", r"reopen\w*|dibuka"),
        ("rare|rarely|langka|jarang", "common|commonly|frequent|often|lazim|umum|sering"),
    )
)
"""Pairs of words with a meaning, and words with the opposite meaning."""

_NEGATION: Final = whole_words(
    r"not|no|never|none|\w+n't|without|nobody|nothing|cannot|tidak|bukan|belum|tanpa|tak|tiada|nggak|gak"
)
_NOT_ONLY: Final = whole_words(
    r"not only|not just|no less|(?:bukan|tidak) (?:saja|hanya)|tidak luput|tidak lepas|tidak kalah"
)
_DESCRIBING: Final = whole_words(
    r"(?:that|which|who) (?:\w+ )?(?:not|never|\w+n't|cannot)|yang (?:tidak|bukan|belum|tak|tanpa|nggak|gak)"
)
"""A negation in a clause that only says which thing is meant: "devices that were not registered"."""

_ALL: Final = whole_words(
    r"all|every|each|entire(?:ly)?|whole|everyone|always|semua\w*|seluruh\w*|setiap|tiap|segala|selalu"
)
_ONLY: Final = whole_words(r"only|solely|exclusively|merely|hanya|cuma|semata")
_SOME: Final = whole_words(
    r"not (?:all|every\w*)|some|part of|partly|the rest|remaining|few|only a few",
    r"tidak (?:semua|setiap|seluruh)|sebagian|sisanya|beberapa|hanya sedikit",
)
_ALSO: Final = whole_words(
    r"also|as well|not only|besides|in addition|juga|bukan (?:saja|hanya)|tidak hanya|selain|melainkan"
)


def opposed(claim: str, text: str) -> tuple[int, int] | None:
    """Return the (start, end) in a text of the opposite of a word of a claim; None if there is none."""
    for words, opposites in _OPPOSITES:
        for claimed, opposite in ((words, opposites), (opposites, words)):
            if not _found(claimed, claim) or _found(opposite, claim) or _found(claimed, text):
                continue
            if against := _found(opposite, text) or _found(claimed, text, denied=True):
                return against
    return None


def is_negated(text: str) -> bool:
    """Return whether a text has a negation; "not only" is none, nor is one that only describes a thing."""
    for other in (_NOT_ONLY, _SOME, _DESCRIBING):
        text = other.sub(" ", text)
    return _NEGATION.search(text) is not None


def speaks_of_all(text: str) -> bool:
    """Return whether a statement is about all of something; "not all" is not."""
    return _ALL.search(_SOME.sub(" ", text)) is not None


def limited(claim: str, text: str) -> tuple[int, int] | None:
    """Return the (start, end) in a text of "some", if a claim speaks of all, or of "also", if it speaks of only one."""
    found = _SOME.search(text) if speaks_of_all(claim) else None
    if found is None and _speaks_of_only(claim) and not _speaks_of_only(text):
        found = _ALSO.search(text)
    return found.span() if found else None


def _speaks_of_only(text: str) -> bool:
    """Return whether a statement excludes everything else; "not only" does not."""
    return _ONLY.search(_NOT_ONLY.sub(" ", text)) is not None


def _found(words: re.Pattern[str], text: str, *, denied: bool = False) -> tuple[int, int] | None:
    """Return the (start, end) of the first of some words that is not negated or, if ``denied``, that is."""
    return next((found.span() for found in words.finditer(text) if _is_denied(text, found.start()) == denied), None)


def _is_denied(text: str, at: int) -> bool:
    """Return whether one of the two words before a place is a negation."""
    before = " ".join(_NOT_ONLY.sub(" ", text[:at]).split()[-2:])
    return _NEGATION.search(before) is not None
