"""An entry of the findings or the glossary: a line, and what it opens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus import LANGUAGES, OTHER, Language
from page.ui_text import label
from page.views.entry import entry, evidence, finding_entry
from tests.page.stand_ins import CITATION, DOCUMENT, Html, part, parts


@pytest.mark.parametrize(("cards", "folded"), [(0, 0), (1, 0), (3, 0), (4, 0), (5, 2), (13, 10)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_much_evidence_is_folded_but_never_a_single_card(cards: int, folded: int, language: Language) -> None:
    html = evidence([replace(CITATION, start=n) for n in range(cards)], language)
    assert [int(show["data-start"]) for show in Html(html).having("data-show")] == list(range(cards))
    more = parts(html, "details.folded")
    assert len(more) == bool(folded)
    if more:
        assert len(parts(more[0], "article.card")) == folded
        assert f"<summary>{label('more_evidence', language)} ({folded})</summary>" in more[0]


def test_a_line_says_its_pages_which_are_escaped() -> None:
    html = entry("<b>Said</b>", "3 & 4", "<p>Opened</p>", "en")
    line = part(html, "summary")
    assert Html(line).text == "Said p. 3 & 4"
    assert "<b>Said</b>" in line
    assert html.index("Opened") > html.index("</summary>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_opens_its_note_its_evidence_and_the_other_language(language: Language) -> None:
    found = next(found for found in DOCUMENT.catalogue.lookup().findings if found.finding.note[language])
    html = finding_entry(found, language)
    statement, note = found.finding.statement, found.finding.note
    assert Html(part(html, "span.said")).text == statement[language]
    assert Html(part(html, "p.disagrees")).text == note[language]
    assert len(parts(html, "article.card")) == len(found.evidence)
    assert Html(parts(html, "details.folded")[-1]).text.endswith(statement[OTHER[language]])


def test_without_a_contradiction_there_is_no_note() -> None:
    found = next(found for found in DOCUMENT.catalogue.lookup().findings if not found.finding.note["en"])
    assert "disagrees" not in finding_entry(found, "en")
