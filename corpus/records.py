"""A paper as plain values and back, so that what was read once need not be read again.

The text is told once, and every part by where it starts and ends in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from corpus.glossary import with_own_terms
from corpus.metadata import Metadata
from corpus.paper import Page, Paper, Paragraph, Passage, Section, Sentence
from corpus.pdf import recognised

_PARTS: Final[dict[str, type]] = {
    "pages": Page,
    "sections": Section,
    "paragraphs": Paragraph,
    "sentences": Sentence,
    "passages": Passage,
}
_LISTS: Final = ("leads",)
"""Fields that are tuples, which JSON makes lists of."""


def to_record(paper: Paper) -> dict[str, Any]:
    """Return a paper as values that JSON can hold: its text, its parts, its metadata, and what was recognised.

    What comes with the bundled paper only (translation, glossary, findings, known questions) is left out; the terms
    that a paper explains itself are found anew.
    """
    return {
        "name": paper.name,
        "digest": paper.digest,
        "metadata": paper.metadata._asdict(),
        "recognised": recognised.to_record(paper.recognised),
        "text": paper.text,
        **{name: list(_rows(getattr(paper, name), of)) for name, of in _PARTS.items()},
    }


def from_record(record: Mapping[str, Any]) -> Paper:
    """Return the paper that `to_record` told; raises ValueError, TypeError or KeyError for anything else."""
    text, told = record["text"], dict(record["metadata"])
    metadata = Metadata(**told | {"authors": tuple(told["authors"])})
    parts: dict[str, Any] = {name: tuple(_parts(text, record[name], of)) for name, of in _PARTS.items()}
    pages = recognised.from_record(record["recognised"])
    paper = Paper(record["name"], record["digest"], text, metadata=metadata, recognised=pages, **parts)
    return with_own_terms(paper)


def _names(of: type) -> list[str]:
    return [field.name for field in fields(of) if field.name != "text"]


def _rows(parts: Iterable[Any], of: type) -> Iterable[list[Any]]:
    names = _names(of)
    return ([getattr(part, name) for name in names] for part in parts)


def _parts(text: str, rows: Iterable[list[Any]], of: type) -> Iterable[Any]:
    names = _names(of)
    for row in rows:
        values = dict(zip(names, row, strict=True))
        for name in _LISTS:
            if name in values:
                values[name] = tuple(values[name])
        yield of(**values, text=text[values["start"] : values["end"]])
