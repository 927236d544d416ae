"""Accessibility: axe-core finds no problem, and nothing is wider than its window, in every state of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from page.ui_text import label
from tests.page.browser.paper_files import HARBOUR, OwnPaper, pdf
from tests.page.browser.reader_driver import ReaderPart
from tests.page.browser.test_asking import STICKS_OUT
from tests.page.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    // Views that are closed are not seen, and hold thousands of elements.
    const exclude = [...document.querySelectorAll("#left > *, #right")].filter((view) => !view.checkVisibility());
    const {violations} = await axe.run({exclude}, {resultTypes: ["violations"]});
    return violations.flatMap(({id, impact, nodes}) => nodes.map(({target}) => `${impact}: ${id} at ${target}`));
}"""

QUOTES = ".quote > p, .in-short dd, blockquote, q[lang], .sheet.text > *"
UNTOLD = f"""() => [...document.querySelectorAll('{QUOTES}')]
    .filter(quote => !quote.closest("[lang]:not(html)")).map(quote => quote.outerHTML.slice(0, 120))"""

SMALL = """() => [...document.querySelectorAll("button, summary, input, textarea, select, a[href]")]
    .filter(target => target.checkVisibility())
    .filter(target => !target.closest(".sr-only, .skip, #own-file, details:not([open]) .panel"))
    .filter(target => {
        const {width, height} = (target.closest("label") ?? target).getBoundingClientRect();
        return width > 1 && Math.min(width, height) < 23.9;
    })
    .map(target => `${Math.round(target.getBoundingClientRect().height)}: ${target.outerHTML.slice(0, 120)}`)"""
"""What is to be pressed, and smaller than 24 px (WCAG 2.2, 2.5.8)."""

FOCUS = """() => {
    const here = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(here);
    const {left, top, right, bottom} = here.getBoundingClientRect();
    const points = [[(left + right) / 2, (top + bottom) / 2], [left + 3, top + 3], [right - 3, bottom - 3]];
    const isSeen = points.some((point) => here.contains(document.elementFromPoint(...point)));
    const isOutlined = outlineStyle === "solid" && parseFloat(outlineWidth) >= 2;
    return isSeen && isOutlined ? "" : `${isSeen ? "no outline" : "not in sight"}: ${here.outerHTML.slice(0, 120)}`;
}"""

QUESTIONS = {
    "id": ("Berapa paket masker yang diberikan Sichuan?", "Bagaimana cara memasak rendang daging?"),
    "en": ("How many packs of masks did Sichuan donate?", "How do I cook beef rendang?"),
}


class Look(NamedTuple):
    """A screen, light or dark."""

    screen: Screen
    dark: bool

    @property
    def is_narrow(self) -> bool:
        return self.screen.width < 860


LIGHT_WIDE, DARK_NARROW = Look(SCREENS[0], False), Look(SCREENS[1], True)
LIGHT_NARROW, DARK_WIDE = Look(OTHER_SCREENS[0], False), Look(OTHER_SCREENS[1], True)


def seen_as(first: Look) -> pytest.MarkDecorator:
    """Return a mark that gives a test a look, and the others to the tests that take minutes."""
    others = {LIGHT_WIDE, DARK_NARROW, LIGHT_NARROW, DARK_WIDE} - {first}
    return pytest.mark.parametrize("look", one_now([first, *sorted(others)]), ids=str, scope="module")


@pytest.fixture(scope="module")
def opened(module_visits: Visits, server: Server, look: Look) -> Visit:
    """Open the page once for all tests of a look."""
    visit = module_visits(server, **look.screen._asdict(), dark=look.dark)
    visit.wait_until_ready()
    return visit


@pytest.fixture
def visit(opened: Visit, look: Look) -> Iterator[Visit]:
    """Give the page in a look, in a new conversation."""
    opened.page.keyboard.press("Escape")
    opened.open_view("ask")
    opened.begin()
    yield opened
    opened.page.set_viewport_size({"width": look.screen.width, "height": 900})
    opened.expect_no_fault()


def check(visit: Visit) -> None:
    """Expect nothing wrong on the page as it is."""
    if not visit.page.evaluate("'axe' in window"):
        visit.page.evaluate(AXE)
    assert visit.page.evaluate(RUN) == []
    assert visit.page.evaluate(UNTOLD) == []
    assert visit.page.evaluate(SMALL) == []
    expect_fits(visit)


def expect_fits(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visit.page.evaluate(STICKS_OUT) == []


@seen_as(DARK_NARROW)
def test_the_first_screen_and_its_menus(visit: Visit, look: Look) -> None:
    expect(visit.page.locator("#first .in-short:not(.waits)")).to_be_visible()
    check(visit)
    visit.page.locator("#paper-menu summary").click()
    expect(visit.page.locator("#paper-menu .panel")).to_be_visible()
    check(visit)
    visit.page.keyboard.press("Escape")
    if look.is_narrow:
        visit.page.locator("#menu-button").click()
        expect(visit.page.locator("#views")).to_be_visible()
    visit.page.locator("#views details.menu summary").click()
    expect(visit.page.locator("#views [data-view=batch]")).to_be_visible()
    check(visit)


@seen_as(LIGHT_WIDE)
def test_an_answer_a_refusal_and_the_paper_beside_them(visit: Visit, look: Look) -> None:
    answered, refused = QUESTIONS[look.screen.language]
    for question in (answered, refused, ""):
        visit.ask(question)
        check(visit)
    visit.page.locator("#chat-menu summary").last.click()
    check(visit)
    visit.page.keyboard.press("Escape")
    visit.answers.first.locator(".cite").first.click()  # on a phone, a sheet comes up
    reader = ReaderPart(visit.page)
    expect(reader.marks.first).to_be_visible()
    check(visit)
    reader.search.fill("masker")
    expect(reader.results.first).to_be_visible()
    check(visit)
    reader.search.fill("")
    expect(reader.results).to_have_count(0)


@seen_as(DARK_NARROW)
def test_findings_glossary_and_batch(visit: Visit, look: Look) -> None:
    visit.open_view("findings")
    found = visit.page.locator("#findings-found")
    found.locator(".entry summary").first.click()
    expect(found.locator(".card").first).to_be_visible()
    visit.page.locator("#chart-partners .row summary").first.click()
    found.locator(".topic summary").first.click()
    check(visit)
    visit.open_view("glossary")
    terms = visit.page.locator("#glossary-found")
    terms.locator(".entry summary").first.click()
    expect(terms.locator(".card").first).to_be_visible()
    check(visit)
    visit.open_view("batch")
    expect(visit.page.locator("#batch-state")).to_be_visible()
    check(visit)


@seen_as(LIGHT_WIDE)
def test_where_the_keyboard_is_can_be_seen(visit: Visit, look: Look) -> None:
    visit.ask(QUESTIONS[look.screen.language][0])
    for view in ("ask", "findings", "glossary", "batch", "read"):
        visit.open_view(view)
        for _ in range(30):
            visit.page.keyboard.press("Tab")
            if visit.page.evaluate("document.activeElement === document.body"):
                break
            assert visit.page.evaluate(FOCUS) == ""
    # No list stays open where the keyboard has been.
    expect(visit.page.locator("[role=combobox][aria-expanded=true]")).to_have_count(0)


@pytest.mark.long
@seen_as(LIGHT_WIDE)
def test_enlarged_to_200_and_400_percent_nothing_scrolls_sideways(visit: Visit, look: Look) -> None:
    for width in (720, 360):
        visit.page.set_viewport_size({"width": width, "height": 450})
        visit.open_view("ask")
        visit.begin()
        expect_fits(visit)
        visit.ask(QUESTIONS[look.screen.language][0])
        expect_fits(visit)
        for view in ("read", "findings", "glossary", "batch"):
            visit.open_view(view)
            expect_fits(visit)


@pytest.mark.long
@seen_as(DARK_NARROW)
def test_a_paper_of_ones_own(visit: Visit, look: Look) -> None:
    own = OwnPaper(visit)
    own.give("kosong.txt", b"")
    expect(own.alert).to_be_visible()
    check(visit)
    own.open("teluk.pdf", pdf(HARBOUR))
    expect(own.in_short).to_be_visible()
    check(visit)
    visit.ask("Berapa kapal yang diteliti?")
    check(visit)
    if look.is_narrow:
        visit.markers.first.click()
    expect(own.reader.boxes.first).to_be_visible()
    check(visit)
    visit.page.keyboard.press("Escape")
    own.close()


def test_the_question_is_where_the_keyboard_is(visits: Visits, server: Server) -> None:
    visit = visits(server)
    visit.wait_until_ready()
    expect(visit.box).to_be_focused()


def test_on_a_phone_a_skip_link_leads_to_the_question(visits: Visits, server: Server) -> None:
    phone = visits(server, width=390)
    phone.wait_until_ready()
    skip = phone.page.locator("#bar .skip")
    phone.page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    expect(skip).to_have_text(label("skip", "id"))
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Tab")
    expect(phone.box).to_be_focused()
