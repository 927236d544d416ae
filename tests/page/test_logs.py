"""The log: each answer with its time, and no question unless that was asked for."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ui
from corpus import TanyaError
from page.logs import JsonLines, log_event, set_up
from tests.page.serving import Page, ask, served
from tests.page.stand_ins import SmallAssistant, loaded

ASKED = "Apakah Jaya Rahasia tiba?"


class FussyAssistant(SmallAssistant):
    """Fails at some questions, and says at which."""

    def ask(self, question: str, **given: Any) -> Any:
        if "rusak" in question:
            raise ValueError(question)
        return super().ask(question, **given)


@pytest.fixture(autouse=True)
def kept_logging() -> Iterator[None]:
    """Take back what a test sets up."""
    root, events = logging.getLogger(), logging.getLogger("tanya")
    handlers, level = [*root.handlers], events.level
    yield
    root.handlers[:] = handlers
    events.setLevel(level)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def worked_on(page: Page) -> None:
    """Ask in each way there is, well and badly."""
    for question in (ASKED, f"{ASKED} rusak", "?"):
        ask(page.client, question, "auto", "")
    ask(page.client, [ASKED, "?"], "auto", endpoint="batch")
    ask(page.client, [f"{ASKED} rusak"], "auto", endpoint="batch")
    ask(page.client, ASKED)  # too little, which Gradio prints with all that it was given
    ask(page.client, [ASKED], "auto", "")
    ask(page.client, {"a": ASKED}, "auto", "", endpoint="lookup")
    page.client.post("gradio_api/call/v2/ask", json={ASKED: ASKED})
    page.client.post("gradio_api/queue/join", json={"data": [ASKED], "fn_index": 999, "session_hash": ASKED})
    page.client.get("", params={"q": ASKED})
    for body in ({"method": ASKED}, {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": ASKED}}):
        page.client.post("gradio_api/mcp/", json=body, headers={"accept": "application/json, text/event-stream"})
    chat = next(e for e in page.client.get("config").json()["dependencies"] if len(e["inputs"]) == 4 and e["targets"])
    request = {"data": [None, "", ASKED, []], "fn_index": chat["id"], "session_hash": "s"}
    page.client.post("gradio_api/queue/join", json=request)
    page.client.get("gradio_api/queue/data", params={"session_hash": "s"})


def told_of(tmp_path: Path, capfd: pytest.CaptureFixture[str], *, with_questions: bool) -> tuple[str, str]:
    """Return what a served page logs, and what it prints on the terminal."""
    log = tmp_path / "log.jsonl"
    set_up(str(log), with_questions=with_questions)
    with served("--mcp", loader=loaded(lambda report: FussyAssistant())) as page:
        worked_on(page)
    out, err = capfd.readouterr()
    return log.read_text("utf-8"), out + err


def test_each_answer_is_told_and_no_question(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log, terminal = told_of(tmp_path, capfd, with_questions=False)
    records = [json.loads(line) for line in log.splitlines()]
    assert "Rahasia" not in log
    assert "Rahasia" not in terminal
    answers = [record for record in records if record["event"] == "answer"]
    assert {answer["source"] for answer in answers} == {"api", "batch", "chat"}
    one = answers[0]
    assert one.keys() == {
        *("time", "level", "event", "source", "status", "kind"),
        *("language", "confidence", "seconds", "characters"),
    }
    assert (one["status"], one["kind"], one["language"], one["characters"]) == ("answered", "fact", "id", len(ASKED))
    assert [answer["status"] for answer in answers if answer["source"] == "batch"] == ["answered", "error"]
    broken = [record["message"] for record in records if record["event"] == "log"]
    assert any("A request for ask could not be answered" in message and "ValueError" in message for message in broken)
    assert any("test_logs.py" in message for message in broken)  # the place in the code is logged
    assert "ValueError" in terminal


def test_questions_are_told_if_that_is_asked_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log, _ = told_of(tmp_path, capfd, with_questions=True)
    records = [json.loads(line) for line in log.splitlines()]
    assert next(record["question"] for record in records if record["event"] == "answer") == ASKED
    assert any(f"ValueError: {ASKED} rusak" in record.get("message", "") for record in records)


def test_without_a_log_nothing_is_told_of_answers(capfd: pytest.CaptureFixture[str]) -> None:
    set_up(None)
    log_event("answer", question=ASKED)
    assert capfd.readouterr() == ("", "")


def test_a_log_on_the_terminal_is_json_alone(capfd: pytest.CaptureFixture[str]) -> None:
    set_up("-")
    log_event("start", url="http://127.0.0.1:7860/")
    logging.getLogger("page").warning("One\nline")
    out, err = capfd.readouterr()
    assert out == ""
    first, second = map(json.loads, err.splitlines())
    assert (first["event"], first["url"], first["level"]) == ("start", "http://127.0.0.1:7860/", "info")
    assert (second["event"], second["message"], second["level"]) == ("log", "One\nline", "warning")
    assert first["time"].endswith("+00:00")


def test_loading_is_told_to_its_end(tmp_path: Path) -> None:
    set_up(str(tmp_path / "log"))
    loaded()
    loaded(lambda report: _fail())
    ready, error, failed = lines(tmp_path / "log")
    assert ready["event"] == "ready"
    assert ready["seconds"] >= 0
    assert ready["sentences"] == 243
    assert (error["event"], error["level"], error["message"]) == ("log", "error", "No model.")
    assert (failed["event"], failed["problem"]) == ("failed", "No model.")


def _fail() -> SmallAssistant:
    raise TanyaError("No model.")


def test_errors_by_errors_are_told_by_their_places(tmp_path: Path) -> None:
    set_up(str(tmp_path / "log"))
    try:
        try:
            raise KeyError(ASKED)
        except KeyError as error:
            raise ValueError(ASKED) from error
    except ValueError:
        logging.getLogger("page").exception("Oh")
    (record,) = lines(tmp_path / "log")
    assert "Rahasia" not in str(record)
    assert record["message"].startswith("Oh\n")
    assert record["message"].endswith("\nValueError")
    assert Path(__file__).name in record["message"]


def test_another_handler_s_words_are_not_repeated() -> None:
    try:
        raise ValueError(ASKED)
    except ValueError:
        record = logging.LogRecord("page", logging.ERROR, "", 1, "Oh", (), sys.exc_info())
    assert "Rahasia" in logging.Formatter().format(record)
    assert "Rahasia" not in JsonLines().format(record)


@pytest.mark.parametrize("name", ["root", "mcp.server.lowlevel", "asyncio"])
def test_what_others_tell_of_what_they_were_sent_is_left_out(name: str) -> None:
    record = logging.LogRecord(name, logging.WARNING, "", 1, "Failed: %s", (ASKED,), None)
    assert "Rahasia" not in JsonLines().format(record)
    assert "Rahasia" in JsonLines(with_questions=True).format(record)


def test_a_log_that_cannot_be_written_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "none" / "log"
    assert ui.main(["--log", str(log)]) == 2
    assert capsys.readouterr().err == f"ui.py: --log: {log} cannot be written: No such file or directory\n"


def test_a_log_on_a_full_disk_is_one_line_for_all_events(capfd: pytest.CaptureFixture[str]) -> None:
    set_up("/dev/full")
    for _ in range(3):
        log_event("answer", question=ASKED)
    assert capfd.readouterr().err == "--log: /dev/full cannot be written: No space left on device\n"


def test_a_log_whose_folder_is_gone_is_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "logs" / "log.jsonl"
    log.parent.mkdir()
    set_up(str(log))
    log.unlink()
    log.parent.rmdir()
    for _ in range(3):
        log_event("answer", question=ASKED)
    assert capfd.readouterr().err == f"--log: {log} cannot be written: No such file or directory\n"


def test_questions_need_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ui._read_options(["--log-questions"])
    assert "--log-questions: logs nothing without --log" in capsys.readouterr().err
