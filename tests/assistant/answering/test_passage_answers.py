"""What becomes of a question once it is searched and read: words, refusals, suggestions."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answering.passage_answers import SUGGESTED
from assistant.question import take
from assistant.wording import say
from corpus import BUNDLED_PAPER, LANGUAGES, Language


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Kapan MoU sister province ditandatangani?", "9 Mei 2016"),
        ("In which city was the sister province agreement signed?", "Bandung"),
        ("How many volunteers were recruited for tracing?", "17,000"),
        ("Berapa persen kasus nasional yang terjadi di Jawa Barat?", "17%"),
    ],
)
def test_the_words_that_answer_are_named(assistant: Assistant, question: str, words: str) -> None:
    answer = assistant.ask(question)
    assert words in answer.citations[0].words
    assert words in (answer.short or "")
    assert answer.derived_from is None  # they are quoted
    assert answer.citations[0].words in answer.citations[0].text_in(answer.language)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Berapa masker yang disumbangkan Sichuan?", "20.000 Paket; 40.000 paket"),
        ("How many masks did Sichuan give West Java?", "20,000 packs"),  # both sentences say so
    ],
)
def test_where_the_paper_disagrees_with_itself_each_value_is_named_once(
    assistant: Assistant, question: str, short: str
) -> None:
    answer = assistant.ask(question)
    assert answer.short == short
    assert answer.note


@pytest.mark.parametrize("question", ["When?", "Kapan?", "Mengapa?", "Who is it?"])
def test_a_question_that_names_nothing_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_in_paper"


@pytest.mark.parametrize(
    ("question", "label"), [("What does Table 2 show?", "Table 2"), ("Gambar 9 tentang apa?", "Gambar 9")]
)
def test_a_table_or_figure_that_the_paper_lacks_is_named_as_lacking(
    assistant: Assistant, question: str, label: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_paper"
    assert label in answer.text


def test_what_is_related_to_a_refusal_answers_with_no_words(assistant: Assistant) -> None:
    answer = assistant.ask("How much did the masks from Sichuan cost?")
    assert answer.status == "not_in_paper"
    assert [citation.words for citation in answer.related] == [""] * len(answer.related)
    assert answer.short is None
    assert answer.text.startswith("I did not find this in the paper.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_question_that_is_left_open_is_refused_with_what_comes_nearest(
    assistant: Assistant, language: Language
) -> None:
    paper = assistant.paper
    left_open = [
        question
        for question in paper.annotations.questions
        if not (question.sentences or question.has_false_premise)
        and paper.sentences[question.near[0]].is_quotable
        and question.text[language].count("?") == 1  # of two questions at once, the other may be answered
        and take(question.text[language], language).kind != "part"  # whose refusal has nothing near
    ]
    some = left_open[:: len(left_open) // 6]
    answers = assistant.ask_many([question.text[language] for question in some], language=language)
    for question, answer in zip(some, answers, strict=True):
        assert answer.status == "not_in_paper", question.text[language]
        nearest = paper.sentences[question.near[0]]
        assert any(citation.start <= nearest.start < citation.end for citation in answer.related)


@pytest.mark.parametrize(
    "question",
    [
        "how is pikobar different from pedulilindungi?",
        "did bpjs premiums go up during the pandemic?",
        "when was the first covid case in sichuan?",
        "When is the Sister School program due to be completed?",
        "What criticism is made of media that push only certain regional heads?",
    ],
)
def test_what_is_known_to_be_left_open_is_refused_whatever_is_asked_for(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_in_paper"


def test_a_name_without_a_title_is_quoted_and_not_said_again(assistant: Assistant) -> None:
    answer = assistant.ask("Who is Ridwan Kamil?")
    assert "Ridwan Kamil" in answer.citations[0].quote
    assert answer.short is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "question",
    [
        "how far below zero did the Monetary Fund expect 2020 to go?",
        "what's wrong with being too chummy with Beijing?",
        "What new sector was later added to the West Java-Sichuan partnership?",
        "did things with sichuan fizzle out over time or grow?",
        "kang emil number one concern",
    ],
)
def test_a_known_question_is_answered_in_the_words_known_to_answer_it(
    assistant: Assistant, question: str, language: Language
) -> None:
    paper = assistant.paper
    known = next(known for known in paper.annotations.questions if known.text["en"] == question)
    answer = assistant.ask(known.text[language], language=language)
    assert answer.status == "answered"
    assert answer.short == known.answer[language]
    assert answer.citations[0].start <= paper.sentences[known.sentences[0]].start < answer.citations[0].end


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_false_premise_is_answered_by_what_the_paper_does_say(assistant: Assistant, language: Language) -> None:
    false = [question for question in assistant.paper.annotations.questions if question.has_false_premise]
    some = false[:: len(false) // 4]
    answers = assistant.ask_many([question.text[language] for question in some], language=language)
    for question, answer in zip(some, answers, strict=True):
        assert answer.status == "corrected", question.text[language]
        first, said, *_ = answer.text.split("\n\n")
        nearest = assistant.paper.sentences[question.near[0]]
        assert first in (say("not_so", language), say("claim_false", language))
        assert said.startswith(answer.quoted[0].text_in(language)[:300])
        assert said.endswith("[1]")
        assert any(cited.start <= nearest.start < cited.end for cited in answer.citations)
        assert answer.related == ()


def test_a_question_without_the_false_number_is_not_corrected(assistant: Assistant) -> None:
    assert assistant.ask("Why did Sichuan send 100,000 masks to West Java?").status == "corrected"
    assert assistant.ask("Why did West Java ask Sichuan for masks?").status != "corrected"


def test_suggestions_are_questions_that_are_answered_by_something_else(assistant: Assistant) -> None:
    for question in ("How many masks did Sichuan give West Java?", "Berapa harga masker dari Sichuan?"):
        answer = assistant.ask(question)
        assert len(answer.suggestions) == len(set(answer.suggestions)) == SUGGESTED
        known = {q.text[answer.language]: q for q in assistant.paper.annotations.questions if q.sentences}
        cited = {s.index for s in assistant.paper.sentences for c in answer.quoted if c.start <= s.start < c.end}
        for suggestion in answer.suggestions:
            assert known[suggestion].sentences[0] not in cited
            assert assistant.ask(suggestion, language=answer.language).status == "answered"


def test_of_a_paper_of_ones_own_nothing_is_suggested() -> None:
    assert Assistant.load(BUNDLED_PAPER).ask("Kapan MoU sister province ditandatangani?").suggestions == ()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("What are the three WHO resolutions?", ("global solidarity", "Affordable", "supply chain")),
        ("Apa saja tiga resolusi WHO itu?", ("solidaritas global", "Terjangkau", "rantai pasokan")),
    ],
)
def test_a_list_is_told_whole(assistant: Assistant, question: str, parts: tuple[str, ...]) -> None:
    text = assistant.ask(question).text
    assert all(part.casefold() in text.casefold() for part in parts)
