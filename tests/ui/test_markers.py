"""The markers of an answer, which lead to its evidence by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from corpus import OTHER
from page.labels import label
from tests.ui.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

QUESTIONS = {
    "id": ("Kapan MoU sister province ditandatangani?", "Berapa paket masker yang diberikan Sichuan?"),
    "en": ("When was the sister-province agreement signed?", "How many packs of masks did Sichuan donate?"),
}


def asked_twice(visits: Visits, server: Server, screen: Screen) -> Visit:
    visit = visits(server, **screen._asdict(), height=700)  # less than some cards have
    visit.wait_until_ready()
    for question in QUESTIONS[screen.language]:
        visit.ask(question)
    return visit


def expect_open(visit: Visit, turn: int, marker: int, *, beside: bool) -> None:
    """Expect the evidence of a turn open, and in it the marker's card in sight, and under the keyboard.

    ``beside`` the chat, this stays where it is.
    """
    expect(visit.page.locator("#evidence details[open]")).to_have_attribute("data-turn", str(turn))
    here = visit.cards.locator(f"[data-marker='{marker}']")
    expect(here).to_be_focused()
    expect(here).to_be_in_viewport()
    if beside:
        expect(visit.box).to_be_in_viewport()


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_a_click_opens_the_evidence_of_its_answer(visits: Visits, server: Server, screen: Screen) -> None:
    visit = asked_twice(visits, server, screen)
    for turn, marker in ((0, 3), (0, 1), (1, 1), (1, 2)):
        visit.answers.nth(turn).locator(".cite", has_text=f"[{marker}]").first.click()
        expect_open(visit, turn, marker, beside=screen.width > 1000)


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_the_keyboard_opens_it_too(visits: Visits, server: Server, screen: Screen) -> None:
    visit = asked_twice(visits, server, screen)
    for turn, marker, key in ((0, 2, "Enter"), (1, 2, "Space"), (0, 3, "Space"), (1, 1, "Enter")):
        button = visit.answers.nth(turn).locator(".cite", has_text=f"[{marker}]").first
        expect(button).to_have_accessible_name(f"{label('open_evidence', screen.language)} {marker}")
        # To select text is no click on an answer, but what is selected elsewhere keeps no marker from its work.
        visit.page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
        button.press(key)
        expect_open(visit, turn, marker, beside=screen.width > 1000)


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_the_evidence_is_marked_in_its_passage_in_both_languages(
    visits: Visits, server: Server, screen: Screen
) -> None:
    language = screen.language
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    answer = visit.ask(QUESTIONS[language][0])
    visit.answers.locator(".cite").first.click()
    card = visit.cards.first
    passage, quote = card.locator("blockquote").first, card.locator("blockquote mark").first
    expect(passage).to_have_attribute("lang", language)
    assert quote.inner_text() in passage.inner_text()
    assert len(quote.inner_text()) < len(passage.inner_text())
    assert f"\n\n{quote.inner_text()} [1]" in answer
    expect(card.locator(".other blockquote")).to_have_attribute("lang", OTHER[language])
    expect(card.locator(".other mark")).to_be_visible()
    expect(card.locator(".page")).to_have_text(re.compile(rf"^{re.escape(label('page', language))} 9$"))
    expect(card.locator(".section")).to_contain_text("Paradiplomasi Provinsi Jawa Barat")
