"""The menus of earlier conversations, and of the formats to save one in."""

from __future__ import annotations

import pytest

from corpus import LANGUAGES, Language
from page.chat.chat_menu import menu_html, title_of
from page.chat.history import History
from page.chat.turns import Chat, ChatTurn
from page.ui_text import label
from tests.page.stand_ins import ANSWER, SPOIL, Html, parts

SUFFIXES = ("md", "apa.txt")


def history_of(*questions: str) -> History:
    """Return a history with a conversation for each question, the last one current."""
    history = History()
    for question in questions:
        history.begin()
        history.current.turns.append(ChatTurn(question, answer=ANSWER))
    return history


def actions(html: str) -> list[tuple[str, str]]:
    return [(button["data-do"], button.get("data-chat", "")) for button in Html(html).having("data-do")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_is_asked_there_are_none(language: Language) -> None:
    assert menu_html(History(), language, SUFFIXES) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_others_can_be_opened_and_the_current_one_left_or_deleted(language: Language) -> None:
    history = history_of("A?", "B <b>?", "C?")
    _, second, first = history.chats
    earlier, saved = parts(menu_html(history, language, SUFFIXES), "details")
    assert actions(earlier) == [("new", ""), ("open", second.id), ("open", first.id), ("delete", "")]
    keys = ("conversations", "new_chat", "delete_chat")
    title, new, delete = (label(key, language) for key in keys)
    assert Html(earlier).text == f"{title}{new}B <b>?A?{delete}"
    assert [button["data-save"] for button in Html(saved).having("data-save")] == list(SUFFIXES)
    assert Html(saved).text == f"{label('export', language)}MarkdownAPA"


def test_what_was_deleted_can_be_brought_back() -> None:
    history = history_of("A?")
    history.delete()
    (earlier,) = parts(menu_html(history, "en", SUFFIXES), "details")
    assert actions(earlier) == [("restore", "")]
    assert "Undo the deletion" in earlier


def test_only_what_holds_an_answer_can_be_saved() -> None:
    history = History()
    history.current.turns.append(ChatTurn("A?", "Stopped."))
    assert "data-save" not in menu_html(history, "en", SUFFIXES)


def test_a_conversation_is_called_by_its_first_question() -> None:
    assert title_of(Chat(), "id") == "Percakapan baru"
    assert title_of(Chat([ChatTurn("Apa\n  itu?"), ChatTurn("Dan?")]), "id") == "Apa itu?"
    assert title_of(Chat([ChatTurn("a" * 60)]), "id") == "a" * 60
    assert title_of(Chat([ChatTurn("a" * 61)]), "id") == "a" * 60 + "…"


def test_what_was_asked_is_escaped() -> None:
    html = Html(menu_html(history_of(SPOIL, "B?"), "en", SUFFIXES))
    assert set(html.tags) == {"details", "summary", "div", "button"}
    assert "script" in html.text
