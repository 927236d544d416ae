"""What a part of a paper, or the whole, says."""

from __future__ import annotations

import weakref

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.answering.paragraphs import LONGEST_LIST
from assistant.answering.parts import PartAnswers
from assistant.question import take
from corpus import read_paper
from tests.assistant.answering.small import WELLS, index_of

PAPER = read_paper("wells.txt", WELLS.encode())
AIM = "The aim of this study is to count the wells of Arden."
METHOD = "The study uses a qualitative method with interviews of clerks."
DATA = "The data were collected in every village during spring."
OLD, DUG = (
    "Old wells stand beside the church in every village.",
    "They were dug by hand in 1898 by the farmers themselves.",
)
IN_USE, REPAIR = (
    "The wells of Arden are old and still in use.",
    "The council should repair the wells before winter comes.",
)


@pytest.fixture(scope="module")
def wells() -> PartAnswers:
    return PartAnswers(index_of(PAPER))


def asked(parts: PartAnswers, text: str) -> Answer:
    question = take(text, None)
    assert question.kind == "part", text
    return parts.answer(question)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("What is the aim of this study?", [AIM]),
        ("Apa tujuan penelitian ini?", [AIM]),
        ("Which method does the study use?", [METHOD, DATA]),
        ("What do the authors conclude?", [IN_USE, REPAIR]),
        ("Apa kesimpulannya?", [IN_USE, REPAIR]),
        ("What do the authors recommend?", [REPAIR]),
        ("What are the main results?", [OLD, DUG]),
        ("Summarise the section Old Wells", [OLD, DUG]),
        ("What does the conclusion say about the council?", [REPAIR, IN_USE]),  # what comes nearest comes first
        ("Summarise the paper in one sentence", [AIM]),
        ("Ringkas makalah ini dalam satu kalimat", [AIM]),
    ],
)
def test_the_papers_own_sentences_are_quoted(wells: PartAnswers, question: str, quotes: list[str]) -> None:
    answer = asked(wells, question)
    assert (answer.status, answer.kind, answer.short) == ("answered", "part", None)
    assert [citation.quote for citation in answer.citations] == quotes
    assert answer.quoted == answer.citations
    assert [citation.marker for citation in answer.citations] == list(range(1, len(quotes) + 1))
    assert all(PAPER.text[citation.start : citation.end] == citation.quote for citation in answer.citations)


def test_a_summary_takes_something_of_each_part_in_the_papers_order(wells: PartAnswers) -> None:
    quotes = [citation.quote for citation in asked(wells, "Summarise the paper").citations]
    assert quotes[0] == AIM
    assert {METHOD, DATA} & set(quotes)
    assert {OLD, DUG} & set(quotes)
    assert quotes[-2:] == [IN_USE, REPAIR]
    assert sorted(quotes, key=PAPER.text.index) == quotes


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What are the limitations of this study?", "I did not find the authors stating limitations of the study."),
        ("Apa keterbatasan penelitian ini?", "Saya tidak menemukan penulis menyebutkan keterbatasan penelitian ini."),
        ("Summarise the section on unicorns and dragons", "I did not find that part in the paper."),
    ],
)
def test_a_part_that_the_paper_does_not_have(wells: PartAnswers, question: str, text: str) -> None:
    answer = asked(wells, question)
    assert (answer.status, answer.kind, answer.text, answer.citations) == ("not_in_paper", "part", text, ())


@pytest.mark.parametrize("question", ["What are the limitations of this study?", "Apa keterbatasannya?"])
def test_a_section_of_limitations_need_not_say_that_word_again(question: str) -> None:
    few = "Only the wells of one village were counted in this summer."
    parts = PartAnswers(index_of(f"Abstract\n\nWe count all wells here.\n\nLimitations\n\n{few}"))
    assert [citation.quote for citation in asked(parts, question).citations] == [few]


@pytest.mark.parametrize(
    "question", ["What suggestions for further research do the authors make?", "Apa saran penelitian selanjutnya?"]
)
def test_further_research_is_what_its_sentences_name(question: str) -> None:
    other, further = "The council should repair all wells.", "Future studies should count the wells of Brim as well."
    parts = PartAnswers(index_of(f"Abstract\n\nWe count all wells here.\n\nConclusion\n\n{other} {further}"))
    assert [citation.quote for citation in asked(parts, question).citations] == [further]
    parts = PartAnswers(index_of(f"Abstract\n\nWe count all wells here.\n\nConclusion\n\n{other}"))
    assert asked(parts, question).status == "not_in_paper"


def test_a_part_is_quoted_as_far_as_there_is_room() -> None:
    said = " ".join(f"The {nth} result of our long study is that {'wells and ' * 30}rain matter." for nth in range(40))
    long = PartAnswers(index_of(f"Abstract\n\nWe present wells.\n\nConclusion\n\n{said}"))
    answer = asked(long, "What do the authors conclude?")
    assert len(answer.citations) > 1
    assert len(answer.text) <= LONGEST_LIST


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What is this paper about?", "West Java"),
        ("Apa tujuan penelitian ini?", "untuk"),
        ("Which method does this study use?", "qualitative"),
        ("What do the authors conclude?", ""),
        ("Ringkas makalah ini", ""),
    ],
)
def test_the_bundled_papers_parts(assistant: Assistant, question: str, held: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.kind) == ("answered", "part")
    assert held in answer.text
    assert len(answer.text) <= LONGEST_LIST
    for citation in answer.citations:
        assert assistant.paper.text[citation.start : citation.end] == citation.quote


def test_what_is_kept_for_the_next_question_keeps_no_closed_index() -> None:
    parts = PartAnswers(index_of(PAPER))
    asked(parts, "Which method does the study use?")
    ended = weakref.ref(parts)
    del parts
    assert ended() is None  # at once, not when the garbage is next collected
