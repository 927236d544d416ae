"""Quotes of the bundled paper, and of papers that are made of it."""

from __future__ import annotations

from dataclasses import replace

from assistant import Citation
from assistant.citation import CitedPaper, cite
from corpus import Paper

DOI = "10.23969/transborders.v5i1.4733"
LINK = f"https://doi.org/{DOI}"


def cited(paper: Paper, sentence: int, marker: int = 1) -> Citation:
    """Cite a sentence of a paper, by its index."""
    passage = next(passage for passage in paper.passages if passage.first <= sentence <= passage.last)
    return cite(paper, sentence, sentence, passage, marker=marker, score=0.9)


def odd_quote(citation: Citation, quote: str = "", **changes: str) -> Citation:
    """Return a citation of another quote, which has no translation."""
    return replace(citation, quote=quote or citation.quote, translation=None, translated_by=None, **changes)  # type: ignore[arg-type]


def cited_from(paper: Paper, citation: Citation) -> Citation:
    """Return a citation as if it were from another paper."""
    return replace(citation, paper=CitedPaper.of(paper))


def with_doi(paper: Paper, doi: str) -> Paper:
    """Return a paper whose DOI is known."""
    return replace(paper, annotations=replace(paper.annotations, doi=doi))
