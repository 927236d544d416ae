"""A conversation's turns, and loading, without a browser and with a small assistant."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

import assistant
from assistant import Answer, QuestionError
from corpus import Language, TanyaError, load_paper
from page.chat import Chat, Turn, take_turn
from page.loader import Loader


class SmallAssistant:
    """Echoes; understands a question that begins with "Dan" by the topic."""

    def __init__(self, topic: str | None = None) -> None:
        self.topic = topic

    def conversation(self, previous: str | None) -> SmallAssistant:
        return SmallAssistant(previous)

    def ask(self, question: str, *, language: Language | None = None) -> Answer:
        if question == "?":
            raise QuestionError("Tidak ada <kata>.")
        if question == "!":
            raise ZeroDivisionError
        leans = self.topic if question.startswith("Dan") else None
        self.topic = self.topic if leans else question
        return Answer(question, "id", "answered", f"Jawab: {question}", understood_as=leans)


@pytest.fixture
def loader(monkeypatch: pytest.MonkeyPatch) -> Loader:
    """Give a loader that has loaded the small assistant."""
    return loaded(monkeypatch, lambda paper, progress: SmallAssistant())


def loaded(monkeypatch: pytest.MonkeyPatch, load: Callable[..., object]) -> Loader:
    monkeypatch.setattr(assistant.Assistant, "load", load)
    loader = Loader(load_paper())
    loader.start()
    for thread in threading.enumerate():
        if thread.name == "load-assistant":
            thread.join()
    return loader


def turn(loader: Loader, chat: Chat, question: str, language: Language | None = None) -> list[tuple[Chat, str | None]]:
    async def collect() -> list[tuple[Chat, str | None]]:
        return [update async for update in take_turn(loader, chat, question, language)]

    return in_a_thread(collect())


def in_a_thread(coroutine: Coroutine[Any, Any, list[Any]]) -> list[Any]:
    """Run in a thread of its own, for Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def texts(chat: Chat) -> list[Any]:
    return [message["content"][0]["text"] for message in chat.messages()]  # type: ignore[index]


def test_only_the_last_answer_comes_with_suggestions(loader: Loader) -> None:
    answer = replace(Answer("Apa?", "id", "answered", "Jawab"), suggestions=("Siapa?", "Kapan?"))
    chat = Chat((Turn("Apa?", "Jawab", answer), Turn("Apa?", "Jawab", answer)))
    options = [message.get("options") for message in chat.messages()]
    assert options == [None, None, None, [{"value": "Siapa?"}, {"value": "Kapan?"}]]
    assert not any("options" in message for message in replace(chat, turns=(Turn("Apa?", "Gagal"),)).messages())


def test_question_is_shown_before_its_answer(loader: Loader) -> None:
    (asked, box), (answered, box_then) = turn(loader, Chat(), "Kapan\n <b>?")
    assert texts(asked) == ["Kapan\n &lt;b>?"]
    assert asked.pending
    assert box == ""
    assert texts(answered) == ["Kapan\n &lt;b>?", "Jawab: Kapan\n &lt;b>?"]
    assert not answered.pending
    assert box_then is None  # the next question may be in it by now


def test_follow_up_leans_on_the_last_question_that_stood_alone(loader: Loader) -> None:
    chat = Chat()
    for question in ("Kapan A?", "Dan B?", "Dan C?"):
        chat = turn(loader, chat, question)[-1][0]
    assert [t.answer.understood_as for t in chat.turns if t.answer] == [None, "Kapan A?", "Kapan A?"]


def test_question_that_cannot_be_asked_goes_back_to_the_box(loader: Loader) -> None:
    before = turn(loader, Chat(), "Kapan A?")[-1][0]
    chat, box = turn(loader, before, "?")[-1]
    assert texts(chat)[-1] == "Tidak ada &lt;kata>."
    assert box == "?"
    assert chat.topic == "Kapan A?"
    assert not chat.pending


def test_broken_program_says_so_and_keeps_the_question(loader: Loader, caplog: pytest.LogCaptureFixture) -> None:
    chat, box = turn(loader, Chat(), "!", "en")[-1]
    assert "went wrong" in texts(chat)[-1]
    assert box == "!"
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("clears", [False, True])
def test_giving_up_ends_the_wait_at_once(clears: bool) -> None:
    async def give_up() -> list[Any]:
        turns = take_turn(Loader(load_paper()), Chat(), "Kapan tanggal berapa ditandatangani?", None)
        asked, _ = await anext(turns)
        assert "Model masih dimuat" in texts(asked)[-1]
        asyncio.get_running_loop().call_later(0.05, asked.clear if clears else asked.stop)
        return [texts(chat) async for chat, _ in turns]

    (shown,) = in_a_thread(give_up())
    assert shown == ([] if clears else ["Kapan tanggal berapa ditandatangani?", "Dihentikan."])


def test_stopping_what_is_answered_changes_nothing(loader: Loader) -> None:
    chat = turn(loader, Chat(), "Kapan A?")[-1][0]
    chat.stop()
    assert texts(chat) == ["Kapan A?", "Jawab: Kapan A?"]


@pytest.mark.parametrize(
    ("error", "told"),
    [(TanyaError("model X: no weights"), "model X: no weights"), (OSError("disk"), "OSError: disk")],
)
def test_failed_loading_is_told(monkeypatch: pytest.MonkeyPatch, error: Exception, told: str) -> None:
    def fail(paper: object, progress: object) -> None:
        raise error

    loader = loaded(monkeypatch, fail)
    assert loader.progress.stage == "failed"
    assert loader.progress.problem == told
    chat, box = turn(loader, Chat(), "Kapan A?")[-1]
    assert texts(chat)[-1] == told
    assert box == "Kapan A?"
