"""Replies to small talk and to questions about the assistant, without citations."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.answering.paragraphs import said
from assistant.asking_words import ASSISTANT, GREETING, THANKS
from assistant.question import Question
from assistant.wording import say


def reply(question: Question) -> Answer:
    """Return a short reply that says what can be asked."""
    text = question.text.casefold()
    kinds = (("thanks", THANKS.search), ("greeting", GREETING.match), ("help", ASSISTANT.search))
    kind = next((kind for kind, finds in kinds if finds(text)), "other")
    paragraphs = (said(say(f"reply_{kind}", question.language)),)
    return Answer(question.text, question.language, "replied", "talk", paragraphs=paragraphs, confidence=1.0)
