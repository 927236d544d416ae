"""The page's language: picked in its bar, for its own texts and for Gradio's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from corpus import OTHER, Language
from page.ui_text import LABELS, label
from tests.page.visits import SCREENS, Screen, Server, Visit, Visits, one_now

QUESTION = {"id": "Kapan MoU sister province ditandatangani?", "en": "When was the sister-province agreement signed?"}
PAGES = {"id": re.compile(r"^hlm\. \d"), "en": re.compile(r"^p\. \d")}

SHOWN = ("ask", "conversations", "export")
"""Labels that are in sight on every screen once something was asked."""

OWN_WORDS = ("#bar", "#ask-bar", "#reader-bar", "#status")
"""Where all words are the page's: an answer speaks the question's language, a paper its own."""


def pick(visit: Visit, language: Language) -> None:
    other = visit.page.locator("#bar [data-speak]")
    with visit.leaving():
        if not other.is_visible():
            visit.page.locator("#menu-button").click()
        expect(other).to_have_text(label("speak", language))
        expect(other).to_have_attribute("lang", language)
        other.click()
        expect(visit.page.locator("html")).to_have_attribute("lang", language)


def expect_speaks(visit: Visit, language: Language) -> None:
    """Expect that everything is in a language, and nothing in the other."""
    expect(visit.page.locator("html")).to_have_attribute("lang", language)
    expect(visit.box).to_have_attribute("placeholder", label("question_hint", language))
    expect(visit.page.locator("#search-paper :is(input, textarea)")).to_have_attribute(
        "placeholder", label("search_paper", language)
    )
    expect(visit.page.locator("#views [data-view=read]")).to_have_text(label("view_read", language))
    shown = " ".join(visit.page.locator(",".join(OWN_WORDS)).all_inner_texts())
    for key in SHOWN:
        assert label(key, language) in shown
    # What is short may stand in what is long, or in the paper's own words.
    for key, text in LABELS[OTHER[language]].items():
        assert len(text) < 12 or text == LABELS[language].get(key) or text not in shown, key


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_all_of_the_page_follows_and_the_conversation_stays(visits: Visits, server: Server, screen: Screen) -> None:
    language, other = screen.language, OTHER[screen.language]
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    # Its answer is in the question's language, whatever the page speaks.
    visit.ask(QUESTION[other])
    said = visit.answers.locator(".short").inner_text()
    expect_speaks(visit, language)
    pick(visit, other)
    visit.wait_for_answer(1)
    expect_speaks(visit, other)
    expect(visit.questions).to_have_text([QUESTION[other]])
    expect(visit.answers.locator(".reply")).to_have_attribute("lang", other)
    expect(visit.answers.locator(".short")).to_have_text(said)
    visit.reload()
    visit.wait_for_answer(1)
    expect_speaks(visit, other)
    expect_findings_speak(visit, other)
    pick(visit, language)
    expect(visit.page.locator("#ask")).to_have_text(label("ask", language))
    expect_findings_speak(visit, language)


def expect_findings_speak(visit: Visit, language: Language) -> None:
    visit.open_view("findings")
    found = visit.page.locator("#findings-found")
    expect(found.locator(".entry summary > .page").first).to_have_text(PAGES[language])
    expect(found.locator("h2").first).to_have_attribute("lang", language)
    expect(found.locator(".download")).to_have_text(label("download_csv", language))
    expect(found.locator(".download")).to_have_attribute("download", label("csv_name", language))
    search = visit.page.locator("#findings-search :is(input, textarea)")
    expect(search).to_have_attribute("placeholder", label("search_hint", language))


@pytest.mark.long
def test_a_browser_that_speaks_neither_is_answered_in_english(visits: Visits, server: Server) -> None:
    visit = visits(server, locale="fr-FR")
    visit.wait_until_ready()
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    expect(visit.page.locator("#ask")).to_have_text("Ask")
    pick(visit, "id")
    expect(visit.page.locator("#ask")).to_have_text("Tanya")
