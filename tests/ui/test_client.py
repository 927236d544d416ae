"""Whether a client is still there: work ends when it disconnects, or never reads its answers."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from page import client
from page.batch.batch_work import MAX_QUESTIONS
from tests.ui.serving import Page, ask, asked, served
from tests.ui.stand_ins import SlowAssistant, loaded
from tests.waits import wait_until

MANY = [f"Kapan {n}?" for n in range(MAX_QUESTIONS)]


@pytest.fixture
def assistant() -> SlowAssistant:
    return SlowAssistant()


@pytest.fixture
def page(assistant: SlowAssistant) -> Iterator[Page]:
    with served("--rate", "0", loader=loaded(lambda report: assistant)) as page:
        yield page


def ends_early(assistant: SlowAssistant) -> bool:
    """Wait until nothing is asked any more; return whether much was left to ask."""
    last = -1
    while last != len(assistant.asked):
        last = len(assistant.asked)
        time.sleep(0.3)
    return last < MAX_QUESTIONS / 2


def test_a_batch_ends_when_its_client_hangs_up(page: Page, assistant: SlowAssistant) -> None:
    with page.client.stream("GET", asked(page.client, MANY, "auto", endpoint="batch")):
        wait_until(lambda: bool(assistant.asked))
    assert ends_early(assistant)


def test_a_batch_ends_when_nobody_comes_to_hear_it(
    page: Page, assistant: SlowAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.1)
    asked(page.client, MANY, "auto", endpoint="batch")
    wait_until(lambda: bool(assistant.asked))
    assert ends_early(assistant)


def test_who_listens_hears_all_however_long_it_takes(
    page: Page, assistant: SlowAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.1)
    response = ask(page.client, MANY[:400], "auto", endpoint="batch")
    assert "Kapan 399?" in response.text
