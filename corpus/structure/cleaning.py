"""Cleans lines of text of odd characters, running heads, page numbers, and the hyphens of line breaks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from corpus.structure.manuscript import Line
from corpus.word_sets import word_set

# Characters

_PLAIN = str.maketrans({
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u2010": "-", "\u2011": "-", "\u200b": "", "\u2060": "", "\ufeff": "",
})  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text with its ligatures split, its hyphens plain, its accents composed, and no invisible characters."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.translate(_PLAIN)))


# Running heads, running feet and page numbers: lines that recur at the edges of the pages

_EDGE = 4  # lines at the top and at the foot of a page that may be running ones
_SHARE = 0.4  # of the pages have the line: left and right pages differ, and a first page has none
_FEW = 4  # in papers with fewer pages, the line must be on every page
_NUMBER_AT_AN_END = re.compile(r"^\W*(\d{1,4})\b|\b(\d{1,4})\W*$")
_LONGEST = 100  # characters of a line that holds the page's number


def without_running_heads(lines: list[Line]) -> list[Line]:
    """Drop the lines at the edges of pages that recur on other pages, or that hold the page's number.

    Lines that differ only in their digits count as the same. A number is the page's if it goes up with the pages.
    """
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    if len(pages) < 2:
        return lines
    needed = len(pages) if len(pages) < _FEW else max(3, round(_SHARE * len(pages)))
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    shifts = Counter(shift for page in pages for shift in {s for line in _outermost(page) for s in _shifts(line)})
    counting = {shift for shift, count in shifts.most_common(1) if count >= needed}
    kept = []
    for page in pages:
        running = {id(line) for line in _edges(page) if seen[_key(line)] >= needed}
        running |= {id(line) for line in _outermost(page) if counting & set(_shifts(line))}
        kept += [line for line in page if id(line) not in running]
    return kept


def _edges(page: list[Line]) -> list[Line]:
    return page if len(page) <= 2 * _EDGE else page[:_EDGE] + page[-_EDGE:]


def _outermost(page: list[Line]) -> list[Line]:
    return [line for line in (page[0], page[-1]) if len(line.text) <= _LONGEST]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.casefold())


def _shifts(line: Line) -> Iterator[int]:
    """Yield the differences between the numbers at the line's start and end and the number of its page."""
    for found in _NUMBER_AT_AN_END.finditer(line.text):
        yield int(found[1] or found[2]) - line.page


# Hyphens at the ends of a PDF's lines: part of the word ("negara-negara"), or put there by the line break. The paper
# itself decides: by how it writes the word where no line breaks it. Without such evidence the hyphen stays.

_SOFT = "\u00ad"
_LAST = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_FIRST = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PREFIXES = word_set("non sub self co multi pre post anti semi inter pra pasca antar para pan ex quasi e well")
_PROOFS = 3  # words that are certainly broken by line breaks, before the same is assumed of an unknown word


def undo_hyphenation(lines: list[Line]) -> list[Line]:
    """Join lines that end in a hyphen with the next, and drop the hyphens that only the line break put there."""
    words, compounds = _vocabulary(lines)
    verdicts: dict[int, str] = {}
    for i, (line, following) in enumerate(pairwise(lines)):
        before, after = _LAST.search(line.text), _FIRST.match(following.text)
        if before and after and after[0][0].islower():
            verdicts[i] = _verdict(before[1].casefold(), after[0].casefold(), words, compounds)
    proven = Counter(verdicts.values())
    hyphenating = proven["soft"] >= _PROOFS and proven["soft"] > proven["real"]
    done = []
    for i, line in enumerate(lines):
        verdict = verdicts.get(i)
        if line.text.endswith(_SOFT):
            done.append(replace(line, text=line.text.rstrip(_SOFT), glued=True))
        elif verdict == "soft" or (verdict == "unlike" and hyphenating):
            done.append(replace(line, text=line.text[:-1], glued=True))
        elif line.text.endswith("-"):
            before_digit = i + 1 < len(lines) and lines[i + 1].text[:1].isdigit()
            done.append(replace(line, glued=before_digit or not line.text.endswith(" -")))
        else:
            done.append(line)
    return [replace(line, text=line.text.replace(_SOFT, "")) for line in done if line.text]


def _vocabulary(lines: list[Line]) -> tuple[Counter[str], Counter[str]]:
    """Count the words that no line breaks, and the pairs of neighbouring parts of those with hyphens."""
    words: Counter[str] = Counter()
    compounds: Counter[str] = Counter()
    broken = False
    for line in lines:
        found = [word.casefold() for word in _WORDS.findall(line.text)]
        found = found[1:] if broken else found
        broken = line.text.endswith(("-", _SOFT))
        for word in found[:-1] if broken else found:
            parts = word.split("-")
            words.update(parts)
            compounds.update("-".join(pair) for pair in pairwise(parts))
    return words, compounds


def _verdict(a: str, b: str, words: Counter[str], compounds: Counter[str]) -> str:
    """Return what a hyphen between two parts is.

    "real": part of the word; "soft": put there by the line break; "unlike": no compound, since its parts are no words
    of this paper; "unknown" otherwise.
    """
    if b.startswith(a) or a.endswith(b):
        return "real"  # a doubled word, as Indonesian plurals are
    joined, hyphened = words[a + b], compounds[f"{a}-{b}"]
    if joined > hyphened:
        return "soft"
    if hyphened or a in _PREFIXES:
        return "real"
    return "unknown" if words[a] and words[b] else "unlike"
