"""The findings and glossary tabs in a browser, in both languages."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from assistant import Catalogue
from assistant.lookup_rendering import to_csv
from corpus import BUNDLED_PAPER, LANGUAGES, load_paper
from tests.ui.visits import Server, Visit, Visits

CATALOGUE = Catalogue(load_paper())


class Words(NamedTuple):
    """What the page says in one language, a word to search for, and one of the bars."""

    locale: str
    tab: str
    word: str
    topic: str
    charts: str
    bar: str


INDONESIAN = Words("id-ID", "Temuan", "masker", "Bantuan kesehatan dari Sichuan", "Grafik", "Jepang")
ENGLISH = Words("en-GB", "Findings", "masks", "Health aid from Sichuan", "Charts", "Japan")
BOTH = pytest.mark.parametrize("words", [INDONESIAN, ENGLISH])


@pytest.fixture
def own_paper_server(no_network: None) -> Iterator[Server]:
    """Serve a paper that nothing is written about; name this fixture before ``visits``."""
    server = Server("--paper", str(BUNDLED_PAPER))
    yield server
    server.close()


def open_tab(visit: Visit, name: str) -> None:
    visit.page.get_by_role("tab", name=name, exact=True).click()


def entries(visit: Visit) -> Locator:
    return visit.page.locator("#found .entry")


@BOTH
def test_search_filter_and_evidence(visits: Visits, server: Server, words: Words) -> None:
    visit = visits(server, locale=words.locale)
    open_tab(visit, words.tab)
    expect(entries(visit)).to_have_count(len(CATALOGUE.lookup().findings))
    visit.page.locator("#find input").press_sequentially(words.word)
    found = CATALOGUE.lookup(words.word)
    expect(entries(visit)).to_have_count(len(found.findings) + len(found.sentences))
    visit.page.locator("#topic input").click()
    visit.page.get_by_role("option", name=words.topic).click()
    found = CATALOGUE.lookup(words.word, topic="aid")
    expect(entries(visit)).to_have_count(len(found.findings) + len(found.sentences))

    first = entries(visit).first
    statement = found.findings[0].finding.statement
    for language in LANGUAGES:
        expect(first.locator(f"summary > [lang={language}]")).to_have_text(statement[language])
    expect(first.locator(".card").first).to_be_hidden()
    first.locator("summary").press("Enter")
    expect(first.locator("mark").first).to_be_visible()
    expect(first.locator(".disagrees")).to_be_visible()
    expect(first.locator(".page").first).to_have_text(re.compile(r"(hlm\.|p\.) 10, 11"))


@BOTH
def test_charts_lead_to_their_sentences(visits: Visits, server: Server, words: Words) -> None:
    visit = visits(server, locale=words.locale)
    open_tab(visit, words.tab)
    open_tab(visit, words.charts)
    chart = visit.page.locator("#chart-partners")
    expect(chart.locator("[aria-roledescription=bar]")).to_have_count(8)
    entry = chart.locator(f'[data-bar="{words.bar}"]')
    expect(entry.locator("mark").first).to_be_hidden()
    chart.locator(f'[aria-roledescription=bar][aria-label*="{words.bar}"]').click()
    expect(entry.locator("mark").first).to_be_visible()
    expect(entry.locator("mark").first).to_contain_text("22")
    for name, bars in (("fields", 3), ("programmes", 2), ("forecasts", 5)):
        expect(visit.page.locator(f"#chart-{name} [aria-roledescription=bar]")).to_have_count(bars)
    visit.page.locator('#chart-forecasts [aria-roledescription=bar][aria-label*="Fitch EIU"]').click()
    expect(visit.page.locator("#chart-forecasts .entry[open]")).to_have_count(1)
    visit.page.locator("#chart-programmes [aria-roledescription=bar]").last.click()
    expect(visit.page.locator("#chart-programmes .entry[open]")).to_have_count(4)


def test_the_csv_downloads_and_holds_what_is_shown(visits: Visits, server: Server, tmp_path: Path) -> None:
    visit = visits(server)
    open_tab(visit, "Temuan")
    visit.page.locator("#find input").press_sequentially("masker")
    found = CATALOGUE.lookup("masker")
    expect(entries(visit)).to_have_count(len(found.findings) + len(found.sentences))
    with visit.page.expect_download() as started:
        visit.page.locator("#found .download").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    assert file.name == "tanya-temuan.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    assert rows == list(csv.reader(to_csv(found).splitlines(keepends=True)))


@pytest.mark.parametrize(("locale", "tab"), [("id-ID", "Glosarium"), ("en-GB", "Glossary")])
def test_glossary(visits: Visits, server: Server, locale: str, tab: str) -> None:
    visit = visits(server, locale=locale)
    open_tab(visit, tab)
    terms = visit.page.locator("#terms .entry")
    expect(terms).to_have_count(len(CATALOGUE.terms()))
    visit.page.locator("#find-term input").press_sequentially("bed occupancy rate")
    expect(terms).to_have_count(len(CATALOGUE.terms("bed occupancy rate")))
    expect(terms.first).to_contain_text("tingkat keterisian tempat tidur")
    terms.first.locator("summary").click()
    expect(terms.first.locator("mark").first).to_contain_text("BOR")


def test_tabs_fit_a_narrow_screen(visits: Visits, server: Server) -> None:
    visit = visits(server, width=390, height=844)
    for tab in ("Temuan", "Grafik", "Glosarium"):
        open_tab(visit, tab)
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 390


def test_an_english_answer_shows_the_original_under_it(visits: Visits, server: Server) -> None:
    visit = visits(server, locale="en-GB")
    visit.wait_until_ready()
    answer = visit.ask("When was the sister-province agreement signed?")
    assert "signed in Bandung on 9 May 2016" in answer
    expect(visit.answers.locator(".original q")).to_have_attribute("lang", "id")
    expect(visit.answers.locator(".original")).to_contain_text("Original: Perjanjian kerjasama")
    assert "Translated by Tanya, not by the authors" in answer
    card = visit.cards.first
    expect(card.locator("blockquote").first).to_have_attribute("lang", "en")
    expect(card.locator(".other blockquote")).to_have_attribute("lang", "id")
    expect(card).to_contain_text("Tanya's translation, not the authors'")


def test_a_paper_of_ones_own_has_no_such_tabs_and_is_answered_in_its_own_words(
    own_paper_server: Server, visits: Visits
) -> None:
    visit = visits(own_paper_server, locale="en-GB")
    visit.wait_until_ready()
    expect(visit.page.get_by_role("tab")).to_have_text(["Ask", "Paper", "Glossary", "Batch", "My paper"])
    answer = visit.ask("When was the sister-province agreement signed?")
    assert "9 Mei 2016" in answer
    assert "Original" not in answer
    assert "Translated" not in answer
