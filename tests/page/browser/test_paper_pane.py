"""The paper pane: quotes on their pages, and ways through the paper, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from assistant import Catalogue
from assistant.exporting import quote_citation
from page.ui_text import label
from tests.page.browser.reader_driver import PAPER, ReaderPart, bare, quote_of
from tests.page.visits import Visit
from tests.waits import wait_for

CATALOGUE = Catalogue(PAPER)
LAST = len(PAPER.pages)
QUESTION = "Berapa paket masker yang diberikan Sichuan?"


@pytest.fixture
def reader(visit: Visit) -> ReaderPart:
    """Give the reader at the paper's first page, as it is printed."""
    reader = ReaderPart(visit.page)
    reader.search.fill("")
    expect(reader.results).to_have_count(0)
    reader.number.fill("1")
    reader.number.press("Enter")
    reader.expect_page(1)
    return reader


def test_quotes_of_findings_charts_and_terms(visit: Visit, reader: ReaderPart) -> None:
    page = visit.page
    for view, entry in (
        ("findings", page.locator("#findings-found .entry").nth(4)),
        ("findings", page.locator("#chart-partners .row").first),
        ("glossary", page.locator("#glossary-found .entry").first),
    ):
        visit.open_view(view)
        entry.locator("summary").first.click()
        show = entry.locator("[data-show]").first
        show.click()
        reader.expect_shown(show)
        expect(show).to_be_visible()


def test_a_quote_over_two_pages(visit: Visit, reader: ReaderPart) -> None:
    sentence = next(s for s in PAPER.sentences if (s.page, s.last_page) == (12, 13))
    one, other = (PAPER.text[max(p.start, sentence.start) : min(p.end, sentence.end)] for p in PAPER.pages[11:13])
    reader.search.fill(" ".join(sentence.text.split()[:6]))
    reader.results.first.click()
    reader.expect_page(12)
    reader.expect_marked(one)
    reader.following.click()
    reader.expect_page(13)
    reader.expect_marked(other)
    citation = CATALOGUE.cited(sentence.start, sentence.end)
    assert citation
    reader.copy.click()
    expect(reader.copy).to_have_text(label("copied", "id"))
    assert visit.page.evaluate("navigator.clipboard.readText()") == quote_citation(citation, "id")
    # What is not marked cannot be copied.
    reader.following.click()
    reader.expect_page(14)
    expect(reader.marks).to_have_count(0)
    expect(reader.copy).to_have_count(0)


def test_pages_turn_from_the_first_to_the_last(reader: ReaderPart) -> None:
    expect(reader.previous).to_be_disabled()
    expect(reader.page.locator("#page-count")).to_have_text(f"/ {LAST}")
    expect(reader.number).to_have_accessible_name(label("page_of", "id", last=LAST))
    reader.following.click()
    reader.expect_page(2)
    expect(reader.sheet).to_contain_text(PAPER.pages[1].text.split()[0])
    expect(reader.previous).to_be_enabled()
    reader.number.fill(str(LAST - 1))
    reader.number.press("Enter")
    reader.expect_page(LAST - 1)
    reader.following.click()
    reader.expect_page(LAST)
    expect(reader.sheet).to_contain_text(PAPER.pages[-1].text.split()[0])
    expect(reader.following).to_be_disabled()
    reader.previous.click()
    reader.expect_page(LAST - 1)
    expect(reader.following).to_be_enabled()


@pytest.mark.long
def test_a_page_can_be_typed_and_so_can_nonsense(reader: ReaderPart) -> None:
    nonsense = (("", 5), ("-3", 1), ("1e30", LAST), ("2.4", 2))
    for nth, (typed, shown) in enumerate(nonsense):
        start = 5 + nth % 2  # not the same twice, so that it can be seen when one is there
        for text, number in ((str(start), start), (typed, shown)):
            reader.number.fill(text)
            reader.number.press("Enter")
            reader.expect_page(number)


def test_to_a_section(reader: ReaderPart) -> None:
    for title, number in (("METODE", 4), ("Promosi Desentralisasi", 11)):
        reader.section.click()
        expect(reader.page.get_by_role("option")).to_have_count(len(PAPER.sections))
        reader.page.get_by_role("option", name=title).click()
        reader.expect_page(number)
        reader.expect_marked(title)
    reader.following.click()
    expect(reader.section).to_have_value("· Promosi Desentralisasi")


def test_a_search_in_either_language_marks_its_words(reader: ReaderPart) -> None:
    found = CATALOGUE.lookup("masker").sentences
    for word in ("masker", "masks"):
        sentences = CATALOGUE.lookup(word).sentences
        assert {one.start for one in found} <= {one.start for one in sentences}
        reader.search.fill("")
        expect(reader.found).to_have_count(0)  # both words may find as many: a click could meet what the other found
        reader.search.fill(word)
        expect(reader.results).to_have_count(len(sentences))
        expect(reader.found).to_have_text(f"{len(sentences)} {label('sentences', 'id')}")
        for nth in (len(sentences) - 1, 0):
            reader.results.nth(nth).click()
            reader.expect_page(sentences[nth].page)
            if sentences[nth].page == sentences[nth].last_page:
                reader.expect_marked(sentences[nth].quote)
    reader.search.fill("masker")
    expect(reader.results.first.locator("mark.found-word").first).to_have_text("masker", ignore_case=True)
    reader.results.first.click()
    expect(reader.found_words.first).to_have_text("masker", ignore_case=True)
    # All on the page are marked, and not only in the sentence that was chosen.
    shown = bare(reader.sheet.inner_text()).lower()
    words = [word.lower() for word in reader.found_words.all_inner_texts()]
    assert len([word for word in words if word == "masker"]) == shown.count("masker")
    reader.search.fill("xyzzy")
    expect(reader.found).to_have_text(label("nothing_found", "id"))
    reader.search.fill("")
    expect(reader.found).to_have_count(0)
    expect(reader.found_words).to_have_count(0)


def test_the_words_can_be_those_of_either_language_or_both(visit: Visit, reader: ReaderPart) -> None:
    visit.ask(QUESTION)
    marker = visit.markers.first
    reader.expect_shown(marker)
    number, quote = quote_of(marker)
    sentence = next(s for s in PAPER.sentences if s.text == quote)
    translation = PAPER.texts(sentence.index)["en"]
    for wording, marked, languages in (
        ("en", [translation], {"en"}),
        ("both", [quote, translation], {"id", "en"}),
        ("id", [quote], {"id"}),
        ("original", [quote], {"id"}),
    ):
        reader.pick(reader.wording, label(f"wording_{wording}", "id"))
        expect(reader.marks).to_have_count(len(marked))
        wait_for(lambda: {bare(text) for text in reader.marks.all_text_contents()}, {bare(text) for text in marked})
        expect(reader.marks.first).to_be_in_viewport()
        spoken = reader.sheet.locator("[lang]").evaluate_all("parts => parts.map(({lang}) => lang)")
        assert set(spoken) == languages
        reader.expect_page(number)
    # The wording stays while pages turn.
    reader.pick(reader.wording, label("wording_en", "id"))
    expect(reader.sheet.locator("p").first).to_have_attribute("lang", "en")
    reader.following.click()
    reader.expect_page(number + 1)
    expect(reader.sheet.locator("p").first).to_have_attribute("lang", "en")
    reader.pick(reader.wording, label("wording_original", "id"))
    expect(reader.sheet.locator("p").first).to_have_attribute("lang", "id")


def test_what_is_selected_in_the_paper_can_be_asked_about(tab: Visit) -> None:
    tab.open_view("read")
    reader = ReaderPart(tab.page)
    reader.number.fill("10")
    reader.number.press("Enter")
    reader.expect_page(10)
    words = reader.sheet.locator("p").first.evaluate(SELECT_THREE)
    offer = tab.page.locator("#ask-about")
    expect(offer).to_have_text(label("ask_about", tab.language))
    expect(offer).to_be_in_viewport(ratio=1)
    offer.click()
    expect(offer).to_have_count(0)
    expect(tab.page.locator("html")).to_have_attribute("data-view", "ask")
    expect(tab.box).to_be_focused()
    question = label("asked_about", tab.language, text=" ".join(words.split()))
    expect(tab.box).to_have_value(question)
    with tab.answering():
        tab.box.press("Enter")
    tab.wait_for_answer(1)
    expect(tab.questions).to_have_text(question)
    # What is selected anywhere else cannot.
    tab.questions.first.evaluate("question => getSelection().selectAllChildren(question)")
    expect(offer).to_have_count(0)


def test_what_is_asked_about_may_hold_any_characters(tab: Visit) -> None:
    tab.open_view("read")
    words = "US$$5 $& $'"  # where a text replaces another, these stand for others
    paragraph = tab.page.locator("#sheets .sheet.text").evaluate_handle(ADD_AND_SELECT, words)
    tab.page.locator("#ask-about").click()
    expect(tab.box).to_have_value(label("asked_about", tab.language, text=words))
    paragraph.evaluate("paragraph => paragraph.remove()")


def test_on_a_phone_the_paper_is_read_as_a_view_of_its_own(phone: Visit) -> None:
    reader = ReaderPart(phone.page)
    expect(reader.pane).to_be_hidden()
    phone.open_view("read")
    expect(reader.pane).to_be_visible()
    expect(phone.box).to_be_hidden()
    reader.number.fill("3")
    reader.number.press("Enter")
    reader.expect_page(3)
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    reader.back.click()
    expect(reader.pane).to_be_hidden()
    expect(phone.box).to_be_visible()


def test_the_keyboard_alone_takes_one_from_the_page_to_a_copied_quote(visit: Visit, reader: ReaderPart) -> None:
    page = visit.page
    visit.page.locator("#bar h1").click()
    tab_to(page, "#question textarea")
    with visit.answering():
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
    visit.wait_for_answer(1)
    marker = visit.markers.first
    number, quote = quote_of(marker)
    tab_to(page, "#chat .quote .cite", key="Shift+Tab")
    page.keyboard.press("Enter")
    reader.expect_shown(marker)
    tab_to(page, "#sheets [data-copy]")
    page.keyboard.press("Enter")
    expect(reader.copy).to_have_text(label("copied", "id"))
    assert quote in page.evaluate("navigator.clipboard.readText()")
    tab_to(page, "#next-page", key="Shift+Tab")
    page.keyboard.press("Space")
    reader.expect_page(number + 1)


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the first of what is selected is reached; wherever one is meanwhile can be seen."""
    wanted = page.locator(selector).first
    for _ in range(60):
        page.keyboard.press(key)
        is_there, is_body, outline = wanted.evaluate(FOCUSED)
        # Gradio's list of sections lets go of the focus, for one Tab.
        assert is_body or outline == "solid"
        if is_there:
            return
    raise AssertionError(f"{selector} is not to be reached by {key}")


FOCUSED = """wanted => {
    const here = document.activeElement;
    return [here === wanted, here === document.body, getComputedStyle(here).outlineStyle];
}"""

ADD_AND_SELECT = """(sheet, words) => {
    const paragraph = Object.assign(document.createElement("p"), {textContent: words});
    sheet.prepend(paragraph);
    getSelection().selectAllChildren(paragraph);
    return paragraph;
}"""
SELECT_THREE = """paragraph => {
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let text = texts.nextNode();
    while (text.data.trim().split(/\\s+/).length < 3) text = texts.nextNode();
    const range = document.createRange();
    const [words] = text.data.match(/\\S+\\s+\\S+\\s+\\S+/);
    const start = text.data.indexOf(words);
    range.setStart(text, start);
    range.setEnd(text, start + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return words;
}"""
