"""Findings and terms as HTML, without a browser."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html import escape

import pytest

from assistant import FoundFinding, FoundTerm, Lookup
from assistant.exporting import quote_citation
from assistant.lookup_rendering import to_csv
from corpus import LANGUAGES, Language
from page.findings import CHARTS, bar_name, bars_html, found_html, terms_html
from tests.ui.stand_ins import CITATION, DOCUMENT, SPOIL, Html

CATALOGUE = DOCUMENT.catalogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_statements_and_the_evidence_in_its_context(language: Language) -> None:
    found = CATALOGUE.lookup("masker", topic="aid")
    html = found_html(found, language)
    first = found.findings[0]
    for of in LANGUAGES:
        assert f'<span lang="{of}">{first.finding.statement[of]}</span>' in html
    assert escape(first.finding.note[language]) in html
    assert html.count("<details") == len(found.findings) + len(found.sentences)
    assert "<mark>" in html
    assert f"{len(found.findings)} {'temuan' if language == 'id' else 'findings'}" in html


def test_the_csv_is_in_the_link() -> None:
    found = CATALOGUE.lookup("masker")
    html = found_html(found, "id")
    link = re.search(r'download="(.+?)" href="data:text/csv;charset=utf-8;base64,(.+?)"', html)
    assert link
    assert link[1] == "tanya-temuan.csv"
    assert base64.b64decode(link[2]).decode("utf-8-sig") == to_csv(found)


def test_nothing_found_is_said() -> None:
    assert "Nothing matches" in found_html(Lookup((), ()), "en")
    assert "Tidak ada yang cocok" in terms_html((), "id")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_escaped(language: Language) -> None:
    one, term = CATALOGUE.lookup().findings[0], CATALOGUE.terms()[0]
    both = dict.fromkeys(LANGUAGES, SPOIL)
    topic = replace(one.finding.topic, name=both)
    finding = replace(one.finding, topic=topic, statement=both, note=both, label=both, status="")
    citation = replace(CITATION, quote=SPOIL, translation=SPOIL, passage=SPOIL, section=SPOIL)
    found = FoundFinding(finding, (citation,))
    forms = dict.fromkeys(LANGUAGES, (SPOIL, SPOIL))
    spoiled = FoundTerm(replace(term.term, kind="term", forms=forms, meaning=both), (citation,))
    for html in (
        Html(found_html(Lookup((found,), (citation,)), language)),
        Html(bars_html([found], language)),
        Html(terms_html([spoiled], language)),
    ):
        assert not {"script", "img"} & set(html.tags)
        assert not any("onerror" in attributes for _, attributes in html.elements)
        assert html.text.count(SPOIL) > 3
        assert {bar["data-bar"] for bar in html.having("data-bar")} <= {SPOIL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_found_can_be_seen_on_its_page_and_copied(language: Language) -> None:
    found, terms = CATALOGUE.lookup("masker"), CATALOGUE.terms("BNPB")
    told = {
        found_html(found, language): [c for f in found.findings for c in f.evidence] + list(found.sentences),
        terms_html(terms, language): [c for term in terms for c in term.evidence],
        bars_html(found.findings, language): [c for f in found.findings for c in f.evidence],
    }
    for html, citations in told.items():
        assert citations
        shows = [(int(each["data-start"]), int(each["data-end"])) for each in Html(html).having("data-show")]
        copies = [each["data-copy"] for each in Html(html).having("data-copy")]
        assert shows == [(citation.start, citation.end) for citation in citations]
        assert copies == [quote_citation(citation, language) for citation in citations]
        assert 'class="marker"' not in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS)
def test_every_bar_has_its_findings(chart: str, language: Language) -> None:
    findings = [one for one in CATALOGUE.lookup().findings if one.finding.chart == chart]
    html = bars_html(findings, language)
    for one in findings:
        assert f'data-bar="{bar_name(one.finding, language)}"' in html


def test_terms_say_what_is_not_explained() -> None:
    html = terms_html(CATALOGUE.terms("BNPB"), "en")
    assert "The paper does not explain it." in html
    assert "<b>BNPB</b>" in html
    spelling = terms_html([one for one in CATALOGUE.terms() if one.term.kind == "spelling"], "en")
    assert "does not explain" not in spelling
