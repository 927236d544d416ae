"""Replies to what is no question about a paper."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answering.talk import reply
from assistant.question import take
from assistant.wording import say
from corpus import Language


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("Hello there", "en", "reply_greeting"),
        ("Selamat pagi", "id", "reply_greeting"),
        ("Thank you so much!", "en", "reply_thanks"),
        ("makasih ya", "id", "reply_thanks"),
        ("What can you do?", "en", "reply_help"),
        ("Kamu siapa?", "id", "reply_help"),
        ("Bisa bantu apa saja?", "id", "reply_help"),
        ("Boleh tanya?", "id", "reply_help"),
        ("How can you help me?", "en", "reply_help"),
        ("Halo, bisa bantu apa?", "id", "reply_greeting"),
        ("ok", "id", "reply_other"),
        ("a", "en", "reply_other"),
    ],
)
def test_what_is_replied(text: str, language: Language, key: str) -> None:
    question = take(text, language)
    assert question.kind == "talk"
    answer = reply(question)
    assert (answer.question, answer.language, answer.status, answer.kind) == (text, language, "replied", "talk")
    assert answer.text == say(key, language)
    assert (answer.citations, answer.related, answer.short, answer.error) == ((), (), None, None)


@pytest.mark.parametrize("text", ["Hello there", "Terima kasih!", "What can you do?"])
def test_the_assistant_replies_and_cites_nothing(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).status == "replied"
    assert assistant.ask(text).text == reply(take(text, None)).text
