"""Replies to small talk and to questions about the assistant, without citations."""

from __future__ import annotations

from assistant import asking_words
from assistant.answer import Answer
from assistant.answering.paragraphs import said
from assistant.question import Question
from assistant.wording import say


def reply(question: Question) -> Answer:
    """Return a short reply that says what can be asked."""
    text = question.text.casefold()
    if asking_words.THANKS.search(text):
        key = "reply_thanks"
    elif asking_words.GREETING.match(text):
        key = "reply_greeting"
    else:
        key = "reply_help" if asking_words.ASSISTANT.search(text) else "reply_other"
    paragraphs = (said(say(key, question.language)),)
    return Answer(question.text, question.language, "replied", "talk", paragraphs=paragraphs, confidence=1.0)
