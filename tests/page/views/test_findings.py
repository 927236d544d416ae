"""Findings as HTML, without a browser."""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import replace
from html import escape

import pytest

from assistant import FoundFinding, FoundTerm, Lookup
from assistant.exporting import quote_citation
from assistant.lookup_rendering import to_csv
from corpus import LANGUAGES, OTHER, Language
from page.views.findings import findings_html, lookup_html
from page.views.glossary_terms import terms_html
from tests.page.stand_ins import CITATION, DOCUMENT, SPOIL, Html

CATALOGUE = DOCUMENT.catalogue
ALL = CATALOGUE.lookup()


def headings(html: str) -> list[tuple[str, str]]:
    """Return the second-level headings, each with its language."""
    return re.findall(r'<h2 lang="(\w+)">(.+?)</h2>', html)


def entries(html: str) -> list[tuple[str, str]]:
    """Return what the entries say before they are opened, each with its language."""
    return re.findall(r'<summary><span class="said" lang="(\w+)">(.+?)</span>', html)


@pytest.mark.parametrize("language", LANGUAGES)
class TestAll:
    def test_the_key_findings_come_first_then_the_charts_then_the_topics(self, language: Language) -> None:
        html = findings_html(ALL, language)
        key, charts, *topics = headings(html)
        assert key == (language, {"id": "Temuan utama", "en": "Key findings"}[language])
        assert charts == (language, {"id": "Grafik", "en": "Charts"}[language])
        assert topics == [(language, escape(topic.name[language])) for topic in CATALOGUE.topics]
        ranked = sorted((f.finding for f in ALL.findings if f.finding.rank), key=lambda finding: finding.rank or 0)
        assert len(ranked) == 5
        assert entries(html)[:5] == [(language, escape(finding.statement[language])) for finding in ranked]

    def test_each_finding_is_there_once_and_says_the_other_language_when_it_is_opened(self, language: Language) -> None:
        html = findings_html(ALL, language)
        others = Counter(
            re.findall(rf'<details class="folded"><summary>[^<]+</summary><p lang="{OTHER[language]}">(.+?)</p>', html)
        )
        assert others == Counter(escape(found.finding.statement[OTHER[language]]) for found in ALL.findings)
        assert {said for said, _ in entries(html)} == {language}

    def test_many_sentences_of_evidence_are_folded_and_none_is_lost(self, language: Language) -> None:
        shows = Html(findings_html(ALL, language)).having("data-show")
        starts = Counter(int(show["data-start"]) for show in shows)
        assert starts == Counter(citation.start for found in ALL.findings for citation in found.evidence)
        name = {"id": "Bukti lainnya", "en": "Further evidence"}[language]
        assert f"<summary>{name} (10)</summary>" in findings_html(ALL, language)  # of the 13 rows of Table 1


def test_without_key_findings_and_charts_there_are_the_topics_only() -> None:
    found = next(found for found in ALL.findings if not (found.finding.rank or found.finding.chart))
    html = findings_html(Lookup((found,), ()), "en")
    assert headings(html) == [("en", escape(found.finding.topic.name["en"]))]
    assert "Nothing matches" in findings_html(Lookup((), ()), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_searched_for_stands_under_its_topics_then_the_sentences(language: Language) -> None:
    found = CATALOGUE.lookup("masker", topic="aid")
    html = lookup_html(found, language)
    first = found.findings[0]
    assert entries(html) == [
        *((language, escape(one.finding.statement[language])) for one in found.findings),
        *((language, escape(citation.text_in(language))) for citation in found.sentences),
    ]
    assert f'<p lang="{OTHER[language]}">{escape(first.finding.statement[OTHER[language]])}</p>' in html
    assert escape(first.finding.note[language]) in html
    assert "<mark>" in html
    assert f"{len(found.findings)} {'temuan' if language == 'id' else 'findings'}" in html


def test_the_csv_is_in_the_link() -> None:
    masks = CATALOGUE.lookup("masker")
    for found, html in ((masks, lookup_html(masks, "id")), (ALL, findings_html(ALL, "id"))):
        link = re.search(r'download="(.+?)" href="data:text/csv;charset=utf-8;base64,(.+?)"', html)
        assert link
        assert link[1] == "tanya-temuan.csv"
        assert base64.b64decode(link[2]).decode("utf-8-sig") == to_csv(found)


def test_nothing_found_is_said() -> None:
    assert "Nothing matches" in lookup_html(Lookup((), ()), "en")
    assert "Tidak ada yang cocok" in terms_html((), "id")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_escaped(language: Language) -> None:
    one, term = ALL.findings[0], CATALOGUE.terms()[0]
    both = dict.fromkeys(LANGUAGES, SPOIL)
    topic = replace(one.finding.topic, name=both)
    citation = replace(CITATION, quote=SPOIL, translation=SPOIL, passage=SPOIL, section=SPOIL)
    plain = replace(one.finding, topic=topic, statement=both, note=both, label=both, unit=both, status="")
    bar, key = replace(plain, chart="partners", value=1.0), replace(plain, rank=1)
    found = Lookup(tuple(FoundFinding(finding, (citation,)) for finding in (plain, bar, key)), (citation,))
    forms = dict.fromkeys(LANGUAGES, (SPOIL, SPOIL))
    spoiled = FoundTerm(replace(term.term, kind="term", forms=forms, meaning=both), (citation,))
    for html in (
        Html(findings_html(found, language)),
        Html(lookup_html(found, language)),
        Html(terms_html([spoiled], language)),
    ):
        assert not {"script", "img"} & set(html.tags)
        assert not any("onerror" in attributes for _, attributes in html.elements)
        assert html.text.count(SPOIL) > 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_found_can_be_seen_on_its_page_and_copied(language: Language) -> None:
    found, terms = CATALOGUE.lookup("masker"), CATALOGUE.terms("BNPB")
    cases = {
        lookup_html(found, language): [c for f in found.findings for c in f.evidence] + list(found.sentences),
        terms_html(terms, language): [c for term in terms for c in term.evidence],
    }
    for html, citations in cases.items():
        assert citations
        shows = [(int(each["data-start"]), int(each["data-end"])) for each in Html(html).having("data-show")]
        copies = [each["data-copy"] for each in Html(html).having("data-copy")]
        assert shows == [(citation.start, citation.end) for citation in citations]
        assert copies == [quote_citation(citation, language) for citation in citations]
        assert 'class="marker"' not in html
