"""The page's endpoint for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from tests.ui.visits import Server


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[Client]:
    client = Client(server.url, verbose=False)
    yield client
    client.close()


def test_answer_is_the_batch_record(client: Client) -> None:
    record = client.predict("When was the sister-province agreement signed?", api_name="/ask")
    assert record["status"] == "answered"
    assert record["language"] == "en"
    assert record["error"] is None
    citation = next(c for c in record["citations"] if "9 Mei 2016" in c["quote"])
    assert citation["quote"] in citation["passage"]
    assert citation["page"] <= citation["last_page"]
    json.dumps(record)


def test_language_can_be_given(client: Client) -> None:
    record = client.predict("DTKS?", "id", api_name="/ask")
    assert record["language"] == "id"


def test_bad_question_raises_its_message(client: Client) -> None:
    with pytest.raises(AppError, match="empty"):
        client.predict("", "en", api_name="/ask")


def test_several_at_once_each_get_their_own(client: Client) -> None:
    questions = [f"Apa itu paradiplomasi? ({n})" for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        records = list(pool.map(lambda question: client.predict(question, api_name="/ask"), questions))
    assert [record["question"] for record in records] == questions


def test_nothing_else_is_public(client: Client) -> None:
    described = client.view_api(return_format="dict", print_info=False)
    assert isinstance(described, dict)
    assert list(described["named_endpoints"]) == ["/ask"]
    assert described["unnamed_endpoints"] == {}
