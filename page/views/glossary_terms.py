"""The paper's glossary as the page shows it: each term in its language, then in the other, and where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant import FoundTerm
from corpus import LANGUAGES, OTHER, Language, Term
from page.ui_text import label, noun
from page.views.entry import entry, evidence, nothing_found


def terms_html(terms: Sequence[FoundTerm], language: Language) -> str:
    """Return terms of the glossary as HTML; a term that is not explained says so."""
    if not terms:
        return nothing_found(language)
    count = (
        f'<p class="found"><span role="status">{len(terms)} {escape(noun("terms", len(terms), language))}</span></p>'
    )
    return count + "".join(_entry(found, language) for found in terms)


def _entry(found: FoundTerm, language: Language) -> str:
    term, other = found.term, OTHER[language]
    said = f"<b>{escape(term.forms[language][0])}</b>"
    if term.forms[other][0] != term.forms[language][0]:
        said += f' <span class="other-form" lang="{other}">{escape(term.forms[other][0])}</span>'
    if term.kind != "spelling":
        meaning = term.meaning[language] or label("not_explained", language)
        said += f' <span class="meaning">{escape(meaning)}</span>'
    return entry(said, found.pages, _also_written(term, language) + evidence(found.evidence, language), language)


def _also_written(term: Term, language: Language) -> str:
    """Return the forms that are not the preferred ones, by language; of a term written alike in both, once."""
    is_same = term.forms["id"] == term.forms["en"]
    others = {of: ", ".join(term.forms[of][1:]) for of in ((language,) if is_same else LANGUAGES)}
    told = "; ".join(f'<span lang="{of}">{escape(forms)}</span>' for of, forms in others.items() if forms)
    return f'<p class="note">{escape(label("also_written", language))} {told}</p>' if told else ""
