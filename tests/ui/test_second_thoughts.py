"""Asking again, mending an earlier question, and taking one back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from corpus import OTHER
from page.labels import label
from tests.ui.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visits, one_now

QUESTIONS = {
    "id": ("Kapan MoU sister province ditandatangani?", "Berapa paket masker yang diberikan Sichuan?", "Dan kapan?"),
    "en": ("When was the sister-province agreement signed?", "How many packs of masks did Sichuan give?", "And when?"),
}
SUBJECTS = {"id": "paket masker yang diberikan Sichuan", "en": "packs of masks did Sichuan give"}
EXPANDED = {"id": "Apa kepanjangan dari Pikobar?", "en": "What does Pikobar stand for?"}


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_a_follow_up_asked_again_is_understood_as_before(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    for question in QUESTIONS[language][1:]:
        visit.ask(question)
    last = visit.answers.last.locator(".reply")
    expect(last).to_have_attribute("lang", language)
    visit.page.get_by_label({"id": "English", "en": "Indonesia"}[language], exact=True).check()
    visit.chat_button("retry").click()
    expect(last).to_have_attribute("lang", OTHER[language])
    assert SUBJECTS[language] in visit.wait_for_answer(2)
    expect(visit.page.locator("details[open]")).to_have_attribute("lang", OTHER[language])
    expect(visit.questions).to_have_text(QUESTIONS[language][1:])


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_mending_a_question_takes_the_later_turns_away(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    for question in QUESTIONS[screen.language]:
        visit.ask(question)
    edit = visit.page.locator("#chat").get_by_label("Edit", exact=True).nth(1)
    edit.click()
    field = visit.page.locator("#chat textarea")
    expect(field).to_have_value(QUESTIONS[screen.language][1])
    visit.chat_button("cancel").click()
    expect(visit.questions).to_have_text(QUESTIONS[screen.language])

    edit.click()
    field.fill(EXPANDED[screen.language])
    visit.chat_button("submit").click()
    expect(visit.questions).to_have_text([QUESTIONS[screen.language][0], EXPANDED[screen.language]])
    expect(visit.answers.last).to_contain_text("Pusat Informasi dan Koordinasi COVID-19 Jawa Barat")
    expect(visit.answers).to_have_count(2)
    expect(visit.page.locator("#evidence details")).to_have_count(2)
    expect(visit.page.locator("#evidence details[open] .asked")).to_have_text(EXPANDED[screen.language])


def test_what_looks_like_markup_survives_mending(visits: Visits, server: Server) -> None:
    visit = visits(server)
    visit.wait_until_ready()
    question = "<b>masker</b> dari R&D &amp; Sichuan?"
    visit.ask(question)
    visit.chat_button("edit").click()
    visit.page.locator("#chat textarea").press("End")
    visit.page.keyboard.type("!")
    visit.chat_button("submit").click()
    expect(visit.page.locator("#evidence .asked")).to_have_text(f"{question}!")
    expect(visit.questions).to_have_text(f"{question}!")


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_what_is_taken_back_is_in_the_box_again(visits: Visits, server: Server, screen: Screen) -> None:
    first, second, _ = QUESTIONS[screen.language]
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    answer = visit.ask(first)
    visit.ask(second)
    visit.chat_button("undo").click()
    expect(visit.box).to_have_value(second)
    expect(visit.questions).to_have_text([first])
    assert visit.wait_for_answer(1) == answer
    expect(visit.page.locator("#evidence details")).to_have_count(1)
    visit.chat_button("undo").click()
    expect(visit.box).to_have_value(first)
    expect(visit.examples).to_have_count(8)
    expect(visit.page.locator("#evidence .hint")).to_have_text(label("evidence_hint", screen.language))
    visit.box.press("Enter")
    assert visit.wait_for_answer(1) == answer


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_a_question_can_be_copied(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    question = "Masker\n  R&D & Sichuan, p < 0.05?"
    visit.ask(question)
    visit.chat_button("copy").click()
    visit.page.wait_for_function("async text => await navigator.clipboard.readText() === text", arg=question)


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_what_to_ask_next_is_answered_at_a_click(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask(QUESTIONS[screen.language][1])
    suggestions = visit.page.locator("#chat .option")
    expect(suggestions).to_have_count(3)
    expect(suggestions.first).to_be_visible()
    text = suggestions.first.inner_text()
    suggestions.first.click()
    visit.wait_for_answer(2)
    expect(visit.questions.last).to_have_text(text)
    expect(visit.cards.first).to_be_visible()
