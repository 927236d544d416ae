"""The tabs beside the chat: the paper's findings, with charts, and its glossary. Neither waits for the model."""

from __future__ import annotations

from collections import Counter
from typing import Any

import gradio as gr
import pandas as pd

from assistant import FoundFinding
from corpus import LANGUAGES, Language, Topic
from page.document import Document
from page.findings import CHARTS, bar_name, bars_html, found_html, terms_html
from page.labels import label
from page.language import preferred_language
from page.reader import QUICK, TRIGGER_SHOW

_ALL = "all"

_SIDE_BY_SIDE = 5
"""Bars of a chart whose names have room side by side on a narrow screen."""


def topic_labels(topics: tuple[Topic, ...]) -> dict[Language, dict[str, str]]:
    """Return the names of topics as labels of the page, by language."""
    return {language: {f"topic_{topic.id}": topic.name[language] for topic in topics} for language in LANGUAGES}


def lay_out_findings(page: gr.Blocks, document: Document, words: gr.I18n) -> list[gr.HTML]:
    """Lay out the findings tab: the list with its search and filter, and the charts; return its evidence."""
    catalogue = document.catalogue
    gr.HTML(f'<p class="note">{words("findings_note")}</p>')
    with gr.Tabs(elem_id="findings-tabs"):
        with gr.Tab(str(words("list"))):
            with gr.Row():
                text = gr.Textbox(
                    label=str(words("search")), placeholder=str(words("search_hint")), elem_id="find", max_lines=1
                )
                topic = gr.Dropdown(
                    [(words("all_topics"), _ALL), *((words(f"topic_{t.id}"), t.id) for t in catalogue.topics)],
                    value=_ALL,
                    label=str(words("topic")),
                    elem_id="topic",
                )
            shown = gr.HTML(elem_id="found", apply_default_css=False, js_on_load=TRIGGER_SHOW)
        with gr.Tab(str(words("charts"))):
            gr.HTML(f'<p class="note">{words("charts_note")}</p>')
            charts = [_lay_out_chart(chart, words) for chart in CHARTS]

    def find(text: str, topic: str, request: gr.Request) -> str:
        found = catalogue.lookup(text, topic=None if topic == _ALL else topic)
        return found_html(found, preferred_language(request))

    drawn = [[one for one in catalogue.lookup().findings if one.finding.chart == chart] for chart in CHARTS]

    def draw(request: gr.Request) -> list[Any]:
        language = preferred_language(request)
        return [*(_draw(bars, language) for bars in drawn), *(bars_html(bars, language) for bars in drawn)]

    gr.on(
        [page.load, text.change, topic.change],
        find,
        [text, topic],
        shown,
        trigger_mode="always_last",
        **QUICK,
    )
    plots, entries = zip(*charts, strict=True)
    page.load(draw, None, [*plots, *entries], **QUICK)
    return [shown, *entries]


def lay_out_glossary(page: gr.Blocks, document: Document, words: gr.I18n) -> list[gr.HTML]:
    """Lay out the glossary tab; return its evidence."""
    gr.HTML(f'<p class="note">{words("glossary_note")}</p>')
    text = gr.Textbox(
        label=str(words("search")), placeholder=str(words("search_hint")), elem_id="find-term", max_lines=1
    )
    shown = gr.HTML(elem_id="terms", apply_default_css=False, js_on_load=TRIGGER_SHOW)

    def find(text: str, request: gr.Request) -> str:
        return terms_html(document.catalogue.terms(text), preferred_language(request))

    gr.on(
        [page.load, text.change],
        find,
        text,
        shown,
        trigger_mode="always_last",
        **QUICK,
    )
    return [shown]


def _lay_out_chart(chart: str, words: gr.I18n) -> tuple[gr.BarPlot, gr.HTML]:
    """Lay out a chart, empty as yet, and below it the place for the findings that its bars stand for."""
    with gr.Column(elem_classes="chart", elem_id=f"chart-{chart}"):
        plot = gr.BarPlot(x="bar", y="value", x_title=" ", height=260, label=str(words(f"chart_{chart}")))
        return plot, gr.HTML(apply_default_css=False, js_on_load=TRIGGER_SHOW)


def _draw(findings: list[FoundFinding], language: Language) -> gr.BarPlot:
    """Return a chart of each finding's value, or of how many programmes have each status."""
    names = [bar_name(one.finding, language) for one in findings]
    first = findings[0].finding
    if first.status:
        values: dict[str, float] = dict(Counter(names))
        unit = label("programmes", language)
    else:
        values = {name: one.finding.value or 0.0 for name, one in zip(names, findings, strict=True)}
        unit = first.unit[language]
    ordered = sorted(values, key=lambda name: -abs(values[name]))
    lowest, highest = min(0.0, *values.values()), max(0.0, *values.values())
    return gr.BarPlot(
        pd.DataFrame({"bar": ordered, "value": [values[name] for name in ordered]}),
        sort=ordered,
        x_label_angle=-40 if len(ordered) > _SIDE_BY_SIDE else 0,
        y_title=unit,
        # Vega would begin at the shortest bar, and make it look like nothing.
        y_lim=[1.1 * lowest, 1.1 * highest],
    )
