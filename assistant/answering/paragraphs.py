"""The paragraphs of an answer: what its citations say, in the question's language, each with its marker."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import AnswerParagraph
from assistant.citation import Citation
from assistant.wording import say
from corpus import Language

LONGEST_TEXT = 700
"""Characters of the longest answer text."""

LONGEST_LIST = 1200
"""The same for a summary, or for a part of the paper."""

CLOSE = 0.02
"""How far below the best a sentence may score and still be part of the answer's text."""

LESS_CLOSE = 0.08
"""The same where the reader is not sure that any sentence answers, and so not which comes first."""

_ROOM = LONGEST_TEXT - 130
"""What is left of an answer's text beside its last lines: "see also", and who translated."""


def quoted_count(citations: Sequence[Citation], language: Language, *, close: float = CLOSE) -> int:
    """Return how many citations to quote: the first and those about as good, as long as there is room.

    About as good is what scores ``close`` to the first.
    """
    count = 0
    for citation in citations:
        paragraphs = quoting(citations[: count + 1], citations[count + 1 :], language)
        length = sum(len(paragraph.rendered) + 2 for paragraph in paragraphs) - 2
        if count and (citation.score < citations[0].score - close or length > LONGEST_TEXT):
            break
        count += 1
    return count


def quoting(
    quoted: Sequence[Citation], others: Sequence[Citation], language: Language, *, room: int = _ROOM
) -> tuple[AnswerParagraph, ...]:
    """Return a paragraph for each quote, and one that names the other citations, if there are any."""
    paragraphs = [_quote(citation, language, room) for citation in quoted]
    if others:
        markers = tuple(citation.marker for citation in others)
        text = say("see_also", language, markers=" ".join(f"[{marker}]" for marker in markers))
        paragraphs.append(AnswerParagraph("see_also", text, markers))
    return (*paragraphs, *_translated(quoted, language))


def said(text: str) -> AnswerParagraph:
    """Return a paragraph in the project's own words."""
    return AnswerParagraph("said", text)


def _translated(quoted: Sequence[Citation], language: Language) -> tuple[AnswerParagraph, ...]:
    """Return that this project translated some of what is quoted, if it did."""
    is_ours = any(not citation.is_in(language) and citation.translated_by == "project" for citation in quoted)
    return (AnswerParagraph("translated", say("translated", language)),) if is_ours else ()


def _quote(citation: Citation, language: Language, room: int) -> AnswerParagraph:
    """Return a quote; what is too long for an answer's text is cut, which is shown."""
    text, room = citation.text_in(language), room - len(f"[{citation.marker}]")
    return AnswerParagraph("quote", text if len(text) < room else f"{_cut(text, room - 3)} …", (citation.marker,))


def _cut(text: str, length: int) -> str:
    """Return the beginning of a text that is too long, up to the end of a word."""
    return text[: length + 1].rsplit(" ", 1)[0][:length]
