"""The endpoints for other programs: for a Gradio client, and the same as tools for an MCP client."""

# No `from __future__ import annotations`: Gradio reads the endpoints' annotations as types.

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import Any, Literal

import gradio as gr

from assistant.batch import BatchQuestion
from corpus import Language, TanyaError
from corpus.library import only_one
from page.batch.batch_work import MAX_QUESTIONS, Batch
from page.batch.work import work_on
from page.batch.work_queue import WorkQueue
from page.chat.chat_pane import AT_ONCE
from page.chat.turns import ask_in_context
from page.client import Client
from page.logs import log_answer
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.shelf import Shelf
from page.ui_text import label

_Language = Literal["auto", "id", "en"]
_LANGUAGES: dict[Any, Language | None] = {"auto": None, "id": "id", "en": "en"}

_Endpoint = Callable[..., Awaitable[Any]]

_ASK = """Answer a question in {papers} own sentences, word for word, or say that none was found that answers it.

"short" is the direct answer in a line, null if there is none; where it is no quote, "derived_from" says what it comes
from. The "answer" has markers [1] [2] that stand for the "citations", each with its {place}, and a translation if there
is one. For a question that is not answered, "related" holds the nearest passages.

Args:
    question: The question, in Indonesian or English, at most 1,000 characters.
    language: The question's language, "id" or "en"; "auto" detects it.
    context: The question asked before, by which a follow-up such as "And with Japan?" is understood.{more}

Returns:
    A record: status ("answered", "corrected" where the paper says otherwise, "not_in_paper", or "replied" to
    small talk), short, answer, citations, related, confidence (0 to 1), and more.

"""
"""How "ask" is described to programs."""

_LOOKUP = """List {paper} paper's findings and sentences that hold a word or a phrase, in whatever form and either
language.

Args:
    text: The words to look for; without any, all findings are listed, and no sentences.
    topic: The id of a topic, such as "aid", to list only what belongs to it.
    language: Look in the texts of one language only, "id" or "en"; "auto" looks in both.{more}

Returns:
    A record: findings (statement, value, unit, note, evidence) and sentences (quote, translation, page).

"""
"""How "lookup" is described to programs."""

logger = logging.getLogger(__name__)


def add_endpoints(loader: Loader, queue: WorkQueue, shelf: Shelf | None = None) -> None:
    """Add the endpoints to the page that is being laid out, for one paper or those on a ``shelf``.

    Batches wait in ``queue``. Only the endpoints of a library have parameters for papers: a call by HTTP has to give
    every parameter, and so those of a single paper keep the parameters that programs know.
    """
    ask, lookup = _over_library(loader, shelf) if shelf else _over_paper(loader)

    @_with_readable_errors
    async def batch(questions: list[str], language: _Language = "auto") -> list[dict[str, Any]]:
        """Answer many questions, at most 2,000, each as "ask" does.

        A question that cannot be asked does not stop the rest: its "status" is "error", and its "error" says why.

        Args:
            questions: The questions, each in Indonesian or English.
            language: The language of all questions, "id" or "en"; "auto" detects it for each one.

        Returns:
            A list of records in the questions' order, each as "ask" returns it, with an id that counts from "1".

        """
        if not isinstance(questions, list) or len(questions) > MAX_QUESTIONS:
            given = f"{len(questions)} questions" if isinstance(questions, list) else type(questions).__name__
            raise TanyaError(f"questions has to be a list of at most {MAX_QUESTIONS} questions, not {given}")
        asked = [BatchQuestion(str(n), text, _picked(language)) for n, text in enumerate(questions, 1)]
        work = Batch(asked=asked, phase="in_line")
        client = Client()
        async for _ in work_on(loader, work, queue, client):
            pass
        if work.problem:
            raise gr.Error(work.problem.in_language(client.language), print_exception=False)
        return work.records()

    gr.events.api(ask, concurrency_id="ask", concurrency_limit=AT_ONCE)
    gr.events.api(lookup, concurrency_limit=None)
    gr.events.api(batch, concurrency_limit=None)  # it waits in the queue


def _over_paper(loader: Loader) -> tuple[_Endpoint, _Endpoint]:
    @_with_readable_errors
    async def ask(question: str, language: _Language = "auto", context: str = "") -> dict[str, Any]:
        return await _answered(loader, question, language, context)

    @_with_readable_errors
    async def lookup(text: str = "", topic: str = "", language: _Language = "auto") -> dict[str, Any]:
        return await _found(loader.document, text, topic, language)

    ask.__doc__ = _ASK.format(papers="the paper's", place="quote, page and section", more="")
    lookup.__doc__ = _LOOKUP.format(paper="the", more="")
    return ask, lookup


def _over_library(loader: Loader, shelf: Shelf) -> tuple[_Endpoint, _Endpoint]:
    @_with_readable_errors
    async def ask(
        question: str, language: _Language = "auto", context: str = "", papers: list[str] | None = None
    ) -> dict[str, Any]:
        return await _answered(loader, question, language, context, _texts("papers", papers))

    @_with_readable_errors
    async def lookup(text: str = "", topic: str = "", language: _Language = "auto", paper: str = "") -> dict[str, Any]:
        if not _text("paper", paper):
            raise TanyaError("paper has to name the paper of the library that is looked in, by id or file name")
        return await _found(shelf.document(only_one(paper, shelf.entries).id), text, topic, language)

    asked = "papers: The papers that are asked, by id or file name; without any, all are asked."
    ask.__doc__ = _ASK.format(papers="the papers'", place="quote, paper, page and section", more=f"\n    {asked}")
    looked_in = "paper: The paper that is looked in, by id or file name."
    lookup.__doc__ = _LOOKUP.format(paper="one", more=f"\n    {looked_in}")
    return ask, lookup


async def _answered(
    loader: Loader, question: str, language: Any, context: Any, papers: Sequence[str] = ()
) -> dict[str, Any]:
    picked, earlier = _picked(language), _text("context", context) or None
    assistant = await loader.assistant()
    answer = await asyncio.to_thread(
        ask_in_context, assistant, question, language=picked, context=earlier, papers=papers
    )
    log_answer(answer, "api")
    return answer.to_record()


async def _found(document: Document, text: Any, topic: Any, language: Any) -> dict[str, Any]:
    found = await asyncio.to_thread(
        document.catalogue.lookup,
        _text("text", text) or None,
        topic=_text("topic", topic) or None,
        language=_picked(language),
    )
    return found.to_record()


def _with_readable_errors(endpoint: _Endpoint) -> _Endpoint:
    @wraps(endpoint)
    async def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return await endpoint(*args, **kwargs)
        except gr.Error:
            raise
        except TanyaError as error:
            raise gr.Error(str(error), print_exception=False) from None
        except Exception:
            logger.exception("A request for %s could not be answered", endpoint.__name__)
            raise gr.Error(label("broken", "en"), print_exception=False) from None

    return guarded


def _picked(language: Any) -> Language | None:
    try:
        return _LANGUAGES[language]
    except (KeyError, TypeError):
        raise TanyaError(f"language is one of {', '.join(_LANGUAGES)}, not {_described(language)}") from None


def _described(value: Any) -> str:
    """Return the beginning of a text; of any other value only its type, for Gradio may have put a path into it."""
    return f"{value!r:.40}" if isinstance(value, str) else type(value).__name__


def _texts(name: str, value: Any) -> list[str]:
    if not isinstance(value, list | None):
        raise TanyaError(f"{name} has to be a list of texts, not {type(value).__name__}")
    wrong = next((type(item).__name__ for item in value or () if not isinstance(item, str)), None)
    if wrong:
        raise TanyaError(f"{name} has to be a list of texts, and holds {wrong}")
    return value or []


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str | None):
        raise TanyaError(f"{name} has to be text, not {type(value).__name__}")
    return value or ""
