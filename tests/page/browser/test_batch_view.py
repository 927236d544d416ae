"""The view of batches in a browser: a file is uploaded, answered, stopped, resumed and downloaded; rows open."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from gradio_client import Client
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Locator, expect

from assistant.answer import strength_of
from assistant.batch import answers_file
from page.ui_text import label
from tests.page.browser.reader_driver import ReaderPart
from tests.page.visits import READY_MS, Server, Visit, Visits, WaitingServer

SIGNED = "When was the sister-province agreement signed?"
OFF_TOPIC = "Bagaimana cara memasak rendang daging?"
WRONG = "Benarkah Sichuan memberi 5 juta masker?"
GREETING = "Halo!"
ANSWERED_MS = 120_000
"""Milliseconds that the longest batch here may take."""


class View:
    """The view of batches of a visit, opened."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page
        visit.open_view("batch")
        expect(self.part("state")).to_be_visible()

    def part(self, name: str) -> Locator:
        return self.page.locator(f"#batch-{name}")

    def word(self, key: str, **values: object) -> str:
        return label(f"batch_{key}", self.visit.language, **values)

    @property
    def state(self) -> Locator:
        return self.part("state").get_by_role("status")

    @property
    def alert(self) -> Locator:
        return self.part("problem").get_by_role("alert")

    @property
    def rows(self) -> Locator:
        return self.part("rows").locator("[role=row]:has([role=gridcell])")

    @property
    def done(self) -> int:
        return int(self.part("progress").locator("progress").get_attribute("value") or 0)

    def pick(self, name: str) -> None:
        self.part("shown").get_by_label(name).check()

    def expect_cells(self, row: int, first: int, *texts: str) -> None:
        """Wait until the cells of a row, from the ``first`` on, have these texts: the table may be drawn anew."""
        for column, text in enumerate(texts, first):
            expect(self.rows.nth(row).get_by_role("gridcell").nth(column)).to_have_text(text)

    def cells(self, row: int) -> list[str]:
        return self.rows.nth(row).get_by_role("gridcell").all_inner_texts()

    def upload(self, name: str, data: bytes) -> None:
        chosen: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.part("file").locator("input[type=file]").set_input_files(chosen)

    def begin(self, name: str, data: bytes) -> None:
        self.upload(name, data)
        expect(self.state).to_contain_text(name)
        self.part("start").click()

    def wait_until_done(self) -> None:
        expect(self.state).to_have_text(re.compile("^(Selesai|Done): "), timeout=ANSWERED_MS)

    def download(self, kind: str, folder: Path) -> Path:
        with self.page.expect_download() as started:
            self.part(kind).click()
        file = folder / started.value.suggested_filename
        started.value.save_as(file)
        return file


@pytest.fixture(scope="module")
def module_view(module_visit: Visit) -> View:
    return View(module_visit)


@pytest.fixture
def view(module_view: View) -> Iterator[View]:
    """Give the view that the tests of this module share, in Indonesian; an earlier file may be there."""
    yield module_view
    module_view.visit.expect_no_fault()


def as_jsonl(questions: Iterable[Any]) -> bytes:
    return "".join(json.dumps({"question": question}) + "\n" for question in questions).encode()


def many(count: int) -> bytes:
    return "".join(f"Apa itu paradiplomasi? ({n})\n" for n in range(count)).encode()


def long(*values: object) -> Any:
    """Return what a test is given among those that take minutes."""
    return pytest.param(*values, marks=pytest.mark.long)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tanya.csv", f"id;question\n1;{SIGNED}\n2;{OFF_TOPIC}\n3;\n4;{WRONG}\n5;{GREETING}\n".encode("utf-8-sig")),
        # How each kind of file is read has tests without a browser, and all below give one of the other two.
        long("tanya.jsonl", as_jsonl([SIGNED, OFF_TOPIC, 3, WRONG, GREETING])),
        long("tanya.txt", f"{SIGNED}\r\n{OFF_TOPIC}\r\n?!\r\n{WRONG}\r\n{GREETING}\r\n".encode()),
    ],
)
def test_files_are_answered(view: View, name: str, data: bytes) -> None:
    view.upload(name, data)
    expect(view.state).to_contain_text(f"{name}: 5")
    expect(view.rows).to_have_count(5)
    view.part("start").click()
    view.wait_until_done()
    expect(view.part("progress")).to_contain_text(label("batch_progress", "id", done=5, total=5))
    view.expect_cells(4, 2, view.word("replied"))
    view.expect_cells(4, 4, "", "")
    view.expect_cells(3, 2, view.word("corrected"), "40.000 paket")
    view.expect_cells(2, 2, view.word("error"))
    view.expect_cells(1, 2, view.word("not_in_paper"))
    view.expect_cells(0, 0, "1", SIGNED, view.word("answered"), "9 May 2016")
    pages, confidence = view.cells(0)[4:]
    assert re.fullmatch(r"hlm\. \d+(, \d+)*", pages)
    assert confidence in ("kuat", "mungkin", "lemah")
    for picked in ("answered", "corrected", "not_in_paper", "replied", "error"):
        view.pick(f"{view.word(picked)} (1)")
        expect(view.rows).to_have_count(1)
        expect(view.rows).to_contain_text(view.word(picked))
    expect(view.part("start")).to_be_hidden()


def test_a_row_opens_its_answer_and_its_place_in_the_paper(view: View) -> None:
    view.begin("tanya.txt", f"{OFF_TOPIC}\n{SIGNED}\n?!\n".encode())
    view.wait_until_done()
    opened, reader = view.part("opened"), ReaderPart(view.page)
    view.rows.nth(1).get_by_role("gridcell").nth(1).click()
    expect(opened.locator("h2")).to_have_text(SIGNED)
    expect(opened.locator(".short")).to_have_text("9 May 2016")
    expect(opened.locator(".reply")).to_be_in_viewport()
    reader.expect_page(9)
    expect(reader.marks.first).to_contain_text("9 Mei 2016")
    view.pick(f"{view.word('not_in_paper')} (1)")
    expect(view.rows).to_have_count(1)
    view.rows.get_by_role("gridcell").nth(1).click()
    expect(opened.locator("h2")).to_have_text(OFF_TOPIC)
    expect(opened.locator(".reply.not_in_paper")).to_be_visible()
    view.upload("lain.txt", b"Kapan?")
    expect(opened).to_be_empty()


BAD = [
    ("{}.csv", b"a,b\n1,2\n", None),  # how each kind of file is read has tests without a browser
    ("{}.txt", b"Kapan?\n" * 2001, "too_many"),
    ("{}.txt", b"x" * 5_000_001, "too_big"),
]


def test_bad_files_are_each_said_in_one_line(view: View, phone: Visit, server: Server) -> None:
    for bad in BAD:
        check_bad(view, server, *bad)
    view.upload("tanya.txt", b"Kapan?")
    expect(view.alert).to_have_count(0)
    expect(view.part("start")).to_be_visible()
    check_bad(View(phone), server, *BAD[0])
    assert server.errors == []


def check_bad(view: View, server: Server, name: str, data: bytes, key: str | None) -> None:
    name = name.format(uuid4().hex)
    view.upload(name, data)
    expect(view.alert).to_contain_text(name)
    said = view.alert.inner_text()
    assert said.startswith(name)
    assert not {"\n", "/"} & set(said)
    is_indonesian = re.search(r"\b(bukan|tidak|lebih|berisi)\b", said) is not None
    assert is_indonesian == (view.visit.language == "id")
    if key:
        assert said == view.word(key, name=name, count=2001)
    assert server.uploads(name) == []


def test_the_table_fills_and_what_is_stopped_goes_on(view: View, tmp_path: Path) -> None:
    total = 40
    view.begin("banyak.txt", OFF_TOPIC.encode() + b"\n" + many(total - 1))
    expect(view.state).to_contain_text("Menjawab")
    expect(view.part("file")).to_be_hidden()
    expect(view.rows.first).to_contain_text(view.word("not_in_paper"), timeout=20_000)
    view.pick(view.word("not_in_paper"))
    expect(view.rows).to_have_count(1)
    assert 0 < view.done < total
    view.part("cancel").click()
    expect(view.state).to_contain_text("Dihentikan", timeout=20_000)
    expect(view.part("cancel")).to_be_hidden()
    done = view.done
    assert 0 < done < total
    assert len(view.download("jsonl", tmp_path).read_text(encoding="utf-8").splitlines()) == done
    view.part("start").click()
    view.wait_until_done()
    lines = view.download("jsonl", tmp_path).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [str(n) for n in range(1, total + 1)]


def test_downloads_are_what_the_command_line_writes(view: View, server: Server, tmp_path: Path) -> None:
    questions = [SIGNED, OFF_TOPIC, "", "=1+1 apa itu paradiplomasi?"]
    client = Client(server.url, verbose=False)
    records = client.predict(questions, api_name="/batch")
    client.close()
    view.begin("kumpulan soal.jsonl", as_jsonl(questions))
    view.wait_until_done()
    files = {kind: view.download(kind, tmp_path) for kind in ("jsonl", "csv", "xlsx")}
    assert {file.name for file in files.values()} == {f"kumpulan soal-jawaban.{kind}" for kind in files}
    saved = [json.loads(line) for line in files["jsonl"].read_text(encoding="utf-8").splitlines()]
    for record, own in zip(records, saved, strict=True):
        assert record | {"seconds": 0} == own | {"seconds": 0}
    assert files["jsonl"].read_bytes() == answers_file(saved, ".jsonl")
    assert files["csv"].read_bytes() == answers_file(saved, ".csv")
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8"), newline="")))
    assert [row["status"] for row in rows] == ["answered", "not_in_paper", "error", "answered"]
    names, *cells = load_workbook(files["xlsx"], read_only=True).active.values
    for record, row in zip(saved, cells, strict=True):
        sheet = dict(zip(names, row, strict=True))
        assert sheet["question"] == (record["question"] or None)
        assert sheet["answer"] == (record["answer"] or None)
        is_found = record["status"] == "answered"
        assert sheet["confidence"] == (strength_of(record["confidence"]) if is_found else None)


@pytest.mark.long
def test_the_chat_and_other_batches_are_answered_while_a_batch_is_worked_on(view: View, phone: Visit) -> None:
    view.begin("tanya.txt", many(200))
    expect(view.state).to_contain_text("Menjawab")
    assert "9 May 2016" in phone.ask(SIGNED)
    short = View(phone)
    short.begin("short.txt", b"What is paradiplomacy?")
    short.wait_until_done()
    assert short.cells(0)[2] == "Answered"
    expect(view.state).to_contain_text("Menjawab")
    view.part("cancel").click()
    expect(view.state).to_contain_text("Dihentikan", timeout=20_000)


@pytest.mark.long
def test_questions_wait_for_the_model(waiting_server: WaitingServer, visits: Visits) -> None:
    visit = visits(waiting_server)
    expect(visit.page.locator("#bar [data-view=batch]")).to_be_attached()
    view = View(visit)
    view.begin("tanya.txt", b"Apa itu paradiplomasi?")
    expect(view.state).to_contain_text("Model masih dimuat")
    view.part("cancel").click()
    expect(view.state).to_contain_text("Dihentikan")
    view.part("start").click()
    expect(view.state).to_contain_text("Model masih dimuat")
    waiting_server.load()
    expect(view.state).to_contain_text("Selesai", timeout=READY_MS)
    assert view.cells(0)[2] == "Terjawab"
    assert waiting_server.errors == []


@pytest.mark.long
def test_keyboard_only(view: View, tmp_path: Path) -> None:
    with view.page.expect_file_chooser() as chooser:
        view.part("file").get_by_role("button").first.press("Enter")
    file = tmp_path / "tanya.txt"
    file.write_bytes(many(60))
    chooser.value.set_files(file)
    expect(view.state).to_contain_text("tanya.txt: 60")
    view.part("start").press("Enter")
    expect(view.part("cancel")).to_be_visible()
    view.part("cancel").press("Enter")
    expect(view.state).to_contain_text("Dihentikan", timeout=20_000)
    view.part("shown").get_by_label("Semua").focus()
    view.page.keyboard.press("Tab")
    view.page.keyboard.press("Space")
    expect(view.part("shown").get_by_label("Terjawab")).to_be_checked()


def test_a_phone_shows_a_row_s_cells_below_each_other(phone: Visit, tmp_path: Path) -> None:
    view = View(phone)
    with view.page.expect_download() as started:
        view.part("example").get_by_role("link").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    view.begin(file.name, file.read_bytes())
    view.wait_until_done()
    assert view.cells(0)[2] == "Answered"
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    box = view.part("rows").bounding_box()
    assert box
    for cell in view.rows.first.get_by_role("gridcell").all():
        place = cell.bounding_box()
        assert place
        assert box["x"] <= place["x"] <= place["x"] + place["width"] <= box["x"] + box["width"] + 1
    view.rows.first.get_by_role("gridcell").nth(1).click()
    marker = view.part("opened").locator(".cite").first
    marker.click()
    expect(phone.page.locator("#right")).to_be_visible()
    phone.page.locator("[data-back]").click()
    expect(marker).to_be_focused()
