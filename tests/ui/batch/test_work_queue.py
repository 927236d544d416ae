"""Batches over HTTP: they take turns, each address has only so many, and the page stays quick beside them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from page.batch.batch_work import AT_A_TIME, MAX_QUESTIONS
from page.batch.work_queue import MOST_OF_ONE
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


def begun(page: Page, *questions: str) -> threading.Thread:
    """Begin a batch, and hear its answer in a thread."""
    place = asked(page.client, list(questions), "auto", endpoint="batch")
    url = str(page.client.base_url.join(place))
    hearing = threading.Thread(target=lambda: httpx.get(url, timeout=60, trust_env=False), daemon=True)
    hearing.start()
    return hearing


def test_one_question_does_not_wait_for_all_of_another_batch(page: Page, assistant: SlowAssistant) -> None:
    with page.client.stream("GET", asked(page.client, MANY, "auto", endpoint="batch")):
        wait_until(lambda: len(assistant.asked) > AT_A_TIME)
        response = ask(page.client, ["Siapa?"], "auto", endpoint="batch")
    assert "Jawab: Siapa?" in response.text
    assert assistant.asked.index("Siapa?") < len(MANY) / 2


@pytest.mark.parametrize(
    ("language", "message"), [("en", "4 batches from this address"), ("id", "Sudah ada 4 kumpulan")]
)
def test_so_many_of_one_address_and_then_a_line_in_its_language(
    page: Page, assistant: SlowAssistant, language: str, message: str
) -> None:
    page.client.headers["accept-language"] = language
    with assistant.held():
        hearing = [begun(page, f"Kapan {n}?") for n in range(MOST_OF_ONE)]
        refused = ask(page.client, ["Siapa?"], "auto", endpoint="batch")
    assert message in refused.text
    assert "event: error" in refused.text
    for each in hearing:
        each.join(30)
    assert "Jawab: Siapa?" in ask(page.client, ["Siapa?"], "auto", endpoint="batch").text


def test_health_and_questions_are_answered_within_a_second_beside_a_batch(page: Page, assistant: SlowAssistant) -> None:
    some = MANY[:800]
    long, slowest, n = begun(page, *some), 0.0, 0
    wait_until(lambda: bool(assistant.asked))
    while long.is_alive():
        began = time.perf_counter()
        assert page.client.get("health").status_code == 200
        slowest = max(slowest, time.perf_counter() - began)
        if n < 5:
            assert "Jawab" in ask(page.client, f"Kapan {n}?", "auto", "").text
            n += 1
    assert len(assistant.asked) == len(some)
    assert slowest < 1
