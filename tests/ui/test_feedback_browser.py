"""Verdicts on answers: not asked for unless the page is started so, and then kept in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from corpus import load_paper
from page.labels import label
from tests.ui.visits import GRADIOS_WORDS, SCREENS, Screen, Server, Visit, Visits, one_now

QUESTION = {"id": "Kapan MoU sister province ditandatangani?", "en": "When was the sister-province agreement signed?"}


class FeedbackServer(Server):
    """Keeps verdicts in ``file``."""

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__("--feedback", str(file))

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def feedback_server(no_network: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeedbackServer]:
    server = FeedbackServer(tmp_path_factory.mktemp("feedback") / "verdicts.jsonl")
    yield server
    server.close()


def asked(visits: Visits, server: Server, screen: Screen) -> Visit:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask(QUESTION[screen.language])
    return visit


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_nobody_is_asked_by_default(visits: Visits, server: Server, screen: Screen) -> None:
    visit = asked(visits, server, screen)
    expect(visit.chat_button("retry")).to_be_visible()
    for name in ("like", "dislike"):
        expect(visit.chat_button(name)).to_have_count(0)
    expect(visit.page.locator("#feedback, .feedback")).to_have_count(0)


@pytest.mark.parametrize(("screen", "thumb", "verdict"), [(SCREENS[0], "like", "good"), (SCREENS[1], "dislike", "bad")])
def test_a_thumb_and_a_note_are_kept(
    visits: Visits, feedback_server: FeedbackServer, screen: Screen, thumb: str, verdict: str
) -> None:
    language = screen.language
    visit = asked(visits, feedback_server, screen)
    before = len(feedback_server.lines()) if feedback_server.file.exists() else 0
    expect(visit.page.locator("#feedback")).to_be_hidden()
    expect(visit.chat_button(thumb)).to_have_attribute("title", GRADIOS_WORDS[language][thumb])
    visit.chat_button(thumb).click()
    said = visit.page.locator("#feedback-said [role=status]")
    expect(said).to_have_text(label("feedback_kept", language))
    note = visit.page.get_by_label(label("feedback_note", language))
    expect(note).to_have_attribute("placeholder", label("feedback_hint", language))
    note.fill("Tanggalnya <benar> & lengkap")
    visit.page.get_by_role("button", name=label("feedback_send", language)).click()
    expect(visit.page.locator("#feedback")).to_be_hidden()
    expect(said).to_have_text(label("feedback_kept", language))

    first, second = feedback_server.lines()[before:]
    assert {key: value for key, value in first.items() if key != "time"} == {
        **{key: value for key, value in second.items() if key != "time"},
        "note": "",
    }
    assert second["note"] == "Tanggalnya <benar> & lengkap"
    assert second["question"] == QUESTION[language]
    assert (second["language"], second["status"], second["verdict"]) == (language, "answered", verdict)
    assert "9 Mei 2016" in second["told"][0]["quote"]
    assert second["paper"] == load_paper().digest


def test_a_thumb_that_is_taken_back_is_no_verdict(visits: Visits, feedback_server: FeedbackServer) -> None:
    visit = asked(visits, feedback_server, SCREENS[1])
    visit.chat_button("like").click()
    expect(visit.page.locator("#feedback")).to_be_visible()
    before = feedback_server.lines()
    assert before[-1]["verdict"] == "good"
    # Gradio has its name in English only.
    visit.page.get_by_label("Liked", exact=True).click()
    expect(visit.page.locator("#feedback")).to_be_hidden()
    expect(visit.page.locator("#feedback-said")).to_be_empty()
    assert feedback_server.lines() == before


def test_a_verdict_that_cannot_be_kept_is_told(visits: Visits, feedback_server: FeedbackServer) -> None:
    visit = asked(visits, feedback_server, SCREENS[0])
    kept = feedback_server.file.rename(feedback_server.file.with_suffix(".kept"))
    feedback_server.file.mkdir()
    visit.chat_button("like").click()
    expect(visit.page.get_by_role("alert")).to_have_text(label("feedback_failed", "id"))
    feedback_server.file.rmdir()
    kept.rename(feedback_server.file)
