"""Batches without a browser, with a small assistant: reading a file of questions, and answering them."""

from __future__ import annotations

import pytest

from page.batch.batch_work import MAX_QUESTIONS, Batch
from tests.page.batch.small import EchoAssistant, batch_of, loader_of, phases


def test_records_are_those_of_the_command_line() -> None:
    batch = Batch()
    batch.read("questions.csv", b"id,question,language\na,Kapan?,\nb,When?,en\n")
    assert batch.phase == "ready"
    batch.begin()
    assert phases(loader_of(EchoAssistant()), batch) == ["running", "done"]
    records = batch.records()
    assert [(record["id"], record["question"], record["language"]) for record in records] == [
        ("a", "Kapan?", "id"),
        ("b", "When?", "en"),
    ]
    assert records[0] == {"id": "a"} | batch.answers[0].to_record()


def test_what_was_stopped_goes_on_and_nothing_is_asked_twice() -> None:
    questions = [f"Pertanyaan {n}?" for n in range(50)]
    batch = batch_of(*questions)
    assistant = EchoAssistant(meanwhile=batch.stop)
    loader = loader_of(assistant)
    assert phases(loader, batch)[-1] == "stopped"
    assert 0 < len(batch.answers) == len(assistant.asked) < len(questions)
    assistant.meanwhile = None
    batch.begin()
    assert phases(loader, batch)[-1] == "done"
    assert assistant.asked == questions
    assert [answer.question for answer in batch.answers] == questions


def test_a_file_that_comes_while_another_is_answered_changes_nothing() -> None:
    batch = batch_of("Kapan?", "Berapa?")
    assistant = EchoAssistant(meanwhile=lambda: batch.read("lain.txt", b"Di mana?"))
    assert phases(loader_of(assistant), batch)[-1] == "done"
    assert batch.name == "questions.txt"
    assert [record["question"] for record in batch.records()] == assistant.asked == ["Kapan?", "Berapa?"]


@pytest.mark.parametrize(
    ("name", "data", "english", "indonesian"),
    [
        ("a.txt", None, "larger than 5 MB", "lebih besar daripada 5 MB"),
        ("a.txt", b"Kapan?\n" * (MAX_QUESTIONS + 1), "holds 2001 questions", "berisi 2001 pertanyaan"),
        ("a.csv", b"a,b\n1,2\n", "question", "question"),
    ],
)
def test_bad_file_leaves_the_answers_alone(name: str, data: bytes | None, english: str, indonesian: str) -> None:
    batch = batch_of("Kapan?")
    phases(loader_of(EchoAssistant()), batch)
    batch.read(name, data)
    assert (batch.phase, len(batch.answers), batch.name) == ("done", 1, "questions.txt")
    assert batch.problem
    assert batch.problem.__traceback__ is None  # it would hold the file
    for message, part in ((batch.problem.in_language("en"), english), (batch.problem.in_language("id"), indonesian)):
        assert name in message
        assert part in message
        assert "\n" not in message
