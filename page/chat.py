"""A conversation as the page keeps it, one for each browser tab."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from assistant import Answer
from corpus import Language, TanyaError, language_of
from page.evidence import as_typed, chat_text, evidence_html
from page.labels import label
from page.loader import Loader

_log = logging.getLogger(__name__)
_LONGEST_SHOWN = 400
"""Characters that the chat shows of a question that could not be asked; all of it goes back to the box."""

_NOTHING = "—"


class Turn(NamedTuple):
    """A question as it was typed, and the reply, which is empty while there is none."""

    question: str
    reply: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """The turns so far, and the question that a follow-up would be understood by.

    While the last turn waits for its answer, ``pending`` may be given the chat to go on with instead.
    """

    turns: tuple[Turn, ...] = ()
    topic: str | None = None
    pending: asyncio.Future[Chat] | None = None

    def messages(self) -> list[dict[str, object]]:
        """Return the chat as Gradio's Chatbot takes it: of each turn the question, then the reply."""
        messages = []
        for turn in self.turns:
            messages.append(_message("user", turn.question))
            if turn.reply:
                messages.append(_message("assistant", turn.reply))
        if messages and self.turns[-1].answer:
            messages[-1]["options"] = [{"value": question} for question in self.turns[-1].answer.suggestions]
        return messages

    def evidence(self, message: int | None = None) -> str:
        """Return the evidence as HTML, open where a message's turn is, or else at the newest."""
        return evidence_html([turn.answer for turn in self.turns], None if message is None else message // 2)

    def stop(self) -> None:
        """Give up the question that waits, if one does; whoever waits for it is told."""
        if self.turns:
            question = self.turns[-1].question
            self._go_on_with(self._ended(Turn(question, label("stopped", language_of(question)))))

    def clear(self) -> Chat:
        """Return a new chat, giving up the question that waits."""
        self._go_on_with(Chat())
        return Chat()

    def _go_on_with(self, chat: Chat) -> None:
        if self.pending and not self.pending.done():
            self.pending.set_result(chat)

    def _begun(self, turn: Turn) -> Chat:
        pending = asyncio.get_running_loop().create_future()
        return replace(self, turns=(*self.turns, turn), pending=pending)

    def _ended(self, turn: Turn, topic: str | None = None) -> Chat:
        return Chat((*self.turns[:-1], turn), topic or self.topic)


async def take_turn(
    loader: Loader, chat: Chat, question: str, language: Language | None
) -> AsyncIterator[tuple[Chat, str | None]]:
    """Ask a question: yield the chat with the question in it, at once, then the chat with the reply.

    With each comes the text that the box is to hold, None for what it holds by then. What could not be asked
    goes back to the box, so that it can be mended.
    """
    waiting = "" if loader.finished else label("waiting", language or language_of(question))
    chat = chat._begun(Turn(question if question.strip() else _NOTHING, waiting))
    yield chat, ""
    assert chat.pending
    # Not by Gradio's `cancels`: its browser side now and then takes the cancelled event for a failed one.
    answering = asyncio.create_task(_answer(loader, chat, question, language))
    ends: set[asyncio.Future[Any]] = {answering, chat.pending}
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        yield (chat.pending.result(), None) if chat.pending.done() else answering.result()
    finally:
        answering.cancel()


async def _answer(loader: Loader, chat: Chat, question: str, language: Language | None) -> tuple[Chat, str | None]:
    try:
        assistant = await loader.assistant()
        conversation = assistant.conversation(chat.topic)
        answer = await asyncio.to_thread(conversation.ask, question, language=language)
    except TanyaError as error:
        return chat._ended(Turn(_shortened(question), str(error))), question
    except Exception:
        _log.exception("A question could not be answered")
        broken = label("broken", language or language_of(question))
        return chat._ended(Turn(_shortened(question), broken)), question
    return chat._ended(Turn(question, chat_text(answer), answer), conversation.topic), None


def _message(role: str, text: str) -> dict[str, object]:
    return {"role": role, "content": [{"type": "text", "text": as_typed(text)}]}


def _shortened(question: str) -> str:
    question = question.strip() or _NOTHING
    return question if len(question) <= _LONGEST_SHOWN else f"{question[:_LONGEST_SHOWN]}…"
