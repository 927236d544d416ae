"""The evidence beside the chat: the quotes that each answer rests on, amid their passages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant import Answer, Citation
from corpus import Language
from page.labels import label
from page.markup import card

_SHOWN = 30
"""Answers whose evidence is kept at hand."""


def evidence_html(answers: Sequence[Answer | None], shown: int | None = None) -> str:
    """Return the evidence of a conversation's answers, the newest first, as HTML.

    One is open: ``shown``, an index of ``answers``, or else the newest. A turn without an answer is None; it has no
    evidence, and small talk has none, either.
    """
    turns = [(index, answer) for index, answer in enumerate(answers) if answer and answer.status != "replied"]
    if not turns:
        return ""
    if shown not in dict(turns):
        shown = turns[-1][0]
    at_hand = [(index, answer) for index, answer in turns if index == shown or index >= len(answers) - _SHOWN]
    return "".join(_turn(index, answer, index == shown) for index, answer in reversed(at_hand))


def _turn(index: int, answer: Answer, is_open: bool) -> str:
    language = answer.language
    answered = answer.is_found
    cards = answer.citations if answered else answer.related
    if not cards:
        about = f'<p class="note">{escape(label("nothing_quoted", language))}</p>'
    else:
        about = _confidence(answer) if answered else _not_an_answer(language)
    return (
        f'<details class="turn {answer.status}" data-turn="{index}" lang="{language}"{" open" * is_open}>'
        f'<summary><span class="asked">{escape(answer.question)}</span></summary>'
        f"{_understood_as(answer)}{about}"
        f"{''.join(_card(citation, language, answered) for citation in cards)}</details>"
    )


def _confidence(answer: Answer) -> str:
    title, word = (escape(label(key, answer.language)) for key in ("confidence_note", "confidence"))
    return f'<p class="figure" title="{title}">{word} {answer.confidence:.0%}</p>'


def _not_an_answer(language: Language) -> str:
    heading, note = (escape(label(key, language)) for key in ("related", "related_note"))
    return f'<h3>{heading}</h3><p class="note">{note}</p>'


def _understood_as(answer: Answer) -> str:
    if not answer.understood_as:
        return ""
    return (
        f'<p class="understood">{escape(label("understood_as", answer.language))} '
        f"<q>{escape(answer.understood_as)}</q></p>"
    )


def _card(citation: Citation, language: Language, answers: bool) -> str:
    # What does not answer gets no marker: a number would make it look like a source of the text in the chat.
    number = citation.marker
    marker = f'<span class="marker" data-marker="{number}" tabindex="-1">[{number}]</span> ' if answers else ""
    title, score = escape(label("score_note", language)), escape(label("score", language))
    figure = f'<span class="figure" title="{title}">{score} {citation.score:.2f}</span>'
    return card(citation, language, marker=marker, figure=figure)
