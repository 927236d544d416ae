"""A question about a paper whose index is still being built: which part is read, and what is said of it."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.first_look import PASSAGES, FirstLook
from assistant.wording import say
from corpus import Paper, PaperError, read_paper

VILLAGES = [f"{first}{last}" for first in ("Cor", "Stoke", "Bar", "Wel", "Roth") for last in "abcdefghijkl"]
TEXT = "1. Wells\n\n" + "\n\n".join(f"The village of {name} has {n + 70} wells." for n, name in enumerate(VILLAGES))


@pytest.fixture(scope="module")
def paper() -> Paper:
    return read_paper("wells.txt", TEXT.encode())


@pytest.fixture
def parts() -> list[Paper]:
    """The parts of the paper that were encoded."""
    return []


@pytest.fixture
def look(paper: Paper, assistant: Assistant, parts: list[Paper]) -> FirstLook:
    def over(part: Paper) -> Assistant:
        parts.append(part)
        return assistant.over(part)

    return FirstLook(paper, over)


def test_it_answers_from_the_part_with_the_words_and_says_so(look: FirstLook, parts: list[Paper], paper: Paper) -> None:
    answer = look.ask("How many wells does the village of Rothk have?")
    assert answer.is_found
    quote = "The village of Rothk has 128 wells."
    assert quote in answer.citations[0].quote
    assert answer.note == say("first_look", "en")
    (part,) = parts
    assert any(quote in passage.text for passage in part.passages)
    assert len(part.passages) < len(paper.passages) / 2
    assert part.sentences == paper.sentences


def test_a_question_in_another_language_has_the_part_with_its_translated_words(assistant: Assistant) -> None:
    paper = read_paper("wells.txt", f"{TEXT}\n\nThe hospital was rebuilt after a storm.".encode())
    parts: list[Paper] = []

    def over(part: Paper) -> Assistant:
        parts.append(part)
        return assistant.over(part)

    FirstLook(paper, over).ask("Kapan rumah sakit dibangun kembali setelah badai?")
    assert any("hospital" in passage.text for passage in parts[0].passages)


def test_each_question_has_a_part_of_its_own(look: FirstLook, parts: list[Paper]) -> None:
    answers = look.ask_many(["How many wells does Cora have?", "How many wells does Wela have?"])
    assert [answer.citations[0].quote for answer in answers] == [
        "The village of Cora has 70 wells.",
        "The village of Wela has 106 wells.",
    ]
    assert parts[0].passages != parts[1].passages


def test_a_part_has_a_bounded_number_of_passages(look: FirstLook, parts: list[Paper]) -> None:
    look.ask("Which village has wells?")
    longest = 4
    assert len(parts[0].passages) <= PASSAGES * longest * (longest + 1) / 2


def test_a_paper_without_sentences_is_refused(assistant: Assistant) -> None:
    with pytest.raises(PaperError):
        FirstLook(read_paper("empty.txt", b"1. Wells"), assistant.over)
