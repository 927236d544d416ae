"""The top bar: the menu of papers, the buttons of the views, and the button for the other language."""

from __future__ import annotations

from html import escape

from corpus import OTHER, Language
from page.markup import about, button, menu, papers_counted
from page.papers.document import Document
from page.papers.workspace import Workspace
from page.ui_text import label

_FIRST = ("ask", "read", "findings")
"""The views whose buttons are in the bar itself; the others are in its menu."""


def bar_html(workspace: Workspace, document: Document, at: str, language: Language) -> str:
    """Return the bar as HTML, for the paper that a browser works on. ``at`` is its digest, "" for the page's own.

    `page.js` uses ``data-at`` to make links, and to notice that another paper was opened.
    """
    views = views_of(workspace, document, at)
    shown = "".join(_view(view, language) for view in views if view in _FIRST)
    others = "".join(_view(view, language) for view in views if view not in _FIRST)
    more = menu(label("more", language), others) if others else ""
    other = OTHER[language]
    return (
        f'<a class="skip" href="#question">{escape(label("skip", language))}</a>'
        f'<h1>Tanya</h1><span id="page-words" hidden data-at="{at[:12]}" '
        f'data-ask-about="{escape(label("ask_about", language))}" '
        f'data-asked-about="{escape(label("asked_about", language))}" '
        f'data-drop-here="{escape(label("drop_here", language))}"></span>'
        f"{_paper_menu(workspace, document, at, language)}"
        f'<button type="button" class="icon" id="menu-button" aria-expanded="false" aria-controls="views">'
        f'<span aria-hidden="true">☰</span><span class="sr-only">{escape(label("menu", language))}</span></button>'
        f'<nav id="views" aria-label="{escape(label("views", language))}">{shown}{more}'
        f"{button(label('speak', other), 'tool', data_speak=other, lang=other)}</nav>"
    )


def views_of(workspace: Workspace, document: Document, at: str) -> list[str]:
    """Return the views that a paper has, in order."""
    is_library = workspace.shelf is not None and not at
    views = ["ask", "read"]
    views += ["findings"] * bool(document.paper.annotations.findings and not is_library)
    views += ["glossary"] * bool(document.paper.annotations.glossary and not is_library)
    views += ["table"] * is_library
    return [*views, *(["batch"] * (not at))]


def _view(view: str, language: Language) -> str:
    return button(label(f"view_{view}", language), data_view=view)


def _paper_menu(workspace: Workspace, document: Document, at: str, language: Language) -> str:
    """Return the paper's name, with a menu to open another paper."""
    shelf = workspace.shelf if not at else None
    name = label("library", language) if shelf else about(document.paper, language).name
    note = papers_counted(len(shelf.entries), language) if shelf else about(document.paper, language).line
    own = label("own_other" if at else "own_open", language)
    items = [button(own, data_open_file="")]
    if at:
        kept = escape(label("own_keep", language))
        items.append(f'<label class="check"><input type="checkbox" data-keep> {kept}</label>')
        items.append(button(label("own_close", language), data_do="close"))
    elif shelf and shelf.takes_papers:
        items.append(button(label("library_add", language), data_add_file=""))
    return (
        f'<details class="menu" id="paper-menu"><summary class="chip" title="{escape(name)}">'
        f'<span class="sr-only">{escape(label("paper", language))}: </span><span class="name">{escape(name)}</span>'
        f'</summary><div class="panel"><p><b>{escape(name)}</b></p><p class="note">{escape(note)}</p>'
        f'{"".join(items)}<p class="note">{escape(label("own_limit", language))}</p></div></details>'
    )
