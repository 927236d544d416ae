"""The answer to several questions that were asked at once."""

from __future__ import annotations

from dataclasses import replace

from assistant import Answer, Assistant
from assistant.answer import AnswerParagraph
from assistant.answering.paragraphs import quoting, said
from assistant.answering.together import together
from assistant.citation import Citation
from assistant.question import take
from tests.assistant.answering.small import cited

AIM, OLD, IN_USE = cited("The aim of", "Old wells", "still in use")
QUESTION = take("When was it signed, and where?", None)


def answer(*citations: Citation, short: str | None = None, confidence: float = 0.9) -> Answer:
    numbered = [replace(citation, marker=marker) for marker, citation in enumerate(citations, 1)]
    paragraphs = quoting(numbered[:1], numbered[1:], "en")
    return Answer(
        "?", "en", "answered", short=short, paragraphs=paragraphs, citations=tuple(numbered), confidence=confidence,
        suggestions=(f"{confidence}?",), related=(),
    )  # fmt: skip


REFUSED = Answer(
    "?", "en", "not_in_paper", paragraphs=(said("I did not find this in the paper."),), related=(OLD,), confidence=0.2
)


def test_citations_are_counted_on_and_each_place_is_cited_once() -> None:
    whole = together(QUESTION, [answer(AIM, OLD, short="one"), answer(OLD, IN_USE, short="two", confidence=0.7)])
    assert (whole.question, whole.status, whole.short) == (QUESTION.text, "answered", "one; two")
    assert [citation.marker for citation in whole.citations] == [1, 2, 3]
    assert [citation.quote for citation in whole.citations] == [AIM.quote, OLD.quote, IN_USE.quote]
    assert whole.text == f"{AIM.quote} [1]\n\n{OLD.quote} [2]"
    assert [citation.quote for citation in whole.quoted] == [AIM.quote, OLD.quote]
    assert (whole.confidence, whole.suggestions) == (0.9, ("0.9?",))


def test_what_answers_both_is_quoted_once() -> None:
    assert together(QUESTION, [answer(AIM), answer(AIM)]).text == f"{AIM.quote} [1]"


def test_one_part_that_is_not_found_leaves_the_other_answered() -> None:
    whole = together(QUESTION, [REFUSED, answer(AIM, short="one")])
    assert (whole.status, whole.short, whole.related) == ("answered", "one", ())
    assert whole.text == f"I did not find this in the paper.\n\n{AIM.quote} [1]"


def test_where_nothing_is_found_it_is_a_refusal_that_says_so_once() -> None:
    whole = together(QUESTION, [REFUSED, REFUSED])
    assert (whole.status, whole.short, whole.citations) == ("not_in_paper", None, ())
    assert whole.text == "I did not find this in the paper."
    assert whole.related == (OLD,)


def test_a_correction_makes_the_whole_one() -> None:
    corrected = replace(answer(OLD), status="corrected")
    assert together(QUESTION, [answer(AIM), corrected]).status == "corrected"


def test_that_something_is_translated_is_said_once_and_last() -> None:
    translated = AnswerParagraph("translated", "(Translated.)")
    parts = [replace(one, paragraphs=(*one.paragraphs, translated)) for one in (answer(AIM), answer(OLD))]
    assert [paragraph.kind for paragraph in together(QUESTION, parts).paragraphs] == ["quote", "quote", "translated"]


def test_a_note_comes_along() -> None:
    assert together(QUESTION, [answer(AIM), replace(answer(OLD), note="N")]).note == "N"


def test_the_assistant_answers_each(assistant: Assistant) -> None:
    whole = assistant.ask("When was the sister province MoU signed, and where?")
    assert whole.status == "answered"
    assert "2016" in (whole.short or "")
    assert "Bandung" in whole.text
