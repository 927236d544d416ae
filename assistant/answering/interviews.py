"""Answers who was interviewed, and when, from the sources in brackets after what interviewees said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from assistant.answer import Answer
from assistant.answering.citing import cite_sentences
from assistant.answering.paragraphs import quoting
from assistant.asking_words import content_words
from assistant.question import Question
from assistant.windows import text_in
from assistant.wording import say
from corpus import Language, Paper
from index import PaperIndex

_ASKED = re.compile(
    r"\b(?:di)?wawancarai?(?:nya)?\b|\binterview\w*|\bnarasumber(?:nya)?\b|\binforman(?:nya)?\b", re.IGNORECASE
)
_TAKING_PART = re.compile(r"took|take|part|participat\w*|gave|ikut|terlibat|memberi(?:kan)?")
_SOURCE = re.compile(
    r"\((?P<who>[^()]+?),\s*\.?\s*(?:Wawancara|Interview|Personal (?:communication|interview))\w*,?\s*"
    r"(?P<when>[^()]*\d{4})\)",
    re.IGNORECASE,
)


class Interview(NamedTuple):
    """An interviewee, the date as printed, and the index of the sentence that cites the interview."""

    who: str
    when: str
    sentence: int


def interview_answer(question: Question, index: PaperIndex) -> Answer | None:
    """Return who was interviewed, or when; None if a question asks neither, or about somebody else."""
    if not _ASKED.search(question.text) or not (question.expected in ("date", "person") or question.kind == "list"):
        return None
    known = _interviews(index.paper, question.language)
    named = [
        word
        for word in content_words(question.text.casefold())
        if not (_ASKED.search(word) or _TAKING_PART.fullmatch(word))
    ]
    wanted = [one for one in known if all(word in f"{one.who} {one.when}".casefold() for word in named)]
    is_date = question.expected == "date"
    if not wanted or (is_date and not named):
        return None
    shown = dict.fromkeys(when if is_date else f"{who} ({when})" for who, when, _ in wanted)
    first = {(who, when): sentence for who, when, sentence in reversed(wanted)}
    citations = cite_sentences(index, list(reversed(first.values())))
    return replace(
        Answer.to(question, "answered"),
        short="; ".join(shown),
        derived_from=say("from_sources", question.language),
        paragraphs=quoting(citations[:1], citations[1:], question.language),
        citations=citations,
        confidence=1.0,
    )


def _interviews(paper: Paper, language: Language) -> list[Interview]:
    return [
        Interview(source["who"].strip(), source["when"].strip(), sentence.index)
        for sentence in paper.sentences
        for source in _SOURCE.finditer(text_in(paper, sentence.index, language))
    ]
