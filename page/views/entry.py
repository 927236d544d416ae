"""An entry of the findings or the glossary as HTML: a line in the page's language that opens to show its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from assistant import Citation, FoundFinding
from corpus import OTHER, Language
from page.markup import card, fold
from page.ui_text import label

_SHOWN: Final = 3
"""Sentences of the evidence that are shown at once. The rest is folded: a finding may rest on a whole table."""


def entry(statement: str, pages: str, opened: str, language: Language) -> str:
    """Return an entry: a line with a statement and its pages, and below it what it opens. ``statement`` is HTML."""
    page = f'<span class="page">{escape(label("page", language))} {escape(pages)}</span>'
    line = f'<span class="said" lang="{language}">{statement}</span> {page}'
    return fold(line, f'<div class="opened">{opened}</div>', "entry")


def finding_entry(found: FoundFinding, language: Language) -> str:
    """Return the entry of a finding, in the page's language."""
    return entry(escape(found.finding.statement[language]), found.pages, finding_opened(found, language), language)


def finding_opened(found: FoundFinding, language: Language) -> str:
    """Return what the entry of a finding opens: a note on contradictions, the evidence, and the other language."""
    note, other = found.finding.note[language], OTHER[language]
    disagrees = f'<p class="disagrees" lang="{language}">{escape(note)}</p>' if note else ""
    statement = f'<p lang="{other}">{escape(found.finding.statement[other])}</p>'
    translated = fold(escape(label("in_other_language", language)), statement, "folded")
    return f"{disagrees}{evidence(found.evidence, language)}{translated}"


def evidence(citations: Sequence[Citation], language: Language) -> str:
    """Return citations as cards. If there are many, all but the first are folded."""
    cards = [card(citation, language) for citation in citations]
    # Folding a single card would save no room.
    shown = _SHOWN if len(cards) > _SHOWN + 1 else len(cards)
    rest = cards[shown:]
    name = escape(f"{label('more_evidence', language)} ({len(rest)})")
    more = fold(name, "".join(rest), "folded") if rest else ""
    return "".join(cards[:shown]) + more
