"""The turns of a conversation, and asking a question in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import uuid4

from assistant import Answer, LibraryAssistant
from assistant.asking import Asker
from corpus import Language, TanyaError, language_of
from page.logs import log_answer
from page.papers.loader import Loader
from page.ui_text import label

logger = logging.getLogger(__name__)


class ChatTurn(NamedTuple):
    """A question as it was typed, and its answer.

    ``reply`` is the text that stands in place of an answer: while the model is loading, or why there is none.
    ``is_elsewhere``: the question is about a paper that is not open. ``is_good`` is the verdict on the answer, None
    for none yet.
    """

    question: str
    reply: str = ""
    answer: Answer | None = None
    is_elsewhere: bool = False
    is_good: bool | None = None

    @property
    def can_be_retried(self) -> bool:
        """Whether it failed, and may not fail again."""
        return bool(self.reply and self.question.strip()) and not self.is_elsewhere


@dataclass(slots=True, eq=False)
class Chat:
    """The turns so far. While the last one waits for its answer, setting the result of ``pending`` ends the turn."""

    turns: list[ChatTurn] = field(default_factory=list)
    id: str = field(default_factory=lambda: uuid4().hex)
    pending: asyncio.Future[ChatTurn] | None = None

    @property
    def topic(self) -> str | None:
        """The last question that stood alone. It is the context of a follow-up."""
        answered = (turn for turn in reversed(self.turns) if turn.answer and turn.answer.kind != "talk")
        return next((turn.question for turn in answered if turn.answer and not turn.answer.understood_as), None)

    @property
    def answers(self) -> list[Answer]:
        """The answers, in order."""
        return [turn.answer for turn in self.turns if turn.answer]

    def stop(self) -> None:
        """Give up the question that waits, if any; its turn ends with a reply that says so."""
        if self.pending and not self.pending.done():
            question = self.turns[-1].question
            self.pending.set_result(ChatTurn(question, label("stopped", language_of(question))))

    def cut(self, turn: int) -> str:
        """Remove a turn, by its index, and all that follow; return its question."""
        self.stop()
        self.pending = None
        question = self.turns[turn].question
        del self.turns[turn:]
        return question


async def take_turn(
    loader: Loader, chat: Chat, question: str, language: Language | None, papers: Sequence[str] = ()
) -> AsyncIterator[str | None]:
    """Ask a question in a chat. Yield twice: when the question is in the chat, and when the answer is.

    In a library, the question is put to ``papers``, by id; to all of them if there are none.

    Each yield is the text for the question box, None to leave the box as it is. A question that could not be answered
    goes back to the box, to be corrected. While another question waits, nothing is asked.
    """
    if chat.pending:
        yield None if chat.turns and chat.turns[-1].question == question else question
        return
    pending = chat.pending = asyncio.get_running_loop().create_future()
    waiting = "" if loader.finished else label("waiting", language or language_of(question))
    topic = chat.topic
    question = question.encode(errors="replace").decode()  # a response cannot hold halves of characters
    chat.turns.append(ChatTurn(question, waiting))
    # Gradio's `cancels` is not used: its front end sometimes takes a cancelled event for a failed one.
    answering = asyncio.create_task(_answer(loader, topic, question, language, papers))
    ends: set[asyncio.Future[Any]] = {answering, pending}
    box = None
    try:
        yield ""
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if chat.pending is pending:  # otherwise the turn was removed meanwhile
            chat.turns[-1], box = (pending.result(), None) if pending.done() else answering.result()
    finally:
        answering.cancel()
        if chat.pending is pending:
            chat.pending = None
    yield box


async def _answer(
    loader: Loader, topic: str | None, question: str, language: Language | None, papers: Sequence[str]
) -> tuple[ChatTurn, str | None]:
    error_language = language or language_of(question)

    def ask(asker: Asker) -> Awaitable[Answer]:
        return asyncio.to_thread(ask_in_context, asker, question, language=language, context=topic, papers=papers)

    try:
        answer = await ask(loader.first_look) if loader.first_look and not loader.finished else None
        if answer is None or answer.status == "not_in_paper":  # the rest of the paper may answer
            answer = await ask(await loader.assistant())
    except TanyaError as error:
        return ChatTurn(question, error.in_language(error_language)), question
    except Exception:
        logger.exception("A question could not be answered")
        return ChatTurn(question, label("broken", error_language)), question
    log_answer(answer, "chat")
    return ChatTurn(question, answer=answer), None


def ask_in_context(
    assistant: Asker, question: str, *, language: Language | None, context: str | None, papers: Sequence[str]
) -> Answer:
    """Ask a question that may follow another one, the ``context``.

    In a library, the question is put to ``papers``, by id; to all of them if there are none. Raises TanyaError.
    """
    if papers and isinstance(assistant, LibraryAssistant):
        assistant = assistant.within(papers)
    return assistant.ask(question, language=language, context=context)
