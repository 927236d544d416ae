"""The paragraphs of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, AnswerParagraph
from assistant.answering.paragraphs import CLOSE, LONGEST_TEXT, quoting, quoting_close, said
from assistant.citation import Citation
from tests.assistant.answering.small import cited

FIRST, SECOND, THIRD = cited("The aim of", "Old wells", "still in use")


def text_of(paragraphs: tuple[AnswerParagraph, ...]) -> str:
    return Answer("?", "en", "answered", paragraphs=paragraphs).text


def ranked(*below: float) -> list[Citation]:
    given = zip((FIRST, SECOND, THIRD), below, strict=False)
    return [replace(citation, score=0.9 - less) for citation, less in given]


def test_a_quote_ends_in_its_marker_and_the_others_are_named() -> None:
    assert quoting([FIRST], [SECOND, THIRD], "en") == (
        AnswerParagraph("quote", FIRST.quote, (1,)),
        AnswerParagraph("see_also", "See also [2] [3].", (2, 3)),
    )
    assert quoting([FIRST], [SECOND], "id")[-1].text == "Lihat juga [2]."
    assert quoting([FIRST, SECOND], [], "en") == (
        AnswerParagraph("quote", FIRST.quote, (1,)), AnswerParagraph("quote", SECOND.quote, (2,)),
    )  # fmt: skip
    assert quoting([], [], "en") == ()


def test_a_translation_is_quoted_in_its_language_and_said_to_be_one() -> None:
    translated = replace(FIRST, translation="Tujuannya menghitung sumur.", translated_by="project")
    quote, translator = quoting([translated, translated], [], "id")[0], quoting([translated], [], "id")[-1]
    assert quote.text == "Tujuannya menghitung sumur."
    assert (translator.kind, translator.text[:15]) == ("translated", "(Terjemahan dar")
    assert [p.kind for p in quoting([translated, translated], [], "id")] == ["quote", "quote", "translated"]
    assert [p.kind for p in quoting([replace(translated, translated_by="authors")], [], "id")] == ["quote"]
    assert [p.kind for p in quoting([translated], [], "en")] == ["quote"]  # it is in English


def test_what_is_said_is_no_quote() -> None:
    assert said("Three.") == AnswerParagraph("said", "Three.")
    assert Answer("?", "en", "answered", paragraphs=(said("Three."),), citations=(FIRST,)).quoted == ()


@pytest.mark.parametrize(
    ("below", "count"),
    [
        ((0.0,), 1),
        ((0.0, 2 * CLOSE), 1),
        ((0.0, CLOSE / 2), 2),
        ((0.0, CLOSE / 2, CLOSE / 2), 3),
        ((0.0, 2 * CLOSE, CLOSE / 2), 1),
        ((), 0),
    ],
)
def test_what_scores_about_as_well_as_the_best_is_quoted(below: tuple[float, ...], count: int) -> None:
    citations = ranked(*below)
    assert quoting_close(citations, "en", CLOSE) == quoting(citations[:count], citations[count:], "en")


def test_no_more_is_quoted_than_there_is_room_for() -> None:
    long = [replace(citation, quote="kata " * 60) for citation in ranked(0.0, 0.0, 0.0)]
    paragraphs = quoting_close(long, "en", CLOSE)
    assert paragraphs == quoting(long[:2], long[2:], "en")
    assert len(text_of(paragraphs)) <= LONGEST_TEXT


@pytest.mark.parametrize("length", [LONGEST_TEXT - 150, LONGEST_TEXT - 130, LONGEST_TEXT, 2 * LONGEST_TEXT])
def test_a_quote_that_is_too_long_is_cut_at_a_word(length: int) -> None:
    quote = ("kata " * length)[: length - 1] + "."
    paragraphs = quoting([replace(FIRST, quote=quote)], [SECOND, THIRD], "id")
    assert len(text_of(paragraphs)) <= LONGEST_TEXT
    if len(quote) < LONGEST_TEXT - 140:
        assert paragraphs[0].text == quote
    elif len(quote) >= LONGEST_TEXT:
        whole = paragraphs[0].text.removesuffix("kata …")
        assert whole == "kata " * (len(whole) // 5)
        assert len(whole) > 500
    assert paragraphs[0].markers == (1,)
