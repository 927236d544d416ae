"""Pieces of HTML that several parts of the page share: places, quotes, markers and buttons."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final, NamedTuple

from assistant import Citation
from assistant.citation import CitedPaper
from assistant.exporting import quote_citation
from corpus import OTHER, Language, Paper
from corpus.library import BUNDLED
from page.ui_text import label, noun

_BEGINS: Final = r"(?<!\w)(?<!\d[.,])"
_ENDS: Final = r"(?!\w)(?![.,]\d)"
"""The borders of words and numbers: "5" is not found in "15", nor in "5.000"."""


def place(citation: Citation, language: Language) -> str:
    """Return the place of a citation as HTML: its page, its section, and whether its text was recognised.

    The section's title comes in the reader's language, then as printed.
    """
    title = f'<span lang="{citation.language}">{escape(citation.section)}</span>'
    section = citation.section_in(language)
    if section != citation.section:
        title = f'<span lang="{language}">{escape(section)}</span> ({title})'
    page = f"{escape(label('page', language))} {citation.pages}"
    mark = f'<span class="recognised">{escape(label("recognised", language))}</span>' if citation.recognised else ""
    return f'<span class="page">{page}</span><span class="section">{title}</span>{mark}'


def quote(citation: Citation, language: Language) -> str:
    """Return a quote as HTML: within its passage in the reader's language, and alone in the other language.

    In the reader's language, the words that answer are bold.
    """
    printed = _passage(citation.language, citation.passage, citation.quote, citation.words)
    if not citation.translation:
        return printed
    note = escape(label(f"translated_by_{citation.translated_by or 'project'}", language))
    other = OTHER[citation.language]
    if citation.is_in(language):
        translation = _passage(other, citation.translation, citation.translation)
        return f'{printed}<div class="other"><p class="note">{note}</p>{translation}</div>'
    by_authors = citation.translated_by == "authors"
    passage = citation.translation if by_authors else citation.passage_translation or citation.translation
    return (
        f'<p class="note">{note}</p>{_passage(other, passage, citation.translation, citation.words)}'
        f'<div class="other"><p class="note">{escape(label("word_for_word", language))}</p>'
        f"{_passage(citation.language, citation.quote, citation.quote)}</div>"
    )


def button(text: str, kind: str = "", **attributes: object) -> str:
    """Return a button as HTML. ``kind`` has its classes. A hyphen in the name of an attribute is given as "_"."""
    return _button(escape(text), kind, attributes)


def show_button(html: str, kind: str, citation: Citation, **attributes: object) -> str:
    """Return a button that shows a citation in the paper. ``html`` is what stands on it."""
    span = {"data_paper": citation.paper.id, "data_start": citation.start, "data_end": citation.end}
    return _button(html, kind, {"data_show": "", **span, **attributes})


def _button(html: str, kind: str, attributes: Mapping[str, object]) -> str:
    named = {"class": kind, **attributes} if kind else attributes
    written = "".join(f' {name.replace("_", "-")}="{escape(str(value))}"' for name, value in named.items())
    return f'<button type="button"{written}>{html}</button>'


def suggestions(title: str, questions: Iterable[str], lang: str = "") -> str:
    """Return questions as buttons that ask them, below a title. ``lang`` is an HTML attribute for their language."""
    items = "".join(f"<li>{button(question, 'suggestion', data_ask=question)}</li>" for question in questions)
    return f'<div class="suggestions"{lang}><p>{escape(title)}</p><ul>{items}</ul></div>'


def menu(name: str, panel: str, kind: str = "menu") -> str:
    """Return a menu that opens a panel. ``panel`` is HTML."""
    return fold(escape(name), f'<div class="panel">{panel}</div>', kind)


def fold(title: str, html: str, kind: str) -> str:
    """Return a part that shows only its title until it is opened. ``title`` and what it opens are HTML."""
    return f'<details class="{kind}"><summary>{title}</summary>{html}</details>'


def csv_link(name: str, table: bytes, html: str) -> str:
    """Return a link to a table, to be saved under a name. It holds the file, so nothing is left on the server."""
    data = b64encode(table).decode()
    return f'<a class="download" download="{escape(name)}" href="data:text/csv;charset=utf-8;base64,{data}">{html}</a>'


def message(text: str, kind: str = "note", role: str = "status") -> str:
    """Return a line of text that screen readers announce: at once if its ``role`` is "alert"."""
    return f'<p class="{kind}" role="{role}">{escape(text)}</p>'


def nothing_found(language: Language) -> str:
    """Return the message that nothing matches."""
    return message(label("nothing_found", language), "hint")


def with_bold(text: str, words: str) -> str:
    """Return text as HTML with the first occurrence of ``words`` in bold; without any bold if it lacks them."""
    if not words:
        return escape(text)
    begins, ends = _BEGINS if words[0].isalnum() else "", _ENDS if words[-1].isalnum() else ""
    found = re.search(f"{begins}{re.escape(words)}{ends}", text)
    if found is None:
        return escape(text)
    before, after = text[: found.start()], text[found.end() :]
    return f"{escape(before)}<strong>{escape(words)}</strong>{escape(after)}"


def with_marks(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return text as HTML with some spans marked as found. ``spans`` are in order and do not overlap."""
    parts, at = [], 0
    for start, end in spans:
        parts.append(f'{escape(text[at:start])}<mark class="found-word">{escape(text[start:end])}</mark>')
        at = end
    return "".join([*parts, escape(text[at:])])


def card(citation: Citation, language: Language) -> str:
    """Return a citation as HTML: its place, its quote, and buttons that show it on its page and copy it."""
    show = show_button(escape(label("show_on_page", language)), "tool", citation)
    tools = show + copy_button(quote_citation(citation, language), label("copy_quote", language), language)
    return (
        f'<article class="card" lang="{language}">'
        f"<header>{_paper(citation, language)}{place(citation, language)}</header>"
        f'{quote(citation, language)}<p class="tools">{tools}</p></article>'
    )


class About(NamedTuple):
    """The name of a paper on the page, and a line about it: its authors, year and pages, as far as known."""

    name: str
    line: str


def about(paper: Paper, language: Language) -> About:
    """Return the name of a paper and the line about it."""
    known = paper.metadata
    names = ", ".join(known.authors)
    made = f"{names} ({known.year})" if names and known.year else names or str(known.year or "")
    described = paper.annotations.description.get(language, "")
    line = " · ".join(
        filter(None, (made, described, f"{len(paper.pages)} {noun('pages', len(paper.pages), language)}"))
    )
    name = label("bundled_name", language) if described and not known.title else paper.title
    return About(name, line)


def marker_button(citation: Citation, language: Language, *, with_number: bool = True, with_page: bool = True) -> str:
    """Return a citation's marker as a button that shows its quote in the paper. A hover previews the quote.

    The marker shows its number, its page, or both.
    """
    where = f"{label('page', language)} {citation.pages}"
    section = citation.section_in(language)
    preview = f"{where}{f', {section}' if section else ''}: “{citation.text_in(language)}”"
    number = f"[{citation.marker}]" if with_number else ""
    shown = " ".join(filter(None, (number, where if with_page else "")))
    named = " ".join(filter(None, (label("source", language), number, where)))
    quoted = {"data_cite": citation.marker, "data_preview": preview}
    return show_button(escape(shown), "cite", citation, **quoted, aria_label=named)


def paper_name(paper: CitedPaper, language: Language) -> str:
    """Return the name of a library's paper."""
    return paper.title or (label("bundled_name", language) if paper.id == BUNDLED else paper.name)


def papers_counted(count: int, language: Language) -> str:
    """Return the number of papers with its noun: "3 papers"."""
    return f"{count} {noun('papers', count, language)}"


def _paper(citation: Citation, language: Language) -> str:
    """Return the name of a library's paper as HTML, with its details on hover; "" if there is no library."""
    paper = citation.paper
    if not paper.id:
        return ""
    return f'<span class="paper" title="{escape(paper.described)}">{escape(paper_name(paper, language))}</span>'


def copy_button(text: str, name: str, language: Language) -> str:
    """Return a button that copies a text, and then says so."""
    return button(name, "tool", data_copy=text, data_done=label("copied", language))


def _passage(language: Language, passage: str, quote: str, words: str = "") -> str:
    """Return a passage with the quote marked in it. If the passage lacks the quote, the quote comes first."""
    before, found, after = passage.partition(quote)
    marked = f"<mark>{with_bold(quote, words)}</mark>"
    text = f"{escape(before)}{marked}{escape(after)}" if found else f"{marked} {escape(passage)}"
    return f'<blockquote lang="{language}">{text}</blockquote>'
