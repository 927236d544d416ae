"""The conversations of one browser, which keeps them across reloads."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from assistant import Answer
from page.chat.turns import Chat, ChatTurn

STORAGE_SECRET = "tanya"
"""Gradio encrypts kept conversations with this. It is fixed, so that they survive a restart, and hides nothing."""

_VERSION = 2
_ROOM = 1_500_000
"""Bytes of history that are kept. The browser has room for 5 MB, a third of which encryption takes."""

logger = logging.getLogger(__name__)


def storage_key(digest: str) -> str:
    """Return the key under which a browser keeps the conversations with a paper or a library, by its digest."""
    return f"tanya-history-{digest[:12]}"


class History:
    """Conversations, the newest first. One is current, and the last deleted one can be restored.

    It changes in place: while a question waits in one conversation, another one can be opened.
    """

    def __init__(self) -> None:
        self.current = Chat()
        self.deleted: Chat | None = None
        self._kept: list[Chat] = []

    @property
    def chats(self) -> list[Chat]:
        """The conversations that have turns, the newest first."""
        kept = self._kept if self.current in self._kept else [self.current, *self._kept]
        return [chat for chat in kept if chat.turns]

    def take_in(self, kept: History) -> None:
        """Add the conversations of ``kept``, and go on with its current one, unless the current one here has turns."""
        self._kept = [*self.chats, *kept.chats]
        if not self.current.turns:
            self.current = kept.current

    def begin(self) -> None:
        """Begin a new conversation."""
        self._kept = self.chats
        self.current = Chat()

    def open(self, chat_id: str) -> None:
        """Go on with a conversation."""
        self._kept = self.chats
        self.current = next((chat for chat in self._kept if chat.id == chat_id), self.current)

    def delete(self) -> None:
        """Delete the current conversation, stop the question that waits in it, and begin a new one."""
        self.current.stop()
        self.deleted = self.current if self.current.turns else self.deleted
        self._kept = [chat for chat in self.chats if chat is not self.current]
        self.current = Chat()

    def restore(self) -> None:
        """Restore the conversation that was deleted last."""
        if self.deleted:
            self._kept = self.chats
            self.current, self.deleted = self.deleted, None

    def to_record(self) -> dict[str, Any]:
        """Return plain values for the browser to keep: as many conversations as there is room for, the newest first."""
        records, room = [], _ROOM
        for chat in self.chats:
            done = chat.turns[:-1] if chat.pending else chat.turns
            turns = [turn._asdict() | {"answer": turn.answer and turn.answer.to_record()} for turn in done]
            record = {"id": chat.id, "turns": turns}
            room -= len(json.dumps(record, ensure_ascii=False).encode())
            if room < 0:
                break
            records.append(record)
        return {"version": _VERSION, "current": self.current.id, "chats": records}

    @classmethod
    def from_record(cls, record: Any) -> History:
        """Return the history that `to_record` wrote; an empty one if it cannot be read."""
        history = cls()
        try:
            if record and record["version"] == _VERSION:
                history._kept = [_chat(chat) for chat in record["chats"]]
                history.open(str(record["current"]))
        except (ValueError, TypeError, KeyError) as error:
            logger.warning("A browser's history could not be read: %s", type(error).__name__)
            return cls()
        return history


class Histories:
    """The conversations of one session, by the digest of the paper; "" is the page's own paper.

    In a gr.State, each session gets a new object.
    """

    def __init__(self) -> None:
        self._histories: dict[str, History] = {}

    def __getitem__(self, paper: str) -> History:
        return self._histories.setdefault(paper, History())

    def __deepcopy__(self, memo: object) -> Histories:
        """Return a new object: Gradio copies the initial value of a gr.State for each session."""
        return Histories()

    def forget(self, paper: str) -> None:
        """Drop the conversations with a paper."""
        self._histories.pop(paper, None)


def _chat(record: Mapping[str, Any]) -> Chat:
    turns = []
    for turn in record["turns"]:
        answer = None if turn["answer"] is None else Answer.from_record(turn["answer"])
        question, reply = str(turn["question"]), str(turn["reply"])
        (question + reply).encode()  # raises ValueError for halves of characters, which a response cannot hold
        is_elsewhere, is_good = bool(turn.get("is_elsewhere")), turn.get("is_good")
        turns.append(ChatTurn(question, reply, answer, is_elsewhere, None if is_good is None else bool(is_good)))
    return Chat(turns, str(record["id"]))
