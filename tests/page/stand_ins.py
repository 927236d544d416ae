"""For tests of the page without a browser: a small assistant, answers full of odd characters, a parser of HTML."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import gradio as gr
import pytest
from gradio.routes import App
from starlette.requests import Request as StarletteRequest

from assistant import Answer, Citation, QuestionError
from assistant.answer import AnswerParagraph
from assistant.answering.paragraphs import said
from assistant.citation import CitedPaper
from corpus import Language, Paper, TanyaError
from page.batch.batch_work import MAX_QUESTIONS
from page.papers.document import Document
from page.papers.loader import Loader

DOCUMENT = Document.bundled()

CITATION = Citation(
    marker=1,
    quote="Masker <N95> & APD tiba.",
    translation="Masks <N95> arrived.",
    translated_by="project",
    passage="Sebelumnya: Masker <N95> & APD tiba. Sesudahnya.",
    passage_translation="Before: Masks <N95> arrived. After.",
    page=5,
    last_page=5,
    section="Bantuan & <Hibah>",
    section_translation="Aid & <Grants>",
    language="id",
    start=100,
    end=124,
    passage_id="s1",
    score=0.5,
    paper=CitedPaper.of(DOCUMENT.paper),
)
QUOTE = AnswerParagraph("quote", CITATION.quote, (1,))
ANSWER = Answer("Kapan <tiba>?", "id", "answered", paragraphs=(QUOTE,), citations=(CITATION,), confidence=0.5)
REFUSAL = replace(ANSWER, status="not_in_paper", paragraphs=(said("Tidak ada."),), citations=(), related=(CITATION,))
CORRECTION = replace(ANSWER, status="corrected", paragraphs=(said("Makalah ini menyatakan <lain>:"), QUOTE))
REPLY = Answer("Halo!", "id", "replied", "talk", paragraphs=(said("Halo <juga>!"),), confidence=1.0)

SPOIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp; </button>"


def spoiled(answer: Answer) -> Answer:
    """Return an answer in which every text tries to be markup."""
    citation = replace(
        CITATION,
        quote=SPOIL,
        translation=SPOIL,
        passage=f"a {SPOIL} b",
        passage_translation=f"c {SPOIL} d",
        section=SPOIL,
        section_translation=f"{SPOIL} e",
        passage_id=SPOIL,
        paper=CitedPaper(SPOIL, SPOIL, SPOIL, SPOIL, (SPOIL,)),
    )
    return replace(
        answer,
        question=SPOIL,
        short=SPOIL,
        derived_from=SPOIL,
        paragraphs=(AnswerParagraph("quote", f"a {SPOIL}", (1,)), said(f"b {SPOIL}")),
        note=SPOIL,
        understood_as=SPOIL,
        suggestions=(SPOIL,),
        citations=(citation,) if answer.citations else (),
        related=(citation,) if answer.related else (),
    )


class Html(HTMLParser):
    """The text that a browser would show of some HTML, and its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.marked = ""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._marks = 0
        self.feed(html)
        self.close()

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def having(self, attribute: str) -> list[dict[str, str]]:
        """Return the attributes of the elements that have this attribute."""
        return [attributes for _, attributes in self.elements if attribute in attributes]

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._marks else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._marks -= tag == "mark"
        self.marked += "\n" if tag == "mark" else ""


def parts(html: str, selector: str) -> list[str]:
    """Return the elements of a tag, or of "tag.class" with just that ``class``, as HTML; the outer ones only."""
    tag, _, classes = selector.partition(".")
    found = []
    at = 0
    opening = re.compile(rf"<{tag}(?=[\s>])[^>]*>" if not classes else rf'<{tag}\s(?:[^>]*\s)?class="{classes}"[^>]*>')
    while begins := opening.search(html, at):
        depth = 0
        for each in re.compile(rf"<(/?){tag}(?=[\s>])").finditer(html, begins.start()):
            depth += -1 if each[1] else 1
            if not depth:
                at = html.index(">", each.start()) + 1
                break
        else:
            raise ValueError(f"{begins[0]} is not closed")
        found.append(html[begins.start() : at])
    return found


def part(html: str, selector: str) -> str:
    """Return the first such element. Raise ValueError if there is none."""
    found = parts(html, selector)
    if not found:
        raise ValueError(f"there is no {selector} in {html}")
    return found[0]


@contextmanager
def laid_out() -> Iterator[None]:
    """Lay out parts of a page without serving it: making the app would take half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(App, "create_app", lambda *_, **__: None)
        with gr.Blocks(analytics_enabled=False):
            yield


def request_of(session: str = "session", language: Language = "en") -> gr.Request:
    """Return the request that an event handler gets from a browser with a language."""
    scope = {"type": "http", "headers": [(b"accept-language", language.encode())]}
    return gr.Request(StarletteRequest(scope), session_hash=session)


def event_of(**data: object) -> gr.EventData:
    """Return the event that a button with these data attributes sends."""
    return gr.EventData(None, data)


class SmallAssistant:
    """Echoes, over another paper after its name; understands a question that begins with "Dan" by its context."""

    def __init__(self, name: str = "Jawab") -> None:
        self.name = name

    def over(self, paper: Paper, *, progress: Callable[[str, int, int], None] | None = None) -> SmallAssistant:
        return SmallAssistant(paper.name)

    def ask(self, question: str, *, language: Language | None = None, context: str | None = None) -> Answer:
        if not question.strip("? \n"):
            raise QuestionError("Tidak ada <kata>.")
        if question.startswith("x.pdf"):
            raise TanyaError("No such file.", indonesian="Tidak ada berkas itu.")
        if question == "!":
            raise ZeroDivisionError
        leans = context if question.startswith("Dan") else None
        if question == "Halo!":
            return replace(REPLY, question=question)
        text = f"{self.name}: {question}"
        return Answer(question, language or "id", "answered", paragraphs=(said(text),), understood_as=leans)

    def answers(self, questions: Sequence[str], *, languages: Sequence[Language | None]) -> Iterator[Answer]:
        for question, language in zip(questions, languages, strict=True):
            try:
                yield self.ask(question, language=language)
            except QuestionError as error:
                yield Answer(question, "id", "error", error=str(error))


MANY_QUESTIONS = [f"Kapan {n}?" for n in range(MAX_QUESTIONS)]
"""As many as a batch may have."""


class SlowAssistant(SmallAssistant):
    """Takes its time for each question of a batch, and keeps which it was asked; all wait while it ``is_held``."""

    def __init__(self, seconds: float = 0.002) -> None:
        super().__init__()
        self.seconds = seconds
        self.asked: list[str] = []
        self._goes_on = threading.Event()
        self._goes_on.set()

    def answers(self, questions: Sequence[str], *, languages: Sequence[Language | None]) -> Iterator[Answer]:
        for answer in super().answers(questions, languages=languages):
            self._goes_on.wait(30)
            time.sleep(self.seconds)
            self.asked.append(answer.question)
            yield answer

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold all answers meanwhile."""
        self._goes_on.clear()
        try:
            yield
        finally:
            self._goes_on.set()


def loaded(load: Callable[..., Any] = lambda report: SmallAssistant()) -> Loader:
    """Return a loader that has loaded, or failed to."""
    loader = loader_by(load)
    run_to_end(loader)
    return loader


def loader_by(load: Callable[..., Any]) -> Loader:
    return Loader(DOCUMENT, load)


def run_to_end(loader: Loader) -> None:
    loader.start()
    for thread in threading.enumerate():
        if thread.name == "load-assistant":
            thread.join()


def in_a_thread(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run in another thread, since Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


class Clock:
    """A clock that a test moves on, or that moves on by so many seconds each time it is read."""

    def __init__(self, leap: float = 0) -> None:
        self.now = 1000.0
        self._leap = leap

    def __call__(self) -> float:
        self.now += self._leap
        return self.now
