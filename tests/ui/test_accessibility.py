"""Nothing that axe-core calls serious stands in anyone's way, and nothing is wider than its window; in every state."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from corpus import load_paper
from tests.corpus.pdf_maker import Look as PdfLook
from tests.corpus.pdf_maker import make_pdf
from tests.ui.papers import HARBOUR, OwnTab, ReaderPart, open_tab, pdf
from tests.ui.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    const {violations} = await axe.run(document, {resultTypes: ["violations"]});
    const kept = violations.filter(({impact}) => ["serious", "critical"].includes(impact));
    return kept.flatMap(({id, impact, nodes}) => nodes.map(({target}) => `${impact}: ${id} at ${target}`));
}"""

QUOTES = "blockquote, q[lang], .sheet.text > *, .result > span:last-child, .entry > summary > span:not(.page, .meaning)"
UNTOLD = f"() => [...document.querySelectorAll('{QUOTES}')].filter(({{lang}}) => !['id', 'en'].includes(lang)).length"

FOCUS = """() => {
    const here = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(here);
    return outlineStyle === "solid" && parseFloat(outlineWidth) >= 2 ? "" : here.outerHTML.slice(0, 99);
}"""


class Look(NamedTuple):
    """A screen, light or dark."""

    screen: Screen
    dark: bool

    def visit(self, visits: Visits, server: Server) -> Visit:
        visit = visits(server, **self.screen._asdict(), dark=self.dark)
        visit.wait_until_ready()
        return visit


LIGHT_WIDE, DARK_NARROW = Look(SCREENS[0], False), Look(SCREENS[1], True)
LIGHT_NARROW, DARK_WIDE = Look(OTHER_SCREENS[0], False), Look(OTHER_SCREENS[1], True)


def later(look: Look) -> Any:
    """Return a look to try a test on among those that take minutes."""
    return pytest.param(look, marks=pytest.mark.long)


def check(visit: Visit, width: int) -> None:
    """Expect nothing wrong on the page as it is."""
    visit.page.evaluate(AXE)
    assert visit.page.evaluate(RUN) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    assert visit.page.evaluate(UNTOLD) == 0


@pytest.mark.parametrize("look", [LIGHT_WIDE, DARK_NARROW, *map(later, (LIGHT_NARROW, DARK_WIDE))])
def test_the_conversation_and_its_reader(visits: Visits, server: Server, look: Look) -> None:
    visit, width = look.visit(visits, server), look.screen.width
    check(visit, width)
    visit.ask("Berapa paket masker yang diberikan Sichuan?" if look.screen.language == "id" else "How many masks came?")
    check(visit, width)
    visit.ask("Bagaimana cara memasak rendang daging?")
    check(visit, width)
    visit.ask("")
    check(visit, width)
    visit.cards.first.locator("[data-show]").click()
    reader = ReaderPart(visit.page)
    expect(reader.marks.first).to_be_visible()
    check(visit, width)
    reader.search.fill("masker")
    expect(reader.results.first).to_be_visible()
    check(visit, width)


@pytest.mark.parametrize("look", [DARK_NARROW, later(LIGHT_WIDE)])
def test_the_tabs_of_the_bundled_paper(visits: Visits, server: Server, look: Look) -> None:
    visit, screen = look.visit(visits, server), look.screen
    open_tab(visit.page, screen, "tab_batch")
    expect(visit.page.locator("#batch-state")).to_be_visible()
    check(visit, screen.width)
    open_tab(visit.page, screen, "tab_findings")
    visit.page.locator("#found .entry summary").first.click()
    expect(visit.page.locator("#found .card").first).to_be_visible()
    check(visit, screen.width)
    open_tab(visit.page, screen, "charts", within="#findings-tabs")
    expect(visit.page.locator("#chart-partners [aria-roledescription=bar]").first).to_be_visible()
    visit.page.locator("#chart-partners .entry summary").first.click()
    check(visit, screen.width)
    open_tab(visit.page, screen, "tab_glossary")
    visit.page.locator("#terms .entry summary").first.click()
    expect(visit.page.locator("#terms .card").first).to_be_visible()
    check(visit, screen.width)


@pytest.mark.parametrize("look", [LIGHT_NARROW, later(DARK_WIDE)])
def test_a_paper_of_ones_own(visits: Visits, server: Server, look: Look) -> None:
    visit, screen = look.visit(visits, server), look.screen
    own = OwnTab(visit.page, screen)
    check(visit, screen.width)
    own.give("kosong.txt", b"")
    expect(own.alert).to_be_visible()
    check(visit, screen.width)
    own.give("panjang.pdf", make_pdf(load_paper(), PdfLook()))
    expect(own.status.locator("progress")).to_be_visible()
    check(visit, screen.width)
    own.open("teluk.pdf", pdf(HARBOUR))
    own.ask("Berapa kapal yang diteliti?")
    check(visit, screen.width)
    own.cards.first.locator("[data-show]").click()
    expect(own.reader.boxes.first).to_be_visible()
    check(visit, screen.width)
    own.reader.search.fill("lembar kerja")
    own.reader.results.last.click()
    own.reader.expect_page(3)
    expect(own.reader.boxes).to_have_count(0)
    check(visit, screen.width)


@pytest.mark.parametrize("look", [LIGHT_WIDE, later(DARK_NARROW)])
def test_where_the_keyboard_is_can_be_seen(visits: Visits, server: Server, look: Look) -> None:
    visit = look.visit(visits, server)
    visit.ask("Kapan MoU sister province ditandatangani?")
    for tab in ("tab_ask", "tab_paper", "tab_findings", "tab_glossary", "tab_batch", "tab_own"):
        open_tab(visit.page, look.screen, tab)
        for _ in range(30):
            visit.page.keyboard.press("Tab")
            if visit.page.evaluate("document.activeElement === document.body"):
                break
            assert visit.page.evaluate(FOCUS) == ""
