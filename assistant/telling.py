"""The text of an answer: what its citations say, in the question's language, each with its marker."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citation import Citation
from assistant.wording import say
from corpus import Language

LONGEST_TEXT = 700
"""Characters of the longest answer text."""

CLOSE = 0.02
"""How far below the best a sentence may score and still be part of the answer's text."""

_ROOM = LONGEST_TEXT - 130
"""What is left of an answer's text beside its last lines: "see also", and who translated."""


def count_told(citations: Sequence[Citation], language: Language) -> int:
    """Return how many citations an answer tells: the first and those about as good, as long as there is room."""
    told = 0
    for citation in citations:
        text = tell(citations[: told + 1], citations[told + 1 :], language)
        if told and (citation.score < citations[0].score - CLOSE or len(text) > LONGEST_TEXT):
            break
        told += 1
    return told


def tell(told: Sequence[Citation], others: Sequence[Citation], language: Language) -> str:
    """Return what some citations say, a paragraph each, and name the others as "see also"."""
    parts = [_quoted(citation, language) for citation in told]
    if others:
        parts.append(say("see_also", language, markers=" ".join(f"[{citation.marker}]" for citation in others)))
    return "\n\n".join([*parts, *_translated(told, language)])


def tell_related(citation: Citation, language: Language) -> str:
    """Return what a passage that is no answer says, and where it stands."""
    place = say("place", language, pages=citation.pages, section=citation.section_in(language) or "-")
    text = citation.text_in(language)
    said = f"“{text if len(text) < _ROOM else _cut(text, _ROOM - 2) + ' …'}” ({place})"
    return "\n\n".join([said, *_translated([citation], language)])


def _translated(told: Sequence[Citation], language: Language) -> list[str]:
    """Return that this project translated some of what is told, if it did."""
    is_ours = any(not citation.is_in(language) and citation.translated_by == "project" for citation in told)
    return [say("translated", language)] if is_ours else []


def _quoted(citation: Citation, language: Language) -> str:
    """Return what a citation says and its marker; what is too long for an answer's text is cut, which is shown."""
    text, marker = citation.text_in(language), f"[{citation.marker}]"
    if len(text) + len(marker) < _ROOM:
        return f"{text} {marker}"
    return f"{_cut(text, _ROOM - len(marker) - 3)} … {marker}"


def _cut(text: str, length: int) -> str:
    """Return the beginning of a text that is too long, up to the end of a word."""
    return text[: length + 1].rsplit(" ", 1)[0][:length]
