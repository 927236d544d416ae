"""Eight browsers at once, each asking ten questions: every answer is its own, and as it is when asked alone."""

from __future__ import annotations

import pytest
from gradio_client import Client
from playwright.sync_api import FilePayload, expect

from tests.ui.papers import GLACIER, HARBOUR
from tests.ui.visits import Server, Visits

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
"""The papers that two of the browsers ask something of, too."""


@pytest.mark.long
def test_eight_browsers_ask_ten_questions_each(visits: Visits, server: Server) -> None:
    alone: dict[str, list[str]] = {}
    client = Client(server.url, verbose=False)
    for question in QUESTIONS:
        told = str(client.predict(question, api_name="/ask")["answer"])
        alone[question] = [_on_one_line(line) for line in told.split("\n\n")]
    client.close()
    tabs = [visits(server, locale="id-ID" if number % 2 else "en-GB") for number in range(BROWSERS)]
    for tab in tabs:
        tab.wait_until_ready()
    for number, (text, _, _) in OWN.items():
        page = tabs[number].page
        page.locator("[role=tab][id^=tab-own]").click()
        paper = FilePayload(name=f"own-{number}.txt", mimeType="text/plain", buffer=text.encode())
        page.locator("#own-file input").set_input_files(paper)
        expect(page.locator("#own-status .ready")).to_be_visible(timeout=60_000)
        page.locator("[role=tab][id^=tab-ask]").first.click()

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
            shown = [_on_one_line(text) for text in answer.locator(".reply > p").all_inner_texts()]
            assert [line for line in shown if line in alone[question]] == alone[question]

    for number, tab in enumerate(tabs):
        page = tab.page
        page.locator("[role=tab][id^=tab-own]").click()
        if number not in OWN:
            expect(page.locator("#own-tabs")).to_be_hidden()
            continue
        _, question, expected = OWN[number]
        page.locator("#own-question textarea").fill(question)
        page.locator("#own-question textarea").press("Enter")
        expect(page.locator("#own-chat .reply")).to_contain_text(expected, timeout=20_000)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
