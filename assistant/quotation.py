"""Puts a quote, its place and its paper into words, the same in every export.

Pages are counted from 1 in the file, whatever is printed on them.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.citation import Citation, CitedPaper
from assistant.wording import say
from corpus import Language


def quoted(citation: Citation, language: Language) -> str:
    """Return a quote. A quote in the other language comes after its translation, with the translator."""
    if citation.is_in(language):
        return f"“{citation.quote}”"
    original = say("original", language, quote=citation.quote)
    return f"“{citation.translation}” [{translator(citation, language)}; {original}]"


def translator(citation: Citation, language: Language) -> str:
    """Return who translated a quote: the authors or this project."""
    return say(f"translated_by_{citation.translated_by or 'project'}", language)


def place(citation: Citation, language: Language) -> str:
    """Return the page, the section in a language and as printed, and a note if the text was recognised."""
    section, printed = citation.section_in(language), citation.section
    recognised = f", {say('recognised', language)}" if citation.recognised else ""
    if not section:
        return say("page", language, pages=citation.pages) + recognised
    section = section if section == printed else f"{section} [{printed}]"
    return say("place", language, pages=citation.pages, section=section) + recognised


def source(paper: CitedPaper) -> str:
    """Return the link of a paper's DOI, or else its description."""
    return doi_link(paper) or paper.described


def doi_link(paper: CitedPaper) -> str:
    """Return the link of a paper's DOI, "" if none is known."""
    return f"https://doi.org/{paper.doi}" if paper.doi else ""


def one_each_place(citations: Iterable[Citation]) -> list[Citation]:
    """Return the first citation of each place."""
    first: dict[tuple[CitedPaper, int, int], Citation] = {}
    for citation in citations:
        first.setdefault(citation.cited_span, citation)
    return list(first.values())


def on_one_line(text: str) -> str:
    """Return a text with each run of spaces and line ends as one space."""
    return " ".join(text.split())
