"""Nothing that axe-core calls serious stands in anyone's way, on any tab, in light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import FilePayload, expect

from page.labels import label
from tests.ui.papers import HARBOUR, ReaderPart, open_tab, pdf
from tests.ui.visits import SCREENS, Screen, Server, Visit, Visits

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    const {violations} = await axe.run(document, {resultTypes: ["violations"]});
    return violations.flatMap(({id, impact, nodes}) => nodes.map(({target}) => `${impact}: ${id} at ${target}`));
}"""


def violations(visit: Visit) -> list[str]:
    """Return what axe-core finds wrong on the page as it is."""
    visit.page.evaluate(AXE)
    found: list[str] = visit.page.evaluate(RUN)
    return found


LOOKS = pytest.mark.parametrize(("screen", "is_dark"), [(SCREENS[0], False), (SCREENS[1], True)], ids=["light", "dark"])


@LOOKS
def test_the_conversation_and_its_reader(visits: Visits, server: Server, screen: Screen, is_dark: bool) -> None:
    visit = visits(server, width=screen.width, locale=screen.locale, dark=is_dark)
    visit.wait_until_ready()
    assert violations(visit) == []
    visit.ask("Bagaimana cara memasak rendang daging?")
    visit.ask("x" * 1100)
    assert violations(visit) == []
    visit.ask("Berapa paket masker yang diberikan Sichuan?")
    assert violations(visit) == []
    visit.cards.first.locator("[data-show]").click()
    expect(ReaderPart(visit.page).marks.first).to_be_visible()
    assert violations(visit) == []


@LOOKS
def test_the_other_tabs(visits: Visits, server: Server, screen: Screen, is_dark: bool) -> None:
    visit = visits(server, width=screen.width, locale=screen.locale, dark=is_dark)
    open_tab(visit.page, screen, "tab_findings")
    visit.page.locator("#found .entry summary").first.click()
    expect(visit.page.locator("#found .card").first).to_be_visible()
    assert violations(visit) == []
    visit.page.get_by_role("tab", name=label("charts", screen.language), exact=True).click()
    expect(visit.page.locator("#chart-partners [aria-roledescription=bar]").first).to_be_visible()
    assert violations(visit) == []
    for tab, there in (("tab_glossary", "#terms .entry"), ("tab_batch", "#batch-state"), ("tab_own", "#own-file")):
        open_tab(visit.page, screen, tab)
        expect(visit.page.locator(there).first).to_be_visible()
        assert violations(visit) == []


def test_a_paper_of_ones_own(visits: Visits, server: Server) -> None:
    screen = SCREENS[0]
    visit = visits(server, width=screen.width, locale=screen.locale, dark=True)
    open_tab(visit.page, screen, "tab_own")
    file = visit.page.locator("#own-file input")
    file.set_input_files(FilePayload(name="kosong.txt", mimeType="text/plain", buffer=b""))
    expect(visit.page.locator("#own-status [role=alert]")).to_be_visible()
    assert violations(visit) == []
    file.set_input_files(FilePayload(name="teluk.pdf", mimeType="application/pdf", buffer=pdf(HARBOUR)))
    expect(visit.page.locator("#own-status .ready")).to_be_visible(timeout=60_000)
    open_tab(visit.page, screen, "tab_paper")
    expect(visit.page.locator(".sheet.picture")).to_be_visible()
    assert violations(visit) == []
