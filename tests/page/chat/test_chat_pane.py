"""How the conversation handles a browser's events, without a browser and with a small assistant."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import gradio as gr
import pytest

from assistant.answer import AnswerParagraph
from assistant.citation import CitedPaper
from assistant.exporting import to_json, to_markdown, to_text
from assistant.references import to_apa, to_bibtex, to_ris
from corpus import LANGUAGES, Language, read_paper
from page.chat.chat_pane import SAVED_AS, ChatPane, turn_of
from page.chat.history import Histories, History
from page.chat.turns import Chat, ChatTurn
from page.events import text_of
from page.layout import all_words
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.workspace import Workspace
from page.ui_text import label
from tests.page.stand_ins import (
    ANSWER,
    CITATION,
    DOCUMENT,
    REFUSAL,
    SmallAssistant,
    event_of,
    in_a_thread,
    laid_out,
    loaded,
    request_of,
    run_to_end,
)

OWN = Document(read_paper("kapal.txt", b"Kapal yang diteliti berjumlah 37 buah."))
AT = OWN.paper.digest
REQUEST = request_of("one")


@pytest.fixture
def conversation() -> ChatPane:
    """Give the conversation of a page on which the session "one" has a paper of its own open."""
    workspace = Workspace(loaded())
    loader = Loader(OWN, lambda report: SmallAssistant().over(OWN.paper))  # type: ignore[arg-type, return-value]
    run_to_end(loader)
    workspace.desks.open("one", loader, 1)
    with laid_out():
        return ChatPane(all_words(), workspace, gr.Textbox(), kept_under="x")


@pytest.fixture
def histories() -> Histories:
    return Histories()


def run(updates: AsyncIterator[list[Any]]) -> list[list[Any]]:
    async def every() -> list[list[Any]]:
        return [update async for update in updates]

    shown: list[list[Any]] = in_a_thread(every())
    return shown


def ask(conversation: ChatPane, histories: Histories, question: str, at: str = "", **asked: Any) -> list[list[Any]]:
    return run(conversation._on_ask(histories, at, question, [], asked.get("request", REQUEST)))


def do(conversation: ChatPane, histories: Histories, **data: object) -> list[Any]:
    values: list[Any] = in_a_thread(conversation._on_do(histories, "", event_of(**data), REQUEST))
    return values


def texts(histories: Histories, at: str = "") -> list[tuple[str, str]]:
    turns = histories[at].current.turns
    return [(turn.question, turn.answer.text if turn.answer else turn.reply) for turn in turns]


class TestAsking:
    def test_the_question_stands_at_once_then_its_answer(self, conversation: ChatPane, histories: Histories) -> None:
        waits, answered = ask(conversation, histories, "Kapan A?")
        chat, _, box, button, stop, kept = waits
        assert label("answering", "en") in chat
        assert (box, button.visible, stop.visible, kept) == ("", False, True, gr.skip())
        chat, menu, box, button, stop, kept = answered
        assert "Jawab: Kapan A?" in chat
        assert "data-save" in menu
        assert (box, button.visible, stop.visible) == (gr.skip(), True, False)
        assert kept == histories[""].to_record()

    @pytest.mark.parametrize(
        ("question", "language"), [("kapan tiba", "id"), ("when was it", "en"), ("masks", None), ("masker", None)]
    )
    @pytest.mark.parametrize("reads", LANGUAGES)
    def test_it_is_answered_in_its_own_language_or_else_the_pages(
        self,
        conversation: ChatPane,
        histories: Histories,
        question: str,
        language: Language | None,
        reads: Language,
    ) -> None:
        ask(conversation, histories, question, request=request_of("one", reads))
        assert histories[""].current.answers[0].language == (language or reads)

    def test_each_paper_is_asked_by_itself(self, conversation: ChatPane, histories: Histories) -> None:
        ask(conversation, histories, "Kapan A?")
        *_, kept = ask(conversation, histories, "Dan B?", AT)[-1]
        assert texts(histories) == [("Kapan A?", "Jawab: Kapan A?")]
        assert texts(histories, AT) == [("Dan B?", "kapal.txt: Dan B?")]
        assert histories[AT].current.answers[0].understood_as is None
        assert kept == gr.skip()  # the browser keeps what was asked of the page's own paper alone

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_paper_that_is_lost_is_answered_for_by_no_other(
        self, conversation: ChatPane, histories: Histories, language: Language
    ) -> None:
        (update,) = ask(conversation, histories, "Kapan A?", AT, request=request_of("other", language))
        assert label("own_lost", language) in update[0]
        assert texts(histories, AT) == [("Kapan A?", label("own_lost", language))]
        assert texts(histories) == []

    def test_what_a_button_says_is_asked(self, conversation: ChatPane, histories: Histories) -> None:
        run(conversation._on_pick(histories, "", [], event_of(ask="Apa itu BOR?"), REQUEST))
        assert texts(histories) == [("Apa itu BOR?", "Jawab: Apa itu BOR?")]

    def test_a_turn_is_asked_again_in_its_place(self, conversation: ChatPane, histories: Histories) -> None:
        histories[""].current.turns += [ChatTurn("A?", "Gagal."), ChatTurn("B?", "Gagal.")]
        run(conversation._on_pick(histories, "", [], event_of(ask="", turn="1"), REQUEST))
        assert texts(histories) == [("A?", "Gagal."), ("B?", "Jawab: B?")]

    @pytest.mark.parametrize("data", [{}, {"turn": "7"}, {"ask": None}, {"ask": ["x"]}])
    def test_a_button_that_names_nothing_asks_nothing(
        self, conversation: ChatPane, histories: Histories, data: dict[str, object]
    ) -> None:
        run(conversation._on_pick(histories, "", [], event_of(**data), REQUEST))
        assert histories[""].current.answers == []


class TestDoing:
    def test_an_earlier_question_goes_back_to_the_box_with_all_after_it(
        self, conversation: ChatPane, histories: Histories
    ) -> None:
        histories[""].current.turns += [ChatTurn(f"{name}?", answer=ANSWER) for name in "ABC"]
        box = do(conversation, histories, do="edit", turn="1")[2]
        assert box == "B?"
        assert [question for question, _ in texts(histories)] == ["A?"]

    def test_conversations_are_left_opened_deleted_and_brought_back(
        self, conversation: ChatPane, histories: Histories
    ) -> None:
        histories[""].current.turns.append(ChatTurn("A?", answer=ANSWER))
        first = histories[""].current.id
        do(conversation, histories, do="new")
        assert texts(histories) == []
        do(conversation, histories, do="open", chat=first)
        assert histories[""].current.id == first
        assert do(conversation, histories, do="delete")[0] == ""
        assert "A?" in do(conversation, histories, do="restore")[0]

    @pytest.mark.parametrize(
        "data",
        [
            *({"do": "edit"}, {"do": "edit", "turn": "1"}, {"do": "edit", "turn": "-1"}, {"do": "edit", "turn": "²"}),
            *(
                {"do": "edit", "turn": "9" * 5000},
                {"do": "edit", "turn": 0},
                {"do": "open"},
                {"do": "open", "chat": {}},
            ),
            *({"do": "rubbish"}, {"do": None}, {}),
        ],
    )
    def test_what_no_button_sends_changes_nothing(
        self, conversation: ChatPane, histories: Histories, data: dict[str, object]
    ) -> None:
        histories[""].current.turns.append(ChatTurn("A?", answer=ANSWER))
        do(conversation, histories, **data)
        assert texts(histories) == [("A?", ANSWER.text)]

    @pytest.mark.parametrize("data", [None, "x", ["do"], 3])
    def test_what_is_no_event_names_nothing(self, data: object) -> None:
        event = gr.EventData(None, data)
        assert text_of(event, "do") == ""
        assert turn_of(event, Chat([ChatTurn("A?")])) is None


class TestArriving:
    def test_what_the_browser_kept_is_back(self, conversation: ChatPane, histories: Histories) -> None:
        kept = History()
        kept.current.turns.append(ChatTurn("A?", answer=ANSWER))
        shown = in_a_thread(conversation._on_arrive(histories, kept.to_record(), REQUEST))
        assert "A?" in shown[0]
        assert texts(histories) == [("A?", ANSWER.text)]
        assert histories[AT].chats == []

    @pytest.mark.parametrize("paper", [None, "", DOCUMENT.paper.digest[:12]])
    def test_what_its_address_asks_is_asked_in_a_new_conversation(
        self, conversation: ChatPane, histories: Histories, paper: str | None
    ) -> None:
        histories[""].current.turns.append(ChatTurn("A?", answer=ANSWER))
        run(conversation._on_address(histories, "Apa itu BOR?", paper, REQUEST))
        assert texts(histories) == [("Apa itu BOR?", "Jawab: Apa itu BOR?")]
        assert len(histories[""].chats) == 2

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_link_of_another_paper_is_not_asked_of_this_one(
        self, conversation: ChatPane, histories: Histories, language: Language
    ) -> None:
        request = request_of("one", language)
        (shown,) = run(conversation._on_address(histories, "Berapa kapal?", AT[:12], request))
        assert texts(histories) == [("Berapa kapal?", label("link_of_other_paper", language))]
        assert shown[2] == "Berapa kapal?"

    @pytest.mark.parametrize("paper", [None, "", "x"])
    @pytest.mark.parametrize("question", [None, ""])
    def test_an_address_that_asks_nothing_changes_nothing(
        self, conversation: ChatPane, histories: Histories, question: str | None, paper: str | None
    ) -> None:
        (shown,) = run(conversation._on_address(histories, question, paper, REQUEST))
        assert shown == [gr.skip()] * len(conversation.parts)


class TestSaving:
    TURNS = (
        ChatTurn("Kapan?", answer=ANSWER),
        ChatTurn("?", "Tidak ada <kata>."),
        ChatTurn("Di mana?", answer=REFUSAL),
    )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_kind_of_file_holds_the_conversation(self, language: Language) -> None:
        chat = Chat([*self.TURNS])
        saved = {suffix: save(chat, DOCUMENT.paper, language) for suffix, save in SAVED_AS.items()}
        assert saved == {
            "md": to_markdown("Kapan?", self.TURNS, DOCUMENT.paper, language),
            "txt": to_text([CITATION], language),
            "bib": to_bibtex([CITATION]),
            "ris": to_ris([CITATION]),
            "apa.txt": to_apa([CITATION], language),
            "json": to_json("Kapan?", self.TURNS, DOCUMENT.paper),
        }

    def test_what_is_only_named_is_no_quote_to_take_away_but_what_another_paper_says_is(self) -> None:
        paper = CitedPaper("other", "other.pdf")
        named, other = (
            replace(CITATION, marker=2, quote="Dua."),
            replace(CITATION, marker=3, quote="Tiga.", paper=paper),
        )
        line = AnswerParagraph("by_paper", "Tiga.", (3,), "other.pdf")
        answer = replace(ANSWER, paragraphs=(*ANSWER.paragraphs, line), citations=(CITATION, named, other))
        assert SAVED_AS["txt"](Chat([ChatTurn("Kapan?", answer=answer)]), None, "id") == to_text(
            [CITATION, other], "id"
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("suffix", SAVED_AS)
    def test_a_file_is_named_in_the_pages_language_and_by_a_paper_of_ones_own(
        self, conversation: ChatPane, histories: Histories, language: Language, suffix: str
    ) -> None:
        request = request_of("one", language)
        for at, stem in (("", ""), (AT, "kapal-")):
            histories[at].current.turns += self.TURNS
            file = in_a_thread(conversation._on_save(histories, at, event_of(save=suffix), request))
            assert file["name"] == f"{stem}{label('file_name', language)}.{suffix}"
            paper = OWN.paper if at else DOCUMENT.paper
            assert b64decode(file["base64"]).decode() == SAVED_AS[suffix](histories[at].current, paper, language)

    @pytest.mark.parametrize(("at", "data"), [("", {"save": "exe"}), ("", {}), ("lost", {"save": "md"})])
    def test_what_cannot_be_saved_is_not(
        self, conversation: ChatPane, histories: Histories, at: str, data: dict[str, object]
    ) -> None:
        assert in_a_thread(conversation._on_save(histories, at, event_of(**data), REQUEST)) == gr.skip()
