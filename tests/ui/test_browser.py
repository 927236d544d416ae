"""The page as its users meet it: in a browser, with the real model behind it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.ui.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

SIGNED_ID = "Kapan MoU sister province ditandatangani?"
SIGNED_EN = "When was the sister-province agreement signed?"
OFF_TOPIC = "Bagaimana cara memasak rendang daging?"


def test_indonesian_question(visit: Visit) -> None:
    answer = visit.ask(SIGNED_ID)
    assert answer.startswith("9 Mei 2016\n")
    assert "[1]" in answer
    expect(visit.answers.locator(".reply > p strong").first).to_have_text("9 Mei 2016")
    card = visit.cards.filter(has=visit.page.locator("mark", has_text="9 Mei 2016")).first
    expect(card.locator("blockquote").first).to_have_attribute("lang", "id")
    expect(card.locator(".marker")).to_have_text(re.compile(r"\[\d\]"))
    expect(card.locator(".page")).to_have_text(re.compile(r"hlm\. \d+"))
    expect(card.locator(".section")).not_to_be_empty()
    assert visit.page.locator("#evidence h2").inner_text() == "Bukti"


def test_english_question(visits: Visits, server: Server) -> None:
    visit = visits(server, locale="en-GB")
    visit.wait_until_ready()
    visit.ask(SIGNED_EN)
    card = visit.cards.filter(has=visit.page.locator("mark", has_text="9 May 2016")).first
    expect(card.locator("blockquote").first).to_have_attribute("lang", "en")
    expect(card.locator(".page")).to_have_text(re.compile(r"p\. \d+"))
    expect(visit.page.locator("#evidence h2")).to_have_text("Evidence")
    expect(visit.page.locator("#ask")).to_have_text("Ask")


def test_a_greeting_is_replied_to_and_has_no_evidence(visit: Visit) -> None:
    assert visit.ask("Halo!").startswith("Halo!")
    expect(visit.answers.locator(".reply button")).to_have_count(0)
    expect(visit.page.locator("#evidence .hint")).to_be_visible()
    expect(visit.page.locator("#evidence .turn")).to_have_count(0)


def test_off_topic_question_is_refused(visit: Visit) -> None:
    answer = visit.ask(OFF_TOPIC)
    assert answer.startswith("Saya tidak menemukan ini di makalah.")
    assert "[1]" not in answer
    turn = visit.page.locator("#evidence details[open]")
    expect(turn.locator("h3")).to_have_text("Bagian terkait (bukan jawaban)")
    expect(visit.cards.first).to_be_visible()
    expect(turn.locator(".marker")).to_have_count(0)


def test_the_words_that_answer_stand_out(visit: Visit) -> None:
    visit.ask(SIGNED_ID)
    expect(visit.cards.first.locator("mark strong")).to_contain_text("9 Mei 2016")


@pytest.mark.parametrize("question", ["Berapa harga masker dari Sichuan?", "Siapa yang meminta masker ke Sichuan?"])
def test_a_suggestion_is_answered_at_a_click(visit: Visit, question: str) -> None:
    visit.ask(question)
    suggestions = visit.page.locator("#chat .options button, #chat button.option")
    expect(suggestions).to_have_count(3)
    expect(suggestions.first).to_be_visible()
    text = suggestions.first.inner_text()
    suggestions.first.click()
    visit.wait_for_answer(2)
    assert visit.questions.last.inner_text() == text
    expect(visit.cards.first).to_be_visible()


def test_example_is_answered_at_a_click(visit: Visit) -> None:
    examples = visit.page.locator("#chat .example")
    assert examples.count() == 8
    text = examples.first.inner_text()
    examples.first.click()
    assert visit.wait_for_answer(1)
    assert visit.questions.inner_text() == text
    expect(visit.cards.first).to_be_visible()


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script> masker dari Sichuan?",
        "<img src=x onerror=alert(1)> masker dari Sichuan?",
        "**masker** dari $$x^2$$ `Sichuan` &lt;b&gt; &copy [1](javascript:alert(1)) a < b & c?",
        "baris  satu\n   masker dari Sichuan",
    ],
)
def test_question_shows_as_typed(visit: Visit, question: str) -> None:
    visit.ask(question)
    assert visit.questions.inner_text() == question
    assert visit.page.locator(".asked").inner_text() == " ".join(question.split())
    assert visit.page.locator("#chat .md *, .asked *").count() == 0


def test_empty_question(visits: Visits, server: Server) -> None:
    for locale, message in (("id-ID", "kosong"), ("en-GB", "empty")):
        visit = visits(server, locale=locale)
        visit.wait_until_ready()
        assert message in visit.ask("")
        assert visit.cards.count() == 0


def test_too_long_question_goes_back_to_the_box(visit: Visit) -> None:
    question = "Berapa masker yang diberikan Sichuan kepada Jawa Barat? " * 30
    assert "terlalu panjang" in visit.ask(question)
    expect(visit.box).to_have_value(question)
    assert len(visit.questions.inner_text()) < 500
    assert visit.ask("Apa kepanjangan dari Pikobar?").count("[1]") == 1


@pytest.mark.parametrize(
    ("screen", "question", "follow_up", "told"),
    [
        (OTHER_SCREENS[0], "Berapa paket masker yang diberikan Sichuan?", "Dan kapan?", "Dipahami sebagai: "),
        (OTHER_SCREENS[1], "How many packs of masks did Sichuan donate?", "And when?", "Understood as: "),
    ],
)
def test_follow_up_says_how_it_was_understood(
    visits: Visits, server: Server, screen: Screen, question: str, follow_up: str, told: str
) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask(question)
    answer = visit.ask(follow_up)
    assert answer.startswith(told)
    understood = visit.page.locator("details[open] .understood")
    expect(understood).to_contain_text(
        {"id": "masker yang diberikan Sichuan", "en": "masks did Sichuan donate"}[screen.language]
    )
    assert answer.startswith(understood.inner_text())


def test_earlier_evidence_comes_back(visit: Visit) -> None:
    visit.ask(SIGNED_ID)
    visit.ask(OFF_TOPIC)
    asked = visit.page.locator("details[open] .asked")
    expect(asked).to_have_text(OFF_TOPIC)
    visit.answers.first.click()
    expect(asked).to_have_text(SIGNED_ID)
    visit.page.locator("summary", has_text=OFF_TOPIC).press("Enter")
    expect(asked).to_have_count(2)


def test_clearing_begins_anew(visit: Visit) -> None:
    visit.ask(SIGNED_ID)
    visit.page.get_by_label("Bersihkan obrolan").click()
    expect(visit.page.locator("#chat .example")).to_have_count(8)
    expect(visit.cards).to_have_count(0)
    visit.ask("Dan kapan?")
    assert visit.page.locator(".understood").count() == 0


def test_question_language_can_be_picked(visit: Visit) -> None:
    visit.page.get_by_label("English").check()
    visit.ask("DTKS?")
    expect(visit.cards.first.locator(".page")).to_have_text(re.compile(r"p\. \d+"))


def test_keyboard_only(visit: Visit) -> None:
    visit.box.focus()
    visit.page.keyboard.type("Apa kepanjangan")
    visit.page.keyboard.press("Shift+Enter")
    visit.page.keyboard.type("dari Pikobar?")
    expect(visit.box).to_have_value("Apa kepanjangan\ndari Pikobar?")
    visit.page.keyboard.press("Enter")
    visit.wait_for_answer(1)
    expect(visit.box).to_have_value("")
    visit.page.keyboard.type("Apa itu BOR?")
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator("#ask")).to_be_focused()
    assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    visit.page.keyboard.press("Enter")
    visit.wait_for_answer(2)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_layout_and_contrast(visits: Visits, server: Server, width: int, dark: bool) -> None:
    visit = visits(server, width=width, height=844, dark=dark)
    visit.wait_until_ready()
    assert pale_texts(visit) == []
    expect(visit.box).to_be_in_viewport()
    visit.ask(OFF_TOPIC)
    visit.ask(SIGNED_ID)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.page.evaluate(STICKS_OUT) == []
    assert pale_texts(visit) == []
    chat, evidence = (visit.page.locator(part).bounding_box() for part in ("#chat", "#evidence"))
    assert chat
    assert evidence
    if width > 1000:
        assert evidence["x"] >= chat["x"] + chat["width"]
        expect(visit.cards.first).to_be_in_viewport()
    else:
        assert evidence["y"] >= chat["y"] + chat["height"]
        visit.page.locator(".to-evidence a").click()
        expect(visit.cards.first).to_be_in_viewport()


@pytest.mark.parametrize("screen", one_now([*SCREENS, *OTHER_SCREENS]))
def test_nothing_shifts_while_loading(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.page.add_init_script(NOTE_SHIFTS)
    for questions in (0, 2):
        for question in (SIGNED_ID, SIGNED_EN)[:questions]:
            visit.ask(question)
        visit.reload()
        expect(visit.answers).to_have_count(questions)
        visit.page.wait_for_timeout(500)  # all has come, but may still move
        shifts = visit.page.evaluate("shifts")
        assert sum(shift[0] for shift in shifts) < 0.1, shifts


def pale_texts(visit: Visit) -> list[str]:
    """Return the visible texts whose contrast with what lies behind them is below WCAG's AA."""
    found: list[str] = visit.page.evaluate(PALE_TEXTS)
    return found


STICKS_OUT = """[...document.querySelectorAll("button, input, textarea, a")]
    .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth)
    .map(element => element.outerHTML)"""

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
