"""The conversations of one browser: what it keeps of them, and switching between them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

import page.chat.history
from assistant.answering.paragraphs import said
from assistant.citation import CitedPaper
from page.chat.history import Histories, History, storage_key
from page.chat.turns import Chat, ChatTurn, take_turn
from page.papers.loader import Loader
from tests.page.stand_ins import ANSWER, DOCUMENT, REFUSAL, REPLY, in_a_thread, loaded, spoiled


def history_of(*chats: Chat) -> History:
    """Return a history of these, the last one current."""
    history = History()
    for chat in chats:
        history.begin()
        history.current = chat
    return history


def kept(history: History) -> list[tuple[str, list[ChatTurn]]]:
    return [(chat.id, chat.turns) for chat in history.chats]


def asked(history: History) -> list[str]:
    return [chat.turns[0].question for chat in history.chats]


def browsed(history: History) -> History:
    """Return what a browser gives back."""
    return History.from_record(json.loads(json.dumps(history.to_record())))


FULL = history_of(
    Chat(
        [
            ChatTurn("Kapan?", answer=ANSWER),
            ChatTurn("Dan <di> mana?\n", answer=REFUSAL),
            ChatTurn("Halo!", answer=REPLY),
        ]
    ),
    Chat([ChatTurn("?", "Tidak ada <kata>."), ChatTurn("Siapa?", answer=replace(spoiled(ANSWER), confidence=1.0))]),
)


def test_a_browser_keeps_conversations_as_they_are() -> None:
    assert kept(browsed(FULL)) == kept(FULL)
    assert browsed(FULL).to_record() == FULL.to_record()
    assert browsed(FULL).current.id == FULL.current.id
    assert browsed(FULL).deleted is None


def test_the_conversation_that_was_open_is_open_again() -> None:
    history = browsed(FULL)
    history.open(history.chats[1].id)
    assert browsed(history).current.id == FULL.chats[1].id
    assert asked(browsed(history)) == ["?", "Kapan?"]
    history.begin()
    assert browsed(history).current.turns == []
    assert asked(browsed(history)) == ["?", "Kapan?"]


NO_CHATS: list[Any] = [
    *(5, "ab", [None], [{}], [[]], {"a": {}}),
    [{"id": "x", "turns": None}],
    [{"id": "x", "turns": [None]}],
    [{"id": "x", "turns": [{"question": "A?", "reply": ""}]}],
    [{"id": "x", "turns": [{"question": "A?", "reply": "", "answer": {"answer": "B."}}]}],
    [{"turns": []}],
]


@pytest.mark.parametrize(
    "record",
    [
        *(None, "", 0, 1, 0.5, True, "x", b"x", [], [1], ["version"], {}),
        *({"version": 2}, {"version": 2, "chats": []}, {"version": 2, "current": "x", "chats": None}),
        *(FULL.to_record() | {"version": version} for version in (0, 1, 3)),
        *({"version": 2, "current": "x", "chats": chats} for chats in NO_CHATS),
    ],
)
def test_of_what_is_no_history_nothing_is_kept(record: Any) -> None:
    history = History.from_record(record)
    assert history.chats == []
    assert history.current.turns == []


def _spoiled_records() -> Iterator[Any]:
    """Yield a record with each of its values, at any depth, left out or another."""

    def walk(value: Any) -> Iterator[Any]:
        pairs = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
        for key, inner in pairs:
            for other in (None, True, -1, 0.5, "x", [], {}, [inner], {"x": 1}):
                value[key] = other
                yield record
            value[key] = inner
            if isinstance(value, dict):
                del value[key]
                yield record
                value[key] = inner
            yield from walk(inner)

    record = json.loads(json.dumps(FULL.to_record()))
    yield from walk(record)


def test_a_record_that_was_tampered_with_is_read_as_text_or_not_at_all() -> None:
    whole = [len(chat.turns) for chat in FULL.chats]
    read = 0
    for record in _spoiled_records():
        history = History.from_record(record)
        json.dumps(history.to_record())
        texts = [text for chat in history.chats for turn in chat.turns for text in (turn.question, turn.reply)]
        assert all(type(text) is str for text in texts)
        assert not history.chats or [len(chat.turns) for chat in history.chats] in (whole, whole[:1], whole[1:])
        read += 1
    assert read > 1000


def test_a_history_that_cannot_be_read_is_told_of_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    History.from_record({"version": 2})
    assert "could not be read" in caplog.text
    caplog.clear()
    History.from_record(None)
    assert not caplog.text


def test_quotes_keep_their_paper() -> None:
    other = CitedPaper("abc", "other.pdf", "d" * 64, "Other", ("A. Author",), 2020)
    answer = replace(ANSWER, citations=(replace(ANSWER.citations[0], paper=other),))
    record = json.loads(json.dumps(history_of(Chat([ChatTurn("Kapan?", answer=answer)])).to_record()))
    assert History.from_record(record).current.answers == [answer]


def test_the_oldest_conversations_are_dropped_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    chats = [Chat([ChatTurn(f"{number} {'x' * 1000}", "Dihentikan.")]) for number in range(5)]
    history = history_of(*chats)
    monkeypatch.setattr(page.chat.history, "_ROOM", 3500)
    assert kept(browsed(history)) == [(chat.id, chat.turns) for chat in chats[:1:-1]]
    assert browsed(history).current.id == chats[-1].id
    assert len(history.chats) == 5
    monkeypatch.setattr(page.chat.history, "_ROOM", 500)
    assert browsed(history).chats == []


def test_there_is_room_for_a_long_history() -> None:
    long = replace(ANSWER, citations=ANSWER.citations * 5, paragraphs=(said("x" * 700),))
    history = history_of(*(Chat([ChatTurn("Kapan?", answer=long)] * 10) for _ in range(20)))
    record = json.dumps(history.to_record(), ensure_ascii=False)
    assert len(browsed(history).chats) == 20
    assert len(record) < page.chat.history._ROOM


def test_going_from_one_conversation_to_another() -> None:
    history = History()
    history.begin()
    assert history.chats == []
    one = history.current
    one.turns.append(ChatTurn("A?", answer=ANSWER))
    history.begin()
    assert asked(history) == ["A?"]
    assert history.current.turns == []
    assert history.current.id != one.id
    history.current.turns.append(ChatTurn("B?", answer=ANSWER))
    assert asked(history) == ["B?", "A?"]
    history.open(one.id)
    assert history.current is one
    assert asked(history) == ["B?", "A?"]
    history.open("there is none")
    assert history.current is one
    history.open(one.id)
    assert asked(history) == ["B?", "A?"]


def test_the_conversation_that_was_deleted_last_can_be_brought_back() -> None:
    history = history_of(*(Chat([ChatTurn(question, answer=ANSWER)]) for question in ("A?", "B?", "C?")))
    history.open(history.chats[1].id)
    gone = history.current
    history.delete()
    assert asked(history) == ["C?", "A?"]
    assert history.current.turns == []
    assert asked(browsed(history)) == ["C?", "A?"]
    history.delete()  # of an empty one nothing is lost
    assert history.deleted is gone
    history.restore()
    assert history.current is gone
    assert history.deleted is None
    assert asked(history) == ["B?", "C?", "A?"]
    history.restore()
    assert history.current is gone


def test_what_was_begun_after_a_deletion_stays_when_it_is_brought_back() -> None:
    history = history_of(Chat([ChatTurn("A?", answer=ANSWER)]))
    history.delete()
    history.current.turns.append(ChatTurn("B?", answer=ANSWER))
    history.restore()
    assert asked(history) == ["A?", "B?"]
    history.open(history.chats[1].id)
    history.delete()
    history.begin()
    history.current.turns.append(ChatTurn("C?", answer=ANSWER))
    history.delete()
    assert asked(history) == ["A?"]
    history.restore()
    assert asked(history) == ["C?", "A?"]


def test_while_a_question_waits_the_rest_is_kept() -> None:
    async def wait() -> None:
        history = history_of(Chat([ChatTurn("A?", answer=ANSWER)]))
        updates: Any = take_turn(Loader(DOCUMENT), history.current, "B?", None)
        await anext(updates)
        assert len(history.chats[0].turns) == 2
        assert kept(browsed(history)) == [(history.current.id, [ChatTurn("A?", answer=ANSWER)])]
        history.begin()
        assert browsed(history).chats[0].turns == [ChatTurn("A?", answer=ANSWER)]
        await updates.aclose()

    in_a_thread(wait())


def test_a_question_is_answered_in_its_conversation_while_another_is_open() -> None:
    async def ask() -> None:
        history = History()
        one = history.current
        updates = take_turn(loaded(), one, "Kapan A?", None)
        await anext(updates)
        history.begin()
        await anext(updates)
        assert one.answers[0].text == "Jawab: Kapan A?"
        assert history.current.turns == []
        assert browsed(history).chats[0].turns == one.turns
        history.open(one.id)
        assert history.current is one

    in_a_thread(ask())


def test_a_question_is_given_up_with_its_conversation_and_comes_back_stopped() -> None:
    async def delete() -> None:
        history = history_of(Chat([ChatTurn("A?", answer=ANSWER)]))
        updates = take_turn(Loader(DOCUMENT), history.current, "Kapan B?", None)
        await anext(updates)
        asyncio.get_running_loop().call_later(0.05, history.delete)
        await anext(updates)
        assert history.chats == []
        history.restore()
        assert history.current.turns == [ChatTurn("A?", answer=ANSWER), ChatTurn("Kapan B?", "Dihentikan.")]
        assert history.current.pending is None

    in_a_thread(delete())


def test_what_a_browser_kept_is_taken_in() -> None:
    history = History()
    history.take_in(browsed(FULL))
    assert kept(history) == kept(FULL)
    assert history.current.id == FULL.current.id
    nothing = History()
    nothing.take_in(History.from_record(None))
    assert nothing.chats == []
    assert nothing.current.turns == []


def test_who_asked_before_it_was_taken_in_goes_on_with_that() -> None:
    async def ask() -> None:
        history = History()
        updates = take_turn(loaded(), history.current, "Kapan A?", None)
        await anext(updates)
        quick = history.current
        history.take_in(browsed(FULL))
        await anext(updates)
        assert history.current is quick
        assert quick.answers[0].text == "Jawab: Kapan A?"
        assert asked(history) == ["Kapan A?", "?", "Kapan?"]
        history.open(FULL.current.id)
        assert asked(history) == ["Kapan A?", "?", "Kapan?"]

    in_a_thread(ask())


def test_each_session_gets_a_fresh_one() -> None:
    """As Gradio makes it: a copy of the one that the page was built with."""
    built = History()
    copied = deepcopy(built)
    copied.current.turns.append(ChatTurn("A?", answer=ANSWER))
    copied.begin()
    assert asked(copied) == ["A?"]
    assert built.chats == []
    assert built.current.turns == []


def test_each_paper_has_conversations_of_its_own() -> None:
    key = storage_key(DOCUMENT.paper.digest)
    assert key.startswith("tanya-history-")
    assert key != storage_key("0" * 64)


def test_a_session_has_conversations_with_each_paper_and_shares_none() -> None:
    built = Histories()
    built[""].current.turns.append(ChatTurn("A?", answer=ANSWER))
    built["own"].current.turns.append(ChatTurn("B?", answer=ANSWER))
    assert (asked(built[""]), asked(built["own"]), asked(built["other"])) == (["A?"], ["B?"], [])
    copied = deepcopy(built)  # as Gradio makes one for each session
    assert copied[""].chats == copied["own"].chats == []
    built.forget("own")
    built.forget("never asked")
    assert (asked(built[""]), asked(built["own"])) == (["A?"], [])
