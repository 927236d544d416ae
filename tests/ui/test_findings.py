"""Findings and terms as HTML, without a browser."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html import escape

import pytest

from assistant import Catalogue, FoundFinding, Lookup
from assistant.tables import to_csv
from corpus import LANGUAGES, Language, load_paper
from page.findings import CHARTS, bar_name, bars_html, found_html, terms_html

CATALOGUE = Catalogue(load_paper())


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
    link = re.search(r'download="(.+?)" href="data:text/csv;charset=utf-8;base64,(.+?)"', found_html(found, "id"))
    assert link
    assert link[1] == "tanya-temuan.csv"
    assert base64.b64decode(link[2]).decode("utf-8-sig") == to_csv(found)


def test_nothing_found_is_said() -> None:
    assert "Nothing matches" in found_html(Lookup((), ()), "en")
    assert "Tidak ada yang cocok" in terms_html((), "id")


def test_what_is_written_is_escaped() -> None:
    one = CATALOGUE.lookup().findings[0]
    spoiled = replace(one.finding, statement={"id": "<b>a</b>", "en": "a & b"})
    html = found_html(Lookup((FoundFinding(spoiled, one.evidence),), ()), "en")
    assert "&lt;b&gt;a&lt;/b&gt;" in html
    assert "a &amp; b" in html


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
