"""The work that is killed, starved and doubled: what the product does, in processes that start at once.

No model is opened and torch is not imported; apart from that, and from reading papers in the same process, it is the
product's own code that runs.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast
from unittest import mock

import assistant.batch
import assistant.question
import corpus.__main__
import corpus.library
from assistant.answer import Answer, AnswerParagraph
from assistant.asking import Asker
from assistant.question import Question
from corpus import TanyaError, load_paper
from corpus.library import Library
from corpus.loading import read_paper
from corpus.paper import Paper
from index.backend import Query
from index.library_index import LibraryIndex
from index.store import load_index
from tests.index.stand_in import StandIn, bundled_for

SECONDS_A_BATCH = 0.02
QUESTIONS = ("Who sent masks?", "Where is rice grown?", "Harga tiket kereta", "fish of the river", "boats of teak")


class Parrot(Asker):
    """Answers a question with itself, which takes a little while."""

    @property
    def identity(self) -> dict[str, str]:
        return {"paper": "a parrot's"}

    def answer(self, batch: Sequence[Question]) -> list[Answer]:
        time.sleep(SECONDS_A_BATCH)
        return [
            Answer(q.text, q.language, "answered", paragraphs=(AnswerParagraph("quote", q.text, (1,)),)) for q in batch
        ]


def add(library: Path, folder: Path) -> int:
    """Run ``python -m corpus add``."""
    with mock.patch.object(corpus.library, "read_guarded", _read):  # a process for each would be most of the work
        return corpus.__main__.main(["add", str(folder), "--library", str(library)])


def update(library: Path) -> int:
    """Bring a library's index up to date, as opening it for questions does."""
    return _told(lambda: opened(library).close())


def index(paper: Path, folder: Path) -> int:
    """Build a paper's index, or open it."""
    return _told(lambda: load_index(load_paper(paper), StandIn(), folder=folder))


def batch(questions: Path, answers: Path) -> int:
    """Answer a file of questions, as ``python -m assistant batch`` does once the models are loaded."""
    return _told(lambda: assistant.batch.run_batch(Parrot(), questions, answers))


def opened(library: Path) -> LibraryIndex:
    """Open a library's index, bringing it up to date."""
    index = LibraryIndex(Library(library), StandIn(), bundled_for(StandIn()))
    index._update(None, None)
    return index


def found(library: Path) -> list[Any]:
    """Return what an up-to-date index of a library finds: papers for each question, and sentences in each paper."""
    index = opened(library)
    vectors = index.embedder.encode_queries(QUESTIONS)
    queries = [Query(text, "en", vector) for text, vector in zip(QUESTIONS, vectors, strict=True)]
    near = index.nearest(queries, limit=5)
    inside = [
        (paper_id, [each.scores.tolist() for each in index.paper(paper_id).search(QUESTIONS, ["en"] * len(QUESTIONS))])
        for paper_id in sorted(index.entries)
    ]
    index.close()
    return [[[tuple(one) for one in each] for each in near], inside]


def run(name: str, paths: Sequence[str]) -> int:
    """Run a piece of work by its name; return its exit code."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING, stream=sys.stderr, force=True)
    work = {"add": add, "update": update, "index": index, "batch": batch}[name]
    return cast("Callable[..., int]", work)(*map(Path, paths))


def _told(work: Callable[[], Any]) -> int:
    """Do what a command line does with what the user can mend."""
    try:
        work()
    except TanyaError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _read(name: str, data: bytes, *, max_bytes: int) -> Paper:
    return read_paper(name, data, max_bytes=max_bytes)
