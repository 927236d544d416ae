"""The page's language: picked at its top, for its own words and Gradio's alike."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from corpus import OTHER, Language
from page.labels import LABELS, label
from tests.ui.visits import GRADIOS_WORDS, OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

QUESTION = {"id": "Kapan MoU sister province ditandatangani?", "en": "When was the sister-province agreement signed?"}
NAMES: dict[Language, str] = {"id": "Indonesia", "en": "English"}

SHOWN = ("purpose", "promise", "bundled", "ready", "new_chat", "ask", "answer_in", "automatic", "save_as", "evidence")
"""Labels that are in sight once something was asked."""


def pick(visit: Visit, language: Language) -> None:
    with visit.leaving():
        visit.page.locator("#languages").get_by_role("button", name=NAMES[language]).click()
        expect(visit.page.locator("html")).to_have_attribute("lang", language)


def expect_speaks(visit: Visit, language: Language) -> None:
    """Expect that everything is in a language, and nothing in the other."""
    expect(visit.page.locator("html")).to_have_attribute("lang", language)
    expect(visit.box).to_have_attribute("placeholder", label("question_hint", language))
    shown = visit.page.locator("#page").inner_text()
    for key in SHOWN:
        assert label(key, language) in shown
    # What is short may stand in what is long, or in the paper's own words.
    for key, text in LABELS[OTHER[language]].items():
        assert len(text) < 12 or text == LABELS[language].get(key) or text not in shown, key
    for name in ("retry", "undo", "clear", "copy"):
        expect(visit.chat_button(name)).to_have_attribute("title", GRADIOS_WORDS[language][name])
    picked, other = (visit.page.locator(f"#languages [data-speak={of}]") for of in (language, OTHER[language]))
    weight = "e => getComputedStyle(e).fontWeight"
    assert picked.evaluate(weight) > other.evaluate(weight)


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_all_of_the_page_follows_and_the_conversation_stays(visits: Visits, server: Server, screen: Screen) -> None:
    language, other = screen.language, OTHER[screen.language]
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    # Its answer is in the question's language, whatever the page speaks.
    visit.ask(QUESTION[other])
    answer = visit.answers.inner_text()
    pick(visit, other)
    expect_speaks(visit, other)
    expect(visit.questions).to_have_text([QUESTION[other]])
    assert visit.wait_for_answer(1) == answer
    visit.reload()
    expect(visit.answers).to_be_visible()
    expect_speaks(visit, other)
    pick(visit, language)
    expect(visit.page.locator("#ask")).to_have_text(label("ask", language))


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_the_findings_follow(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    pages = {"id": re.compile(r"^hlm\. \d"), "en": re.compile(r"^p\. \d")}
    for language in (screen.language, OTHER[screen.language]):
        if language != screen.language:
            pick(visit, language)
        visit.page.get_by_role("tab", name=label("tab_findings", language), exact=True).click()
        expect(visit.page.locator("#found .entry summary > .page").first).to_have_text(pages[language])
        expect(visit.page.locator("#found h2").first).to_have_attribute("lang", language)
        expect(visit.page.locator("#found .download")).to_have_text(label("download_csv", language))
        expect(visit.page.locator("#found .download")).to_have_attribute("download", label("csv_name", language))
        expect(visit.page.locator("#topic input")).to_have_value(label("all_topics", language))
        expect(visit.page.locator("#find input")).to_have_attribute("placeholder", label("search_hint", language))


def test_a_browser_that_speaks_neither_is_answered_in_english(visits: Visits, server: Server) -> None:
    visit = visits(server, locale="fr-FR")
    visit.wait_until_ready()
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    expect(visit.page.locator("#ask")).to_have_text("Ask")
    pick(visit, "id")
    expect(visit.page.locator("#ask")).to_have_text("Tanya")
