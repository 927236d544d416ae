"""The conversation: the chat, its evidence, the conversations before, and the work to take away."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from html import unescape
from typing import Any

import gradio as gr

from assistant import Citation
from assistant.exporting import to_bibtex, to_json, to_markdown, to_ris, to_text
from corpus import Language, Paper, TanyaError
from page.chat import Chat, Turn, take_turn
from page.desks import ClosedError
from page.evidence import evidence_html
from page.history import STORAGE_SECRET, History
from page.labels import label
from page.language import preferred_language
from page.loader import Loader
from page.reader import QUICK, TRIGGER_SHOW
from page.reply import messages
from page.saving import SAVE_FILE_JS, file_to_save

AT_ONCE = 4
"""Questions that are worked on at the same time; the others wait in line."""

_SLOW: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_id": "ask",
    "concurrency_limit": AT_ONCE,
    # While a question waits in one conversation, another can be asked in the next.
    "trigger_mode": "multiple",
}
"""How an event is listened to that asks a question."""

_TO_NEWEST = "() => tanya.toNewest()"

_LONGEST_TITLE = 60

SAVED_AS: dict[str, Callable[[Chat, Paper | None, Language], str]] = {
    "md": lambda chat, paper, language: to_markdown(_title(chat, language), chat.turns, paper, language),
    "json": lambda chat, paper, language: to_json(_title(chat, language), chat.turns, paper),
    "bib": lambda chat, paper, language: to_bibtex(_cited(chat)),
    "ris": lambda chat, paper, language: to_ris(_cited(chat)),
    "txt": lambda chat, paper, language: to_text(_cited(chat), language),
}
"""What a conversation can be saved as, by the file's suffix."""


class Conversation:
    """A conversation with a paper."""

    def __init__(
        self,
        words: gr.I18n,
        loader_of: Callable[[gr.Request], Loader],
        examples: Sequence[str],
        *,
        in_use: Callable[[gr.Request], AbstractContextManager[None]] = lambda request: nullcontext(),
        kept_under: str | None = None,
        papers: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Lay it out, for the loader that ``loader_of`` tells from a session's requests, or raises TanyaError.

        While a question is answered, it is ``in_use``.
        One that is ``kept_under`` a key stands in the browser across reloads; for that, and to ask what the page's
        address asks, call `arrive_at`. Of a library's ``papers``, each what it is called and its id, some can be picked
        to be asked alone.
        """
        self._of_library = bool(papers)
        self._loader_of = loader_of
        self._in_use = in_use
        self._hint = f'<p class="hint">{words("evidence_hint")}</p>'
        self.history = gr.State(History())
        self._stored: gr.State | gr.BrowserState = gr.State()
        if kept_under:
            self._stored = gr.BrowserState(storage_key=kept_under, secret=STORAGE_SECRET)
        prefix = "" if kept_under else "own-"
        with gr.Row(elem_classes="desk"):
            with gr.Column(elem_classes="conversation") as self.column:
                self._lay_out_chats(words, prefix)
                self._lay_out_chat(words, prefix, examples, papers)
            with gr.Column(elem_id=f"{prefix}evidence", elem_classes="evidence"):
                gr.HTML(f"<h2>{words('evidence')}</h2>")
                self.evidence = gr.HTML(self._hint, apply_default_css=False, js_on_load=TRIGGER_SHOW)
                self._shown: list[Any] = [
                    *(self.chatbot, self.evidence, self._box, self._ask, self._stop),
                    *(self._chats, self._restore, self._saving, self._stored),
                ]
        self._connect()

    def _lay_out_chats(self, words: gr.I18n, prefix: str) -> None:
        with gr.Row(elem_classes="chats"):
            self._chats = gr.Dropdown(
                [], label=str(words("conversations")), filterable=False, container=False, elem_id=f"{prefix}chats"
            )
            self._begin = gr.Button(str(words("new_chat")), size="sm", elem_id=f"{prefix}new-chat")
            self._restore = gr.Button(
                str(words("restore_chat")), size="sm", visible=False, elem_id=f"{prefix}restore-chat"
            )

    def _lay_out_chat(
        self, words: gr.I18n, prefix: str, examples: Sequence[str], papers: Sequence[tuple[str, str]]
    ) -> None:
        self.chatbot = gr.Chatbot(
            label=str(words("conversation")),
            show_label=False,
            placeholder=str(words("begin")),
            examples=[{"text": text} for text in examples],
            buttons=["copy"],
            autoscroll=False,
            editable="user",
            # A question is no Markdown: it shows as it was typed.
            render_markdown=False,
            latex_delimiters=[],
            height="100%",
            elem_id=f"{prefix}chat",
            elem_classes="chat",
        )
        self._papers: gr.State | gr.Dropdown = gr.State([])
        if len(papers) > 1:
            self._papers = gr.Dropdown(
                list(papers),
                value=[],
                multiselect=True,
                label=str(words("papers_asked")),
                container=False,
                elem_id="papers-asked",
                elem_classes="papers-asked",
            )
        with gr.Row(elem_classes="ask-row"):
            self._box = gr.Textbox(
                label=str(words("question")),
                placeholder=str(words("question_hint")),
                show_label=False,
                container=False,
                max_lines=6,
                elem_id=f"{prefix}question",
                elem_classes="question",
            )
            self._ask = gr.Button(str(words("ask")), variant="primary", elem_id=f"{prefix}ask", elem_classes="ask")
            self._stop = gr.Button(str(words("stop")), visible=False, elem_id=f"{prefix}stop", elem_classes="ask")
        with gr.Row(elem_classes="below-box"):
            self._language = gr.Radio(
                [(words("automatic"), "auto"), ("Indonesia", "id"), ("English", "en")],
                value="auto",
                label=str(words("answer_in")),
                container=False,
                elem_classes="answer-language",
            )
            with gr.Row(visible=False, elem_classes="saving") as self._saving:
                gr.HTML(f"<span>{words('save_as')}</span>", elem_classes="save-as")
                self._savers = {
                    suffix: gr.Button(str(words(f"save_{suffix}")), size="sm", elem_classes="saver")
                    for suffix in SAVED_AS
                }
        gr.HTML(f'<a href="#{prefix}evidence">{words("to_evidence")} ↓</a>', elem_classes="to-evidence")

    def arrive_at(self, page: gr.Blocks) -> None:
        """Bring back what the browser kept when the page is loaded, and then ask what its address asks (``?q=``)."""
        asked = gr.Textbox(visible=False)
        arrival = page.load(self._on_arrive, [self.history, self._stored], self._shown, **QUICK)
        read = arrival.then(None, None, asked, js="() => tanya.questionInAddress()", api_visibility="private")
        answer = read.then(self._on_address, [self.history, asked], self._shown, **_SLOW)
        answer.then(None, js=_TO_NEWEST, api_visibility="private")

    def begun_anew(self, request: gr.Request) -> list[Any]:
        """Return what all parts are when another paper was opened."""
        history = History()
        return [history, *self._view(history, request)]

    @property
    def parts(self) -> list[Any]:
        """What `begun_anew` tells of."""
        return [self.history, *self._shown]

    def _connect(self) -> None:
        picked: list[Any] = [self.history, self._language, self._papers]
        chatbot = self.chatbot
        question: list[Any] = [self.history, self._box, self._language, self._papers]
        example: list[Any] = [self.history, self._papers]
        for event in (
            gr.on([self._box.submit, self._ask.click], self._on_ask, question, self._shown, **_SLOW),
            gr.on([chatbot.example_select, chatbot.option_select], self._on_pick, example, self._shown, **_SLOW),
            chatbot.retry(self._on_retry, picked, self._shown, **_SLOW),
            chatbot.edit(self._on_edit, picked, self._shown, **_SLOW),
        ):
            event.then(None, js=_TO_NEWEST, api_visibility="private")
        chatbot.undo(self._on_undo, self.history, self._shown, **QUICK)
        chatbot.clear(self._on_delete, self.history, self._shown, **QUICK)
        self._stop.click(self._on_stop, self.history, None, **QUICK)
        self._restore.click(self._on_restore, self.history, self._shown, **QUICK)
        self._begin.click(self._on_begin, self.history, self._shown, **QUICK)
        self._chats.input(self._on_open, [self.history, self._chats], self._shown, **QUICK)
        selected = chatbot.select(self._on_select, self.history, self.evidence, **QUICK)
        selected.then(None, js="() => tanya.toMarker()", api_visibility="private")
        file = gr.JSON(visible=False)
        for suffix, button in self._savers.items():
            made = button.click(self._saver(suffix), self.history, file, **QUICK)
            made.then(None, file, None, js=SAVE_FILE_JS, api_visibility="private")

    async def _on_arrive(self, history: History, stored: Any, request: gr.Request) -> list[Any]:
        loader = self._loader(request)
        paper = loader.document.paper if loader and not self._of_library else None
        history.take_in(History.from_record(stored, paper))  # who is quick has asked something by now
        return self._view(history, request)

    async def _on_address(
        self, history: History, question: str | None, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        if question:
            history.begin()
            async for shown in self._asking(history, question, None, request):
                yield shown
        else:
            yield [gr.skip()] * len(self._shown)

    async def _on_ask(
        self, history: History, question: str, language: str, papers: list[str], request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        async for shown in self._asking(history, question, picked_language(language), request, papers):
            yield shown

    async def _on_pick(
        self, history: History, papers: list[str], event: gr.SelectData, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        # An example is a message, a suggestion that comes with an answer is a text.
        text = event.value["text"] if isinstance(event.value, dict) else event.value
        async for shown in self._asking(history, text, None, request, papers):
            yield shown

    async def _on_retry(
        self, history: History, language: str, papers: list[str], request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        question = history.current.cut(-1)
        async for shown in self._asking(history, question, picked_language(language), request, papers):
            yield shown

    async def _on_edit(
        self, history: History, language: str, papers: list[str], event: gr.EditData, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        history.current.cut(turn_of(event.index))
        question = unescape(str(event.value))  # what is edited is what the chat was given, see `as_typed`
        async for shown in self._asking(history, question, picked_language(language), request, papers):
            yield shown

    async def _on_undo(self, history: History, request: gr.Request) -> list[Any]:
        return self._view(history, request, history.current.cut(-1))

    async def _on_stop(self, history: History) -> None:
        history.current.stop()

    async def _on_delete(self, history: History, request: gr.Request) -> list[Any]:
        history.delete()
        return self._view(history, request)

    async def _on_restore(self, history: History, request: gr.Request) -> list[Any]:
        history.restore()
        return self._view(history, request)

    async def _on_begin(self, history: History, request: gr.Request) -> list[Any]:
        history.begin()
        return self._view(history, request)

    async def _on_open(self, history: History, chat_id: str, request: gr.Request) -> list[Any]:
        if chat_id == history.current.id:  # Gradio tells, too, when the list was only looked at
            return [gr.skip()] * len(self._shown)
        history.open(chat_id)
        return self._view(history, request)

    async def _on_select(self, history: History, event: gr.SelectData, request: gr.Request) -> Any:
        loader, turns = self._loader(request), history.current.turns
        if loader is None:
            return gr.skip()
        return evidence_html([turn.answer for turn in turns], turn_of(event.index)) or self._hint

    def _saver(self, suffix: str) -> Callable[..., Any]:
        async def on_save(history: History, request: gr.Request) -> Any:
            loader, reads = self._loader(request), preferred_language(request)
            if loader is None:
                return gr.skip()
            paper = None if self._of_library else loader.document.paper
            text = SAVED_AS[suffix](history.current, paper, reads)
            return file_to_save(f"{label('file_name', reads)}.{suffix}", text.encode())

        return on_save

    async def _asking(
        self,
        history: History,
        question: str,
        language: Language | None,
        request: gr.Request,
        papers: Sequence[str] = (),
    ) -> AsyncIterator[list[Any]]:
        reads = preferred_language(request)
        try:
            loader = self._loader_of(request)
        except TanyaError as error:
            yield self._empty([Turn(question, error.told(reads))])
            return
        if not question.strip():  # which has no language of its own
            language = language or reads
        with self._in_use(request):
            async for box in take_turn(loader, history.current, question, language, papers):
                try:
                    is_open = self._loader_of(request) is loader
                except ClosedError as error:
                    yield self._empty([Turn(question, error.told(reads))])
                    continue
                except TanyaError:
                    is_open = False
                yield self._view(history, request, box) if is_open else [gr.skip()] * len(self._shown)

    def _loader(self, request: gr.Request) -> Loader | None:
        try:
            return self._loader_of(request)
        except TanyaError:
            return None

    def _view(self, history: History, request: gr.Request, box: str | None = None) -> list[Any]:
        """Return what all parts show of the current conversation, the box what it holds by then if that is None."""
        loader, chat, reads = self._loader(request), history.current, preferred_language(request)
        if loader is None:
            return self._empty()
        waits = chat.pending is not None
        return [
            messages(chat.turns),
            evidence_html([turn.answer for turn in chat.turns]) or self._hint,
            gr.skip() if box is None else box,
            gr.Button(visible=not waits),
            gr.Button(visible=waits),
            gr.Dropdown(_titles(history, reads), value=chat.id),
            gr.Button(visible=history.deleted is not None),
            gr.Row(visible=bool(chat.answers)),
            gr.skip() if waits else history.to_record(),
        ]

    def _empty(self, turns: Sequence[Turn] = ()) -> list[Any]:
        """Return what all parts show where there is no paper: turns without an answer, if any."""
        hidden: list[Any] = [gr.Button(visible=False), gr.Row(visible=False)]
        return [
            *(messages(turns), self._hint, "", gr.Button(visible=True), gr.Button(visible=False)),
            *(gr.Dropdown([], value=None), *hidden, None),
        ]


def picked_language(picked: str) -> Language | None:
    """Return the language that was picked for a question, None where it is told from the question."""
    return None if picked == "auto" else "id" if picked == "id" else "en"


def turn_of(message: Any) -> int:
    """Return which turn a message belongs to, by its place in the chat: each turn is a question and its reply."""
    return int(message[0] if isinstance(message, list | tuple) else message) // 2


def _titles(history: History, language: Language) -> list[tuple[str, str]]:
    chats = history.chats if history.current.turns else [history.current, *history.chats]
    return [(_title(chat, language), chat.id) for chat in chats]


def _title(chat: Chat, language: Language) -> str:
    if not chat.turns:
        return label("new_chat", language)
    title = " ".join(chat.turns[0].question.split())
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"


def _cited(chat: Chat) -> list[Citation]:
    """Return what a conversation's answers quote, and of each other paper that answers, too, what it says."""
    return [
        citation
        for answer in chat.answers
        for citation in answer.citations
        if citation in answer.quoted or citation.paper != answer.citations[0].paper
    ]
