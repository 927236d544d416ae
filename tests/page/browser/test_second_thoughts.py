"""Editing an earlier question, asking again one that was not answered, and what follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from page.ui_text import label
from tests.page.visits import Visit

QUESTIONS = {
    "id": ("Kapan MoU sister province ditandatangani?", "Berapa paket masker yang diberikan Sichuan?", "Dan kapan?"),
    "en": ("When was the sister-province agreement signed?", "How many packs of masks did Sichuan give?", "And when?"),
}
SUBJECTS = {"id": "paket masker yang diberikan Sichuan", "en": "packs of masks did Sichuan give"}
EXPANDED = {"id": "Apa kepanjangan dari Pikobar?", "en": "What does Pikobar stand for?"}


def edit(visit: Visit, turn: int) -> None:
    """Take a turn, by its index, back into the box."""
    visit.turns.nth(turn).get_by_role("button", name=label("edit_question", visit.language)).click()
    expect(visit.questions).to_have_count(turn)


def test_mending_a_question_takes_the_later_turns_away(tab: Visit) -> None:
    first, second, third = QUESTIONS[tab.language]
    for question in (first, second, third):
        tab.ask(question)
    edit(tab, 1)
    expect(tab.box).to_have_value(second)
    expect(tab.questions).to_have_text([first])

    tab.ask(EXPANDED[tab.language])
    expect(tab.questions).to_have_text([first, EXPANDED[tab.language]])
    expect(tab.answers.last).to_contain_text("Pusat Informasi dan Koordinasi COVID-19 Jawa Barat")
    expect(tab.suggestions.first).to_be_visible()


def test_what_is_taken_back_is_answered_as_before(tab: Visit) -> None:
    _, question, follow_up = QUESTIONS[tab.language]
    answers = [tab.ask(question), tab.ask(follow_up)]
    assert SUBJECTS[tab.language] in answers[1]
    edit(tab, 1)
    expect(tab.box).to_have_value(follow_up)
    with tab.answering():
        tab.box.press("Enter")
    assert tab.wait_for_answer(2) == answers[1]
    edit(tab, 0)
    expect(tab.box).to_have_value(question)
    expect(tab.starters.first).to_be_visible()
    with tab.answering():
        tab.box.press("Enter")
    assert tab.wait_for_answer(1) == answers[0]


@pytest.mark.long
def test_what_looks_like_markup_survives_mending(visit: Visit) -> None:
    question = "<b>masker</b>\n  dari R&D &amp; Sichuan, p < 0.05?"
    visit.ask(question)
    edit(visit, 0)
    expect(visit.box).to_have_value(question)
    visit.ask(f"{question}!")
    assert visit.questions.inner_text() == f"{question}!"
