"""Verdicts on answers, on the server: only if the page is started with them, and then recorded in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from assistant.feedback import FeedbackFile
from page.ui_text import label
from tests.page.serving import Page, served

QUESTION = "Kapan A?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "verdicts.jsonl"


@pytest.fixture
def page(file: Path) -> Iterator[Page]:
    with served("--rate", "0", feedback=FeedbackFile(file)) as page:
        page.sent_event(page.part("question"), "submit", [None, "", QUESTION, []], "one")
        yield page


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.is_file() else []


def judged(page: Page, judge: str, turn: str, session: str = "one", at: str = "") -> str:
    return page.sent_event(page.part("chat"), "like", [None, at], session, judge=judge, turn=turn).text


@pytest.mark.parametrize("verdict", ["good", "bad"])
def test_a_verdict_is_kept_and_then_its_note(page: Page, file: Path, verdict: str) -> None:
    assert label("feedback_kept", "en") in judged(page, verdict, "0")
    page.sent_event(page.part("feedback-send"), "click", [None, "Tanggalnya <benar> & lengkap"], "one")
    first, second = lines(file)
    assert {first["verdict"], second["verdict"]} == {verdict}
    assert (first["question"], first["note"]) == (QUESTION, "")
    assert second["note"] == "Tanggalnya <benar> & lengkap"


def test_of_no_answer_there_is_no_verdict(page: Page, file: Path) -> None:
    for turn, session, at in (("1", "one", ""), ("x", "one", ""), ("0", "other", ""), ("0", "one", "lost")):
        assert label("feedback_kept", "en") not in judged(page, "good", turn, session, at)
    assert lines(file) == []


def test_one_that_cannot_be_kept_is_told(page: Page, file: Path) -> None:
    file.mkdir()
    assert escape(label("feedback_failed", "en")) in judged(page, "good", "0")


def test_nobody_is_asked_by_default() -> None:
    with served("--rate", "0") as page:
        text = page.sent_event(page.part("question"), "submit", [None, "", QUESTION, []], "one").text
        assert QUESTION in text
        assert "data-judge" not in text
        parts = page.client.get("config").json()["components"]
        assert "feedback-send" not in [part["props"].get("elem_id") for part in parts]
