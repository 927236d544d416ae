"""The visitors' own papers: how many are open, how many bytes they hold, which are closed, and the messages."""

from __future__ import annotations

import asyncio
import gc
import json
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import TanyaError, load_paper, read_paper
from corpus.records import from_record, to_record
from page import client
from page.papers import opening, workspace
from page.papers.desks import MOST_BYTES, Desks
from page.papers.document import Document
from page.papers.loader import Loader
from page.ui_text import label
from tests.page.serving import Page, served
from tests.page.stand_ins import Clock, in_a_thread, loader_by, run_to_end
from tests.waits import wait_until

TEXT = "Kapal yang diteliti berjumlah 37 buah. Semua kapal itu dimiliki oleh nelayan setempat.\n\n" * 50


def paper(text: str = TEXT) -> Loader:
    return Loader(Document(read_paper("kapal.txt", text.encode())), lambda report: None)  # type: ignore[arg-type, return-value]


def closed(desks: Desks, session: str) -> str:
    """Return why a session's paper was closed, "" if it is open."""
    try:
        desks.loader(session)
    except TanyaError as error:
        kept = desks.closed[session]
        assert (str(error), error.indonesian) == (str(kept), kept.indonesian)
        assert kept.__traceback__ is None  # it would hold what the visitor asked
        return str(error)
    return ""


def held(desks: Desks) -> int:
    """Return the estimated bytes of all open papers."""
    return sum(desk.held for desk in desks._desks.values())


def test_the_longest_idle_make_room_for_a_new_paper() -> None:
    clock = Clock()
    desks = Desks(most_papers=3, clock=clock)
    for session in "abc":
        clock.now += 1
        desks.open(session, paper(), 100)
    clock.now += 1
    desks.find("a")
    first = desks.loader("b")
    clock.now += 1
    desks.open("c", paper(), 100)  # in place of its own, so nobody else's goes
    assert len(desks) == 3
    desks.open("d", paper(), 100)
    desks.open("e", paper(), 100)
    assert len(desks) == 3
    assert [session for session in "abcde" if closed(desks, session)] == ["a", "b"]
    assert first.progress.stage == "failed"  # whoever waits for it gets an error


def test_bytes_count_as_papers_do_and_one_that_is_larger_is_open_alone() -> None:
    clock = Clock()
    desks = Desks(most_bytes=1_000_000, clock=clock)
    for number in range(9):
        clock.now += 1
        desks.open(f"s{number}", paper(), 100_000)
        assert held(desks) <= 1_000_000
    assert 1 < len(desks) < 9
    desks.open("large", paper(), 2_000_000)
    assert len(desks) == 1
    assert closed(desks, "large") == ""


def test_what_is_held_grows_when_a_paper_is_prepared() -> None:
    desks = Desks(clock=Clock())
    desks.open("a", paper(), 1_000)
    read = held(desks)
    assert read > 1_000 + 4 * len(TEXT)
    assert desks.prepare("a")
    prepared = held(desks)
    assert prepared - read >= 100 * 2 * 384 * 4  # two vectors for each of a hundred sentences
    desks = Desks(most_bytes=prepared + read, clock=Clock())
    for session in ("a", "b"):
        desks.open(session, paper(), 1_000)
    assert desks.prepare("a")
    assert len(desks) == 2
    assert not desks.prepare("b")  # the other is being prepared
    run_to_end(desks.loader("a"))
    assert desks.prepare("b")
    assert closed(desks, "a")


def test_what_is_in_use_stays_and_the_new_one_is_refused() -> None:
    clock = Clock()
    desks = Desks(most_papers=2, clock=clock)
    answers = loader_by(lambda report: None)
    run_to_end(answers)
    desks.open("asked", answers, 1)
    desks.open("prepared", paper(), 1)
    desks.prepare("prepared")
    with desks.in_use("asked"):
        clock.now += 100_000
        desks.close_idle()
        with pytest.raises(TanyaError) as refused:
            desks.open("new", paper(), 1)
        assert str(refused.value) == label("own_full", "en").format(name="kapal.txt")
        assert refused.value.in_language("id") == label("own_full", "id").format(name="kapal.txt")
    assert not closed(desks, "asked")
    assert not closed(desks, "prepared")
    desks.open("new", paper(), 1)
    assert closed(desks, "asked")


def test_a_question_that_waits_for_its_paper_holds_no_place() -> None:
    desks = Desks(most_papers=1, clock=Clock())
    desks.open("waits", paper(), 1)
    with desks.in_use("waits"):
        desks.open("new", paper(), 1)
    assert closed(desks, "waits")


def test_what_is_idle_is_closed_and_what_is_used_is_not() -> None:
    clock = Clock()
    desks = Desks(idle=1800, clock=clock)
    desks.open("left", paper(), 1)
    desks.open("there", paper(), 1)
    for _ in range(3):
        clock.now += 900
        desks.loader("there")
        desks.close_idle()
    assert closed(desks, "left") == "Your paper was closed after 30 minutes without use; drop the file again."
    assert not closed(desks, "there")


def test_it_is_closed_without_anybody_asking() -> None:
    async def opened() -> int:
        desks = Desks(idle=0.01)
        desks.open("left", paper(), 1)
        await asyncio.wait_for(desks.keep_tidy(), 10)
        return len(desks)

    assert in_a_thread(opened()) == 0


def test_why_is_told_until_another_is_opened_and_of_so_many_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("page.door.limits.REMEMBERED", 100)
    desks = Desks(most_papers=1, clock=Clock())
    for number in range(150):
        desks.open(str(number), paper("Kalimat pertama. Kalimat kedua."), 1)
    assert closed(desks, "140") == label("own_made_room", "en")
    assert len(desks.closed) == 100
    with pytest.raises(TanyaError, match="open the file again"):
        desks.loader("3")
    desks.open("140", paper(), 1)
    desks.close("140")
    with pytest.raises(TanyaError) as lost:
        desks.loader("140")
    assert str(lost.value) == label("own_lost", "en")


def test_a_closed_paper_frees_its_memory_at_once() -> None:
    gc.collect()
    gc.disable()
    try:
        desks = Desks(most_papers=1, clock=Clock())
        desks.open("a", paper(), 1)
        held = weakref.ref(desks.loader("a").document)
        desks.open("b", paper(), 1)
        assert held() is None
    finally:
        gc.enable()


@pytest.fixture
def desks() -> Desks:
    return Desks(most_papers=2)


@pytest.fixture
def page(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr(workspace, "Desks", lambda: desks)
    with served("--rate", "0") as page:
        yield page


def drop(page: Page, session: str, name: str = "kapal.txt", data: bytes = TEXT.encode()) -> str:
    (path,) = page.upload(name, data).json()
    return page.given(page.part("own-file"), path, session).text


def asked(page: Page, session: str, text: str = TEXT) -> str:
    """Ask a question of the session's paper, and return the response."""
    at = read_paper("kapal.txt", text.encode()).digest
    return page.sent_event(page.part("question"), "submit", [None, at, "Berapa kapal yang diteliti?", []], session).text


def turned(page: Page, session: str) -> str:
    """Turn to the next page of the session's paper, and return the response."""
    at = read_paper("kapal.txt", TEXT.encode()).digest
    return page.sent_event(page.part("next-page"), "click", [None, at], session).text


@pytest.mark.parametrize("language", ["en", "id"])
def test_who_asks_next_is_told_in_the_page_s_language(page: Page, language: str) -> None:
    page.client.headers["accept-language"] = language
    for session in ("first", "second", "third"):
        assert "kapal.txt" in drop(page, session)
    message = label("own_made_room", "id" if language == "id" else "en")
    assert message in asked(page, "first")
    assert message in turned(page, "first")
    assert message not in turned(page, "third")
    assert page.uploads == []


def test_a_paper_that_nobody_hears_of_is_not_opened(page: Page, desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "SHORT_PATIENCE", 0.1)
    (path,) = page.upload("kapal.txt", TEXT.encode()).json()
    assert page.joined(page.part("own-file"), "upload", [page.file(path)], "deaf").status_code == 200
    wait_until(lambda: page.uploads == [])
    wait_until(lambda: len(desks) == 0)
    heard = page.client.get("gradio_api/queue/data", params={"session_hash": "deaf"})
    assert "Semua kapal" not in heard.text
    assert label("own_lost", "en") in turned(page, "deaf")


def test_only_so_many_files_are_read_or_wait(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_MOST_GIVEN", 0)
    text = drop(page, "one")
    assert "too many files are being read just now" in text
    assert page.uploads == []
    monkeypatch.setattr(opening, "_MOST_GIVEN", 1)
    assert "too many files" not in drop(page, "one")


def resident() -> int:
    """Return how many bytes of memory this process, which serves the page, holds."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="resident memory is read from /proc")
def test_two_hundred_sessions_with_papers_of_5_mb_stay_within_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = [sentence.text for sentence in load_paper().sentences]
    paragraphs = [" ".join(sentences[at : at + 6]) for at in range(0, len(sentences), 6)]
    text = "\n\n".join(paragraphs * 500).encode()[:5_000_000].decode(errors="ignore").encode()
    # Read once: the process that reads takes ten seconds for it. What it gives back is taken in anew each time.
    read = json.dumps(to_record(read_paper("kapal.txt", text)))
    monkeypatch.setattr("page.papers.document.read_guarded", lambda name, data, **limits: from_record(json.loads(read)))
    with served("--rate", "0") as page:
        assert "kapal.txt" in drop(page, "before")
        before, held = resident(), []
        for number in range(200):
            assert "kapal.txt" in drop(page, str(number), data=text)
            held.append(resident() - before)
        assert label("own_made_room", "en") in asked(page, "0", text.decode())
    print(*(f"{number + 1}: {held[number] / 1e6:.0f} MB" for number in (0, 4, 9, 49, 99, 149, 199)), sep=", ")
    assert max(held) < 1.2 * MOST_BYTES
