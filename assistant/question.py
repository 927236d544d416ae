"""Understands a question, once: whether it can be asked, what kind of answer it wants, and what it leans on.

Every later step reads the `Question`. The wordings that are recognised are in `assistant.asking_words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant import asking_words as words
from assistant.asking_words import Expected
from assistant.errors import QuestionError
from assistant.follow_up import in_context, only_names, points_back, stands_alone
from assistant.wording import say
from corpus import Language, language_of
from index.spelling import written_out

LONGEST_QUESTION = 1000
"""Characters of the longest question."""

Kind = Literal["fact", "definition", "reason", "manner", "list", "table", "comparison", "claim", "part", "file", "talk"]
"""The kind of answer that is wanted.

"part" is the content of a section, or of a part that nearly every paper has. "file" is a fact about the document
itself. "talk" is a reply to small talk, or to a question about the assistant. Only answers are "table" or "definition":
their questions are a "fact" or a "list", until the paper shows more.
"""

PUNCTUATION = " \t?!.,:;\"'“”()"
"""Characters around a question, or around a name or a term in it, that do not belong to it."""

_LEAST_WORDS = 2  # the fewest words of the first of several questions; so "Where and when ..." is one question
_OF_ANYTHING = ("about", "aim", "results")
"""Parts that not only papers have: after a question on an agreement, "its aim" is the agreement's."""

_ENOUGH_TO_STAND = 2  # the fewest content words with which a further question stands alone
_KEYWORDS = 2  # the most words of a question that is taken for keywords
_FEW_WORDS = 3  # the most words of a text that asks nothing
_WHO = re.compile(r"\bWHO\b")  # the World Health Organization; in small letters the word asks for a person


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood. ``error`` says in one line why it cannot be asked, None if it can.

    ``understood_as`` is the question with what it borrows from the one before, or its own text. ``searched`` is the
    text to search for, without the words around a claim. ``topic`` is the fact about the file, or the part, that is
    meant; "" for other kinds. ``is_framed``: the question frames a claim ("Is it true that ..."), rather than being a
    plain yes-or-no question. ``parts`` are the questions of a text that asks several things, each understood after the
    one before it.
    """

    text: str
    language: Language
    kind: Kind = "fact"
    expected: Expected | None = None
    topic: str = ""
    understood_as: str = ""
    searched: str = ""
    is_framed: bool = False
    parts: tuple[Question, ...] = ()
    error: str | None = None

    @property
    def leans(self) -> bool:
        """Whether the question borrows from the one before."""
        return self.understood_as != self.text

    @property
    def asks(self) -> bool:
        """Whether the question has an asking word, a word of request, or a question mark."""
        return "?" in self.text or bool(words.ASKING.search(_plain(self.text, self.language)))

    @property
    def is_short(self) -> bool:
        """Whether the question is a few words that ask nothing."""
        return len(_plain(self.text, self.language).split()) <= _FEW_WORDS and not self.asks

    @property
    def is_keyword(self) -> bool:
        """Whether the question is a word or two that ask nothing, as typed into a search box."""
        plain = _plain(self.searched, self.language)
        return len(plain.split()) <= _KEYWORDS and not words.ASKING.search(plain)

    @property
    def names_nothing(self) -> bool:
        """Whether the question has no content words besides its topic."""
        plain = _plain(self.searched, self.language)
        rest = words.PARTS[self.topic].sub(" ", _without_summary(plain)) if self.topic in words.PARTS else plain
        return words.names_nothing(rest)


def as_asked(question: Any) -> str:
    """Return a question on one line, and without lone surrogates, which no file can hold.

    If it is not a string, return the name of its type; its value is not for the answers' readers.
    """
    if not isinstance(question, str):
        return "" if question is None else f"({type(question).__name__})"
    return " ".join(question.split()).encode(errors="replace").decode()


def check_question(question: str, language: Language | None = None) -> None:
    """Raise QuestionError, in the question's language, for one that cannot be asked."""
    if error := take(question, language).error:
        raise QuestionError(error)


def take(question: Any, language: Language | None, context: str | None = None) -> Question:
    """Understand a question. ``language`` is detected from its words if it is None.

    ``context`` is the question before, cut to the length of the longest question.
    """
    text, context = as_asked(question), as_asked(context or "")[:LONGEST_QUESTION]
    language = language or (language_of(text) if isinstance(question, str) and text else "id")
    error = None
    if not text:
        error = say("empty", language)
    elif not isinstance(question, str):
        error = say("not_text", language, kind=type(question).__name__)
    elif len(text) > LONGEST_QUESTION:
        error = say("too_long", language, length=len(text), limit=LONGEST_QUESTION)
    elif not any(character.isalpha() for character in text):
        error = say("no_words", language, question=text)
    if error is not None:
        return Question(text, language, error=error)
    understood = understand(text, language, context)
    if understood.kind in ("talk", "claim", "comparison"):
        return understood
    return replace(understood, parts=tuple(_parts(text, language, context)))


def _parts(text: str, language: Language, context: str) -> list[Question]:
    """Return the questions of a text that asks several things, none if it asks one."""
    texts = [part.strip(" ,") for part in words.NEXT_QUESTION.split(text)]
    plain = [_plain(part, language) for part in texts]
    if len(texts) < 2 or len(plain[0].split()) < _LEAST_WORDS or not all(map(words.ASKING.search, plain)):
        return []
    first = understand(texts[0], language, context)
    return [first, *(understand(part, language, first.understood_as, goes_on=True) for part in texts[1:])]


def understand(text: str, language: Language, context: str = "", *, goes_on: bool = False) -> Question:
    """Return what a question asks for. If it cannot stand alone, it leans on ``context``, the question before.

    ``goes_on``: it follows the question before in the same text, and stands alone only if it says enough.
    """
    plain = _plain(text, language)
    kind, topic = _kind(plain)
    alone = stands_alone(_claim(text) or text)  # the "it" of "Is it true that ..." points at nothing
    alone = alone or (only_names(text) and only_names(context))  # "masks" after "masker" is looked up alone
    if goes_on:
        alone = len(words.content_words(plain)) >= _ENOUGH_TO_STAND and not points_back(text)
    if kind in ("talk", "file", "part"):
        alone = topic not in _OF_ANYTHING or not words.ITS.search(plain) or bool(words.PAPER.search(plain))
    if context and not alone:
        whole = in_context(text, context)
        itself = understand(text, language)
        if kind == "part":  # of another thing than the paper
            itself = replace(itself, kind="fact", topic="")
        # A question that asks anew decides what is wanted; for "And with Japan?" the one before does.
        asks = itself if itself.expected or itself.kind != "fact" else understand(context, language)
        return replace(asks, text=text, understood_as=whole, searched=whole)
    question = Question(text, language, kind, topic=topic, understood_as=text, searched=_without_politeness(text))
    if kind == "fact" and (about := words.SAID_ABOUT.fullmatch(text.strip(PUNCTUATION))):
        return replace(question, searched=about["matter"])
    if kind == "claim":
        claim = _claim(question.searched)
        return replace(question, searched=claim or question.searched, is_framed=claim is not None)
    return replace(question, expected=_expected(plain))


def _plain(text: str, language: Language) -> str:
    """Return a question as patterns match it: chat spelling written out, small letters, no punctuation around it."""
    text = text if text.isupper() else _WHO.sub("the organization", text)
    return written_out(_without_politeness(text).casefold(), language).strip(PUNCTUATION)


def _without_politeness(text: str) -> str:
    """Return a question without the greeting before it and the pleading after it, unless it is nothing else."""
    core = words.POLITE_END.sub("", words.POLITE_START.sub("", text))
    return core if len(core.split()) > 1 else text


def _kind(plain: str) -> tuple[Kind, str]:
    """Return the kind of answer that a question wants, and the topic of a fact about the file or of a part."""
    if words.is_talk(words.ASSISTANT.sub(" ", plain)):
        return "talk", ""
    if _claim(plain) is not None:
        return "claim", ""
    about = words.PAPER.sub(" ", plain)
    if topic := _only_topic(about, words.FILE):
        return "file", topic
    itself = _without_summary(about)  # a summary of a part is the part
    if topic := _only_topic(about, words.PARTS) or _only_topic(itself, words.PARTS) or _part_of_paper(plain):
        return "part", topic
    return _kind_of_matter(plain), ""


def _kind_of_matter(plain: str) -> Kind:
    if words.COMPARISON.search(plain) and not words.WHY.match(plain):
        return "comparison"
    if words.YES_OR_NO.match(plain) and not words.CHOICE.search(plain):
        return "claim"
    if words.LIST.search(plain):
        return "list"
    if words.REASON.search(plain):
        return "reason"
    return "manner" if words.MANNER.search(plain) and _expected(plain) is None else "fact"


def _only_topic(about: str, topics: Mapping[str, re.Pattern[str]]) -> str | None:
    """Return the first topic that a question names, None if it names anything else."""
    topic = next((topic for topic, wording in topics.items() if wording.search(about)), None)
    return topic if topic and words.names_nothing(topics[topic].sub(" ", about)) else None


def _without_summary(plain: str) -> str:
    return words.PARTS["summary"].sub(" ", plain)


def _part_of_paper(plain: str) -> str | None:
    """Return the part that a question asks about: a section, the authors' recommendations, or a part it names."""
    if words.SECTION.search(plain) and words.IN_SHORT.search(plain):
        return "section"
    if words.OF_AUTHORS.search(plain) and not words.REASON.search(plain):
        for topic in ("further_research", "recommendations", "conclusion"):
            if words.PARTS[topic].search(plain):
                return topic
    found = words.IN_PART.search(plain)
    named = found and (found["part"] or found["part1"])
    return next((topic for topic, wording in words.PARTS.items() if named and wording.fullmatch(named)), None)


def _expected(plain: str) -> Expected | None:
    """Return what the answering words have to be, by the first word of the question that shows it."""
    found = [(match.span(), name) for name, wording in words.EXPECTED.items() if (match := wording.search(plain))]
    first = min(found, key=lambda item: (item[0][0], -item[0][1]))[1] if found else None
    return "money" if first == "number" and words.EXPECTED["money"].search(plain) else first


def _claim(text: str) -> str | None:
    """Return the claim that a question frames, None if it frames none."""
    asked = text.strip(PUNCTUATION)
    for frame in words.CLAIMS:
        if found := frame.fullmatch(asked):
            return found["claim"]
    return None
