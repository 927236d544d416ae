"""The batch tab in a browser: files in, answers filling the table, stopped and resumed, and files out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from gradio_client import Client
from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from assistant.batch import written
from page.batch_labels import batch_label
from page.labels import label
from tests.ui.test_browser import pale_texts
from tests.ui.visits import READY_MS, Server, Visit, Visits

SIGNED = "When was the sister-province agreement signed?"
OFF_TOPIC = "Bagaimana cara memasak rendang daging?"
WRONG = "Benarkah Sichuan memberi 5 juta masker?"
GREETING = "Halo!"
ANSWERED_MS = 120_000
"""Milliseconds that the longest batch here may take."""


class Words(NamedTuple):
    """What the tab says in one language."""

    locale: str
    answered: str
    corrected: str
    refused: str
    replied: str
    error: str
    page: str
    running: str
    stopped: str


INDONESIAN = Words(
    *("id-ID", "Terjawab", "Diluruskan", "Tidak ditemukan", "Dibalas", "Galat", "hlm.", "Menjawab", "Dihentikan")
)
ENGLISH = Words("en-GB", "Answered", "Corrected", "Not found", "Replied", "Error", "p.", "Answering", "Stopped")
BOTH = pytest.mark.parametrize(
    "words", [pytest.param(INDONESIAN, id="id"), pytest.param(ENGLISH, id="en", marks=pytest.mark.long)]
)


class Tab:
    """The batch tab of a visit."""

    def __init__(self, visit: Visit) -> None:
        self.page = visit.page
        tab = self.page.locator("[role=tab]#tab-batch-button, [role=tab][aria-controls=tab-batch]")
        name = label("tab_batch", "id" if self.page.evaluate("navigator.language").startswith("id") else "en")
        more = self.page.locator(".overflow-menu > button").first
        expect(tab.or_(more).filter(visible=True).first).to_be_visible()
        if not tab.first.is_visible():
            more.click()
            tab = self.page.locator(".overflow-dropdown button", has_text=re.compile(f"^\\s*{name}\\s*$"))
        tab.first.click()
        expect(self.part("file")).to_be_visible()

    def part(self, name: str) -> Locator:
        return self.page.locator(f"#batch-{name}")

    @property
    def state(self) -> Locator:
        return self.part("state").get_by_role("status")

    @property
    def alert(self) -> Locator:
        return self.part("problem").get_by_role("alert")

    @property
    def rows(self) -> Locator:
        return self.part("table").locator("[role=row]:has([role=gridcell])")

    @property
    def done(self) -> int:
        return int(self.part("progress").locator("progress").get_attribute("value") or 0)

    def pick(self, name: str) -> None:
        self.part("shown").get_by_label(name).check()

    def cells(self, row: int) -> list[str]:
        return self.rows.nth(row).get_by_role("gridcell").all_inner_texts()

    def upload(self, name: str, data: bytes) -> None:
        chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        with self.page.expect_file_chooser() as chooser:
            self.part("file").get_by_role("button").click()
        chooser.value.set_files(chosen)  # type: ignore[arg-type]

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


@pytest.fixture
def tab(visit: Visit) -> Tab:
    """Open the tab on a wide screen, in Indonesian, the model loaded."""
    return Tab(visit)


def as_jsonl(questions: Iterable[Any]) -> bytes:
    return "".join(json.dumps({"question": question}) + "\n" for question in questions).encode()


def many(count: int) -> bytes:
    return "".join(f"Apa itu paradiplomasi? ({n})\n" for n in range(count)).encode()


@BOTH
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tanya.csv", f"id;question\n1;{SIGNED}\n2;{OFF_TOPIC}\n3;\n4;{WRONG}\n5;{GREETING}\n".encode("utf-8-sig")),
        ("tanya.jsonl", as_jsonl([SIGNED, OFF_TOPIC, 3, WRONG, GREETING])),
        ("tanya.txt", f"{SIGNED}\r\n{OFF_TOPIC}\r\n?!\r\n{WRONG}\r\n{GREETING}\r\n".encode()),
    ],
)
def test_files_are_answered(visits: Visits, server: Server, words: Words, name: str, data: bytes) -> None:
    visit = visits(server, locale=words.locale)
    visit.wait_until_ready()
    tab = Tab(visit)
    tab.upload(name, data)
    expect(tab.state).to_contain_text(f"{name}: 5")
    expect(tab.rows).to_have_count(5)
    tab.part("start").click()
    tab.wait_until_done()
    expect(tab.part("progress")).to_contain_text(re.compile("5 (dari|of) 5"))
    number, question, status, short, answer, pages, confidence = tab.cells(0)
    assert (number, question, status) == ("1", SIGNED, words.answered)
    assert short == "9 May 2016"
    assert "9 May 2016" in answer
    assert "[1]" in answer
    assert re.fullmatch(rf"{re.escape(words.page)} \d+(, \d+)*", pages)
    assert re.fullmatch(r"\d+%", confidence)
    assert tab.cells(1)[2:4] == [words.refused, ""]
    assert tab.cells(2)[2] == words.error
    assert tab.cells(3)[2] == words.corrected
    assert tab.cells(4)[2:4] == [words.replied, ""]
    assert tab.cells(4)[5:] == ["", ""]
    for picked in (words.answered, words.corrected, words.refused, words.replied, words.error):
        tab.pick(f"{picked} (1)")
        expect(tab.rows).to_have_count(1)
        expect(tab.rows).to_contain_text(picked)
    expect(tab.part("start")).to_be_hidden()


@BOTH
@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("{}.csv", b"a,b\n1,2\n", None),
        ("{}.csv", b'question\n"Kapan?\n', None),
        ("{}.jsonl", b"Kapan?\n", None),
        ("{}.txt", b"\xff\xfe\x00", None),
        ("{}.txt", b"\n\n", None),
        ("{}.xlsx", b"PK\x03\x04", None),
        ("{}.txt", b"Kapan?\n" * 2001, "too_many"),
        ("{}.txt", b"x" * 5_000_001, "too_big"),
    ],
    ids=["columns", "quotes", "no-json", "not-utf-8", "empty", "spreadsheet", "too-many", "too-big"],
)
def test_bad_file_is_told_in_one_line(
    visits: Visits, server: Server, words: Words, name: str, data: bytes, key: str | None
) -> None:
    tab = Tab(visits(server, locale=words.locale))
    name = name.format(uuid4().hex)
    tab.upload(name, data)
    expect(tab.alert).to_contain_text(name)
    told = tab.alert.inner_text()
    assert told.startswith(name)
    assert "\n" not in told
    assert "/" not in told
    is_indonesian = re.search(r"\b(bukan|tidak|lebih|berisi)\b", told) is not None
    assert is_indonesian == (words is INDONESIAN)
    if key:
        assert told == batch_label(key, "id" if words is INDONESIAN else "en", name=name, count=2001)
    assert server.uploads(name) == []
    assert server.errors == []
    expect(tab.part("start")).to_be_hidden()
    tab.upload("tanya.txt", b"Kapan?")
    expect(tab.alert).to_have_count(0)
    expect(tab.part("start")).to_be_visible()


@BOTH
def test_the_table_fills_and_what_is_stopped_goes_on(
    visits: Visits, server: Server, words: Words, tmp_path: Path
) -> None:
    visit = visits(server, locale=words.locale)
    visit.wait_until_ready()
    tab, total = Tab(visit), 120
    tab.begin("tanya.txt", OFF_TOPIC.encode() + b"\n" + many(total - 1))
    expect(tab.state).to_contain_text(words.running)
    expect(tab.part("file")).to_be_hidden()
    expect(tab.rows.first).to_contain_text(words.refused, timeout=20_000)
    tab.pick(words.refused)
    expect(tab.rows).to_have_count(1)
    assert 0 < tab.done < total
    tab.pick(words.answered)
    expect(tab.rows.nth(1)).to_contain_text("(1)")
    expect(tab.part("shown").get_by_label(words.answered)).to_be_checked()
    tab.part("cancel").click()
    expect(tab.state).to_contain_text(words.stopped, timeout=20_000)
    expect(tab.part("cancel")).to_be_hidden()
    done = tab.done
    assert 0 < done < total
    assert len(tab.download("jsonl", tmp_path).read_text(encoding="utf-8").splitlines()) == done
    tab.part("start").click()
    tab.wait_until_done()
    lines = tab.download("jsonl", tmp_path).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [str(n) for n in range(1, total + 1)]


def test_downloads_are_what_the_command_line_writes(tab: Tab, server: Server, tmp_path: Path) -> None:
    questions = [SIGNED, OFF_TOPIC, "", "=1+1 apa itu paradiplomasi?"]
    client = Client(server.url, verbose=False)
    records = client.predict(questions, api_name="/batch")
    client.close()
    tab.begin("kumpulan soal.jsonl", as_jsonl(questions))
    tab.wait_until_done()
    files = {kind: tab.download(kind, tmp_path) for kind in ("jsonl", "csv", "xlsx")}
    assert {file.name for file in files.values()} == {f"kumpulan soal-jawaban.{kind}" for kind in files}
    told = [json.loads(line) for line in files["jsonl"].read_text(encoding="utf-8").splitlines()]
    for record, own in zip(records, told, strict=True):
        assert record | {"seconds": 0} == own | {"seconds": 0}
    assert files["jsonl"].read_bytes() == written(told, ".jsonl")
    assert files["csv"].read_bytes() == written(told, ".csv")
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8"), newline="")))
    assert [row["status"] for row in rows] == ["answered", "not_in_paper", "error", "answered"]
    names, *cells = load_workbook(files["xlsx"], read_only=True).active.values
    for record, row in zip(told, cells, strict=True):
        sheet = dict(zip(names, row, strict=True))
        assert sheet["question"] == (record["question"] or None)
        assert sheet["answer"] == (record["answer"] or None)
        assert sheet["confidence"] == record["confidence"]


def test_the_chat_and_other_batches_are_answered_while_a_batch_is_worked_on(
    visits: Visits, server: Server, tab: Tab
) -> None:
    tab.begin("tanya.txt", many(200))
    expect(tab.state).to_contain_text("Menjawab")
    other = visits(server, locale="en-GB")
    assert "9 May 2016" in other.ask(SIGNED)
    short = Tab(other)
    short.begin("short.txt", b"What is paradiplomacy?")
    short.wait_until_done()
    assert short.cells(0)[2] == "Answered"
    expect(tab.state).to_contain_text("Menjawab")


@pytest.mark.long
def test_questions_wait_for_the_model(fresh_server: Server, visits: Visits) -> None:
    tab = Tab(visits(fresh_server))
    tab.begin("tanya.txt", b"Apa itu paradiplomasi?")
    expect(tab.state).to_contain_text("Model masih dimuat")
    tab.part("cancel").click()
    expect(tab.state).to_contain_text("Dihentikan")
    tab.part("start").click()
    expect(tab.state).to_contain_text("Model masih dimuat")
    expect(tab.state).to_contain_text("Selesai", timeout=READY_MS)
    assert tab.cells(0)[2] == "Terjawab"
    assert fresh_server.errors == []


def test_keyboard_only(tab: Tab, tmp_path: Path) -> None:
    with tab.page.expect_file_chooser() as chooser:
        tab.part("file").get_by_role("button").press("Enter")
    file = tmp_path / "tanya.txt"
    file.write_bytes(many(60))
    chooser.value.set_files(file)
    expect(tab.state).to_contain_text("tanya.txt: 60")
    tab.part("start").press("Enter")
    expect(tab.part("cancel")).to_be_visible()
    tab.page.keyboard.press("Tab")
    expect(tab.part("cancel")).to_be_focused()
    tab.page.keyboard.press("Enter")
    expect(tab.state).to_contain_text("Dihentikan", timeout=20_000)
    tab.part("shown").get_by_label("Semua").focus()
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Space")
    expect(tab.part("shown").get_by_label("Terjawab")).to_be_checked()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, pytest.param(1440, marks=pytest.mark.long)])
@BOTH
def test_layout_and_contrast(visits: Visits, server: Server, words: Words, width: int, dark: bool) -> None:
    visit = visits(server, locale=words.locale, width=width, height=844, dark=dark)
    visit.wait_until_ready()
    tab = Tab(visit)
    assert pale_texts(visit) == []
    tab.upload("tanya.csv", b"a,b\n1,2\n")
    expect(tab.alert).to_be_visible()
    assert pale_texts(visit) == []
    tab.begin("tanya.txt", f"{SIGNED}\n{OFF_TOPIC}\n?!".encode())
    tab.wait_until_done()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert pale_texts(visit) == []
    box = tab.part("table").bounding_box()
    assert box
    for cell in tab.rows.first.get_by_role("gridcell").all():
        place = cell.bounding_box()
        assert place
        assert place["x"] >= box["x"]
        assert place["x"] + place["width"] <= box["x"] + box["width"] + 1


def test_the_example_file_can_be_read(tab: Tab, tmp_path: Path) -> None:
    with tab.page.expect_download() as started:
        tab.part("example").get_by_role("link").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    tab.begin(file.name, file.read_bytes())
    tab.wait_until_done()
    assert tab.cells(0)[2] == "Terjawab"
