"""The reader: quotes on their pages, and ways through the paper and back, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant import Catalogue
from assistant.exporting import quote_citation
from corpus import load_paper
from page.labels import label
from tests.ui.papers import ReaderPart, open_tab
from tests.ui.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

PAPER = load_paper()
CATALOGUE = Catalogue(PAPER)
LAST = len(PAPER.pages)
QUESTIONS = {"id": "Berapa paket masker yang diberikan Sichuan?", "en": "How many packs of masks did Sichuan donate?"}


def opened(visits: Visits, server: Server, screen: Screen, tab: str = "tab_paper") -> tuple[Visit, ReaderPart]:
    visit = visits(server, **screen._asdict())
    open_tab(visit.page, screen, tab)
    return visit, ReaderPart(visit.page)


def quote_of(show: Locator) -> tuple[int, str]:
    """Return the page that a quote begins on, and its words, by the button that shows it there."""
    start, end = (int(show.get_attribute(f"data-{edge}") or 0) for edge in ("start", "end"))
    return next(s.page for s in PAPER.sentences if s.start == start), PAPER.text[start:end]


def expect_shown_and_back(reader: ReaderPart, show: Locator) -> None:
    """Show a quote on its page and go back; expect to be where one came from."""
    page, quote = quote_of(show)
    expect(show).to_be_visible()
    show.click()
    reader.expect_page(page)
    reader.expect_marked(quote[: PAPER.pages[page - 1].end - PAPER.text.index(quote)])
    expect(reader.copy).to_be_focused()
    reader.back.click()
    expect(show).to_be_focused()
    expect(show).to_be_in_viewport()


@pytest.mark.parametrize("screen", one_now([*SCREENS, *OTHER_SCREENS]))
def test_a_quote_of_an_answer(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask(QUESTIONS[screen.language])
    for card in visit.cards.all():
        expect_shown_and_back(ReaderPart(visit.page), card.locator("[data-show]"))


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_a_quote_of_a_finding(visits: Visits, server: Server, screen: Screen) -> None:
    visit, reader = opened(visits, server, screen, "tab_findings")
    entry = visit.page.locator("#found .entry").nth(4)
    entry.locator("summary").click()
    expect_shown_and_back(reader, entry.locator("[data-show]").first)


@pytest.mark.parametrize("screen", OTHER_SCREENS[:1])
def test_a_quote_behind_a_chart(visits: Visits, server: Server, screen: Screen) -> None:
    visit, reader = opened(visits, server, screen, "tab_findings")
    open_tab(visit.page, screen, "charts", within="#findings-tabs")
    entry = visit.page.locator("#chart-partners .entry").first
    entry.locator("summary").click()
    expect_shown_and_back(reader, entry.locator("[data-show]").first)


@pytest.mark.parametrize("screen", OTHER_SCREENS[1:])
def test_a_quote_of_a_term(visits: Visits, server: Server, screen: Screen) -> None:
    visit, reader = opened(visits, server, screen, "tab_glossary")
    visit.page.locator("#find-term input").press_sequentially("bed occupancy rate")
    expect(visit.page.locator("#terms .entry")).to_have_count(len(CATALOGUE.terms("bed occupancy rate")))
    entry = visit.page.locator("#terms .entry").first
    entry.locator("summary").click()
    expect_shown_and_back(reader, entry.locator("[data-show]").first)


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_a_quote_over_two_pages(visits: Visits, server: Server, screen: Screen) -> None:
    sentence = next(s for s in PAPER.sentences if (s.page, s.last_page) == (12, 13))
    one, other = (PAPER.text[max(p.start, sentence.start) : min(p.end, sentence.end)] for p in PAPER.pages[11:13])
    visit, reader = opened(visits, server, screen, "tab_findings")
    show = visit.page.locator(f'[data-show][data-start="{sentence.start}"]')
    visit.page.locator("#found .entry").filter(has=show).locator("summary").click()
    show.click()
    reader.expect_page(12)
    reader.expect_marked(one)
    reader.following.click()
    reader.expect_page(13)
    reader.expect_marked(other)
    reader.following.click()
    reader.expect_page(14)
    expect(reader.marks).to_have_count(0)
    reader.copy.click()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    citation = CATALOGUE.cited(sentence.start, sentence.end)
    assert citation
    assert copied == quote_citation(citation, screen.language)


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_pages_turn_from_the_first_to_the_last(visits: Visits, server: Server, screen: Screen) -> None:
    _, reader = opened(visits, server, screen)
    reader.expect_page(1)
    expect(reader.previous).to_be_disabled()
    expect(reader.back).to_be_hidden()
    expect(reader.tab).to_contain_text(label("page_of", screen.language).format(last=LAST))
    reader.following.click()
    reader.expect_page(2)
    expect(reader.sheet).to_contain_text(PAPER.pages[1].text.split()[0])
    expect(reader.previous).to_be_enabled()
    reader.number.fill(str(LAST - 1))
    reader.number.press("Enter")
    reader.expect_page(LAST - 1)
    expect(reader.following).to_be_enabled()
    reader.following.click()
    reader.expect_page(LAST)
    expect(reader.sheet).to_contain_text(PAPER.pages[-1].text.split()[0])
    expect(reader.following).to_be_disabled()
    reader.previous.click()
    reader.expect_page(LAST - 1)
    expect(reader.following).to_be_enabled()


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_a_page_can_be_typed_and_so_can_nonsense(visits: Visits, server: Server, screen: Screen) -> None:
    _, reader = opened(visits, server, screen)
    reader.expect_page(1)
    nonsense = (("", 5), ("99", LAST), ("0", 1), ("-3", 1), ("1e30", LAST), ("2.4", 2))
    for nth, (typed, shown) in enumerate(nonsense):
        start = 5 + nth % 2  # not the same twice, so that it can be seen when one is there
        for text, number in ((str(start), start), (typed, shown)):
            reader.number.fill(text)
            reader.number.press("Enter")
            reader.expect_page(number)


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_to_a_section(visits: Visits, server: Server, screen: Screen) -> None:
    visit, reader = opened(visits, server, screen)
    for title, page in (("Promosi Desentralisasi", 11), ("METODE", 4), ("KESIMPULAN", 13)):
        reader.section.click()
        expect(visit.page.get_by_role("option")).to_have_count(len(PAPER.sections))
        visit.page.get_by_role("option", name=title).click()
        reader.expect_page(page)
        reader.expect_marked(title)
    reader.previous.click()
    expect(reader.section).to_have_value("· Promosi Desentralisasi")


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_a_search_in_either_language(visits: Visits, server: Server, screen: Screen) -> None:
    visit, reader = opened(visits, server, screen)
    found = CATALOGUE.lookup("masker").sentences
    for word in ("masker", "masks"):
        sentences = CATALOGUE.lookup(word).sentences
        assert {one.start for one in found} <= {one.start for one in sentences}
        reader.search.fill(word)
        expect(reader.results).to_have_count(len(sentences))
        expect(reader.tab.get_by_role("status")).to_have_text(f"{len(sentences)} {label('sentences', screen.language)}")
        for nth in (len(sentences) - 1, 0):
            reader.results.nth(nth).click()
            reader.expect_page(sentences[nth].page)
            if sentences[nth].page == sentences[nth].last_page:
                reader.expect_marked(sentences[nth].quote)
    reader.search.fill("xyzzy")
    expect(reader.tab.get_by_role("status")).to_have_text(label("nothing_found", screen.language))
    reader.search.fill("")
    expect(reader.tab.get_by_role("status")).to_have_count(0)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == screen.width


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_the_keyboard_alone_takes_one_from_the_page_to_a_copied_quote(
    visits: Visits, server: Server, screen: Screen
) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    page = visit.page
    tab_to(page, "#question textarea")
    page.keyboard.type(QUESTIONS[screen.language])
    page.keyboard.press("Enter")
    visit.wait_for_answer(1)
    show = visit.cards.first.locator("[data-show]")
    number, quote = quote_of(show)
    tab_to(page, "#evidence [data-show]")
    page.keyboard.press("Enter")
    reader = ReaderPart(page)
    reader.expect_page(number)
    reader.expect_marked(quote)
    expect(reader.copy).to_be_focused()
    page.keyboard.press("Enter")
    expect(reader.copy).to_have_text(label("copied", screen.language))
    assert quote in page.evaluate("navigator.clipboard.readText()")
    tab_to(page, "#tab-paper .turn-page:last-of-type", key="Shift+Tab")
    page.keyboard.press("Space")
    reader.expect_page(number + 1)
    tab_to(page, "#tab-paper .back", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(show).to_be_focused()


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the first of what is selected is reached; wherever one is meanwhile can be seen."""
    wanted = page.locator(selector).first
    for _ in range(60):
        page.keyboard.press(key)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not to be reached by {key}")
