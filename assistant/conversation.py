"""Follow-up questions: one that cannot stand alone borrows the words of the one it follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus import Language

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.asking import Asker

_CARRIES_ON = re.compile(
    r"(and|but|so|then|also|or|what about|how about|(what|who|anything) else|"
    r"dan|tapi|tetapi|lalu|terus|kalau|kalo|klo|(bagaimana|gimana) dengan|selain itu|atau|(apa|siapa) lagi)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(in|on|at|by|with|for|from|to|di|ke|dari|pada|dengan|untuk|oleh|sejak|since)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"\b(it|its|they|them|their|these|those|he|him|his|she|her|tersebut|mereka|dia|beliau|di (sana|situ))\b",
    re.IGNORECASE,
)
_MAY_POINT_BACK = re.compile(r"\b(this|that|there|itu|ini|\w{3,}nya)\b", re.IGNORECASE)
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
    """Tell, from its words only, whether a question can be understood without the one before it.

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
    return bool(_NAME.search(question)) or not _MAY_POINT_BACK.search(question)


def in_context(question: str, previous: str) -> str:
    """Return a question together with what the one before it was about.

    One that asks anew ("Who sent them?") does not take over what the one before it wanted to know ("How many ..."),
    only about what; one that does not ("And with Japan?") takes over both.
    """
    asks_anew = _ASKS_ANEW.search(_OTHER_THING.sub("", question))
    about = _ASKED_FIRST.sub("", previous).rstrip(" ?") if asks_anew else ""
    return f"{question.rstrip(' ?')} ({about})?" if about else f"{previous} {question}"


class Conversation:
    """Questions that may follow one another. Nothing but the last question that stood alone is remembered."""

    def __init__(self, assistant: Asker, previous: str | None = None) -> None:
        self._assistant = assistant
        self._topic = previous

    @property
    def topic(self) -> str | None:
        """The last question that could stand alone: what a follow-up is understood by."""
        return self._topic

    def ask(self, question: str, *, language: Language | None = None) -> Answer:
        """Answer a question, read together with the last one that stood alone if it cannot stand alone itself.

        Raises QuestionError, after which the conversation is as it was.
        """
        if self._topic is None or stands_alone(question):
            answer = self._assistant.ask(question, language=language)
            self._topic = question
            return answer
        return self._assistant.ask(question, language=language, context=self._topic)
