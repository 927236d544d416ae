"""The paper's findings as HTML, in the page's language: key findings, charts, and the rest by topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from assistant import Citation, FoundFinding, Lookup
from assistant.lookup_rendering import to_csv
from corpus import Language, Topic
from page.markup import csv_link, fold, nothing_found
from page.ui_text import label, noun
from page.views.charts import CHARTS, charts_html
from page.views.entry import entry, evidence, finding_entry


def findings_html(everything: Lookup, language: Language) -> str:
    """Return all findings as HTML, each one once: as a key finding, as a bar of a chart, or under its topic."""
    findings = everything.findings
    if not findings:
        return nothing_found(language)
    rest = [found for found in findings if not (found.finding.rank or found.finding.chart in CHARTS)]
    topics = "".join(_topic(topic, list(group), language) for topic, group in groupby(rest, lambda f: f.finding.topic))
    return f"{_counts(everything, language)}{_key(findings, language)}{_charts(findings, language)}{topics}"


def lookup_html(found: Lookup, language: Language) -> str:
    """Return the results of a search as HTML: findings by topic, then sentences, and a link to download them."""
    if not found:
        return nothing_found(language)
    parts = [_counts(found, language)]
    for topic, group in groupby(found.findings, lambda f: f.finding.topic):
        parts.append(_heading(topic.name[language], language))
        parts += [finding_entry(finding, language) for finding in group]
    if found.sentences:
        parts.append(_heading(label("in_the_paper", language), language))
        parts += [_sentence(citation, language) for citation in found.sentences]
    return "".join(parts)


def _key(findings: Iterable[FoundFinding], language: Language) -> str:
    ranked = {found.finding.rank: found for found in findings if found.finding.rank}
    if not ranked:
        return ""
    items = "".join(f"<li>{finding_entry(ranked[rank], language)}</li>" for rank in sorted(ranked))
    return f'{_heading(label("key_findings", language), language)}<ol class="key-findings">{items}</ol>'


def _charts(findings: Sequence[FoundFinding], language: Language) -> str:
    charts = charts_html(findings, language)
    if not charts:
        return ""
    note = f'<p class="note">{escape(label("charts_note", language))}</p>'
    return f"{_heading(label('charts', language), language)}{note}{charts}"


def _topic(topic: Topic, findings: list[FoundFinding], language: Language) -> str:
    """Return a topic, closed, so that all topics are seen at a glance."""
    line = f'{_heading(topic.name[language], language)} <span class="count">{len(findings)}</span>'
    entries = "".join(finding_entry(found, language) for found in findings)
    return fold(line, entries, "topic")


def _sentence(citation: Citation, language: Language) -> str:
    statement = escape(citation.text_in(language))
    return entry(statement, citation.pages, evidence([citation], language), language)


def _heading(text: str, language: Language) -> str:
    return f'<h2 lang="{language}">{escape(text)}</h2>'


def _counts(found: Lookup, language: Language) -> str:
    counts = {"findings": len(found.findings), "sentences": len(found.sentences)}
    shown = ", ".join(f"{count} {escape(noun(what, count, language))}" for what, count in counts.items() if count)
    # Excel needs the byte order mark to read UTF-8.
    table = to_csv(found).encode("utf-8-sig")
    link = csv_link(label("csv_name", language), table, escape(label("download_csv", language)))
    return f'<p class="found"><span role="status">{shown}</span> {link}</p>'
