"""Joins the answers of several papers: the most likely answer, and a line for each other paper that answers.

If papers give different numbers or dates, that comes first, and all their answers stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from textwrap import shorten
from typing import Final, NamedTuple

from assistant.answer import Answer, AnswerParagraph
from assistant.answering.agreement import DirectAnswer, differ
from assistant.answering.citing import CITED
from assistant.answering.paragraphs import LONGEST_TEXT, length, quoting, said, see_also
from assistant.citation import Citation
from assistant.question import Question
from assistant.wording import say
from corpus import Language

ELSEWHERE: Final = 0.58
"""The least confidence of an answer from any but the nearest paper. Of several papers, one always seems to answer."""

ALSO: Final = 0.65
"""The same if another paper answers already."""

_LONGEST_LINE: Final = 120  # characters of a paper's line
_SHORT_LINE: Final = 60  # the same if there is little room
_LONGEST_SIDE: Final = LONGEST_TEXT // 2
"""Characters of each paper's quote if papers differ, so that there is room for all."""

_LONGEST_TITLE: Final = 80  # characters of a paper's title before its answer


class FromPaper(NamedTuple):
    """The answer of one paper, with the paper's title, or its file's name if it has none."""

    title: str
    answer: Answer


def of_papers(question: Question, answers: Sequence[FromPaper]) -> Answer:
    """Join the answers of papers, that of the paper nearest to the question first."""
    likely = [*answers[:1], *(given for given in answers[1:] if given.answer.confidence >= ELSEWHERE)]
    sure = [given for given in likely if given.answer.is_found]
    if not sure:
        return _refused(question, [given.answer for given in answers])
    best, *others = sorted(sure, key=lambda given: -given.answer.confidence)
    others = [given for given in others if given.answer.confidence >= ALSO]
    answering = [best, *others]
    if question.kind == "file" and (others or not best.answer.citations):  # facts about several documents are listed
        cited = _firsts((given.answer.citations for given in answering), 1)
        lines = _lines(answering, cited)
        return replace(best.answer, short=None, derived_from=None, paragraphs=lines, citations=tuple(cited))
    if not others:
        return best.answer
    more = _firsts((given.answer.citations for given in others), len(best.answer.citations) + 1)
    answer = replace(best.answer, citations=(*best.answer.citations, *more))
    if answer.status == "answered" and _do_differ(question, answering):
        return _side_by_side(answer, answering, [*best.answer.citations[:1], *more])
    return replace(answer, paragraphs=_with_others(answer, others, more))


def _with_others(
    answer: Answer, others: Sequence[FromPaper], firsts: Sequence[Citation]
) -> tuple[AnswerParagraph, ...]:
    """Return an answer's paragraphs and a line for each other paper.

    If that is too long for an answer, the lines are cut first; then the last quotes are only named.
    """
    heading = AnswerParagraph("other_papers", say("other_papers", answer.language))
    paragraphs = (*answer.paragraphs, heading, *_lines(others, firsts))
    if length(paragraphs) > LONGEST_TEXT:
        paragraphs = (*answer.paragraphs, heading, *_lines(others, firsts, _SHORT_LINE))
    while length(paragraphs) > LONGEST_TEXT and sum(paragraph.kind == "quote" for paragraph in paragraphs) > 1:
        paragraphs = _without_last_quote(paragraphs, answer.language)
    return paragraphs


def _without_last_quote(paragraphs: tuple[AnswerParagraph, ...], language: Language) -> tuple[AnswerParagraph, ...]:
    """Return paragraphs whose last quote is only named, among the other citations."""
    last = max(nth for nth, paragraph in enumerate(paragraphs) if paragraph.kind == "quote")
    named = [paragraph for paragraph in paragraphs if paragraph.kind == "see_also"]
    markers = [marker for paragraph in (paragraphs[last], *named) for marker in paragraph.markers]
    after = [paragraph for paragraph in paragraphs[last + 1 :] if paragraph.kind != "see_also"]
    return (*paragraphs[:last], see_also(markers, language), *after)


def _side_by_side(answer: Answer, answering: Sequence[FromPaper], firsts: Sequence[Citation]) -> Answer:
    """Return the answer that the papers differ, with a line and the first quote of each."""
    shorts = " / ".join(dict.fromkeys(_line(given.answer) for given in answering))
    rest = [citation for citation in answer.citations if citation not in firsts]
    return replace(
        answer,
        short=say("papers_differ", answer.language, answers=shorts),
        derived_from=say("from_papers", answer.language),
        paragraphs=(*_lines(answering, firsts), *quoting(firsts, rest, answer.language, room=_LONGEST_SIDE)),
    )


def _do_differ(question: Question, answering: Sequence[FromPaper]) -> bool:
    """Return whether two of the papers give different numbers or dates."""
    direct = [_direct(answer) for _, answer in answering if answer.short and answer.status == "answered"]
    return any(differ(*pair, question.expected) for pair in combinations(direct, 2))


def _direct(answer: Answer) -> DirectAnswer:
    """Return the direct answer, and its language: the quote's own if it has no translation."""
    alone = (citation.language for citation in answer.citations[:1] if citation.is_in(answer.language))
    return DirectAnswer(answer.short or "", next(alone, answer.language))


def _lines(
    answering: Sequence[FromPaper], cited: Sequence[Citation], longest: int = _LONGEST_LINE
) -> tuple[AnswerParagraph, ...]:
    """Return a line for each paper: its answer and the page. ``cited`` are the papers' first citations, in order."""
    numbered = iter(cited)
    lines = []
    for title, answer in answering:
        text = _line(answer, longest)
        markers: tuple[int, ...] = ()
        if answer.citations:
            first = next(numbered)
            text, markers = f"{text} ({say('page', answer.language, pages=first.pages)})", (first.marker,)
        lines.append(AnswerParagraph("by_paper", text, markers, shorten(title, _LONGEST_TITLE, placeholder=" …")))
    return tuple(lines)


def _line(answer: Answer, longest: int = _LONGEST_LINE) -> str:
    """Return the direct answer, or else the first quote, cut to a line."""
    return shorten(answer.gist or answer.text, longest, placeholder=" …")


def _refused(question: Question, answers: Sequence[Answer]) -> Answer:
    """Return a refusal, with the nearest sentence of each paper."""
    return replace(
        Answer.to(question, "not_in_paper"),
        paragraphs=(said(say("not_found_in_papers", question.language)),),
        related=tuple(_firsts((answer.related for answer in answers), 1)[:CITED]),
        confidence=max((answer.confidence for answer in answers), default=0.0),
        suggestions=next((answer.suggestions for answer in answers if answer.suggestions), ()),
    )


def _firsts(cited: Iterable[Sequence[Citation]], marker: int) -> list[Citation]:
    """Return the first citation of each paper that has any, numbered from ``marker`` on."""
    return [replace(first, marker=nth) for nth, (first, *_) in enumerate(filter(None, cited), marker)]
