"""Answers from tables: cells, rows, counts, the most and the fewest, sums; and what tables leave to the search."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.answering.table_answers import TableAnswers
from assistant.question import take
from index import PaperIndex
from tests.assistant.answering.small import COUNCIL, index_of


@pytest.fixture(scope="module")
def tables(paper_index: PaperIndex) -> TableAnswers:
    return TableAnswers(paper_index)


def asked(tables: TableAnswers, question: str, context: str | None = None) -> Answer | None:
    return tables.answer(take(question, None, context))


def short(tables: TableAnswers, question: str, context: str | None = None) -> str:
    answer = asked(tables, question, context)
    assert answer is not None, question
    assert answer.status == "answered"
    assert answer.kind in ("table", "comparison")
    assert answer.citations
    assert len(answer.text) <= 1200
    return answer.short or ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the status of the Sister School?", "In process"),
        ("Status kerja sama kebun binatang apa?", "Terlaksana"),
        ("Is the arts and culture exchange done?", "Yes: Implemented"),
        ("Apakah business matching sudah selesai?", "Tidak: Proses"),
        ("Sister School udah selesai belum?", "Tidak: Proses"),
        ("What is programme number 11?", "Facilitation Program for 300 West Java PhDs: In process"),
        ("Baris ke-5 Tabel 1 apa?", "Pertukaran seni dan budaya: Terlaksana"),
        ("Program kelima di Tabel 1 apa?", "Pertukaran seni dan budaya: Terlaksana"),
        ("How many activities are there in the economy?", "the economic field: 41 activities"),
        ("How many activities with Japan?", "Japan: 22 activities"),
        ("berapa kegiatan dengan Korsel?", "Korea Selatan: 6 kegiatan"),
        ("How many activities does West Java run with China?", "the PRC: 48 activities"),
        ("Where does Table 1 come from?", "Foreign Cooperation Bureau, West Provincial Government, 2021"),
        ("Sumber Gambar 3 dari mana?", "CNBC Indonesia"),
    ],
)
def test_cells(tables: TableAnswers, question: str, expected: str) -> None:
    assert short(tables, question) == expected


@pytest.mark.parametrize("question", ["Show me Table 1", "Tunjukkan Tabel 1", "tampilkan isi tabel 1"])
def test_a_table_is_shown(tables: TableAnswers, question: str) -> None:
    assert len(short(tables, question).split("; ")) == 12


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many programmes are in Table 1?", "12"),
        ("How many of the programmes in the table have been carried out?", "4 of 12 (Implemented)"),
        ("How many programmes in Table 1 haven't been finished?", "8 of 12 (In process)"),
        ("Berapa program yang masih proses?", "8 dari 12 (Proses)"),
        ("berapa banyak program yang belum terlaksana?", "8 dari 12 (Proses)"),
        ("Are all programmes in Table 1 done?", "No: 4 of 12 (Implemented)"),
        ("How many partner countries are there?", "8"),
        ("Which country has the fewest activities?", "South Korea: 6 activities"),
        ("Mitra mana yang kegiatannya terbanyak?", "RRT: 48 kegiatan"),
        ("Which partner has the second most activities?", "South Australia; Japan: 22 activities each"),
        ("Which countries have more than 20 activities?", "South Australia (22); Japan (22); the PRC (48)"),
        ("Negara mana yang punya 10 kegiatan?", "Belgia: 10 kegiatan"),
        ("How many partners have more than 10 activities?", "4: South Australia; Japan; Sudan; the PRC"),
        ("How many programmes are done and how many in process?", "In process: 8; Implemented: 4"),
        ("Japan plus South Korea: how many activities?", "28 activities (Japan 22 + South Korea 6)"),
    ],
)
def test_counts_extremes_and_sums(tables: TableAnswers, question: str, expected: str) -> None:
    answer = asked(tables, question)
    assert answer is not None
    assert answer.short == expected
    assert answer.derived_from
    assert len(answer.text) <= 700


def test_what_is_derived_says_from_what(tables: TableAnswers) -> None:
    answer = asked(tables, "How many programmes are listed in Table 1?")
    assert answer is not None
    assert answer.derived_from == "counted from the 12 rows of Table 1 (p. 10)"
    answer = asked(tables, "Total kegiatan dengan semua negara mitra berapa?")
    assert answer is not None
    assert (answer.short or "").startswith("136 kegiatan (")
    assert answer.derived_from == "dijumlahkan dari 8 angka dalam kalimat di hlm. 8"


@pytest.mark.parametrize(
    ("question", "names", "count"),
    [
        ("Which programmes are done?", ("COVID-19 Health Supplies Aid", "panda"), 4),
        ("Program mana saja yang belum selesai?", ("Program Sister School", "Mandarin"), 8),
        ("Which programmes have not been implemented yet?", ("Sister School Program", "Mandarin"), 8),
        ("Kerja sama apa saja yang sudah terlaksana dengan Sichuan?", ("seni dan budaya",), 4),
        ("List all programmes in Table 1.", ("Sister School Program", "Mandarin"), 12),
    ],
)
def test_rows_that_fulfil_something(
    tables: TableAnswers, paper_index: PaperIndex, question: str, names: tuple[str, ...], count: int
) -> None:
    answer = asked(tables, question)
    assert answer is not None
    named = (answer.short or "").split("; ")
    assert len(named) == count
    assert all(any(name.casefold() in one.casefold() for one in named) for name in names)
    assert all(paper_index.paper.text[c.start : c.end] == c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which has more activities, Belgium or Sudan?", "Sudan has more: 11 activities; Belgium: 10 activities"),
        ("Jepang atau Maroko, mana yang lebih sedikit kegiatannya?", "Maroko lebih sedikit: 9 kegiatan"),
        ("Mana yang lebih banyak, kegiatan bidang ekonomi atau pendidikan?", "Sama banyak: bidang ekonomi"),
        ("Does Japan have more activities than China?", "No: the PRC has more"),
        ("Compare IMF and EIU forecasts for 2020", "EIU is higher: -2.2%; IMF: -3% (a difference of 0.8)"),
        ("Are more of the programmes in Table 1 done or in process?", "In process: 8; Implemented: 4"),
    ],
)
def test_rows_compared(tables: TableAnswers, question: str, expected: str) -> None:
    answer = asked(tables, question)
    assert answer is not None
    assert answer.kind == "comparison"
    assert (answer.short or "").startswith(expected)


@pytest.mark.parametrize(
    "question",
    [
        "How many activities in health?",
        "Berapa kegiatan di bidang kesehatan?",
        "How many activities with Germany?",
        "What is the status of the vaccine programme?",
        "Which university has the most activities?",
        "How many vocational school graduates have done internships in Sichuan?",
        "What are West Java's 48 paradiplomacy activities with Japan?",
        "What was JP Morgan's forecast for the world economy in 2021?",
        "Since what year has West Java been partners with South Australia?",
        "Which field has the fewest activities?",  # the paper names only those with the most
        "Why is the Sister School still in process?",
        "Who is responsible for the Sister School programme?",
        "What was done to promote culture and tourism?",
        "When was Table 1 made?",
        "Nomor berapa ketiga resolusi WHO itu?",
        "What is the status of programme 13?",
        "How many programmes are in Table 7?",
    ],
)
def test_what_no_table_tells_is_left_to_the_search(tables: TableAnswers, question: str) -> None:
    assert asked(tables, question) is None


def test_a_follow_up_asks_of_the_row_it_names(tables: TableAnswers) -> None:
    before = "How many activities does West Java have with China?"
    assert short(tables, "And with Japan?", before) == "Japan: 22 activities"


def test_lists_are_counted(tables: TableAnswers) -> None:
    assert short(tables, "Ada berapa bidang kegiatan paradiplomasi yang disebut?") == "13"


def test_the_source_of_another_papers_table() -> None:
    assert short(TableAnswers(index_of(COUNCIL)), "What is the source of Table 2?") == "Council of Arden"
