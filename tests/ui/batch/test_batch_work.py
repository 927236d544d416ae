"""Batches without a browser, with a small assistant: reading, stopping, resuming, and errors."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

from assistant import Answer, Assistant
from assistant.answering.paragraphs import said
from corpus import Language, TanyaError
from page.batch.batch_work import AT_A_TIME, MAX_QUESTIONS, Batch
from page.batch.work import work_on
from page.batch.work_queue import WorkQueue
from page.client import Client
from page.papers.document import Document
from page.papers.loader import Loader
from page.saving import file_to_save, take_upload


class SmallAssistant:
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


def loaded(assistant: SmallAssistant) -> Loader:
    loader = Loader(Document.bundled(), lambda report: cast(Assistant, assistant))
    loader.start()
    for thread in threading.enumerate():
        if thread.name == "load-assistant":
            thread.join()
    return loader


def batch_of(*questions: str) -> Batch:
    batch = Batch()
    batch.read("questions.txt", "\n".join(questions).encode())
    batch.begin()
    return batch


def phases(loader: Loader, batch: Batch) -> list[str]:
    """Work on a batch, in a thread, for Playwright keeps a loop running in this one; return its phases."""

    async def work() -> list[str]:
        return [batch.phase async for _ in work_on(loader, batch, WorkQueue(), Visitor())]

    return in_a_thread(work())


def in_a_thread(work: Coroutine[Any, Any, list[str]]) -> list[str]:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_records_are_those_of_the_command_line() -> None:
    batch = Batch()
    batch.read("questions.csv", b"id,question,language\na,Kapan?,\nb,When?,en\n")
    assert batch.phase == "ready"
    batch.begin()
    assert phases(loaded(SmallAssistant()), batch) == ["running", "done"]
    records = batch.records()
    assert [(record["id"], record["question"], record["language"]) for record in records] == [
        ("a", "Kapan?", "id"),
        ("b", "When?", "en"),
    ]
    assert records[0] == {"id": "a"} | batch.answers[0].to_record()


def test_what_was_stopped_goes_on_and_nothing_is_asked_twice() -> None:
    questions = [f"Pertanyaan {n}?" for n in range(50)]
    batch = batch_of(*questions)
    assistant = SmallAssistant(meanwhile=batch.stop)
    loader = loaded(assistant)
    assert phases(loader, batch)[-1] == "stopped"
    assert 0 < len(batch.answers) == len(assistant.asked) < len(questions)
    assistant.meanwhile = None
    batch.begin()
    assert phases(loader, batch)[-1] == "done"
    assert assistant.asked == questions
    assert [answer.question for answer in batch.answers] == questions


def test_what_leaves_the_line_is_not_worked_on() -> None:
    batch = batch_of("Kapan?")
    batch.stop()
    assistant = SmallAssistant()
    assert phases(loaded(assistant), batch) == []
    assert batch.phase == "stopped"
    assert assistant.asked == []


def test_loading_can_be_given_up() -> None:
    batch = batch_of("Kapan?")

    async def work() -> list[str]:
        phases: list[str] = []
        async for _ in work_on(Loader(Document.bundled()), batch, WorkQueue(), Visitor()):
            phases.append(batch.phase)
            batch.stop()
        return phases

    assert in_a_thread(work()) == ["loading", "stopped"]


def test_who_goes_away_leaves_nothing_running() -> None:
    batch = batch_of("Kapan?")

    async def work() -> list[str]:
        working = work_on(Loader(Document.bundled()), batch, WorkQueue(), Visitor())
        await anext(working)
        await working.aclose()  # type: ignore[attr-defined]
        await asyncio.sleep(0.05)
        return [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    assert in_a_thread(work()) == []
    assert batch.phase == "stopped"


def test_batches_take_turns_of_a_few_questions() -> None:
    batches = [batch_of(*[f"{of} {n}?" for n in range(60)]) for of in "ab"]
    short = batch_of("c 0?")
    assistant = SmallAssistant(meanwhile=lambda: time.sleep(0.005))
    loader, queue = loaded(assistant), WorkQueue()

    async def work(batch: Batch) -> None:
        async for _ in work_on(loader, batch, queue, Visitor()):
            pass

    async def all_of_them() -> list[str]:
        await asyncio.gather(*map(work, [*batches, short]))
        return []

    in_a_thread(all_of_them())
    turns = "".join(question[0] for question in assistant.asked)
    assert turns.startswith("a" * AT_A_TIME + "b" * AT_A_TIME + "c" + "a" * AT_A_TIME + "b" * AT_A_TIME)
    assert [len(batch.answers) for batch in [*batches, short]] == [60, 60, 1]


def test_who_leaves_stops_the_work() -> None:
    visitor, batch = Visitor(), batch_of(*[f"Pertanyaan {n}?" for n in range(2_000)])

    def leave() -> None:
        visitor.has_left = True
        time.sleep(0.05)

    assistant = SmallAssistant(meanwhile=leave)
    loader = loaded(assistant)

    async def work() -> list[str]:
        return [batch.phase async for _ in work_on(loader, batch, WorkQueue(), visitor)]

    assert in_a_thread(work())[-1] == "stopped"
    assert len(assistant.asked) <= 10 * AT_A_TIME


def test_stopping_does_not_wait_for_a_turn() -> None:
    queue, goes_on = WorkQueue(), threading.Event()
    batch, assistant = batch_of("Kapan?"), SmallAssistant()
    loader = loaded(assistant)

    async def work() -> list[str]:
        queue.submit(goes_on.wait)  # somebody else's turn
        phases: list[str] = []
        async for _ in work_on(loader, batch, queue, Visitor()):
            phases.append(batch.phase)
            batch.stop()
        goes_on.set()
        return phases

    assert in_a_thread(work())[-1] == "stopped"
    assert batch.answers == []


def test_so_many_batches_of_one_address_and_of_all() -> None:
    queue = WorkQueue(most_of_one=2, most=3)
    batch = batch_of("Kapan?")
    loader = loaded(SmallAssistant())

    async def work(address: str) -> list[str]:
        batch.begin()
        return [batch.phase async for _ in work_on(loader, batch, queue, Visitor(address))]

    with queue.place("2001:db8:0:1::1"), queue.place("2001:db8:0:1::2"):
        assert in_a_thread(work("2001:db8:0:1::3")) == ["stopped"]
        assert batch.problem
        assert "2 batches from this address are being worked on already" in batch.problem.in_language("en")
        assert "Sudah ada 2 kumpulan pertanyaan" in batch.problem.in_language("id")
        with queue.place("192.0.2.1"):
            assert in_a_thread(work("192.0.2.2")) == ["stopped"]
            assert batch.problem
            assert "3 batches are being worked on already" in batch.problem.in_language("en")
        assert in_a_thread(work("192.0.2.2"))[-1] == "done"
    assert not queue._places


def test_failed_loading_is_told() -> None:
    def fail(report: object) -> Assistant:
        raise TanyaError("no weights", indonesian="tidak ada bobot")

    loader = Loader(Document.bundled(), fail)
    loader.start()
    batch = batch_of("Kapan?")
    assert phases(loader, batch)[-1] == "stopped"
    assert batch.problem
    assert batch.problem.in_language("id") == "tidak ada bobot"


def test_broken_program_says_so_and_keeps_the_answers(caplog: pytest.LogCaptureFixture) -> None:
    batch = batch_of(*["Kapan?"] * 40, "!")
    assert phases(loaded(SmallAssistant()), batch)[-1] == "stopped"
    assert batch.problem
    assert "went wrong" in batch.problem.in_language("en")
    assert "ZeroDivisionError" in caplog.text
    assert 0 < len(batch.answers) <= 40


@pytest.mark.parametrize(
    ("name", "data", "english", "indonesian"),
    [
        ("a.txt", None, "larger than 5 MB", "lebih besar daripada 5 MB"),
        ("a.txt", b"Kapan?\n" * (MAX_QUESTIONS + 1), "holds 2001 questions", "berisi 2001 pertanyaan"),
        ("a.csv", b"a,b\n1,2\n", "question", "question"),
    ],
)
def test_bad_file_leaves_the_answers_alone(name: str, data: bytes | None, english: str, indonesian: str) -> None:
    batch = batch_of("Kapan?")
    phases(loaded(SmallAssistant()), batch)
    batch.read(name, data)
    assert (batch.phase, len(batch.answers), batch.name) == ("done", 1, "questions.txt")
    assert batch.problem
    for message, part in ((batch.problem.in_language("en"), english), (batch.problem.in_language("id"), indonesian)):
        assert name in message
        assert part in message
        assert "\n" not in message


def test_an_upload_is_gone_from_the_disk_once_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "GRADIO_TEMP_DIR", str(tmp_path))
    for max_bytes, data in ((6, b"Kapan?"), (5, None)):
        upload = tmp_path / "a1b2" / "questions.txt"
        upload.parent.mkdir()
        upload.write_bytes(b"Kapan?")
        assert take_upload(str(upload), max_bytes=max_bytes) == ("questions.txt", data)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "mime"), [("a.csv", "text/csv"), ("a.jsonl", "application/jsonl")])
def test_file_to_save(name: str, mime: str) -> None:
    assert file_to_save(name, b"\xff") == {"name": name, "mime": mime, "base64": "/w=="}
