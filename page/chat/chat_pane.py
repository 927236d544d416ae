"""The conversation on the page: questions and answers, the question box, and saving."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import gradio as gr

from assistant import Citation
from assistant.exporting import to_json, to_markdown, to_text
from assistant.references import to_apa, to_bibtex, to_ris
from corpus import Language, Paper, TanyaError
from corpus.language import language_asked
from page.chat.chat_menu import menu_html, title_of
from page.chat.history import STORAGE_SECRET, Histories, History
from page.chat.reply import conversation_html
from page.chat.turns import Chat, ChatTurn, take_turn
from page.events import QUICK, SEND_EVENTS, text_of
from page.page_language import preferred_language
from page.papers.workspace import Workspace
from page.saving import SAVE_FILE_JS, file_to_save
from page.ui_text import label

AT_ONCE = 4
"""Questions that are answered at the same time; the others wait."""

_SLOW: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_id": "ask",
    "concurrency_limit": AT_ONCE,
    # While a question waits in one conversation, another can be asked in the next.
    "trigger_mode": "multiple",
}
"""Options of an event that asks a question."""

_TO_NEWEST = "() => tanya.toNewest()"

SAVED_AS: dict[str, Callable[[Chat, Paper | None, Language], str]] = {
    "md": lambda chat, paper, language: to_markdown(title_of(chat, language), chat.turns, paper, language),
    "txt": lambda chat, paper, language: to_text(_cited(chat), language),
    "bib": lambda chat, paper, language: to_bibtex(_cited(chat)),
    "ris": lambda chat, paper, language: to_ris(_cited(chat)),
    "apa.txt": lambda chat, paper, language: to_apa(_cited(chat), language),
    "json": lambda chat, paper, language: to_json(title_of(chat, language), chat.turns, paper),
}
"""The formats in which a conversation can be saved, by the file's suffix."""


class ChatPane:
    """The conversation with the paper that a session works on."""

    def __init__(
        self,
        words: gr.I18n,
        workspace: Workspace,
        at: gr.Textbox,
        *,
        kept_under: str,
        papers: Sequence[tuple[str, str]] = (),
        judged: bool = False,
    ) -> None:
        """Lay it out below what is there already.

        ``at`` holds the paper that the browser works on (see `Workspace`). Conversations with the page's own paper stay
        in the browser across reloads, under the key ``kept_under``. ``papers`` are the names and ids of a library's
        papers, of which some can be picked to be asked. If answers are ``judged``, they have buttons for a verdict.
        """
        self._workspace = workspace
        self.at = at
        self._judged = judged
        self.histories = gr.State(Histories())
        self._stored = gr.BrowserState(storage_key=kept_under, secret=STORAGE_SECRET)
        self.chat = gr.HTML(apply_default_css=False, js_on_load=SEND_EVENTS, elem_id="chat")
        with gr.Column(elem_id="ask-bar"):
            self.above_box = gr.Column(visible=judged, elem_id="verdict")
            """The place for the parts of a verdict."""
            self.papers = gr.Dropdown(
                list(papers),
                value=[],
                multiselect=True,
                label=str(words("papers_asked")),
                container=False,
                visible=len(papers) > 1,
                elem_id="papers-asked",
            )
            """The list of a library's papers."""
            with gr.Row(elem_id="ask-row"):
                self._box = question_box(words, "question")
                self._ask = gr.Button(str(words("ask")), variant="primary", elem_id="ask")
                self._stop = gr.Button(str(words("stop")), visible=False, elem_id="stop")
            self._menu = gr.HTML(apply_default_css=False, js_on_load=SEND_EVENTS, elem_id="chat-menu")
        self.parts: list[Any] = [self.chat, self._menu, self._box, self._ask, self._stop, self._stored]
        """The parts that `shown` returns values for."""
        self._connect()

    def shown(self, histories: Histories, at: str, request: gr.Request, box: str | None = None) -> list[Any]:
        """Return what all parts show of the current conversation. ``box`` is None to leave the box as it is."""
        history, language = histories[at], preferred_language(request)
        chat = history.current
        is_waiting = chat.pending is not None
        return [
            conversation_html(chat.turns, language, judged=self._judged, is_waiting=is_waiting),
            menu_html(history, language, list(SAVED_AS)),
            gr.skip() if box is None else box,
            gr.Button(visible=not is_waiting),
            gr.Button(visible=is_waiting),
            gr.skip() if is_waiting or at else history.to_record(),
        ]

    def ask_from(self, source: gr.HTML) -> None:
        """Make the buttons with ``data-ask`` in ``source`` ask their question."""
        asked = source.submit(self._on_pick, [self.histories, self.at, self.papers], self.parts, **_SLOW)
        asked.then(None, js=_TO_NEWEST, api_visibility="private")

    def arrive_at(self, page: gr.Blocks) -> None:
        """On load, bring back the kept conversations, then ask the question in the page's address (``?q=``)."""
        asked, digest = gr.Textbox(visible=False), gr.Textbox(visible=False)
        arrival = page.load(self._on_arrive, [self.histories, self._stored], self.parts, **QUICK)
        read = arrival.then(None, None, [asked, digest], js="() => tanya.questionInAddress()", api_visibility="private")
        answer = read.then(self._on_address, [self.histories, asked, digest], self.parts, **_SLOW)
        answer.then(None, js=_TO_NEWEST, api_visibility="private")

    def _connect(self) -> None:
        question: list[Any] = [self.histories, self.at, self._box, self.papers]
        here: list[Any] = [self.histories, self.at]
        asked = gr.on([self._box.submit, self._ask.click], self._on_ask, question, self.parts, **_SLOW)
        asked.then(None, js=_TO_NEWEST, api_visibility="private")
        self.ask_from(self.chat)
        self._stop.click(self._on_stop, here, None, **QUICK)
        gr.on([self.chat.click, self._menu.click], self._on_do, here, self.parts, **QUICK)
        file = gr.JSON(visible=False)
        saved = self._menu.download(self._on_save, here, file, **QUICK)
        saved.then(None, file, None, js=SAVE_FILE_JS, api_visibility="private")

    async def _on_arrive(self, histories: Histories, stored: Any, request: gr.Request) -> list[Any]:
        histories[""].take_in(History.from_record(stored))  # a quick user may have asked something already
        return self.shown(histories, "", request)

    async def _on_address(
        self, histories: Histories, question: str | None, digest: str | None, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        if not question:
            yield [gr.skip()] * len(self.parts)
            return
        histories[""].begin()
        if digest and not self._workspace.base.document.paper.digest.startswith(digest):
            problem = label("link_of_other_paper", preferred_language(request))
            histories[""].current.turns.append(ChatTurn(question, problem, is_elsewhere=True))
            yield self.shown(histories, "", request, question)
            return
        async for shown in self._on_ask(histories, "", question, [], request):
            yield shown

    async def _on_ask(
        self, histories: Histories, at: str, question: str, papers: list[str], request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        language, chat = preferred_language(request), histories[at].current
        try:
            loader = self._workspace.loader(at, request)
        except TanyaError as error:
            chat.turns.append(ChatTurn(question, error.in_language(language)))
            yield self.shown(histories, at, request)
            return
        with self._workspace.in_use(at, request):
            async for box in take_turn(loader, chat, question, language_asked(question, language), papers):
                yield self.shown(histories, at, request, box)

    async def _on_pick(
        self, histories: Histories, at: str, papers: list[str], event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        question, chat = text_of(event, "ask"), histories[at].current
        if not question and (turn := turn_of(event, chat)) is not None:
            question = chat.cut(turn)
        async for shown in self._on_ask(histories, at, question, papers, request):
            yield shown

    async def _on_stop(self, histories: Histories, at: str) -> None:
        histories[at].current.stop()

    async def _on_do(self, histories: Histories, at: str, event: gr.EventData, request: gr.Request) -> list[Any]:
        history, box = histories[at], None
        match text_of(event, "do"):
            case "edit" if (turn := turn_of(event, history.current)) is not None:
                box = history.current.cut(turn)
            case "new":
                history.begin()
            case "open":
                history.open(text_of(event, "chat"))
            case "delete":
                history.delete()
            case "restore":
                history.restore()
        return self.shown(histories, at, request, box)

    async def _on_save(self, histories: Histories, at: str, event: gr.EventData, request: gr.Request) -> Any:
        suffix, language = text_of(event, "save"), preferred_language(request)
        try:
            loader = self._workspace.loader(at, request)
        except TanyaError:  # it was closed meanwhile
            return gr.skip()
        if suffix not in SAVED_AS:
            return gr.skip()
        paper = None if self._workspace.shelf and not at else loader.document.paper
        text = SAVED_AS[suffix](histories[at].current, paper, language)
        name = f"{loader.document.file_stem}-" if at else ""
        return file_to_save(f"{name}{label('file_name', language)}.{suffix}", text.encode())


def question_box(words: gr.I18n, elem_id: str) -> gr.Textbox:
    """Return a box to write a question in."""
    return gr.Textbox(
        label=str(words("question")),
        placeholder=str(words("question_hint")),
        show_label=False,
        container=False,
        max_lines=6,
        elem_id=elem_id,
    )


def turn_of(event: gr.EventData, chat: Chat) -> int | None:
    """Return the index of the turn that a button names, None if there is no such turn."""
    index = text_of(event, "turn")
    return next((turn for turn in range(len(chat.turns)) if str(turn) == index), None)


def _cited(chat: Chat) -> list[Citation]:
    """Return what a conversation's answers quote, and what they cite from further papers of a library."""
    return [
        citation
        for answer in chat.answers
        for citation in answer.citations
        if citation in answer.quoted or citation.paper != answer.citations[0].paper
    ]
