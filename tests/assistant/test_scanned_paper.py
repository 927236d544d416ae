"""A scanned paper, asked: what is recognised in its picture is quoted with its page, and marked as recognised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.__main__ import main
from assistant.exporting import quote_citation
from corpus import Language
from tests.corpus.pdf.scan_maker import needs_recognition, printed, scan, spoiled

COVER = (
    "Jurnal Hubungan Luar Negeri Daerah, terbit dua kali setahun di Bandung.\n"
    "Nomor ini memuat sebuah kajian tentang kota kembar, yang dipindai dari kertas."
)
PAGE = """Pendahuluan

Perjanjian kota kembar antara Bandung dan Chengdu ditandatangani pada 17 Maret 2015 oleh kedua wali kota. Sejak saat
itu, para mahasiswa dan tenaga kesehatan saling berkunjung setiap tahun.

Hasil

Chengdu mengirimkan 12.500 masker bedah kepada rumah sakit daerah di Bandung. Pengirimannya tertunda selama sembilan
hari karena pemeriksaan di bandara."""

pytestmark = needs_recognition


@pytest.fixture(scope="module")
def data() -> bytes:
    return scan([COVER, spoiled(printed(PAGE))])


@pytest.fixture(scope="module")
def scanned(assistant: Assistant, data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    from corpus import load_paper

    path = tmp_path_factory.mktemp("scan") / "pindaian.pdf"
    path.write_bytes(data)
    return assistant.over(load_paper(path))


@pytest.mark.parametrize(
    ("question", "language", "short", "mark"),
    [
        ("Berapa masker bedah yang dikirimkan Chengdu?", "id", "12.500", "hlm. 2, Hasil, teks hasil pengenalan"),
        ("When was the sister city agreement signed?", "en", "17 Maret 2015", "p. 2, Pendahuluan, recognised text"),
    ],
)
def test_it_is_cited_with_its_page_and_as_recognised(
    scanned: Assistant, question: str, language: Language, short: str, mark: str
) -> None:
    answer = scanned.ask(question)
    assert answer.status == "answered"
    first = answer.citations[0]
    assert short in first.quote
    assert (first.page, first.recognised) == (2, True)
    assert scanned.paper.text[first.start : first.end] == first.quote
    assert mark in quote_citation(first, language)
    record = json.loads(json.dumps(answer.to_record()))
    assert record["citations"][0]["recognised"] is True
    assert Answer.from_record(record) == answer


def test_what_is_in_type_is_not_marked(scanned: Assistant) -> None:
    answer = scanned.ask("Berapa kali setahun Jurnal Hubungan Luar Negeri Daerah terbit?")
    cited = [*answer.citations, *answer.related]
    assert [(citation.page, citation.recognised) for citation in cited if "terbit dua kali" in citation.quote] == [
        (1, False)
    ]


def test_the_command_line_marks_it(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pindaian.pdf"
    path.write_bytes(data)
    assert main(["ask", "Berapa masker bedah yang dikirimkan Chengdu?", "--paper", str(path)]) == 0
    assert "[1] hlm. 2, Hasil (teks hasil pengenalan)" in capsys.readouterr().out
