"""The paper's glossary as HTML: each term in the page's language and in the other, and where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant import FoundTerm
from corpus import LANGUAGES, OTHER, Language, Term
from page.markup import nothing_found
from page.ui_text import label, noun
from page.views.entry import entry, evidence


def terms_html(terms: Sequence[FoundTerm], language: Language) -> str:
    """Return terms of the glossary as HTML. A term without an explanation says so."""
    if not terms:
        return nothing_found(language)
    count = (
        f'<p class="found"><span role="status">{len(terms)} {escape(noun("terms", len(terms), language))}</span></p>'
    )
    return count + "".join(_entry(found, language) for found in terms)


def _entry(found: FoundTerm, language: Language) -> str:
    term, other = found.term, OTHER[language]
    line = f"<b>{escape(term.forms[language][0])}</b>"
    if term.forms[other][0] != term.forms[language][0]:
        line += f' <span class="other-form" lang="{other}">{escape(term.forms[other][0])}</span>'
    if term.kind != "spelling":
        meaning = term.meaning[language] or label("not_explained", language)
        line += f' <span class="meaning">{escape(meaning)}</span>'
    return entry(line, found.pages, _also_written(term, language) + evidence(found.evidence, language), language)


def _also_written(term: Term, language: Language) -> str:
    """Return the further forms of a term, by language; only once if both languages have the same forms."""
    is_same = term.forms["id"] == term.forms["en"]
    languages = (language,) if is_same else LANGUAGES
    further = {each: ", ".join(term.forms[each][1:]) for each in languages}
    forms = "; ".join(f'<span lang="{each}">{escape(text)}</span>' for each, text in further.items() if text)
    return f'<p class="note">{escape(label("also_written", language))} {forms}</p>' if forms else ""
