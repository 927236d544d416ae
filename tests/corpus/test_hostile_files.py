"""Files made to do harm, and files that are just rubbish: each is read as a paper, or one line says what is wrong."""

from __future__ import annotations

import copy
import functools
import io
import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from assistant import BatchError
from assistant.batch import parse_questions
from corpus import Paper, PaperError, TanyaError, read_paper
from corpus.guarded import read_guarded
from corpus.records import from_record, to_record
from tests.corpus.formats.zip_maker import docx, epub, paragraph
from tests.corpus.nasty import NASTY
from tests.corpus.spans import check_spans

ROUGH = settings(
    deadline=None, derandomize=True, database=None, max_examples=80, suppress_health_check=list(HealthCheck)
)


def limit(monkeypatch: pytest.MonkeyPatch, *, seconds: int, memory: int) -> None:
    """Set what reading a file may take, in seconds and in bytes."""
    monkeypatch.setattr("corpus.guarded.SECONDS", seconds)
    monkeypatch.setattr("corpus.guarded.MEMORY", memory)


def check(read: Callable[[], Paper]) -> None:
    """Assert that a file is read as a paper whose parts are sound, or that one line says what is wrong with it."""
    try:
        paper = read()
    except PaperError as error:
        check_line(error)
    else:
        check_spans(paper)
        assert from_record(json.loads(json.dumps(to_record(paper)))) == paper


def check_line(error: TanyaError) -> None:
    for line in (error.in_language("en"), error.in_language("id")):
        assert line.startswith("x.")
        assert not {"\n", "\r", "\x1b", "\u2028"} & set(line)
        assert not any(word in line for word in ("Traceback", "site-packages", "corpus/", ".py"))
        assert len(line) < 500
        line.encode()


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_pdf_ends_within_its_limits(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    really = subprocess.Popen

    def start(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(really(*args, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    limit(monkeypatch, seconds=1, memory=300_000_000)
    check(lambda: read_guarded("x.pdf", NASTY[name]()))
    assert [child.poll() is not None for child in started] == [True]


@functools.cache
def small_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    for page in ("Abstract", "The second page says more."):
        canvas.drawString(72, 700, page)
        canvas.drawString(72, 680, "Sentences, e.g. this one, stand here. They end (as they must).")
        canvas.showPage()
    canvas.setTitle("A title")
    canvas.save()
    return out.getvalue()


@st.composite
def spoiled_pdfs(draw: st.DrawFn) -> bytes:
    """A sound PDF after some bytes were turned, cut out, put in, or taken from elsewhere in it."""
    data = bytearray(small_pdf())
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        new = draw(st.one_of(st.binary(max_size=20), st.sampled_from(TOKENS), st.integers(0, len(data))))
        if isinstance(new, int):
            new = bytes(data[new : new + length])
        data[at : at + length] = new
    return bytes(data) + draw(st.sampled_from([b"", b"\n%%EOF\n"]))


TOKENS = [
    b"<<", b">>", b"[", b"]", b"(", b")", b"null", b"-1", b"99999999999", b"1 0 R", b"4 0 R", b"stream\n", b"endobj",
    b"/Kids", b"/Length 0", b"/Filter /FlateDecode", b"/Filter /ASCII85Decode", b"trailer", b"startxref\n0", b"\x00",
    b"/Parent 1 0 R", b"<feff>", b"BT", b"Tj", b"Tf", b"Do",
]  # fmt: skip


@ROUGH
@given(data=spoiled_pdfs())
def test_a_spoiled_pdf(data: bytes) -> None:
    check(lambda: read_paper("x.pdf", data))


PIECES = st.sampled_from([
    "\n", "\n\n", "\f", "\r\n", " ", "  ", "\t", "\u00a0", "\u200b", "\u2028", "\x85", "\x1c", "\x0b", "-\n", ". ",
    "? ", "e.g. ", "No. 5 ", "(", ")", "[1] ", "1. ", "a) ", "(b) ", "II. ", "Abstract", "Kata kunci: ", "Tabel 1. ",
    "A", ":", "Figure 2: ", "Sumber: ", "Source: ", "• ", "and ", "Pendahuluan\n", ";", "\u202e", "\u0301", "😀",
    "漢字", "Hasil dan Pembahasan", "negara-", "12",
])  # fmt: skip

MARKUP = st.sampled_from([
    "<p>", "</p>", "<h1>", "</h1>", "<li>", "<ul>", "</ul>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "<th>",
    "<thead>", "</td>", "<caption>", "<b>", "</b>", "<br/>", "<a href='#x'>", "<sup>", "</a>", "</sup>", "<main>",
    "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&#0;", "&#xD800;", "&#x202e;", "&nope;", "<",
    "<?xml version='1.0' encoding='x'?>", "<!DOCTYPE html>", "<meta charset=utf-7>", "<html xmlns='y'>", "<body>",
    "|a|b|", "|-|-|", "# ", "```", "---", "1. ", "> ", "* ", "![a](b)", "[a]: <b>", "\\", "_", "<svg>", "<nav>",
])  # fmt: skip


@ROUGH
@given(pieces=st.lists(st.one_of(MARKUP, PIECES, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))))
def test_any_markup(pieces: list[str]) -> None:
    text = "".join(pieces)
    for name in ("x.html", "x.md"):
        check(lambda name=name: read_paper(name, text.encode()))  # type: ignore[misc]
    check(lambda: read_paper("x.epub", epub({"a.xhtml": text, "b.xhtml": "<p>End.</p>"})))


@ROUGH
@given(data=st.data())
def test_a_spoiled_zip(data: st.DataObject) -> None:
    """A sound DOCX or EPUB file after some bytes were turned, cut out or put in."""
    sound = data.draw(st.sampled_from([docx(paragraph("Masks came.")), epub({"a.xhtml": "<p>Masks came.</p>"})]))
    spoiled = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(4, len(spoiled))), data.draw(st.integers(0, 20))
        spoiled[at : at + length] = data.draw(st.binary(max_size=20))
    check(lambda: read_paper("x.zip", bytes(spoiled)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.html", "<div>" * 300_000),
        ("x.html", "<table>" + "<tr><td>a<td>b" * 10_000),
        ("x.html", "<table><tr><td>" * 600 + "<p>a" * 5_000),
        ("x.html", "<a href='#x'>" * 60_000),
        ("x.html", "<br/ <" * 300_000),
        ("x.html", "&a;" * 300_000),
        ("x.md", "[" * 100_000),
        ("x.md", "*a " * 100_000),
        ("x.md", "> " * 100_000 + "a"),
        ("x.md", "|a" * 30_000 + "\n" + "|-" * 30_000 + "\n"),
        ("x.md", "`" * 300_000),
    ],
    ids=["divs", "rows", "tables", "links", "tags", "entities", "brackets", "stars", "quotes", "columns", "ticks"],
)
def test_markup_that_goes_on_and_on_ends_within_its_limits(
    name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, seconds=5, memory=600_000_000)
    check(lambda: read_guarded(name, text.encode()))


@ROUGH
@given(data=st.binary(max_size=2000), head=st.sampled_from([b"", b"%PDF-1.7\n", b"\xef\xbb\xbf"]))
@example(data=b"\x1c", head=b"")
@example(data=b"\xc2\x85\xe2\x80\xa8", head=b"")
def test_any_bytes(data: bytes, head: bytes) -> None:
    for name in ("x.pdf", "x.txt"):
        check(lambda name=name: read_paper(name, head + data + b"\n%%EOF"))  # type: ignore[misc]


@ROUGH
@given(
    text=st.lists(st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs"]), max_size=12)), max_size=60).map(
        "".join
    )
)
def test_any_text(text: str) -> None:
    check(lambda: read_paper("x.txt", text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "ABSTRACT\n" * 20_000,
        "A. Data\n" * 10_000,
        "A. B. " * 30_000,
        ". " * 250_000 + "y",
        "." * 500_000 + " Y",
        "e" * 500_000 + "\u00e9",
    ],
    ids=["known headings", "lettered headings", "initials", "spaced dots", "dots", "one word"],
)
def test_a_text_that_goes_on_and_on_is_read_in_seconds(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.guarded.SECONDS", 15)  # one, on a machine that does nothing else
    paper = read_guarded("x.txt", text.encode())
    assert paper.text.replace(" ", "") == "".join(text.split())


@ROUGH
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.one_of(PIECES, st.sampled_from(['"', ",", ";", "question", "id", '{"question": "a"}', "[", "{", "\0"]))
        ).map(lambda pieces: "".join(pieces).encode()),
    ),
    suffix=st.sampled_from([".csv", ".jsonl", ".ndjson", ".txt", ".", ".xlsx"]),
    head=st.sampled_from([b"", b"question\n", b"id;question\n", b"\xef\xbb\xbfquestion,language\n"]),
)
@example(data=b'{"question": "\\ud800", "id": "\\ud800"}', suffix=".jsonl", head=b"")
def test_any_file_of_questions(data: bytes, suffix: str, head: bytes) -> None:
    check_questions(f"x{suffix}", head + data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.jsonl", b"[" * 100_000),
        ("x.jsonl", b'{"question": ' * 50_000),
        ("x.jsonl", b"1" * 5_000),
        ("x.jsonl", b'{"question": ' + b"1" * 5_000 + b"}"),
        ("x.csv", b"question\n" + b"a" * 200_000),
        ("x.csv", b"question" + b"," * 100_000),
        ("x.csv", b"a," * 100_000),
        ("x.csv", b'question\n"' + b"a\n" * 100_000),
        ("x.txt", b"a" * 1_000_000),
    ],
    ids=[
        "arrays",
        "objects",
        "number",
        "number asked",
        "long cell",
        "columns",
        "other columns",
        "open quote",
        "long line",
    ],
)
def test_files_of_questions_that_go_on_and_on(name: str, data: bytes) -> None:
    check_questions(name, data)


def check_questions(name: str, data: bytes) -> None:
    """Assert that a file's questions are read, or that one line says what is wrong with it."""
    try:
        questions = parse_questions(name, data)
    except BatchError as error:
        check_line(error)
        return
    assert questions
    for question in questions:
        question.id.encode()
        assert question.language in (None, "id", "en")


RECORD = to_record(read_paper("x.txt", b"Abstract\n\nOne sentence is here. Another: (a) first; (b) second.\fThe end."))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=8,
)


@ROUGH
@given(data=st.data())
def test_any_record(data: st.DataObject) -> None:
    """A paper's record after any of its values, at any depth, were put in place of others."""
    record = copy.deepcopy(RECORD)
    for _ in range(data.draw(st.integers(1, 3))):
        place: Any = record
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and data.draw(st.booleans()):
                place = place[key]
                continue
            if data.draw(st.booleans()):
                place[key] = data.draw(VALUES)
            else:
                del place[key]
            break
    try:
        paper = from_record(record)
    except (ValueError, TypeError, KeyError):
        return
    assert isinstance(paper, Paper)
