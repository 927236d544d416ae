"""Work in turn with other work: its phases, stopping it, who leaves, and what goes wrong."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from assistant import Assistant
from corpus import TanyaError
from page.batch.batch_work import AT_A_TIME, Batch
from page.batch.work import work_on
from page.batch.work_queue import WorkQueue
from page.papers.loader import Loader
from tests.page.batch.small import EchoAssistant, Visitor, batch_of, loader_of, phases
from tests.page.stand_ins import DOCUMENT, in_a_thread, loaded


def test_what_leaves_the_line_is_not_worked_on() -> None:
    batch = batch_of("Kapan?")
    batch.stop()
    assistant = EchoAssistant()
    assert phases(loader_of(assistant), batch) == []
    assert batch.phase == "stopped"
    assert assistant.asked == []


def test_loading_can_be_given_up() -> None:
    batch = batch_of("Kapan?")

    async def work() -> list[str]:
        phases: list[str] = []
        async for _ in work_on(Loader(DOCUMENT), batch, WorkQueue(), Visitor()):
            phases.append(batch.phase)
            batch.stop()
        return phases

    assert in_a_thread(work()) == ["loading", "stopped"]


def test_who_goes_away_leaves_nothing_running() -> None:
    batch = batch_of("Kapan?")

    async def work() -> list[str]:
        working = work_on(Loader(DOCUMENT), batch, WorkQueue(), Visitor())
        await anext(working)
        await working.aclose()  # type: ignore[attr-defined]
        await asyncio.sleep(0.05)
        return [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    assert in_a_thread(work()) == []
    assert batch.phase == "stopped"


def test_batches_take_turns_of_a_few_questions() -> None:
    batches = [batch_of(*[f"{of} {n}?" for n in range(60)]) for of in "ab"]
    short = batch_of("c 0?")
    assistant = EchoAssistant(meanwhile=lambda: time.sleep(0.005))
    loader, queue = loader_of(assistant), WorkQueue()

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

    assistant = EchoAssistant(meanwhile=leave)
    loader = loader_of(assistant)

    async def work() -> list[str]:
        return [batch.phase async for _ in work_on(loader, batch, WorkQueue(), visitor)]

    assert in_a_thread(work())[-1] == "stopped"
    assert len(assistant.asked) <= 10 * AT_A_TIME


def test_stopping_does_not_wait_for_a_turn() -> None:
    queue, goes_on = WorkQueue(), threading.Event()
    batch, assistant = batch_of("Kapan?"), EchoAssistant()
    loader = loader_of(assistant)

    async def work() -> list[str]:
        queue.worker.submit(goes_on.wait)  # somebody else's turn
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
    loader = loader_of(EchoAssistant())

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

    batch = batch_of("Kapan?")
    assert phases(loaded(fail), batch)[-1] == "stopped"
    assert batch.problem
    assert batch.problem.in_language("id") == "tidak ada bobot"


def test_broken_program_says_so_and_keeps_the_answers(caplog: pytest.LogCaptureFixture) -> None:
    batch = batch_of(*["Kapan?"] * 40, "!")
    assert phases(loader_of(EchoAssistant()), batch)[-1] == "stopped"
    assert batch.problem
    assert "went wrong" in batch.problem.in_language("en")
    assert "ZeroDivisionError" in caplog.text
    assert 0 < len(batch.answers) <= 40
