"""Whether a client is still there: work ends when it disconnects, or never reads its answers."""

from __future__ import annotations

import time

import pytest

from page import client
from page.batch.batch_work import MAX_QUESTIONS
from tests.page.serving import Page, ask, asked
from tests.page.stand_ins import MANY_QUESTIONS, SlowAssistant
from tests.waits import wait_until


def ends_early(assistant: SlowAssistant) -> bool:
    """Wait until nothing is asked any more; return whether much was left to ask."""
    last = -1
    while last != len(assistant.asked):
        last = len(assistant.asked)
        time.sleep(0.3)
    return last < MAX_QUESTIONS / 2


def test_a_batch_ends_when_its_client_hangs_up(slow_page: Page, slow_assistant: SlowAssistant) -> None:
    with slow_page.client.stream("GET", asked(slow_page.client, MANY_QUESTIONS, "auto", endpoint="batch")):
        wait_until(lambda: bool(slow_assistant.asked))
    assert ends_early(slow_assistant)


def test_a_batch_ends_when_nobody_comes_to_hear_it(
    slow_page: Page, slow_assistant: SlowAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.1)
    asked(slow_page.client, MANY_QUESTIONS, "auto", endpoint="batch")
    wait_until(lambda: bool(slow_assistant.asked))
    assert ends_early(slow_assistant)


def test_who_listens_hears_all_however_long_it_takes(
    slow_page: Page, slow_assistant: SlowAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.1)
    response = ask(slow_page.client, MANY_QUESTIONS[:400], "auto", endpoint="batch")
    assert "Kapan 399?" in response.text
