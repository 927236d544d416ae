"""Questions about terms: recognised by their wording, answered from the glossary's sentences."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answering.terms import TermQuestion, explaining_sentence, names_in_language, term_question
from corpus import Glossary, Language, load_paper
from corpus.loading import read_paper

PAPER = load_paper()
GLOSSARY = Glossary(PAPER.annotations.glossary)


def asked(question: str) -> tuple[str, str] | None:
    found = term_question(question, GLOSSARY)
    return (found.term.id, found.sought) if found else None


def sure(question: str) -> TermQuestion:
    found = term_question(question, GLOSSARY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What is the Indonesian term for bed occupancy rate?", ("bed-occupancy-rate", "id")),
        ("how do you say self-isolation in Indonesian", ("self-isolation", "id")),
        ("Apa istilah Inggris untuk kepala daerah?", ("regional-head", "en")),
        ("apa bahasa inggrisnya provinsi bersaudara", ("sister-province", "en")),
        ("What does BNPB stand for?", ("bnpb", "expansion")),
        ("NKRI singkatan dari apa?", ("unitary-state", "expansion")),
        ("Apa kepanjangan dari Pikobar?", ("pikobar", "expansion")),
        ("What is “paradiplomacy”?", ("paradiplomacy", "meaning")),
        ("Pikobar itu apa?", ("pikobar", "meaning")),
        ("apa itu bor", ("bed-occupancy-rate", "meaning")),
        ("Apa yang disebut paradiplomasi?", ("paradiplomacy", "meaning")),
        ("What is called paradiplomacy?", ("paradiplomacy", "meaning")),
        ("What is West Java's population?", None),
        ("What is the bed occupancy rate in West Java?", None),
        ("What is paradiplomacy good for in West Java?", None),
        ("Berapa BOR di Jabar?", None),
        ("What is xyzzy?", None),
        ("", None),
    ],
)
def test_questions_about_terms_are_told_by_their_wording(question: str, found: tuple[str, str] | None) -> None:
    assert asked(question) == found


def test_a_mere_keyword_asks_for_the_meaning() -> None:
    for keyword, found in (("paradiplomacy", "paradiplomacy"), ("BOR", "bed-occupancy-rate"), ("xyzzy", None)):
        asked = term_question(keyword, GLOSSARY, is_keyword=True)
        assert (asked.term.id if asked else None) == found
        assert asked is None or asked.sought == "meaning"
        assert term_question(keyword, GLOSSARY) is None


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What does DPRD stand for?", "Dewan Perwakilan Rakyat Daerah (DPRD)"),
        ("Apa kepanjangan DTKS?", "DTKS (Data Terpadu Kesejahteraan Sosial)"),
        ("What does COVID-19 stand for?", "Coronavirus disease 2019 (COVID-19)"),
        ("What does BNPB stand for?", None),
        ("Apa kepanjangan RRT?", None),
        ("What is paradiplomacy?", "Paradiplomasi bagi Kuznetsov (2016)"),
        ("what is isoman", None),
        ("What is the Indonesian term for bed occupancy rate?", "tingkat keterisian tempat tidur (BOR)"),
    ],
)
def test_the_sentence_that_tells(question: str, held: str | None) -> None:
    sentence = explaining_sentence(sure(question), PAPER)
    assert (sentence is None) == (held is None)
    if sentence is not None and held is not None:
        assert held in PAPER.sentences[sentence].text


@pytest.mark.parametrize(
    ("question", "language", "said"),
    [
        ("What is the Indonesian term for bed occupancy rate?", "en", "In Indonesian it is called “tingkat keterisian"),
        (
            "Apa istilah Inggris untuk kepala daerah?",
            "id",
            "Dalam bahasa Inggris, menurut terjemahan Tanya, disebut “r",
        ),
        ("Apa istilah Inggris untuk provinsi bersaudara?", "id", "Dalam bahasa Inggris disebut “Sister Province”."),
        ("What is paradiplomacy?", "en", ""),
    ],
)
def test_what_a_term_is_called_and_by_whom(question: str, language: Language, said: str) -> None:
    names = names_in_language(sure(question), PAPER, language)
    assert names.startswith(said)
    assert bool(names) == bool(said)


def test_the_assistant_answers_from_the_papers_own_use(assistant: Assistant) -> None:
    answer = assistant.ask("What is the Indonesian term for bed occupancy rate?")
    assert answer.status == "answered"
    assert answer.text.startswith("In Indonesian it is called “tingkat keterisian tempat tidur”, ")
    assert "tingkat keterisian tempat tidur (BOR)" in answer.citations[0].quote
    assert "(BOR)" in assistant.ask("Apa itu BOR?").citations[0].quote


def test_what_the_paper_does_not_explain_is_refused_with_its_uses(assistant: Assistant) -> None:
    english, indonesian = assistant.ask("What does BNPB stand for?"), assistant.ask("Apa itu WHO?")
    assert (english.status, indonesian.status) == ("not_in_paper", "not_in_paper")
    assert english.text == "The paper uses “BNPB” without saying what it stands for."
    assert indonesian.text == "Makalah ini memakai “WHO” tanpa menjelaskannya."
    assert "BNPB" in english.related[0].quote
    assert "WHO" in indonesian.related[0].quote


def test_what_a_paper_only_writes_out_is_searched_for() -> None:
    own = Glossary(
        read_paper("paper.txt", b"The World Health Organization (WHO) warned of it in 2020.").annotations.glossary
    )
    assert term_question("What is WHO?", own) is None
    asked = term_question("What does WHO stand for?", own)
    assert asked is not None
    assert asked.sought == "expansion"
