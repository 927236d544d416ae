"""The paper's findings and terms as the page shows them: both languages side by side, and at a click the evidence."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant import Citation, FoundFinding, FoundTerm, Lookup
from assistant.lookup_rendering import to_csv
from corpus import LANGUAGES, Finding, Language
from page.labels import label
from page.markup import card

CHARTS = ("partners", "fields", "programmes", "forecasts")
"""The charts that findings are bars of, in the order in which they are shown."""


def found_html(found: Lookup, language: Language) -> str:
    """Return what was looked up as HTML: findings under their topics, then sentences, and the whole to download."""
    if not found:
        return _nothing_found(language)
    counts = {"findings": len(found.findings), "sentences": len(found.sentences)}
    told = ", ".join(f"{count} {escape(label(what, language))}" for what, count in counts.items() if count)
    parts = [f'<p class="found"><span role="status">{told}</span> {_download(found, language)}</p>']
    topic = None
    for one in found.findings:
        if one.finding.topic != topic:
            topic = one.finding.topic
            parts.append(f'<h2 lang="{language}">{escape(topic.name[language])}</h2>')
        parts.append(_finding(one, language))
    if found.sentences:
        parts.append(f"<h2>{escape(label('in_the_paper', language))}</h2>")
        parts += [_sentence(citation, language) for citation in found.sentences]
    return "".join(parts)


def bars_html(findings: Iterable[FoundFinding], language: Language) -> str:
    """Return the findings behind a chart's bars as HTML; ``data-bar`` names the bar each belongs to."""
    return "".join(_finding(one, language, bar=bar_name(one.finding, language)) for one in findings)


def bar_name(finding: Finding, language: Language) -> str:
    """Return what a finding's bar is called: a programme belongs to that of its status."""
    return label(finding.status, language) if finding.status else finding.label[language]


def _finding(one: FoundFinding, language: Language, bar: str = "") -> str:
    statements = {of: escape(one.finding.statement[of]) for of in LANGUAGES}
    note = one.finding.note[language]
    disagrees = f'<p class="disagrees" lang="{language}">{escape(note)}</p>' if note else ""
    return _entry(statements, one.pages, one.evidence, language, note=disagrees, bar=bar)


def terms_html(terms: Sequence[FoundTerm], language: Language) -> str:
    """Return terms of the glossary as HTML, their preferred forms first; a term that is not explained says so."""
    if not terms:
        return _nothing_found(language)
    count = f'<p class="found"><span role="status">{len(terms)} {escape(label("terms", language))}</span></p>'
    return count + "".join(_term(one, language) for one in terms)


def _term(one: FoundTerm, language: Language) -> str:
    term = one.term
    meaning = ""
    if term.kind != "spelling":
        told = term.meaning[language] or label("not_explained", language)
        meaning = f'<span class="meaning" lang="{language}">{escape(told)}</span>'
    is_same = term.forms["id"] == term.forms["en"]  # as the paper itself writes it, which has no glossary
    names = {of: _forms(term.forms[of]) for of in ((language,) if is_same else LANGUAGES)}
    return _entry(names, one.pages, one.evidence, language, meaning=meaning)


def _forms(forms: Sequence[str]) -> str:
    others = f" <small>{escape(', '.join(forms[1:]))}</small>" if len(forms) > 1 else ""
    return f"<b>{escape(forms[0])}</b>{others}"


def _sentence(citation: Citation, language: Language) -> str:
    texts = {of: escape(citation.text_in(of)) for of in LANGUAGES}
    return _entry(texts, citation.pages, [citation], language)


def _entry(
    texts: Mapping[Language, str],
    pages: str,
    evidence: Iterable[Citation],
    language: Language,
    *,
    meaning: str = "",
    note: str = "",
    bar: str = "",
) -> str:
    """Return an entry, texts in both languages beside each other, that opens on its evidence; all given as HTML."""
    said = "".join(f'<span lang="{of}">{text}</span>' for of, text in texts.items())
    page = f'<span class="page">{escape(label("page", language))} {pages}</span>'
    named = f' data-bar="{escape(bar)}"' if bar else ""
    cards = "".join(card(citation, language) for citation in evidence)
    return f'<details class="entry"{named}><summary>{said}{page}{meaning}</summary>{note}{cards}</details>'


def _nothing_found(language: Language) -> str:
    return f'<p class="hint" role="status">{escape(label("nothing_found", language))}</p>'


def _download(found: Lookup, language: Language) -> str:
    # The link holds the file, so that nothing is left behind on the server; the mark tells Excel that it is UTF-8.
    data = b64encode(to_csv(found).encode("utf-8-sig")).decode()
    name, text = escape(label("csv_name", language)), escape(label("download_csv", language))
    return f'<a class="download" download="{name}" href="data:text/csv;charset=utf-8;base64,{data}">{text}</a>'
