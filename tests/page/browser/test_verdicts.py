"""Verdicts on answers: only if the page is started with them, and then recorded in a file."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from corpus import load_paper
from page.ui_text import label
from tests.page.visits import SCREENS, FeedbackServer, Visit, Visits, one_now

QUESTION = {"id": "Kapan MoU sister province ditandatangani?", "en": "When was the sister-province agreement signed?"}
NOTE = "Tanggalnya <benar> & lengkap"


@pytest.fixture(scope="module", params=one_now(SCREENS))
def judged(request: pytest.FixtureRequest, feedback_server: FeedbackServer, module_visits: Visits) -> Visit:
    """Open the page once, on a screen, with an answer to judge."""
    visit = module_visits(feedback_server, **request.param._asdict())
    visit.wait_until_ready()
    visit.ask(QUESTION[visit.language])
    return visit


def judge(visit: Visit, verdict: str) -> None:
    visit.answers.last.locator(f"[data-judge={verdict}]").click()


def test_nobody_is_asked_by_default(visit: Visit) -> None:
    visit.ask(QUESTION["id"])
    expect(visit.answers.locator("[data-link]")).to_be_visible()
    expect(visit.page.locator("[data-judge], #feedback, #feedback-said")).to_have_count(0)


def test_a_verdict_and_a_note_are_kept(judged: Visit, feedback_server: FeedbackServer) -> None:
    language, page = judged.language, judged.page
    before = len(feedback_server.lines())
    expect(page.locator("#feedback")).to_be_hidden()
    for verdict in ("good", "bad"):
        expect(judged.answers.locator(f"[data-judge={verdict}]")).to_have_text(label(f"verdict_{verdict}", language))
    verdict = {"id": "good", "en": "bad"}[language]
    judge(judged, verdict)
    said = page.locator("#feedback-said [role=status]")
    expect(said).to_have_text(label("feedback_kept", language))
    note = page.get_by_label(label("feedback_note", language))
    expect(note).to_have_attribute("placeholder", label("feedback_note", language))
    note.fill(NOTE)
    page.get_by_role("button", name=label("feedback_send", language)).click()
    expect(page.locator("#feedback")).to_be_hidden()
    expect(said).to_have_text(label("feedback_kept", language))

    first, second = feedback_server.lines()[before:]
    assert first | {"time": "", "note": NOTE} == second | {"time": ""}
    assert (first["note"], second["note"]) == ("", NOTE)
    assert second["question"] == QUESTION[language]
    assert (second["language"], second["status"], second["verdict"]) == (language, "answered", verdict)
    assert "9 Mei 2016" in second["told"][0]["quote"]
    assert second["paper"] == load_paper().digest


@pytest.mark.parametrize("judged", SCREENS[:1], indirect=True)
def test_each_turn_is_judged_by_itself_and_what_is_judged_anew_is_kept_anew(
    judged: Visit, feedback_server: FeedbackServer
) -> None:
    judged.ask("Apa kepanjangan dari Pikobar?")
    before = len(feedback_server.lines())
    judge(judged, "good")
    note = judged.page.locator("#feedback textarea")
    for turn in (1, 0):
        note.fill("ini bukan catatan untuk yang lain")
        judged.answers.nth(turn).locator("[data-judge=bad]").click()
        expect(note).to_have_value("")  # by when the verdict is kept
    new = feedback_server.lines()[before:]
    assert [(line["question"], line["verdict"], line["note"]) for line in new] == [
        ("Apa kepanjangan dari Pikobar?", "good", ""),
        ("Apa kepanjangan dari Pikobar?", "bad", ""),
        (QUESTION["id"], "bad", ""),
    ]


@pytest.mark.parametrize("judged", SCREENS[:1], indirect=True)
def test_a_verdict_that_cannot_be_kept_is_told(judged: Visit, feedback_server: FeedbackServer) -> None:
    kept = feedback_server.file.rename(feedback_server.file.with_suffix(".kept"))
    feedback_server.file.mkdir()
    try:
        judge(judged, "good")
        expect(judged.page.get_by_role("alert")).to_have_text(label("feedback_failed", "id"))
    finally:
        feedback_server.file.rmdir()
        kept.rename(feedback_server.file)
