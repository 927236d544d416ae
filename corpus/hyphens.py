"""Hyphens at the ends of a PDF's lines: part of the word ("negara-negara"), or put there by the line break.

The document itself is the witness: how the word is written where no line breaks it. Where nothing speaks for
a break the hyphen stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.layout import Line
from corpus.words import word_set

SOFT = "\u00ad"
_LAST = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_FIRST = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PREFIXES = word_set(
    """
    non sub self co multi pre post anti semi inter pra pasca antar para pan ex quasi e well
    """
)
_PROOFS = 3  # words proven to be broken by lines before an unknown one is taken to be so too


def undo_hyphenation(lines: list[Line]) -> list[Line]:
    """Glue lines that end in a hyphen to the next, and drop the hyphen where only the line break put it."""
    words, compounds = _vocabulary(lines)
    verdicts = {i: _verdict(a, b, words, compounds) for i, a, b in _breaks(lines)}
    proven = Counter(verdicts.values())
    hyphenating = proven["soft"] >= _PROOFS and proven["soft"] > proven["real"]
    done = []
    for i, line in enumerate(lines):
        verdict = verdicts.get(i)
        following = lines[i + 1].text if i + 1 < len(lines) else ""
        if line.text.endswith(SOFT):
            done.append(replace(line, text=line.text.rstrip(SOFT), glued=True))
        elif verdict == "soft" or (verdict == "unlike" and hyphenating):
            done.append(replace(line, text=line.text[:-1], glued=True))
        elif line.text.endswith("-"):
            dash = line.text.endswith(" -") and not following[:1].isdigit()
            done.append(replace(line, glued=not dash))
        else:
            done.append(line)
    return [replace(line, text=line.text.replace(SOFT, "")) for line in done if line.text]


def _breaks(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Yield the lines that end in a hyphened word and go on in a small letter, with the word's two parts."""
    for i, (line, following) in enumerate(pairwise(lines)):
        before, after = _LAST.search(line.text), _FIRST.match(following.text)
        if before and after and after[0][0].islower():
            yield i, before[1].casefold(), after[0].casefold()


def _vocabulary(lines: list[Line]) -> tuple[Counter[str], Counter[str]]:
    """Count the words, and the words with hyphens, that no line breaks."""
    words: Counter[str] = Counter()
    compounds: Counter[str] = Counter()
    broken = False
    for line in lines:
        found = [word.casefold() for word in _WORDS.findall(line.text)]
        found = found[1:] if broken else found
        broken = line.text.endswith(("-", SOFT))
        for word in found[:-1] if broken else found:
            words.update(word.split("-"))
            if "-" in word:
                parts = word.split("-")
                compounds.update("-".join(pair) for pair in pairwise(parts))
    return words, compounds


def _verdict(a: str, b: str, words: Counter[str], compounds: Counter[str]) -> str:
    """Return "real", "soft", "unlike" (a compound, for its parts are no words here) or "unknown"."""
    if b.startswith(a) or a.endswith(b):
        return "real"  # a word said twice, as Indonesian plurals are
    joined, hyphened = words[a + b], compounds[f"{a}-{b}"]
    if joined > hyphened:
        return "soft"
    if hyphened or a in _PREFIXES:
        return "real"
    return "unknown" if words[a] and words[b] else "unlike"
