"""Makes the paragraphs of an answer: quotes in the question's language, each with its marker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import AnswerParagraph
from assistant.citation import Citation
from assistant.wording import say
from corpus import Language

LONGEST_TEXT = 700
"""Characters of the longest answer text."""

LONGEST_LIST = 1200
"""The same for a summary or a part of the paper."""

CLOSE = 0.03
"""How far below the best sentence another may score and still be quoted."""

LESS_CLOSE = 0.1
"""The same if the reader is not sure of any sentence, so that their order is uncertain."""

_ROOM = LONGEST_TEXT - 130  # characters of an answer's text without its last lines, "see also" and the translator


def quoting_close(citations: Sequence[Citation], language: Language, close: float) -> tuple[AnswerParagraph, ...]:
    """Quote the first citation, and those that score ``close`` to it while there is room; the others are named."""
    paragraphs: tuple[AnswerParagraph, ...] = ()
    for count, citation in enumerate(citations, 1):
        longer = quoting(citations[:count], citations[count:], language)
        if paragraphs and (citation.score < citations[0].score - close or length(longer) > LONGEST_TEXT):
            break
        paragraphs = longer
    return paragraphs


def quoting(
    quoted: Sequence[Citation], others: Sequence[Citation], language: Language, *, room: int = _ROOM
) -> tuple[AnswerParagraph, ...]:
    """Return a paragraph for each quote, and one that names the other citations, if there are any.

    If this project translated a quote, the last paragraph says so. A quote is cut if it is longer than ``room``
    characters with its marker.
    """
    paragraphs = [_quote(citation, language, room) for citation in quoted]
    if others:
        paragraphs.append(see_also([citation.marker for citation in others], language))
    if any(not citation.is_in(language) and citation.translated_by == "project" for citation in quoted):
        paragraphs.append(AnswerParagraph("translated", say("translated", language)))
    return tuple(paragraphs)


def see_also(markers: Iterable[int], language: Language) -> AnswerParagraph:
    """Return a paragraph that names citations by their markers."""
    markers = tuple(markers)
    text = say("see_also", language, markers=" ".join(f"[{marker}]" for marker in markers))
    return AnswerParagraph("see_also", text, markers)


def length(paragraphs: Iterable[AnswerParagraph]) -> int:
    """Return the characters of an answer's text."""
    return len("\n\n".join(paragraph.rendered for paragraph in paragraphs))


def said(text: str) -> AnswerParagraph:
    """Return a paragraph in the project's own words."""
    return AnswerParagraph("said", text)


def _quote(citation: Citation, language: Language, room: int) -> AnswerParagraph:
    """Return a quote, cut at the end of a word with an ellipsis if there is no room for it."""
    text, room = citation.text_in(language), room - len(f"[{citation.marker}]")
    if len(text) >= room:
        text = f"{text[: room - 2].rsplit(' ', 1)[0][: room - 3]} …"
    return AnswerParagraph("quote", text, (citation.marker,))
