"""Converts papers to plain values and back, so that a file need not be read twice.

The text is stored once; of each part, only its start and its end in the text are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from corpus.glossary import with_own_terms
from corpus.metadata import metadata_from_record
from corpus.paper import Page, Paper, Paragraph, Passage, Section, Sentence
from corpus.pdf import recognised

_PARTS = {"pages": Page, "sections": Section, "paragraphs": Paragraph, "sentences": Sentence, "passages": Passage}


def to_record(paper: Paper) -> dict[str, Any]:
    """Return a paper as values for JSON: its text, its parts, its metadata and its recognised pages.

    Annotations are left out; `from_record` finds the terms that a paper explains itself again.
    """
    return {
        "name": paper.name,
        "digest": paper.digest,
        "metadata": paper.metadata._asdict(),
        "recognised": recognised.to_record(paper.recognised),
        "text": paper.text,
        **{
            name: [[getattr(part, field) for field in _names(kind)] for part in getattr(paper, name)]
            for name, kind in _PARTS.items()
        },
    }


def from_record(record: Mapping[str, Any]) -> Paper:
    """Return the paper of a record of `to_record`. Raises ValueError, TypeError or KeyError for anything else."""
    text = record["text"]
    metadata = metadata_from_record(record["metadata"])
    parts: dict[str, Any] = {name: tuple(_parts(text, record[name], kind)) for name, kind in _PARTS.items()}
    pages = recognised.from_record(record["recognised"])
    paper = Paper(record["name"], record["digest"], text, metadata=metadata, recognised=pages, **parts)
    return with_own_terms(paper)


@cache
def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind) if field.name != "text"]


def _parts(text: str, rows: Iterable[list[Any]], kind: type) -> Iterable[Any]:
    names = _names(kind)
    for row in rows:
        values = dict(zip(names, row, strict=True))
        if kind is Passage:
            values["leads"] = tuple(values["leads"])  # a list in JSON
        yield kind(**values, text=text[values["start"] : values["end"]])
