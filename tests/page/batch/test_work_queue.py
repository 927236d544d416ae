"""Batches over HTTP: they take turns, each address has only so many, and the page stays quick beside them."""

from __future__ import annotations

import threading

import httpx
import pytest

from page.batch.batch_work import AT_A_TIME
from page.batch.work_queue import MOST_OF_ONE
from tests.page.serving import Page, ask, asked
from tests.page.stand_ins import MANY_QUESTIONS, SlowAssistant
from tests.waits import wait_until


def begun(page: Page, *questions: str) -> threading.Thread:
    """Begin a batch, and hear its answer in a thread."""
    place = asked(page.client, list(questions), "auto", endpoint="batch")
    url = str(page.client.base_url.join(place))
    hearing = threading.Thread(target=lambda: httpx.get(url, timeout=60, trust_env=False), daemon=True)
    hearing.start()
    return hearing


def test_one_question_does_not_wait_for_all_of_another_batch(slow_page: Page, slow_assistant: SlowAssistant) -> None:
    with slow_page.client.stream("GET", asked(slow_page.client, MANY_QUESTIONS, "auto", endpoint="batch")):
        wait_until(lambda: len(slow_assistant.asked) > AT_A_TIME)
        response = ask(slow_page.client, ["Siapa?"], "auto", endpoint="batch")
    assert "Jawab: Siapa?" in response.text
    assert slow_assistant.asked.index("Siapa?") < len(MANY_QUESTIONS) / 2


@pytest.mark.parametrize(
    ("language", "message"), [("en", "4 batches from this address"), ("id", "Sudah ada 4 kumpulan")]
)
def test_so_many_of_one_address_and_then_a_line_in_its_language(
    slow_page: Page, slow_assistant: SlowAssistant, language: str, message: str
) -> None:
    slow_page.client.headers["accept-language"] = language
    with slow_assistant.held():
        hearing = [begun(slow_page, f"Kapan {n}?") for n in range(MOST_OF_ONE)]
        refused = ask(slow_page.client, ["Siapa?"], "auto", endpoint="batch")
    assert message in refused.text
    assert "event: error" in refused.text
    for each in hearing:
        each.join(30)
    assert "Jawab: Siapa?" in ask(slow_page.client, ["Siapa?"], "auto", endpoint="batch").text


def test_health_and_questions_are_answered_while_a_batch_goes_on(
    slow_page: Page, slow_assistant: SlowAssistant
) -> None:
    some = MANY_QUESTIONS[:800]
    long, longest, n = begun(slow_page, *some), 0, 0
    wait_until(lambda: bool(slow_assistant.asked))
    while long.is_alive():
        before = len(slow_assistant.asked)
        assert slow_page.client.get("health").status_code == 200
        longest = max(longest, len(slow_assistant.asked) - before)
        if n < 5:
            assert "Jawab" in ask(slow_page.client, f"Kapan {n}?", "auto", "").text
            n += 1
    assert len(slow_assistant.asked) == len(some)
    assert longest < len(some) / 2  # how far the batch went on meanwhile
