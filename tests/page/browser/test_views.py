"""The views of findings and of the glossary in a browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from assistant import Catalogue
from assistant.lookup_rendering import to_csv
from corpus import OTHER, load_paper
from page.ui_text import label
from tests.page.browser.paper_files import GLACIER, OwnPaper
from tests.page.browser.reader_driver import ReaderPart
from tests.page.visits import Server, Visit, Visits

CATALOGUE = Catalogue(load_paper())


def entries(visit: Visit) -> Locator:
    return visit.page.locator("#findings-found .entry")


def search(visit: Visit, view: str, text: str) -> None:
    visit.page.locator(f"#{view}-search :is(input, textarea)").fill(text)


@pytest.fixture
def findings(visit: Visit) -> Visit:
    """Open the findings, of which nothing is searched for."""
    visit.open_view("findings")
    search(visit, "findings", "")
    expect(visit.page.locator("#findings-found .key-findings > li")).to_have_count(5)
    return visit


def test_key_findings_first_then_the_topics_and_what_is_searched_for(findings: Visit) -> None:
    page = findings.page
    heading = page.get_by_role("heading", name="Bantuan kesehatan dari Sichuan")
    topic = page.locator("#findings-found .topic").filter(has=heading)
    expect(topic.locator(".entry").first).to_be_hidden()
    topic.locator("summary").first.click()
    expect(topic.locator(".entry").first).to_be_visible()

    search(findings, "findings", "masker")
    found = CATALOGUE.lookup("masker")
    expect(entries(findings)).to_have_count(len(found.findings) + len(found.sentences))
    first, finding = entries(findings).first, found.findings[0].finding
    expect(first.locator(".said")).to_have_text(finding.statement["id"])
    expect(first.locator(".card").first).to_be_hidden()
    first.locator("summary").first.press("Enter")
    expect(first.locator("mark").first).to_be_visible()
    expect(first.locator(".disagrees")).to_be_visible()
    expect(first.locator(".page").first).to_have_text("hlm. 10, 11")
    other = first.get_by_text(finding.statement[OTHER["id"]])
    expect(other).to_be_hidden()
    first.locator(".folded > summary").press("Enter")
    expect(other).to_be_visible()
    first.locator("[data-show]").first.click()
    reader = ReaderPart(page)
    citation = found.findings[0].evidence[0]
    reader.expect_marked(load_paper().text[citation.start : citation.end])
    search(findings, "findings", "")
    expect(page.locator("#findings-found .key-findings > li")).to_have_count(5)


def test_the_keyboard_reaches_each_bar_and_opens_what_it_rests_on(findings: Visit) -> None:
    page = findings.page
    chart = page.locator("#chart-partners")
    rows = chart.locator(".row > summary")
    expect(rows).to_have_count(8)
    rows.first.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert " ".join(chart.locator("summary:focus").inner_text().split()) == "Jepang 22 kegiatan"
    page.keyboard.press("Enter")
    expect(chart.locator(".row[open] mark").first).to_contain_text("22")
    for name, bars in (("fields", 3), ("programmes", 2), ("forecasts", 5)):
        expect(page.locator(f"#chart-{name} .row")).to_have_count(bars)
    programmes = page.locator("#chart-programmes .row").last
    programmes.locator("summary").first.click()
    expect(programmes.locator(".entry:visible")).to_have_count(4)


def test_the_csv_downloads_and_holds_what_is_shown(findings: Visit, tmp_path: Path) -> None:
    search(findings, "findings", "masker")
    found = CATALOGUE.lookup("masker")
    expect(entries(findings)).to_have_count(len(found.findings) + len(found.sentences))
    with findings.page.expect_download() as started:
        findings.page.locator("#findings-found .download").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    assert file.name == "tanya-temuan.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    assert rows == list(csv.reader(to_csv(found).splitlines(keepends=True)))


def test_the_glossary_is_searched_and_a_term_opens(visit: Visit) -> None:
    visit.open_view("glossary")
    terms = visit.page.locator("#glossary-found .entry")
    expect(terms).to_have_count(len(CATALOGUE.terms()))
    search(visit, "glossary", "bed occupancy rate")
    expect(terms).to_have_count(len(CATALOGUE.terms("bed occupancy rate")))
    expect(terms.first).to_contain_text("tingkat keterisian tempat tidur")
    terms.first.locator("summary").first.click()
    expect(terms.first.locator("mark").first).to_contain_text("BOR")


@pytest.mark.long
def test_an_english_phone_shows_both_within_its_width(phone: Visit) -> None:
    for view, shown in (("findings", "#chart-forecasts .value"), ("glossary", "#glossary-found .said")):
        phone.open_view(view)
        expect(phone.page.locator(shown).first).to_be_visible()
        assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
        search(phone, view, "masks" if view == "findings" else "BNPB")
        expect(phone.page.locator(f"#{view}-found .entry .page").first).to_have_text(re.compile(r"^p\. \d+"))


def test_what_matches_nothing_is_said(visit: Visit) -> None:
    for view in ("findings", "glossary"):
        visit.open_view(view)
        search(visit, view, "qwertyuiop")
        expect(visit.page.locator(f"#{view}-found [role=status]")).to_have_text(label("nothing_found", "id"))


@pytest.mark.long
def test_a_view_is_filled_when_it_is_first_opened_and_left_for_another_paper(visits: Visits, server: Server) -> None:
    visit = visits(server)
    visit.wait_until_ready()
    own = OwnPaper(visit)
    for view in ("findings", "glossary"):
        found = visit.page.locator(f"#{view}-found .entry")
        expect(found).to_have_count(0)
        visit.open_view(view)
        expect(found.first).to_be_visible()
        expect(visit.page.locator("#views [aria-current=page]")).to_have_attribute("data-view", view)
    own.open("gletser.txt", GLACIER.encode())
    expect(visit.page.locator("#views [data-view=findings]")).to_have_count(0)
    expect(own.title).to_be_visible()
    own.close()
    visit.open_view("findings")
    expect(visit.page.locator("#findings-found .entry").first).to_be_visible()
