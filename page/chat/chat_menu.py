"""The menus below the question box: earlier conversations, and the formats to save one in."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Language
from page.chat.history import History
from page.chat.turns import Chat
from page.markup import button, menu
from page.ui_text import label

_LONGEST_TITLE = 60


def menu_html(history: History, language: Language, suffixes: Sequence[str]) -> str:
    """Return the menus as HTML, "" before the first question. A conversation can be saved with each suffix."""
    chats, current = history.chats, history.current
    if not chats and history.deleted is None:
        return ""
    items = [button(label("new_chat", language), data_do="new")] if current.turns else []
    others = (chat for chat in chats if chat is not current)
    items += [button(title_of(chat, language), data_do="open", data_chat=chat.id) for chat in others]
    if current.turns:
        items.append(button(label("delete_chat", language), data_do="delete"))
    if history.deleted:
        items.append(button(label("restore_chat", language), data_do="restore"))
    menus = [menu(label("conversations", language), "".join(items), "menu up")]
    if current.answers:
        saved = "".join(button(label(f"save_{suffix}", language), data_save=suffix) for suffix in suffixes)
        menus.append(menu(label("export", language), saved, "menu up"))
    return "".join(menus)


def title_of(chat: Chat, language: Language) -> str:
    """Return the title of a conversation: its first question."""
    if not chat.turns:
        return label("new_chat", language)
    title = " ".join(chat.turns[0].question.split()) or "—"
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
