"""The menus below the question box: earlier conversations, and the formats to save one in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from corpus import Language
from page.chat.history import History
from page.chat.turns import Chat
from page.ui_text import label

_LONGEST_TITLE = 60


def menu_html(history: History, language: Language, suffixes: Sequence[str]) -> str:
    """Return the menus as HTML, "" before the first question. A conversation can be saved with each suffix."""
    chats, current = history.chats, history.current
    if not chats and history.deleted is None:
        return ""
    items = [_item("new", label("new_chat", language))] if current.turns else []
    items += [_item("open", title_of(chat, language), chat=chat.id) for chat in chats if chat is not current]
    if current.turns:
        items.append(_item("delete", label("delete_chat", language)))
    if history.deleted:
        items.append(_item("restore", label("restore_chat", language)))
    menus = [_menu(label("conversations", language), items)]
    if current.answers:
        saved = [
            f'<button type="button" data-save="{suffix}">{escape(label(f"save_{suffix}", language))}</button>'
            for suffix in suffixes
        ]
        menus.append(_menu(label("export", language), saved))
    return "".join(menus)


def title_of(chat: Chat, language: Language) -> str:
    """Return the title of a conversation: its first question."""
    if not chat.turns:
        return label("new_chat", language)
    title = " ".join(chat.turns[0].question.split()) or "—"
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"


def _menu(name: str, items: Sequence[str]) -> str:
    return (
        f'<details class="menu up"><summary>{escape(name)}</summary><div class="panel">{"".join(items)}</div></details>'
    )


def _item(action: str, name: str, *, chat: str = "") -> str:
    named = f' data-chat="{escape(chat)}"' if chat else ""
    return f'<button type="button" data-do="{action}"{named}>{escape(name)}</button>'
