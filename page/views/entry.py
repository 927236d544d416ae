"""An entry of the findings or of the glossary as HTML: a line in the page's language that opens on its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from assistant import Citation, FoundFinding
from corpus import OTHER, Language
from page.markup import card
from page.ui_text import label

_SHOWN: Final = 3
"""Sentences of the evidence that are seen at once; more are folded, since a finding may count a whole table."""


def entry(said: str, pages: str, opened: str, language: Language) -> str:
    """Return an entry: what it says and its pages as the line, below it what it opens on. ``said`` is HTML."""
    page = f'<span class="page">{escape(label("page", language))} {escape(pages)}</span>'
    line = f'<span class="said" lang="{language}">{said}</span> {page}'
    return f'<details class="entry"><summary>{line}</summary><div class="opened">{opened}</div></details>'


def finding_entry(found: FoundFinding, language: Language) -> str:
    """Return a finding, stated in the page's language."""
    return entry(escape(found.finding.statement[language]), found.pages, finding_opened(found, language), language)


def finding_opened(found: FoundFinding, language: Language) -> str:
    """Return what a finding opens on: where the paper disagrees with itself, the evidence, the other language."""
    note, other = found.finding.note[language], OTHER[language]
    disagrees = f'<p class="disagrees" lang="{language}">{escape(note)}</p>' if note else ""
    statement = f'<p lang="{other}">{escape(found.finding.statement[other])}</p>'
    return f"{disagrees}{evidence(found.evidence, language)}{_folded(label('in_other_language', language), statement)}"


def evidence(citations: Sequence[Citation], language: Language) -> str:
    """Return citations as cards, of many the first ones, and the rest folded."""
    cards = [card(citation, language) for citation in citations]
    # A fold for a single card would take as much room as it saves.
    shown = _SHOWN if len(cards) > _SHOWN + 1 else len(cards)
    rest = cards[shown:]
    more = _folded(f"{label('more_evidence', language)} ({len(rest)})", "".join(rest)) if rest else ""
    return "".join(cards[:shown]) + more


def nothing_found(language: Language) -> str:
    """Return that nothing matches."""
    return f'<p class="hint" role="status">{escape(label("nothing_found", language))}</p>'


def _folded(name: str, html: str) -> str:
    return f'<details class="folded"><summary>{escape(name)}</summary>{html}</details>'
