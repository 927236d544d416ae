"""Answers as the page shows them: plain text in the chat, and beside it the quotes amid their passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from assistant import Answer, Citation
from assistant.wording import say
from corpus import OTHER, Language
from page.labels import label

_SHOWN = 30
"""Answers whose evidence is kept at hand."""

_MARKUP = re.compile(r"[<&](?=[A-Za-z0-9/!?#])")


def as_typed(text: str) -> str:
    """Return text for the chat, which reads it as HTML, so that it shows as it is.

    Only what HTML would take for a tag or a character's name is escaped, since the chat's copy button copies
    what it is given: "Lee & Kim, p < 0.05" stays as it is.
    """
    return _MARKUP.sub(lambda found: escape(found[0]), text)


def chat_text(answer: Answer) -> str:
    """Return what the chat says of an answer, as plain text: under each translation its original."""
    originals = {
        f"[{citation.marker}]": f"\n{label('original', answer.language)} “{citation.quote}”"
        for citation in answer.citations[: answer.told]
        if not citation.is_in(answer.language)
    }
    lines = [line + originals.get(line.rsplit(" ", 1)[-1], "") for line in answer.text.split("\n\n")]
    if answer.understood_as:
        lines.insert(0, f"{label('understood_as', answer.language)} {answer.understood_as}")
    if answer.note:
        lines.append(say("noted", answer.language, note=answer.note))
    if answer.related:
        lines.append(label("related_below", answer.language))
    return "\n\n".join(lines)


def evidence_html(answers: Sequence[Answer | None], shown: int | None = None) -> str:
    """Return the evidence of a conversation's answers, the newest first, as HTML.

    One is open: ``shown``, an index of ``answers``, or else the newest. A turn without an answer is None.
    """
    turns = [(index, answer) for index, answer in enumerate(answers) if answer is not None]
    if not turns:
        return ""
    if shown not in dict(turns):
        shown = turns[-1][0]
    return "".join(_turn(index, answer, index == shown) for index, answer in reversed(turns[-_SHOWN:]))


def _turn(index: int, answer: Answer, is_open: bool) -> str:
    language = answer.language
    answered = answer.status == "answered"
    cards = answer.citations if answered else answer.related
    return (
        f'<details class="turn {answer.status}" id="evidence-{index}" lang="{language}"{" open" * is_open}>'
        f'<summary><span class="asked">{escape(answer.question)}</span></summary>'
        f"{_understood_as(answer)}{_confidence(answer) if answered else _not_an_answer(language)}"
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
    marker = f'<span class="marker">[{citation.marker}]</span> ' if answers else ""
    title, score = escape(label("score_note", language)), escape(label("score", language))
    figure = f'<span class="figure" title="{title}">{score} {citation.score:.2f}</span>'
    header = f"<header>{marker}{place(citation, language, figure)}</header>"
    return f'<article class="card">{header}{quote(citation, language)}</article>'


def place(citation: Citation, language: Language, figure: str = "") -> str:
    """Return a citation's page and section, as HTML, a figure between them; what the section means, then as printed."""
    printed = f'<span lang="{citation.language}">{escape(citation.section)}</span>'
    section = citation.section_in(language)
    if section != citation.section:
        printed = f'<span lang="{language}">{escape(section)}</span> ({printed})'
    page = f"{escape(label('page', language))} {citation.pages}"
    return f'<span class="page">{page}</span>{figure}<span class="section">{printed}</span>'


def quote(citation: Citation, language: Language) -> str:
    """Return a quote as HTML: marked amid its passage in the reader's language, and by itself in the other.

    The words that answer stand out in the reader's language.
    """
    if not citation.translation:
        return _passage(citation.language, citation.passage, citation.quote, citation.words)
    note = escape(label(f"translated_by_{citation.translated_by}", language))
    other = OTHER[citation.language]
    if citation.is_in(language):
        translation = _passage(other, citation.translation, citation.translation)
        return (
            f"{_passage(citation.language, citation.passage, citation.quote, citation.words)}"
            f'<div class="other"><p class="note">{note}</p>{translation}</div>'
        )
    theirs = citation.translated_by == "authors"
    passage = citation.translation if theirs else citation.passage_translation or citation.translation
    return (
        f'<p class="note">{note}</p>{_passage(other, passage, citation.translation, citation.words)}'
        f'<div class="other"><p class="note">{escape(label("word_for_word", language))}</p>'
        f"{_passage(citation.language, citation.quote, citation.quote)}</div>"
    )


def _passage(language: Language, passage: str, quote: str, words: str = "") -> str:
    """Return a passage with the quote in it marked; a passage that lacks its quote, after the quote."""
    before, found, after = passage.partition(quote)
    first, answer, last = quote.partition(words) if words else (quote, "", "")
    answering = f"<strong>{escape(answer)}</strong>" if answer else ""
    marked = f"<mark>{escape(first)}{answering}{escape(last)}</mark>"
    text = f"{escape(before)}{marked}{escape(after)}" if found else f"{marked} {escape(passage)}"
    return f'<blockquote lang="{language}">{text}</blockquote>'
