"""Documents without annotations, with other people's questions: strangers to the assistant.

They are the papers and laws of the folder ``papers`` of the evaluation data; every question is asked in both languages.
Documents made of encyclopedia texts (IDK-MRC's valid split, SQuAD 2.0's held-out articles) were tried beside them:
their questions without an answer are made to mislead a reader within one paragraph, and with them the questions of
papers and laws were separated less well (AUROC .906 and .896 rather than .925 and .904, asked in the document's
language, with other weights of the reader).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.data import read_lines
from corpus import LANGUAGES, Language, Paper, load_paper

PAPERS = ("covid", "id_regulations", "qasper")


class StrangerQuestion(NamedTuple):
    """A question in a language, and why it has no answer: "answered" where it has one."""

    text: str
    language: Language
    kind: str


class Stranger(NamedTuple):
    """A document and its questions."""

    paper: Paper
    questions: list[StrangerQuestion]


def strangers(folder: Path) -> Iterator[Stranger]:
    """Yield all documents of the folder of evaluation data."""
    for name in PAPERS:
        yield from _papers(folder / "papers" / name)


def _papers(folder: Path) -> Iterator[Stranger]:
    asked: dict[str, list[StrangerQuestion]] = {}
    for question in read_lines(folder / "questions.jsonl"):
        kind = "answered" if question["answerable"] else question["kind"]
        if kind != "original_unanswerable_doubtful":
            both = [StrangerQuestion(question[f"question_{language}"], language, kind) for language in LANGUAGES]
            asked.setdefault(question["document"], []).extend(both)
    for document, questions in sorted(asked.items()):
        yield Stranger(load_paper(folder / "documents" / f"{document}.txt"), questions)
