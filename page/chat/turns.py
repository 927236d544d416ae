"""A conversation as the page keeps it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import uuid4

from assistant import Answer, LibraryAssistant
from assistant.asking import Asker
from corpus import Language, TanyaError, language_of
from page.logs import log_answer
from page.papers.loader import Loader
from page.ui_text import label

_log = logging.getLogger(__name__)


class ChatTurn(NamedTuple):
    """A question as it was typed and, unless it was answered, what is said instead; nothing while it waits.

    ``is_elsewhere``: the question is for another paper, and not to be asked of this one. ``is_good`` is the verdict
    on the answer, None before there is one.
    """

    question: str
    reply: str = ""
    answer: Answer | None = None
    is_elsewhere: bool = False
    is_good: bool | None = None

    @property
    def can_be_retried(self) -> bool:
        """Whether it failed in a way that may not fail again."""
        return bool(self.reply and self.question.strip()) and not self.is_elsewhere


@dataclass(slots=True, eq=False)
class Chat:
    """The turns so far. While the last one waits for its answer, ``pending`` may be given the turn to end it with."""

    turns: list[ChatTurn] = field(default_factory=list)
    id: str = field(default_factory=lambda: uuid4().hex)
    pending: asyncio.Future[ChatTurn] | None = None

    @property
    def topic(self) -> str | None:
        """The last question that stood alone: what a follow-up is understood by."""
        answered = (turn for turn in reversed(self.turns) if turn.answer and turn.answer.kind != "talk")
        return next((turn.question for turn in answered if turn.answer and not turn.answer.understood_as), None)

    @property
    def answers(self) -> list[Answer]:
        """The answers, in the order in which they were given."""
        return [turn.answer for turn in self.turns if turn.answer]

    def stop(self) -> None:
        """Give up the question that waits, if one does; whoever waits for it is told."""
        if self.pending and not self.pending.done():
            question = self.turns[-1].question
            self.pending.set_result(ChatTurn(question, label("stopped", language_of(question))))

    def cut(self, turn: int) -> str:
        """Take back a turn, by its index, and all after it; return its question."""
        self.stop()
        self.pending = None
        question = self.turns[turn].question
        del self.turns[turn:]
        return question


async def take_turn(
    loader: Loader, chat: Chat, question: str, language: Language | None, papers: Sequence[str] = ()
) -> AsyncIterator[str | None]:
    """Ask a question in a chat: yield once the question stands in it, at once, then once the reply does.

    Of a library it is asked of some ``papers``, by id, or if there are none of all.

    Each time comes the text that the box is to hold, None for what it holds by then. What could not be asked goes back
    to the box, so that it can be mended. While another question waits, nothing is asked.
    """
    if chat.pending:
        yield None if chat.turns and chat.turns[-1].question == question else question
        return
    pending = chat.pending = asyncio.get_running_loop().create_future()
    waiting = "" if loader.finished else label("waiting", language or language_of(question))
    topic = chat.topic
    question = question.encode(errors="replace").decode()  # no answer to the browser can hold halves of characters
    chat.turns.append(ChatTurn(question, waiting))
    # Not by Gradio's `cancels`: its browser side now and then takes the cancelled event for a failed one.
    answering = asyncio.create_task(_answer(loader, topic, question, language, papers))
    ends: set[asyncio.Future[Any]] = {answering, pending}
    box = None
    try:
        yield ""
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if chat.pending is pending:  # or else it was taken back meanwhile
            chat.turns[-1], box = (pending.result(), None) if pending.done() else answering.result()
    finally:
        answering.cancel()
        if chat.pending is pending:
            chat.pending = None
    yield box


async def _answer(
    loader: Loader, topic: str | None, question: str, language: Language | None, papers: Sequence[str]
) -> tuple[ChatTurn, str | None]:
    speaks = language or language_of(question)
    try:
        assistant = await loader.assistant()
        answer = await asyncio.to_thread(ask, assistant, question, language=language, context=topic, papers=papers)
    except TanyaError as error:
        return ChatTurn(question, error.in_language(speaks)), question
    except Exception:
        _log.exception("A question could not be answered")
        return ChatTurn(question, label("broken", speaks)), question
    log_answer(answer, "chat")
    return ChatTurn(question, answer=answer), None


def ask(
    assistant: Asker, question: str, *, language: Language | None, context: str | None, papers: Sequence[str]
) -> Answer:
    """Ask a question that may follow another, of some papers of a library, or if there are none of all it has.

    Raises TanyaError.
    """
    if papers and isinstance(assistant, LibraryAssistant):
        assistant = assistant.within(papers)
    return assistant.conversation(context).ask(question, language=language)
