"""The charts of the findings as HTML, without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from itertools import pairwise

import pytest

from assistant import FoundFinding
from corpus import LANGUAGES, Language
from page.views.charts import CHARTS, bars, charts_html, format_value
from tests.page.stand_ins import DOCUMENT

FINDINGS = DOCUMENT.catalogue.lookup().findings


def charted(chart: str) -> list[FoundFinding]:
    return [found for found in FINDINGS if found.finding.chart == chart]


def shapes(html: str) -> list[tuple[float, float]]:
    """Return where each bar begins, and how long it is, in percent of the room it has."""
    return [
        (float(a), float(b)) for a, b in re.findall(r'class="bar" style="margin-left: (.+?)%; width: (.+?)%"', html)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bar_says_its_label_and_value_in_the_order_of_the_list(language: Language) -> None:
    for chart in ("partners", "fields", "forecasts"):
        findings = [found.finding for found in charted(chart)]
        html = charts_html(charted(chart), language)
        rows = re.findall(
            r'<summary><span class="label" lang="(\w+)">(.+?)</span>.+?<span class="value">(.+?)</span>', html
        )
        assert rows == [
            (language, f.label[language], format_value(f.value or 0.0, f.unit[language], language)) for f in findings
        ]
        assert all(f'<p lang="{language}">{escape(f.statement[language])}</p>' in html for f in findings)


def test_bars_are_as_long_as_their_values() -> None:
    values = [found.finding.value or 0.0 for found in charted("partners")]
    lengths = shapes(charts_html(charted("partners"), "en"))
    assert [length for _, length in lengths] == pytest.approx([100 * value / 48 for value in values], abs=0.01)
    assert {begin for begin, _ in lengths} == {0.0}


def test_bars_below_zero_end_at_the_line_of_zero() -> None:
    html = charts_html(charted("forecasts"), "en")
    assert "--zero: 100.00%" in html
    lengths = shapes(html)
    assert [begin + length for begin, length in lengths] == pytest.approx([100] * 5, abs=0.02)
    assert max(length for _, length in lengths) == 100
    above = FoundFinding(replace(charted("forecasts")[0].finding, value=1.0), ())
    html = charts_html([above, charted("forecasts")[4]], "en")
    assert "--zero: 75.00%" in html
    assert shapes(html) == [(75, 25), (0, 75)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_programmes_are_counted_by_status_and_each_is_under_its_own(language: Language) -> None:
    rows = bars(charted("programmes"), language)
    assert [(row.value, row.unit) for row in rows] == [(8, rows[0].unit), (4, rows[0].unit)]
    assert [row.label for row in rows] == {"id": ["Proses", "Terlaksana"], "en": ["In process", "Implemented"]}[
        language
    ]
    html = charts_html(charted("programmes"), language)
    places = [
        html.index(f'lang="{language}">{escape(f.finding.label[language])}<') for row in rows for f in row.findings
    ]
    assert len(places) == 12
    assert all(one < other for one, other in pairwise(places))


def test_charts_come_in_their_order_and_only_those_that_have_bars() -> None:
    assert re.findall(r'id="chart-(\w+)"', charts_html(FINDINGS, "en")) == list(CHARTS)
    assert re.findall(r'id="chart-(\w+)"', charts_html(charted("fields"), "en")) == ["fields"]
    assert charts_html([], "en") == ""
    assert {found.finding.chart for found in FINDINGS} == {"", *CHARTS}


def test_a_chart_of_nothing_but_zero_has_bars_without_length() -> None:
    zero = FoundFinding(replace(charted("partners")[0].finding, value=0.0), ())
    assert shapes(charts_html([zero], "en")) == [(0, 0)]


@pytest.mark.parametrize(
    ("value", "unit", "indonesian", "english"),
    [
        (-1.1, "%", "\N{MINUS SIGN}1,1%", "\N{MINUS SIGN}1.1%"),
        (40000, "x", "40.000\N{NO-BREAK SPACE}x", "40,000\N{NO-BREAK SPACE}x"),
        (27.94, "%", "27,94%", "27.94%"),
    ],
)
def test_a_value_is_written_as_the_language_writes_it(value: float, unit: str, indonesian: str, english: str) -> None:
    assert (format_value(value, unit, "id"), format_value(value, unit, "en")) == (indonesian, english)
