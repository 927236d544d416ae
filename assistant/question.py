"""A question as it is taken: what can be asked, and what is wrong with what cannot."""

from __future__ import annotations

from typing import Any, NamedTuple

from assistant.conversation import in_context
from assistant.errors import QuestionError
from assistant.wording import say
from corpus import Language, language_of

LONGEST_QUESTION = 1000
"""Characters of the longest question that is taken."""


class Asked(NamedTuple):
    """A question that can be asked, or what is wrong with it.

    ``understood_as`` is the question after the one that it follows, if it follows one.
    """

    text: str
    language: Language
    understood_as: str
    error: str | None


def as_asked(question: Any) -> str:
    """Return a question as it is taken: on one line, and without halves of characters, which no file can hold.

    Of what is no text, return what it is instead: what it holds is not for whoever reads the answers.
    """
    if not isinstance(question, str):
        return "" if question is None else f"({type(question).__name__})"
    return " ".join(question.split()).encode(errors="replace").decode()


def check_question(question: str, language: Language | None = None) -> None:
    """Raise QuestionError, in the question's language, for one that cannot be asked."""
    error = take(question, language, None).error
    if error:
        raise QuestionError(error)


def take(question: Any, language: Language | None, context: str | None) -> Asked:
    """Look whether a question can be asked, and tell its language where that is not given.

    Of the question that it follows, no more counts than could have been asked.
    """
    text, context = as_asked(question), as_asked(context or "")[:LONGEST_QUESTION]
    if not isinstance(question, str):
        language = language or "id"
        key = "empty" if question is None else "not_text"
        return Asked(text, language, "", say(key, language, kind=type(question).__name__))
    language = language or (language_of(text) if text else "id")
    error = None
    if not text:
        error = say("empty", language)
    elif len(text) > LONGEST_QUESTION:
        error = say("too_long", language, length=len(text), limit=LONGEST_QUESTION)
    elif not any(character.isalpha() for character in text):
        error = say("no_words", language, question=text)
    return Asked(text, language, in_context(text, context) if context else text, error)
