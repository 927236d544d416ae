"""Asking and reading an answer, as users meet the page: in a browser, with the real model behind it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from assistant import Catalogue
from assistant.exporting import quote_citation
from corpus import Language
from page.ui_text import STARTERS, label
from tests.page.browser.reader_driver import PAPER, ReaderPart, quote_of
from tests.page.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

SIGNED_ID = "Kapan MoU sister province ditandatangani?"
SIGNED_EN = "When was the sister-province agreement signed?"
MASKS_ID = "Berapa paket masker yang diberikan Sichuan?"
OFF_TOPIC = "Bagaimana cara memasak rendang daging?"
SIZES = ((1440, 900), (1024, 768), (390, 844))


def test_the_answer_comes_first_and_its_first_quote_is_shown_beside_it(visit: Visit) -> None:
    answer = visit.ask(SIGNED_ID)
    assert answer.startswith("9 Mei 2016\n")
    reply = visit.answers.locator(".reply")
    expect(reply).to_have_attribute("lang", "id")
    expect(reply.locator(".short strong")).to_have_text("9 Mei 2016")
    quote = reply.locator(".quote").filter(visible=True)
    expect(quote.locator("strong")).to_have_text("9 Mei 2016")
    expect(quote.locator(".cite")).to_have_text("[1] hlm. 9")
    expect(reply.locator(".strength")).to_have_attribute("title", label("strength_note", "id"))
    reader = ReaderPart(visit.page)
    reader.expect_shown(quote.locator(".cite"))
    left, right = (visit.page.locator(part).bounding_box() for part in ("#left", "#right"))
    assert left
    assert right
    assert right["x"] >= left["x"] + left["width"]
    expect(visit.page.locator("#said")).to_have_text("9 Mei 2016")
    assert not re.search(r"\d ?%|0[.,]\d", answer)


def test_what_is_translated_has_its_original_folded_below(phone: Visit) -> None:
    assert phone.ask(SIGNED_EN).startswith("9 May 2016\n")
    original = phone.answers.locator("details.original").first
    quote = original.locator("q")
    expect(quote).to_be_hidden()
    original.locator("summary").click()
    expect(quote).to_be_visible()
    expect(quote).to_have_attribute("lang", "id")
    expect(quote).to_contain_text("9 Mei 2016")
    expect(original.locator(".remark")).to_have_text(label("translated_by_project", "en"))
    expect(phone.page.locator("#ask")).to_have_text("Ask")


def test_the_direct_answer_is_in_sight_on_every_screen(visit: Visit) -> None:
    for width, height in SIZES:
        visit.page.set_viewport_size({"width": width, "height": height})
        for question in (OFF_TOPIC, MASKS_ID):
            visit.ask(question)
            for part in (visit.questions.last, visit.answers.last.locator(".reply > :first-child")):
                expect(part).to_be_in_viewport(ratio=1)
            expect(visit.box).to_be_in_viewport(ratio=1)
        expect(visit.markers.first).to_be_in_viewport()
        assert visit.page.evaluate("document.documentElement.scrollWidth") == width
        assert visit.page.evaluate(STICKS_OUT) == []
        assert visit.page.evaluate(COVERED) == []


def test_a_greeting_is_replied_to_and_shows_nothing(visit: Visit) -> None:
    assert visit.ask("Halo!").startswith("Halo!")
    expect(visit.answers.locator(".reply :is(button, summary)")).to_have_count(0)


def test_what_the_paper_does_not_say_is_refused_with_the_closest_passage(visit: Visit) -> None:
    number = ReaderPart(visit.page).number.input_value()
    answer = visit.ask(OFF_TOPIC)
    assert answer.startswith("Saya tidak menemukan ini di makalah.")
    assert "[1]" not in answer
    expect(visit.answers.get_by_text(label("closest", "id"))).to_be_visible()
    near = visit.answers.locator(".near").filter(visible=True)
    expect(near).to_have_count(1)
    expect(visit.page.locator(".suggestions > p").last).to_have_text(label("did_you_mean", "id"))
    reader = ReaderPart(visit.page)
    expect(reader.number).to_have_value(number)
    near.locator(".cite").click()
    reader.expect_shown(near.locator(".cite"))


def test_where_the_paper_disagrees_with_itself_an_amber_line_says_so(visit: Visit) -> None:
    visit.ask(MASKS_ID)
    line = visit.answers.locator(".disagrees")
    expect(line).to_contain_text("40.000 paket")
    order = ".reply > .short, .reply > .disagrees, .reply > .quote, .reply > details, .reply > .tools"
    classes = visit.answers.locator(order).evaluate_all("parts => parts.map(part => part.className)")
    assert classes == ["short", "disagrees", "quote", "more", "tools"]
    assert "rgb(217, 119, 6)" in line.evaluate("line => getComputedStyle(line).borderLeftColor")


def test_rows_sides_and_verdicts_have_forms_of_their_own(visit: Visit) -> None:
    visit.ask("Program apa saja yang masih dalam proses menurut Tabel 1?")
    items = visit.answers.last.locator(".short li")
    expect(items).to_have_count(8)
    expect(items.locator(".cite")).to_have_count(8)
    rows = visit.answers.last.locator("table.rows tr")
    expect(rows.first).to_be_hidden()
    visit.answers.last.locator("summary").first.click()
    expect(rows).to_have_count(8)
    expect(rows.first).to_be_visible()
    visit.begin()
    visit.ask("Bandingkan Jepang dan Korea Selatan")
    sides = visit.answers.last.locator(".sides > div")
    expect(sides).to_have_text([re.compile("^Jepang.*22"), re.compile("^Korea Selatan.*6")])
    first, second = (side.bounding_box() for side in sides.all())
    assert first
    assert second
    assert first["y"] == second["y"]
    visit.begin()
    visit.ask("Benarkah COVID-19 pertama kali ditemukan di Beijing?")
    expect(visit.answers.last.locator(".chip.contradicted")).to_have_text(label("contradicted", "id"))
    visit.ask("Benarkah COVID-19 pertama kali ditemukan di Wuhan?")
    expect(visit.answers.last.locator(".chip.supported")).to_have_text(label("supported", "id"))


def test_a_suggestion_is_answered_at_a_click(visit: Visit) -> None:
    visit.ask(MASKS_ID)
    expect(visit.suggestions).to_have_count(3)
    text = visit.suggestions.first.inner_text()
    with visit.answering():
        visit.suggestions.first.click()
    visit.wait_for_answer(2)
    expect(visit.questions.last).to_have_text(text)
    # Only under the newest answer are there any.
    expect(visit.turns.first.locator(".suggestion")).to_have_count(0)


def test_a_starter_is_answered_at_a_click(phone: Visit) -> None:
    expect(phone.starters).to_have_text(list(STARTERS["bundled"]["en"]))
    expect(phone.starters.last).to_be_in_viewport(ratio=1)
    with phone.answering():
        phone.starters.first.click()
    phone.wait_for_answer(1)
    expect(phone.questions).to_have_text(STARTERS["bundled"]["en"][0])
    expect(phone.page.locator("#first")).to_be_hidden()


def test_the_paper_in_short_leads_to_its_pages(visit: Visit) -> None:
    parts = visit.page.locator(".in-short dt")
    expect(parts).to_have_text([label(f"part_{part}", "id") for part in ("aim", "method", "result", "conclusion")])
    reader = ReaderPart(visit.page)
    for marker in visit.page.locator(".in-short .cite").all():
        marker.click()
        reader.expect_shown(marker)
        assert quote_of(marker)[1] in PAPER.text


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)> masker dari Sichuan?",
        "**masker** dari $$x^2$$ `Sichuan` &lt;b&gt; &copy [1](javascript:alert(1)) a < b & c?",
        "baris  satu\n   masker dari Sichuan",
    ],
)
def test_question_shows_as_typed(visit: Visit, question: str) -> None:
    visit.ask(question)
    assert visit.questions.inner_text() == question
    assert visit.page.locator("#chat h2 *").count() == 0


def test_empty_question(visit: Visit, phone: Visit) -> None:
    assert "kosong" in visit.ask("")
    assert "empty" in phone.ask("")
    expect(phone.answers.locator(".cite")).to_have_count(0)


def test_too_long_question_goes_back_to_the_box(visit: Visit) -> None:
    question = "Berapa masker yang diberikan Sichuan kepada Jawa Barat? " * 30
    assert "terlalu panjang" in visit.ask(question)
    expect(visit.box).to_have_value(question)
    assert len(visit.questions.inner_text()) < 500
    assert "[1]" in visit.ask("Apa kepanjangan dari Pikobar?")


def test_follow_up_says_how_it_was_understood(tab: Visit) -> None:
    question, follow_up, subject = {
        "id": (MASKS_ID, "Dan kapan?", "masker yang diberikan Sichuan"),
        "en": ("How many packs of masks did Sichuan donate?", "And when?", "masks did Sichuan donate"),
    }[tab.language]
    tab.ask(question)
    assert tab.ask(follow_up).startswith(label("understood_as", tab.language))
    expect(tab.answers.last.locator(".understood")).to_contain_text(subject)


def test_a_word_of_neither_language_is_answered_in_the_pages_own(visit: Visit, phone: Visit) -> None:
    for tab, word in ((visit, "masks"), (phone, "bantuan")):
        tab.ask(word)
        expect(tab.answers.locator(".reply")).to_have_attribute("lang", tab.language)


def test_keyboard_only(visit: Visit) -> None:
    visit.box.focus()
    visit.page.keyboard.type("Apa kepanjangan")
    visit.page.keyboard.press("Shift+Enter")
    visit.page.keyboard.type("dari Pikobar?")
    expect(visit.box).to_have_value("Apa kepanjangan\ndari Pikobar?")
    with visit.answering():
        visit.page.keyboard.press("Enter")
    visit.wait_for_answer(1)
    expect(visit.box).to_have_value("")
    visit.page.keyboard.type("Apa itu BOR?")
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator("#ask")).to_be_focused()
    assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    with visit.answering():
        visit.page.keyboard.press("Enter")
    visit.wait_for_answer(2)


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_three_clicks_lead_from_the_page_to_a_copied_quote_that_was_seen_on_its_page(
    visits: Visits, server: Server, screen: Screen
) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    reader, clicks = ReaderPart(visit.page), 1
    with visit.answering():
        visit.starters.first.click()
    visit.wait_for_answer(1)
    marker = visit.markers.first
    if screen.width < 1000:
        marker.click()
        clicks += 1
    reader.expect_shown(marker)
    expect(reader.marks.first).to_be_in_viewport()
    reader.copy.click()
    clicks += 1
    expect(reader.copy).to_have_text(label("copied", screen.language))
    citation = Catalogue(PAPER).cited(*(int(marker.get_attribute(f"data-{edge}") or 0) for edge in ("start", "end")))
    assert citation
    assert visit.page.evaluate("navigator.clipboard.readText()") == quote_citation(citation, screen.language)
    assert clicks <= 3


def test_a_print_has_the_conversation_and_nothing_to_press(visit: Visit) -> None:
    visit.ask(SIGNED_ID)
    visit.ask("")
    visit.page.emulate_media(media="print")
    try:
        for width in (1440, 390):
            visit.page.set_viewport_size({"width": width, "height": 900})
            assert visit.page.evaluate(PRESSED) == []
            for part in (".short", ".quote .cite"):
                expect(visit.answers.first.locator(part).first).to_be_visible()
            expect(visit.questions.first).to_be_visible()
            for part in ("#ask-bar", "#chat-menu", "#right", "#views", "#paper-menu .panel"):
                expect(visit.page.locator(part)).to_be_hidden()
            assert visit.page.evaluate(CUT_OFF) == []
    finally:
        visit.page.emulate_media(media="screen")


@pytest.mark.long
@pytest.mark.parametrize("screen", [*SCREENS, *OTHER_SCREENS])
def test_nothing_shifts_while_loading(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.page.add_init_script(NOTE_SHIFTS)
    visit.wait_until_ready()
    for questions in (0, 2):
        for question in (SIGNED_ID, SIGNED_EN)[:questions]:
            visit.ask(question)
        visit.reload()
        expect(visit.answers).to_have_count(questions)
        settle(visit.page, visit.language)
        shifts = visit.page.evaluate("shifts")
        assert sum(shift[0] for shift in shifts) < 0.1, shifts


def settle(page: Page, language: Language) -> None:
    """Wait until all has come: the paper's page and what it says in short, which may be hidden."""
    ReaderPart(page).expect_page(1) if not page.locator("#chat .turn").count() else None
    expect(page.locator(".in-short:not(.waits)")).to_be_attached()
    page.wait_for_timeout(300)  # it may still move


def pale_texts(visit: Visit) -> list[str]:
    """Return the visible texts whose contrast with what lies behind them is below WCAG's AA."""
    found: list[str] = visit.page.evaluate(PALE_TEXTS)
    return found


STICKS_OUT = """[...document.querySelectorAll("button, input, textarea, a")]
    .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
    .map(element => element.outerHTML)"""

COVERED = """[...document.querySelectorAll("#ask-bar :is(button, textarea, summary), #bar :is(button, summary)")]
    .filter(element => element.checkVisibility() && !element.closest("details:not([open]) .panel"))
    .filter(element => {
        const {left, top, width, height} = element.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        return !element.contains(there) && !there?.contains(element);
    })
    .map(element => element.outerHTML)"""
"""What is to be pressed, and lies below something else."""

PRESSED = """[...document.querySelectorAll("button, input, textarea, select, summary, a")]
    .filter(element => element.checkVisibility() && element.getBoundingClientRect().height > 1)
    .filter(element => !element.matches(".cite, .reply summary, .chip"))
    .map(element => element.outerHTML.slice(0, 120))"""

CUT_OFF = """[...document.querySelectorAll("#page, #work, #left, #view-ask")]
    .filter(element => element.scrollHeight > element.clientHeight + 1)
    .map(element => element.id)"""

NOTE_SHIFTS = """window.shifts = [];
const named = node => node?.id || node?.className || node?.nodeName;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
    shifts.push([entry.value, ...entry.sources.map(({node}) => named(node))]);
})).observe({type: "layout-shift", buffered: true});"""

PALE_TEXTS = """() => {
    const parse = text => {
        const [red, green, blue, alpha = 1] = text.match(/[\\d.]+/g).map(Number);
        return [red, green, blue, alpha];
    };
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
        .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const over = ([r, g, b, a], under) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a));
    const behind = element => {
        const layers = [];
        for (let e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
        return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
    };
    const pale = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement, style = getComputedStyle(element);
        if (!node.data.trim() || !element.checkVisibility() || style.clip !== "auto") continue;
        const under = behind(element), text = over(parse(style.color), under);
        const [low, high] = [light(under), light(text)].sort((a, b) => a - b);
        const ratio = (high + 0.05) / (low + 0.05), large = parseFloat(style.fontSize) >= 24;
        if (ratio < (large ? 3 : 4.5)) pale.push(`${node.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
    }
    return pale;
}"""
