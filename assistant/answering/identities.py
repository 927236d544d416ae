"""Answers who or what a name is: the sentence in which the paper introduces it, with its title."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.asking_words import SMALL
from assistant.question import PUNCTUATION, Question
from assistant.windows import text_in
from corpus import Paper
from corpus.word_sets import word_set
from index.encoders import Vectors

_ASKED = (
    re.compile(
        r"(?:who|what)(?:'s| is| was| are)? (?:that |the |this )?(?P<name>.+?)(?: guy| person| man| woman)?", re.I
    ),
    re.compile(r"siapa(?:kah)?(?: itu| sih)? (?P<name>.+?)(?: itu| sih)?", re.I),
    re.compile(r"(?P<name>.+?)(?: itu)? siapa(?: sih)?", re.I),
    re.compile(r"(?P<name>\S+(?: \S+){0,2})"),
)
_LONGEST = 5  # words of a name
_OFFICES = word_set(
    """
    ambassador chairman director governor king leader mayor minister president queen regent secretary bupati camat
    direktur dubes gubernur jubir kadis kepala ketua lurah menkes menlu menteri pemimpin perdana presiden raja ratu
    rektor sekretaris wagub wakil walikota wapres
    """
)
"""Words that begin an office. "Siapa gubernur Jawa Barat?" asks who holds it, not what that name means."""

_BETWEEN = r"(?:\s+[^\W\d_]+\.?)?\s+"
"""The text between two words of a name, which may have initials or another name ("Retno LP Marsudi")."""

_EXPLAINING, _NO_TEXT = 0.1, 0.2
"""The gain of a sentence that explains the name, and the loss of one that is no running text, in cosine."""

_EXPLAINED = re.compile(r"\s*(?:\([^()]*[^\W\d_]{4}|,|(?:is|was|are|were|adalah|merupakan|ialah)\b)")
"""The text after a name that is explained."""

_LINKING = "of|for|the|and|dan|untuk"  # words within a title that have no capital
_TITLE = re.compile(rf"(?:[A-Z][\w.'-]*|{_LINKING})(?:\s+(?:[A-Z][\w.'-]*|{_LINKING}))*")
_EDGES = re.compile(rf"^(?:(?:{_LINKING})\s+)+|(?:\s+(?:{_LINKING}))+$")


class Named(NamedTuple):
    """A sentence that names somebody or something, by index, and the name with its title there."""

    sentence: int
    words: str


def named(question: Question, paper: Paper, scores: Vectors) -> Named | None:
    """Return the best sentence with the name that a question asks about; None if it asks something else.

    A name is what the paper writes with capital letters. ``scores`` are those of all sentences.
    """
    name = _name(question)
    if name is None:
        return None
    pattern = re.compile(rf"(?<!\w){_BETWEEN.join(map(re.escape, name))}(?!\w)", re.IGNORECASE)
    found: list[tuple[float, Named]] = []
    for sentence in paper.sentences:
        text = text_in(paper, sentence.index, question.language)
        match = pattern.search(text)
        if match and all(word[:1].isupper() for word in match[0].split()) and scores[sentence.index] > float("-inf"):
            words = _titled(text, match)
            is_titled = words != match[0] and not text.startswith(words)  # a sentence's first word has a capital anyway
            is_explained = is_titled or bool(_EXPLAINED.match(text, match.end()))
            worth = float(scores[sentence.index]) + _EXPLAINING * is_explained - _NO_TEXT * (sentence.kind != "text")
            found.append((worth, Named(sentence.index, words)))
    return max(found)[1] if found else None


def _name(question: Question) -> list[str] | None:
    asked = question.searched.strip(PUNCTUATION)
    for pattern in _ASKED:
        if match := pattern.fullmatch(asked):
            words = match["name"].strip(PUNCTUATION).split()
            is_name = 0 < len(words) <= _LONGEST and not any(word.casefold() in SMALL for word in words)
            return words if is_name and words[0].casefold() not in _OFFICES else None
    return None


def _titled(text: str, match: re.Match[str]) -> str:
    """Return the name with the words in capitals around it: a title, an office."""
    around = (run[0] for run in _TITLE.finditer(text) if run.start() <= match.start() and match.end() <= run.end())
    return next((_EDGES.sub("", run) for run in around), match[0])
