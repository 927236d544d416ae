"""The page's endpoints for other programs, and the example in the docs."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from assistant import Catalogue
from corpus import load_paper
from page.batch.batch_work import MAX_QUESTIONS
from tests.page.visits import ROOT, Server


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[Client]:
    client = Client(server.url, verbose=False)
    yield client
    client.close()


def test_answer_is_the_batch_record(client: Client) -> None:
    record = client.predict("When was the sister-province agreement signed?", api_name="/ask")
    assert record["status"] == "answered"
    assert record["language"] == "en"
    assert (record["kind"], record["short"], record["derived_from"]) == ("fact", "9 May 2016", None)
    assert record["error"] is None
    citation = next(c for c in record["citations"] if "9 Mei 2016" in c["quote"])
    assert citation["quote"] in citation["passage"]
    assert citation["page"] <= citation["last_page"]
    json.dumps(record)


def test_what_is_no_quote_says_what_it_comes_from_and_a_reply_cites_nothing(client: Client) -> None:
    record = client.predict("How many pages does this paper have?", api_name="/ask")
    assert (record["status"], record["kind"], record["short"]) == ("answered", "file", "14 pages")
    assert record["derived_from"] == "from the file itself, not a quote"
    record = client.predict("Hello!", api_name="/ask")
    assert (record["status"], record["short"], record["citations"], record["related"]) == ("replied", None, [], [])


def test_language_can_be_given(client: Client) -> None:
    record = client.predict("DTKS?", "id", api_name="/ask")
    assert record["language"] == "id"


def test_a_follow_up_leans_on_its_context(client: Client) -> None:
    before = "Berapa paket masker yang diberikan Sichuan?"
    record = client.predict("Dan kapan?", context=before, api_name="/ask")
    assert "paket masker yang diberikan Sichuan" in record["understood_as"]
    assert record["understood_as"].startswith("Dan kapan")
    alone = "Kapan MoU sister province ditandatangani?"
    assert client.predict(alone, context=before, api_name="/ask")["understood_as"] is None


def test_lookup_is_the_record_of_what_is_found(client: Client) -> None:
    catalogue = Catalogue(load_paper())
    for given, found in (
        ({}, catalogue.lookup()),
        ({"text": "masks", "topic": "aid"}, catalogue.lookup("masks", topic="aid")),
        ({"text": "masks", "language": "id"}, catalogue.lookup("masks", language="id")),
    ):
        record = client.predict(**given, api_name="/lookup")
        assert record == json.loads(json.dumps(found.to_record()))


def test_batch_answers_in_order_and_tells_errors_in_place(client: Client) -> None:
    questions = ["Apa itu paradiplomasi?", "", "When was the sister-province agreement signed?"]
    records = client.predict(questions, api_name="/batch")
    assert [(record["id"], record["question"]) for record in records] == [
        (str(n), question) for n, question in enumerate(questions, 1)
    ]
    assert [record["status"] for record in records] == ["answered", "error", "answered"]
    assert [record["language"] for record in client.predict(["DTKS?"], "en", api_name="/batch")] == ["en"]


@pytest.mark.parametrize(
    ("endpoint", "given", "message"),
    [
        ("ask", ["", "en"], "empty"),
        ("ask", ["Kapan?", "fr"], "language is one of auto, id, en, not 'fr'"),
        ("ask", ["Kapan?", {"a": "b"}], "language is one of auto, id, en, not dict"),
        ("ask", ["Kapan?", ["fr"]], "language is one of auto, id, en, not list"),
        ("ask", [{"a": "b"}, "en"], "The question is not text but dict"),
        ("ask", ["Kapan?", "id", 3], "context has to be text, not int"),
        ("lookup", ["", "masks"], 'There is no topic "masks": the topics are agreement, '),
        ("lookup", [["masks"]], "text has to be text, not list"),
        ("batch", ["Kapan?"], "questions has to be a list of at most 2000 questions, not str"),
        ("batch", [["Kapan?"] * (MAX_QUESTIONS + 1)], "at most 2000 questions, not 2001 questions"),
        ("batch", [["Kapan?"], "fr"], "language is one of"),
    ],
)
def test_bad_value_raises_one_line(
    client: Client, server: Server, endpoint: str, given: list[Any], message: str
) -> None:
    with pytest.raises(AppError) as error:
        client.predict(*given, api_name=f"/{endpoint}")
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert server.errors == []


def test_several_at_once_each_get_their_own(client: Client) -> None:
    questions = [f"Apa itu paradiplomasi? ({n})" for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        records = list(pool.map(lambda question: client.predict(question, api_name="/ask"), questions))
    assert [record["question"] for record in records] == questions


def test_nothing_else_is_public(client: Client) -> None:
    described = client.view_api(return_format="dict", print_info=False)
    assert isinstance(described, dict)
    assert list(described["named_endpoints"]) == ["/ask", "/lookup", "/batch"]
    assert described["unnamed_endpoints"] == {}


def test_the_example_in_the_docs_runs(server: Server) -> None:
    page = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(from gradio_client .*?)```", page, re.DOTALL)
    assert "http://127.0.0.1:7860" in example
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example.replace("http://127.0.0.1:7860/", server.url), "serving.md", "exec"), {})
    assert "answered" in printed.getvalue()
    assert "9 May 2016" in printed.getvalue()
