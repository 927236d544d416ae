"""Splits Indonesian and English academic prose into sentences.

pysbd, the usual library for this, has no rules for Indonesian and does not know citations ("et al., 2020"): correcting
its results would take as much code as these rules.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.structure.labels import place_of
from corpus.word_sets import word_set

_END = re.compile(
    r"(?:(?<![.!?])[.!?]++|…)(?P<close>[)\]”\u2019\"']*)"
    r"(?P<note>\[\d+(?:[,\u2013-]\s?\d+)*\]|(?<=[a-z)]\.)\d{1,3}(?:[,\u2013-]\d{1,3})*)?"
    r"(?P<space>\s+)(?=(?P<next>\S[^ ]*))"
)
_CITATION = re.compile(
    r"\((?=[^()]*\b(?:1[89]|20)\d\d)(?:[^()]|\([^()]*\)){1,150}\)[.;]?\s+|(?:\[\d+(?:[,\u2013-]\s?\d+)*\]\s+)+"
)
_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s|(?:\d+\.)+\d*\s|[IVX]+\.\s|[A-H]\.\s")
_ABBREVIATIONS = word_set(
    """
    al vs cf viz e.g i.e eg ie approx resp a.k.a mr mrs ms dr prof st gen gov sen rep rev jr hj ir drs dra kh jend kol
    mayjen brigjen letjen s.d a.n u.p d.a jl jln sdr yth
    """
)
_BEFORE_DIGIT = word_set(
    """
    no nos nr nomor fig figs gbr tab tbl eq eqs sec sect ch chap art vol pp p hlm hal ed eds ver v rp tgl th ps bab jan
    feb mar apr jun jul aug agu agt sep sept oct okt nov nop dec des
    """
)
_INITIALS = re.compile(r"(?:^|[^\w.])(?:[A-Z]\.)*[A-Z]$")
_STARTERS = word_set(
    """
    The This These Those That It In On At As A An And But For From However Its We Our They There When While Where If To
    Ini Itu Hal Pada Dalam Di Dari Untuk Dengan Namun Selain Sebagai Oleh Adapun Jika Maka Para Serta Dan Hingga
    """
)
_LETTERED = re.compile(r"(?<=[\s:;,(])\(?([a-z]|\d{1,2})\)\s")
_OPENING = re.compile(r"[(\[“\u2018\"'¿¡\u2013— -]*")
_BEFORE_MARK = 20  # characters that show whether a list goes on: a comma, or a short word
_OPENERS = {"(": ")", "[": "]"}
_LONGEST_BRACKET = 600


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and the end of each sentence; they cover all of the text but the spaces between them."""
    brackets = _bracketed(text)
    spans = []
    start = 0
    mark = _MARK.match(text)
    position = mark.end() if mark else 0
    while found := _END.search(text, position):
        position = found.end()
        if (brackets[found.start()] and not found["close"]) or not _ends_here(text, start, found):
            continue
        end = found.start("space")
        citation = _CITATION.match(text, found.end())
        if citation and _may_open(text, citation.end()):
            end, position = citation.start() + len(citation.group().rstrip()), citation.end()
        if brackets[end - 1] and end < len(text) and brackets[end]:
            continue
        spans.append((start, end))
        start = position
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def split_inner_list(text: str) -> list[tuple[int, int, bool]]:
    """Split a paragraph with a list in it ("...: (a) one; (b) two.") into lead-in, items and rest.

    Returns the start and the end of each part, and whether it is an item. A paragraph without a list is one part.
    """
    marks: list[re.Match[str]] = []
    for found in _LETTERED.finditer(text):
        if place_of(found[1]) == len(marks) + 1 and _list_may_go_on(text, found.start(), not marks):
            marks.append(found)
    if len(marks) < 2:
        return [(0, len(text), False)]
    starts = [found.start() for found in marks]
    parts = [(0, starts[0], False)] if starts[0] else []
    parts += [(start, end, True) for start, end in pairwise(starts)]
    last_end = starts[-1] + split_sentences(text[starts[-1] :])[0][1]
    parts.append((starts[-1], last_end, True))
    if last_end < len(text):
        parts.append((last_end + 1, len(text), False))
    return [(start, start + len(text[start:end].rstrip()), item) for start, end, item in parts]


def _list_may_go_on(text: str, end: int, first: bool) -> bool:
    before = text[max(0, end - _BEFORE_MARK) : end].rstrip()
    if first:
        return before.endswith(":")
    return before.endswith((";", ",")) or before.rsplit(" ", 1)[-1] in ("and", "or", "dan", "atau", "serta")


def _bracketed(text: str) -> list[bool]:
    """Return, for each character, whether it is inside brackets that are closed within `_LONGEST_BRACKET`."""
    inside = [False] * len(text)
    opened: list[int] = []
    for i, char in enumerate(text):
        if char in _OPENERS:
            opened.append(i)
        elif opened and char == _OPENERS[text[opened[-1]]]:
            first = opened.pop()
            if i - first <= _LONGEST_BRACKET:
                inside[first:i] = [True] * (i - first)
    return inside


def _ends_here(text: str, start: int, found: re.Match[str]) -> bool:
    """Return whether a full stop before a space ends the sentence that began at ``start``."""
    if not _may_open(text, found.end()):
        return False
    if text[found.start()] != "." or found["close"] or found["note"]:
        return True
    before = text[max(start, text.rfind(" ", start, found.start()) + 1) : found.start()]
    word = before.lstrip("([“\"'").casefold()
    if word in _ABBREVIATIONS:
        return False
    if word in _BEFORE_DIGIT and found["next"][0].isdigit():
        return False
    return not (_INITIALS.search(before) and found["next"].strip(",;:") not in _STARTERS)


def _may_open(text: str, position: int) -> bool:
    """Return whether a sentence may begin at ``position``: not with a small letter or closing punctuation."""
    opening = _OPENING.match(text, position)
    first = text[opening.end() : opening.end() + 1] if opening else ""
    return bool(first) and not first.islower() and first not in ",;:.)%"
