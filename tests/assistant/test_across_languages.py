"""A paper in one language is asked in the other, whose words do not resemble the paper's."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.reader import Reader
from corpus import read_paper

TEXT = """Bees of the valley

The hives of the valley were counted in spring. Drought killed a third of the swarms.
Farmers store the honey in clay jars, which keeps it from spoiling.
Immunity to the mite lasts for two winters. Shepherds and farmers share the meadows.
"""


@pytest.fixture(scope="module")
def over_bees(assistant: Assistant) -> Assistant:
    return assistant.over(read_paper("bees.txt", TEXT.encode()))


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("kekebalan", "Immunity to the mite lasts for two winters."),
        ("Mengapa petani menyimpan madu dalam tempayan?", "Farmers store the honey in clay jars"),
        ("Apa yang membunuh sepertiga dari kawanan lebah?", "Drought killed a third of the swarms."),
    ],
)
def test_a_question_finds_the_sentence_that_shares_no_word_with_it(
    over_bees: Assistant, question: str, quote: str
) -> None:
    answer = over_bees.ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].quote.startswith(quote)


def test_a_question_is_read_as_asked_and_in_the_papers_words(
    over_bees: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    reads = Reader.read

    def noted(self: Reader, pairs: list[tuple[str, str]]) -> list[object]:
        read.extend(question for question, _ in pairs)
        return list(reads(self, pairs))

    monkeypatch.setattr(Reader, "read", noted)
    question = "Apa yang membunuh kawanan lebah?"
    over_bees.ask(question)
    other = next(text for text in read if text != question)
    assert set(read) == {question, other}
    assert "kill" in other
    assert read.count(question) == read.count(other)
