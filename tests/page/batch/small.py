"""What tests of batches and tables need: an assistant that echoes, a visitor who may leave, and batches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant import Answer
from assistant.answering.paragraphs import said
from corpus import Language
from page.batch.batch_work import Batch
from page.batch.work import Work, work_on
from page.batch.work_queue import WorkQueue
from page.client import Client
from page.papers.loader import Loader
from tests.page.stand_ins import in_a_thread, loaded


class EchoAssistant:
    """Echoes, and keeps what it was asked; ``meanwhile`` is called while it answers."""

    def __init__(self, meanwhile: Callable[[], object] | None = None) -> None:
        self.asked: list[str] = []
        self.meanwhile = meanwhile

    def answers(self, questions: Sequence[str], *, languages: Sequence[Language | None]) -> Iterator[Answer]:
        for question, language in zip(questions, languages, strict=True):
            self.asked.append(question)
            if question == "!":
                raise ZeroDivisionError
            yield Answer(question, language or "id", "answered", paragraphs=(said(f"Jawab: {question}"),))
        if self.meanwhile:
            self.meanwhile()


class Visitor(Client):
    """A client at an address, which leaves when the test says so."""

    def __init__(self, address: str = "192.0.2.1") -> None:
        self.address = address
        self.has_left = False

    async def left(self) -> None:
        while not self.has_left:
            await asyncio.sleep(0.01)


def loader_of(assistant: object) -> Loader:
    """Return a loader that has loaded an assistant."""
    return loaded(lambda report: assistant)


def batch_of(*questions: str) -> Batch:
    batch = Batch()
    batch.read("questions.txt", "\n".join(questions).encode())
    batch.begin()
    return batch


def phases(loader: Loader, given: Work[Any, Any]) -> list[str]:
    """Work on a batch or a table to its end, and return its phases."""

    async def work() -> list[str]:
        return [given.phase async for _ in work_on(loader, given, WorkQueue(), Visitor())]

    shown: list[str] = in_a_thread(work())
    return shown
