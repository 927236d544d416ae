"""The turns of a conversation, and loading, without a browser and with a small assistant."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any, NamedTuple
from unittest.mock import create_autospec

import pytest

from assistant import Answer
from assistant.first_look import FirstLook
from corpus import Language, TanyaError
from page.chat.turns import Chat, ChatTurn, take_turn
from page.papers.loader import Loader
from tests.page.stand_ins import (
    ANSWER,
    DOCUMENT,
    REFUSAL,
    REPLY,
    SmallAssistant,
    in_a_thread,
    loaded,
    loader_by,
)


class Shown(NamedTuple):
    """What stands in a chat at one time, what goes into the box, and whether the chat waits."""

    turns: list[tuple[str, str]]
    box: str | None
    waits: bool


@pytest.fixture(scope="module")
def loader() -> Loader:
    """Give a loader that has loaded the small assistant."""
    return loaded()


@pytest.fixture
def loading() -> Loader:
    """Give a loader that never comes to an end."""
    return Loader(DOCUMENT)


def texts(chat: Chat) -> list[tuple[str, str]]:
    return [(turn.question, turn.answer.text if turn.answer else turn.reply) for turn in chat.turns]


async def shown(chat: Chat, updates: AsyncIterator[str | None]) -> list[Shown]:
    return [Shown(texts(chat), box, chat.pending is not None) async for box in updates]


def turn(loader: Loader, chat: Chat, question: str, language: Language | None = None) -> list[Shown]:
    updates: list[Shown] = in_a_thread(shown(chat, take_turn(loader, chat, question, language)))
    return updates


def test_a_question_stands_in_the_chat_before_its_answer(loader: Loader) -> None:
    asked, answered = turn(loader, Chat(), "Kapan\n <b>?")
    assert asked == ([("Kapan\n <b>?", "")], "", True)
    # The next question may be in the box by now.
    assert answered == ([("Kapan\n <b>?", "Jawab: Kapan\n <b>?")], None, False)


def test_a_follow_up_leans_on_the_last_question_that_stood_alone(loader: Loader) -> None:
    chat = Chat()
    assert chat.topic is None
    for question in ("Kapan A?", "Dan B?", "?", "Dan C?", "Siapa D?", "Dan E?"):
        turn(loader, chat, question)
    assert [answer.understood_as for answer in chat.answers] == [None, "Kapan A?", "Kapan A?", None, "Siapa D?"]
    assert chat.topic == "Siapa D?"


def test_a_follow_up_does_not_lean_on_small_talk(loader: Loader) -> None:
    chat = Chat()
    for question in ("Kapan A?", "Halo!", "Dan B?"):
        turn(loader, chat, question)
    assert chat.answers[-1].understood_as == "Kapan A?"
    assert chat.topic == "Kapan A?"


@pytest.mark.parametrize("question", ["?", " \n", ""])
def test_what_cannot_be_asked_goes_back_to_the_box(loader: Loader, question: str) -> None:
    chat = Chat()
    turn(loader, chat, "Kapan A?")
    asked, update = turn(loader, chat, question)
    assert asked.turns[1:] == [(question, "")]
    assert update == ([*asked.turns[:1], (question, "Tidak ada <kata>.")], question, False)
    assert chat.topic == "Kapan A?"
    assert len(chat.answers) == 1


def test_all_of_what_could_not_be_asked_is_kept(loader: Loader) -> None:
    question = "x.pdf " * 400
    update = turn(loader, Chat(), question)[-1]
    assert update.box == question
    assert update.turns[0][0] == question


@pytest.mark.parametrize(
    ("question", "language", "message"),
    [
        ("x.pdf ada di mana?", None, "Tidak ada berkas itu."),
        ("x.pdf, where is it?", None, "No such file."),
        ("x.pdf ada di mana?", "en", "No such file."),
        ("x.pdf, where is it?", "id", "Tidak ada berkas itu."),
    ],
)
def test_an_error_is_told_in_the_questions_language(
    loader: Loader, question: str, language: Language | None, message: str
) -> None:
    assert turn(loader, Chat(), question, language)[-1] == ([(question, message)], question, False)


def test_a_broken_program_says_so_and_keeps_the_question(loader: Loader, caplog: pytest.LogCaptureFixture) -> None:
    update = turn(loader, Chat(), "!", "en")[-1]
    assert "went wrong" in update.turns[0][1]
    assert update.box == "!"
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("question", "language", "message"),
    [
        ("Kapan tanggal berapa?", None, "Model masih dimuat."),
        ("When was it signed?", None, "The model is still loading."),
        ("Kapan tanggal berapa?", "en", "The model is still loading."),
    ],
)
def test_while_the_model_loads_the_chat_says_so(
    loading: Loader, question: str, language: Language | None, message: str
) -> None:
    async def ask() -> str:
        chat = Chat()
        await anext(take_turn(loading, chat, question, language))
        return texts(chat)[0][1]

    assert in_a_thread(ask()).startswith(message)


@pytest.mark.parametrize("answer", [ANSWER, REPLY])
def test_while_a_paper_is_prepared_a_first_look_may_answer(loading: Loader, answer: Answer) -> None:
    look = loading.first_look = create_autospec(FirstLook, instance=True)
    look.ask.return_value = answer
    chat = Chat([ChatTurn("Kapan A?", answer=ANSWER)])
    turn(loading, chat, "Dan B?", "id")
    assert chat.turns[-1] == ChatTurn("Dan B?", answer=answer)
    look.ask.assert_called_once_with("Dan B?", language="id", context="Kapan A?")


def test_what_a_first_look_refuses_waits_for_the_whole_paper() -> None:
    loading, go_on = loader_by(lambda report: go_on.wait() and SmallAssistant()), threading.Event()
    look = loading.first_look = create_autospec(FirstLook, instance=True)

    def refuse(question: str, **options: object) -> Answer:
        threading.Timer(0.05, go_on.set).start()
        return REFUSAL

    look.ask.side_effect = refuse
    loading.start()
    chat = Chat()
    turn(loading, chat, "Kapan A?")
    assert texts(chat) == [("Kapan A?", "Jawab: Kapan A?")]


@pytest.mark.parametrize(
    ("question", "stopped"), [("Kapan tanggal berapa?", "Dihentikan."), ("When was it signed?", "Stopped.")]
)
def test_stopping_ends_the_wait_at_once(loading: Loader, question: str, stopped: str) -> None:
    async def stop() -> None:
        chat = Chat()
        updates = take_turn(loading, chat, question, None)
        await anext(updates)
        asyncio.get_running_loop().call_later(0.05, chat.stop)
        assert await shown(chat, updates) == [([(question, stopped)], None, False)]

    in_a_thread(stop())


def test_stopping_what_does_not_wait_changes_nothing(loader: Loader) -> None:
    chat = Chat()
    chat.stop()
    turn(loader, chat, "Kapan A?")
    chat.stop()
    assert texts(chat) == [("Kapan A?", "Jawab: Kapan A?")]


def test_a_turn_is_taken_back_with_all_after_it() -> None:
    chat = Chat([ChatTurn("A?", answer=ANSWER), ChatTurn("B?", "Dihentikan."), ChatTurn("C?", answer=ANSWER)])
    assert chat.cut(1) == "B?"
    assert chat.turns == [ChatTurn("A?", answer=ANSWER)]
    assert chat.cut(-1) == "A?"
    assert chat.turns == []


@pytest.mark.parametrize("before", [0, 1, 2])
@pytest.mark.parametrize("turn_cut", [0, -1])
def test_what_is_taken_back_while_it_waits_leaves_nothing(loading: Loader, before: int, turn_cut: int) -> None:
    async def cut() -> None:
        chat = Chat([ChatTurn("A?", answer=ANSWER)] * before)
        updates = take_turn(loading, chat, "B?", None)
        await anext(updates)
        kept = chat.turns[:turn_cut]
        asyncio.get_running_loop().call_later(0.05, chat.cut, turn_cut)
        assert [update[1:] for update in await shown(chat, updates)] == [(None, False)]
        assert chat.turns == kept

    in_a_thread(cut())


def test_another_is_asked_in_place_of_what_is_taken_back_while_it_waits(loader: Loader, loading: Loader) -> None:
    async def edit() -> None:
        chat = Chat([ChatTurn("A?", answer=ANSWER)])
        first = take_turn(loading, chat, "B?", None)
        await anext(first)
        waiting = asyncio.create_task(shown(chat, first))
        await asyncio.sleep(0.05)
        chat.cut(-1)
        await shown(chat, take_turn(loader, chat, "C?", None))
        await waiting
        assert texts(chat) == [("A?", ANSWER.text), ("C?", "Jawab: C?")]
        assert chat.pending is None

    in_a_thread(edit())


def test_while_a_question_waits_another_stays_in_the_box(loader: Loader, loading: Loader) -> None:
    async def ask_twice() -> None:
        chat = Chat()
        first = take_turn(loading, chat, "Kapan A?", None)
        await anext(first)
        before = texts(chat)
        assert await shown(chat, take_turn(loading, chat, "B?", None)) == [(before, "B?", True)]
        assert await shown(chat, take_turn(loading, chat, "Kapan A?", None)) == [(before, None, True)]  # a double click
        chat.stop()
        await shown(chat, first)
        await shown(chat, take_turn(loader, chat, "B?", None))
        assert texts(chat) == [("Kapan A?", "Dihentikan."), ("B?", "Jawab: B?")]

    in_a_thread(ask_twice())


def test_questions_in_two_chats_do_not_wait_for_each_other(loader: Loader, loading: Loader) -> None:
    async def ask_in_both() -> None:
        one, other = Chat(), Chat()
        waiting = take_turn(loading, one, "A?", None)
        await anext(waiting)
        await shown(other, take_turn(loader, other, "B?", None))
        assert texts(other) == [("B?", "Jawab: B?")]
        assert one.pending
        one.stop()
        assert len(await shown(one, waiting)) == 1

    in_a_thread(ask_in_both())


@pytest.mark.parametrize("updates", [1, 2])
def test_a_chat_does_not_wait_for_what_nobody_follows_any_more(loader: Loader, updates: int) -> None:
    async def leave() -> None:
        chat = Chat()
        turns: Any = take_turn(loader, chat, "A?", None)
        for _ in range(updates):
            await anext(turns)
        await turns.aclose()
        assert chat.pending is None

    in_a_thread(leave())


def test_a_question_that_waits_is_told_that_loading_failed() -> None:
    fails = threading.Event()

    def fail(report: object) -> None:
        fails.wait(5)
        raise TanyaError("no weights", indonesian="tidak ada bobot")

    loader = loader_by(fail)

    async def ask() -> list[Shown]:
        chat = Chat()
        updates = take_turn(loader, chat, "Kapan A?", None)
        await anext(updates)
        loader.start()
        asyncio.get_running_loop().call_later(0.05, fails.set)
        return await shown(chat, updates)

    assert in_a_thread(ask()) == [([("Kapan A?", "tidak ada bobot")], "Kapan A?", False)]


def test_loading_that_is_given_up_before_it_began_keeps_nobody_waiting(loading: Loader) -> None:
    async def ask() -> None:
        chat = Chat()
        updates = take_turn(loading, chat, "Kapan A?", None)
        await anext(updates)
        asyncio.get_running_loop().call_later(0.05, loading.give_up)
        states = await asyncio.wait_for(shown(chat, updates), 2)
        assert states == [([("Kapan A?", "Dibatalkan.")], "Kapan A?", False)]

    in_a_thread(ask())
