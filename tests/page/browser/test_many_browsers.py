"""Eight browsers at once, each with ten questions: every answer is the same as when the question is asked alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.page.browser.paper_files import GLACIER, HARBOUR, OwnPaper
from tests.page.visits import Server, Visits

BROWSERS = 8
QUESTIONS = (
    "Kapan MoU sister province ditandatangani?",
    "Berapa paket masker yang diberikan Sichuan?",
    "Apa kepanjangan dari Pikobar?",
    "Bagaimana cara memasak rendang daging?",
    "Siapa yang mengajukan permohonan bantuan masker?",
    "Metode apa yang digunakan riset ini?",
    "Apa saja lima prioritas diplomasi Indonesia tahun 2021?",
    "Berapa kegiatan paradiplomasi Jawa Barat dengan Jepang?",
    "When was COVID-19 first found in Wuhan?",
    "What is paradiplomacy?",
    "How many masks did Sichuan give West Java?",
    "What were the task force's three strategies?",
    "How tall is Mount Everest?",
    "Why was West Java at high risk?",
    "Which countries' vaccines did Indonesia get?",
    "What is the Pikobar app for?",
)
TEN = 10
OWN = {0: (HARBOUR, "Berapa kapal yang diteliti?", "37 buah"), 1: (GLACIER, "Who led the fieldwork?", "Ingrid Solheim")}
"""The papers that two of the browsers ask something of, while the others ask on."""

SAID = """answer => [...answer.querySelectorAll(".short, .quote > p, .reply > .said, .rows td")].map(part => {
    const text = part.cloneNode(true);
    text.querySelectorAll("button").forEach(button => button.remove());
    return text.textContent.trim();
})"""
"""What an answer says, without its markers, which speak of pages in the answer's language."""


@pytest.mark.long
def test_eight_browsers_ask_ten_questions_each(visits: Visits, server: Server) -> None:
    lonely = visits(server)
    lonely.wait_until_ready()
    alone: dict[str, list[str]] = {}
    for question in QUESTIONS:
        lonely.begin()
        lonely.ask(question)
        alone[question] = said(lonely.answers.first)
        assert alone[question]

    tabs = [visits(server, locale="id-ID" if number % 2 else "en-GB") for number in range(BROWSERS)]
    for tab in tabs:
        tab.wait_until_ready()
    asked: list[list[str]] = [[] for _ in tabs]
    for turn in range(TEN):
        for number, tab in enumerate(tabs):  # none waits for another's answer
            asked[number].append(QUESTIONS[(3 * number + turn) % len(QUESTIONS)])
            tab.box.fill(asked[number][-1])
            tab.box.press("Enter")
        for tab in tabs:
            tab.wait_for_answer(turn + 1)
    for questions, tab in zip(asked, tabs, strict=True):
        assert tab.questions.all_inner_texts() == questions
        for question, answer in zip(questions, tab.answers.all(), strict=True):
            assert said(answer) == alone[question], question

    for number, (text, _, _) in OWN.items():
        OwnPaper(tabs[number]).give(f"own-{number}.txt", text.encode())
    others = [tab for number, tab in enumerate(tabs) if number not in OWN]
    for tab in others:
        tab.box.fill(QUESTIONS[0])
        tab.box.press("Enter")
    for number, (_, question, expected) in OWN.items():
        OwnPaper(tabs[number]).wait_until_ready(f"own-{number}.txt")
        assert expected in tabs[number].ask(question)
        assert tabs[number].questions.all_inner_texts() == [question]
    for tab in others:
        tab.wait_for_answer(TEN + 1)
        assert said(tab.answers.last) == alone[QUESTIONS[0]]


def said(answer: Locator) -> list[str]:
    parts: list[str] = answer.evaluate(SAID)
    return parts
