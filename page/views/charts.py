"""The charts of a paper's findings as HTML: rows of a label, a bar and a value. A row opens its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from assistant import FoundFinding
from corpus import Language
from page.markup import fold
from page.ui_text import label, noun
from page.views.entry import entry, finding_opened

CHARTS: Final = ("partners", "fields", "programmes", "forecasts")
"""The charts, in the order in which they are shown."""

_SWAPPED: Final = str.maketrans(",.", ".,")
"""In Indonesian, points stand between thousands, and a comma before the decimals."""


class Bar(NamedTuple):
    """A row of a chart: its label, its value in a unit, and its findings."""

    label: str
    value: float
    unit: str
    findings: Sequence[FoundFinding]


def bars(findings: Iterable[FoundFinding], language: Language) -> list[Bar]:
    """Return a chart's rows, in the order of the findings: one for each finding, or for each status with its count."""
    groups = defaultdict(list)
    for found in findings:
        status = found.finding.status
        groups[label(status, language) if status else found.finding.label[language]].append(found)
    rows = []
    for name, group in groups.items():
        first = group[0].finding
        if first.status:
            rows.append(Bar(name, len(group), noun("programmes", len(group), language), group))
        else:
            rows.append(Bar(name, first.value or 0.0, first.unit[language], group))
    return rows


def charts_html(findings: Sequence[FoundFinding], language: Language) -> str:
    """Return the charts of some findings as HTML, "" if none of them belongs to a chart."""
    charts = {chart: [found for found in findings if found.finding.chart == chart] for chart in CHARTS}
    return "".join(_chart(chart, bars(group, language), language) for chart, group in charts.items() if group)


def format_value(value: float, unit: str, language: Language) -> str:
    """Return a value with its unit, formatted for a language: "-1,1%", "40.000 paket"."""
    number = f"{abs(value):,.10g}".translate(_SWAPPED if language == "id" else {})
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    space = "" if unit == "%" else "\N{NO-BREAK SPACE}"
    return f"{sign}{number}{space}{unit}"


def _chart(chart: str, rows: Sequence[Bar], language: Language) -> str:
    lowest = min(0.0, *(row.value for row in rows))
    span = max(0.0, *(row.value for row in rows)) - lowest or 1.0
    caption = f'<figcaption><h3 lang="{language}">{escape(label(f"chart_{chart}", language))}</h3></figcaption>'
    items = "".join(f"<li>{_row(row, lowest, span, language)}</li>" for row in rows)
    zero = f"--zero: {-lowest / span:.2%}"
    return f'<figure class="chart" id="chart-{chart}">{caption}<ol style="{zero}">{items}</ol></figure>'


def _row(row: Bar, lowest: float, span: float, language: Language) -> str:
    """Return a row as HTML. The bar of a negative value ends at the zero line, and lies left of it."""
    begin = (min(row.value, 0.0) - lowest) / span
    bar = f'<span class="bar" style="margin-left: {begin:.2%}; width: {abs(row.value) / span:.2%}"></span>'
    line = (
        f'<span class="label" lang="{language}">{escape(row.label)}</span> '
        f'<span class="track">{bar}</span>'
        f'<span class="value">{escape(format_value(row.value, row.unit, language))}</span>'
    )
    return fold(line, f'<div class="opened">{_opened(row, language)}</div>', "row")


def _opened(row: Bar, language: Language) -> str:
    """Return the evidence of a row. A row that counts findings has an entry for each, by its label."""
    if row.findings[0].finding.status:
        return "".join(
            entry(escape(found.finding.label[language]), found.pages, finding_opened(found, language), language)
            for found in row.findings
        )
    return "".join(
        f'<p lang="{language}">{escape(found.finding.statement[language])}</p>{finding_opened(found, language)}'
        for found in row.findings
    )
