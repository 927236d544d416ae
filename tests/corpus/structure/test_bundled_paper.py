"""The bundled paper, read by hand line by line, against what the parser finds in it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

import pytest

from corpus import BUNDLED_PAPER, load_paper
from tests.corpus.spans import check_spans

PAPER = load_paper()
LINES = BUNDLED_PAPER.read_text(encoding="utf-8").split("\n")

# First line of each page, from 1.
PAGES = [1, 29, 63, 260, 459, 590, 789, 992, 1167, 1374, 1585, 1768, 1971, 2170]

# Every part in order: its kind and its first line; it ends where the next one starts.
PARTS = """
heading 1 | text 4 | heading 29 | text 32 | keywords 62
heading 63 | text 65 | text 105 | text 129 | text 153 | text 197 | text 225
heading 260 | text 262
heading 292
heading 294 | text 298 | text 326 | text 350 | text 392 | text 416 | text 442 | caption 459 | source 467
text 469 | caption 483 | source 491 | text 493 | caption 517 | source 523 | text 525 | text 557
text 594 | text 632
heading 668 | text 670 | text 702 | text 726 | item 748 | item 752 | item 760 | text 768 | text 797
text 821
text 869 | text 897
heading 921 | text 923 | text 953 | text 983 | item 1010 | item 1024 | item 1032 | text 1048 | text 1082
text 1108
caption 1122 | source 1130 | text 1136 | text 1160
heading 1189 | text 1195 | text 1253 | text 1295 | text 1335 | text 1357 | caption 1378
table-header 1386
row 1388 | row 1390 | row 1395 | row 1400 | row 1405 | row 1407 | row 1417 | row 1419 | row 1427
row 1435 | row 1445
row 1450 | source 1454
heading 1458 | text 1460 | text 1494 | text 1526 | text 1538
heading 1560 | text 1562 | text 1585 | text 1635 | text 1661 | text 1703 | caption 1731 | source 1737
heading 1739 | text 1741 | text 1768 | text 1800
heading 1836 | text 1838 | text 1874 | text 1906 | text 1934 | text 1962
heading 1993 | text 1995 | text 2017 | text 2029 | text 2045 | text 2065 | text 2081 | text 2111
text 2131 | text 2151
"""

SECTIONS = [
    (1, "Abstract", 1),
    (1, "Abstrak", 2),
    (1, "PENDAHULUAN", 3),
    (1, "METODE", 4),
    (1, "PEMBAHASAN", 4),
    (2, "Pandemi COVID-19 Sebagai Isu Kesehatan Global", 4),
    (2, "Diplomasi Kesehatan Indonesia", 6),
    (2, "Paradiplomasi Provinsi Jawa Barat", 7),
    (
        2,
        "Paradiplomasi Provinsi Jawa Barat terhadap Provinsi Sichuan-Tiongkok dalam penanggulan COVID-19 di Jawa Barat",
        9,
    ),
    (2, "Peluang Global yang Diraih Jawa Barat", 10),
    (2, "Pelayanan Terhadap Warga Jawa Barat", 10),
    (2, "Promosi Desentralisasi", 11),
    (2, "Kepentingan Personal", 12),
    (1, "KESIMPULAN", 13),
]

# Lines that end in a hyphen, and the word it belongs to.
HYPHENS = {
    81: "negara-negara",
    718: "negara-negara",
    219: "aktor-aktor",
    931: "Undang-Undang",
    2167: "sub-nasional",
    255: "Sichuan-Tiongkok",
    1273: "Sichuan-Tiongkok",
    1498: "Sichuan-Tiongkok",
    1619: "Sichuan-Tiongkok",
    1786: "Sichuan-Tiongkok",
    1876: "Sichuan-Tiongkok",
    2047: "Sichuan-Tiongkok",
    2095: "Sichuan-Tiongkok",
    539: "COVID-19",
    585: "COVID-19",
    791: "COVID-19",
    452: "-3%",
}


def join(first: int, last: int) -> str:
    """Join the file's lines from ``first`` to ``last``, both included, counted from 1."""
    text = ""
    for line in LINES[first - 1 : last]:
        words = " ".join(line.split())
        if words:
            text += words if not text or text.endswith("-") else f" {words}"
    return text


def test_canonical_text() -> None:
    assert PAPER.text == join(1, len(LINES))
    assert len(PAPER.text) == 43_519
    assert PAPER.digest == hashlib.sha256(PAPER.text.encode()).hexdigest()
    assert PAPER.name == "paper.txt"


def test_pages() -> None:
    assert [page.number for page in PAPER.pages] == list(range(1, 15))
    ends = [first - 1 for first in PAGES[1:]] + [len(LINES)]
    assert [page.text for page in PAPER.pages] == [join(*page) for page in zip(PAGES, ends, strict=True)]
    assert PAPER.pages_without_text == ()


def test_section_tree() -> None:
    assert [(section.level, section.title, section.page) for section in PAPER.sections] == SECTIONS
    discussion = [section.index for section in PAPER.sections if section.title == "PEMBAHASAN"]
    assert [section.parent for section in PAPER.sections] == [None] * 5 + discussion * 8 + [None]


def test_look_alike_lines_are_told_apart() -> None:
    same = [line for line in LINES if line.strip() == "Paradiplomasi Provinsi Jawa Barat"]
    assert len(same) == 3
    starts = [section.title for section in PAPER.sections if section.title.startswith("Paradiplomasi Provinsi")]
    assert len(starts) == 2
    body = next(p for p in PAPER.paragraphs if p.text.startswith("Paradiplomasi Provinsi Jawa Barat dengan"))
    assert body.kind == "text"
    assert PAPER.sections[body.section].title == "KESIMPULAN"


def test_every_part_with_its_kind_and_lines() -> None:
    parts = [part.split() for row in PARTS.strip().splitlines() for part in row.split("|")]
    starts = [int(first) for _, first in parts]
    ends = [first - 1 for first in starts[1:]] + [len(LINES)]
    expected = [(kind, join(first, last)) for (kind, _), first, last in zip(parts, starts, ends, strict=True)]
    found: list[tuple[str, str]] = []
    for paragraph in PAPER.paragraphs:
        # The lettered list inside one printed paragraph is parted into its lead-in and items.
        if re.match(r"\([a-h]\) ", paragraph.text):
            kind, text = found.pop()
            found.append((kind, f"{text} {paragraph.text}"))
        else:
            found.append((paragraph.kind, paragraph.text))
    assert found == expected


def test_seven_paragraphs_run_over_a_page() -> None:
    over = []
    for paragraph in PAPER.paragraphs:
        sentences = [s for s in PAPER.sentences if s.paragraph == paragraph.index]
        if sentences[0].page != sentences[-1].last_page:
            over.append((paragraph.text.split()[0], sentences[0].page, sentences[-1].last_page))
    assert over == [
        ("Ancaman", 5, 6),
        ("Diplomasi", 6, 7),
        ("Kasus", 7, 8),
        ("Dari", 8, 9),
        ("Sesuai", 9, 10),
        ("Kepentingan", 12, 13),
        ("Selanjutnya", 13, 14),
    ]


def test_a_sentence_has_the_page_it_starts_on() -> None:
    over = [s for s in PAPER.sentences if s.page != s.last_page]
    assert [(s.page, s.last_page) for s in over] == [(n, n + 1) for n in (5, 6, 7, 8, 9, 12, 13)]
    assert over[1].text.startswith("Melalui pendekatan secara bilateral")
    spokesman = next(s for s in PAPER.sentences if "Juru Bicara Kementerian Pertahanan" in s.text)
    assert (spokesman.page, spokesman.last_page) == (5, 6)


def test_numbers_of_sentences() -> None:
    kinds = Counter(sentence.kind for sentence in PAPER.sentences)
    assert kinds == {
        "text": 188,
        "item": 15,
        "heading": 14,
        "row": 12,
        "caption": 6,
        "source": 6,
        "keywords": 1,
        "table-header": 1,
    }


def test_table() -> None:
    rows = [paragraph for paragraph in PAPER.paragraphs if paragraph.kind == "row"]
    assert [int(row.text.split()[0]) for row in rows] == list(range(1, 13))
    carried_out = [int(row.text.split()[0]) for row in rows if row.text.endswith(" Terlaksana")]
    assert carried_out == [2, 4, 5, 8]
    assert sum(row.text.endswith(" Proses") for row in rows) == 8
    assert rows[0].text == "1 Program Sister School Proses"
    assert rows[1].text == "2 Bantuan Sarana Kesehatan COVID-19 Terlaksana"
    assert rows[10].text == "11 Program Fasilitasi 300 Doktor Jabar Proses"
    leads = {PAPER.sentences[row.lead].text for row in rows if row.lead is not None}
    caption = (
        "Tabel 1. Kerjasama Sister City antara Pemerintah Provinsi Sichuan-Tiongkok dengan Pemerintah "
        "Provinsi Jawa Barat"
    )
    assert leads == {caption}
    assert all(row.lead is not None for row in rows)


def test_captions_and_sources() -> None:
    captions = [s.text for s in PAPER.sentences if s.kind == "caption"]
    assert [caption.split(". ", 1)[0] for caption in captions] == [
        "Gambar 1",
        "Gambar 2",
        "Gambar 3",
        "Gambar 4",
        "Tabel 1",
        "Gambar 4.5",
    ]
    assert captions[1] == "Gambar 2. Kondisi Industri Jasa AS dan RRT Tahun 2020"
    assert captions[5] == "Gambar 4.5. Interface Aplikasi Pikobar"
    sources = [s.text.removeprefix("Sumber : ") for s in PAPER.sentences if s.kind == "source"]
    assert sources == [
        *["CNBC Indonesia"] * 3,
        "Pengolahan Data Primer Bagian Kerjasama Luar negeri Pemerintah Provinsi Jawa Barat",
        "Biro Kerjasama Luar Negeri Pemprov Barat Tahun 2021",
        "https://pikobar.jabarprov.go.id/",
    ]


@pytest.mark.parametrize(
    ("lead", "items"),
    [
        ("yaitu (Menteri Luar Negeri RI, 2021):", ["1. Adanya", "2. Kesehatan", "3. Kerjasama"]),
        ("beberapa terobosan di antaranya:", ["- Meningkatkan", "- Menyiapkan", "- Melakukan"]),
        ("mengacu pada ketentuan sebagai berikut:", [f"({letter})" for letter in "abcdefgh"]),
    ],
)
def test_lists(lead: str, items: list[str]) -> None:
    found = [
        paragraph.text
        for paragraph in PAPER.paragraphs
        if paragraph.kind == "item"
        and paragraph.lead is not None
        and PAPER.sentences[paragraph.lead].text.endswith(lead)
    ]
    assert len(found) == len(items)
    assert all(text.startswith(start) for text, start in zip(found, items, strict=True))
    assert found[-1].endswith(".") or found[-1].endswith(").")


def test_an_item_may_hold_two_sentences() -> None:
    first = next(p for p in PAPER.paragraphs if p.text.startswith("- Meningkatkan"))
    sentences = [s.text for s in PAPER.sentences if s.paragraph == first.index]
    assert len(sentences) == 2
    assert sentences[1].startswith("Pada masa PPKM, Satgas menyediakan 7.727 pusat")


def test_hyphens_at_line_ends() -> None:
    assert [i for i, line in enumerate(LINES, 1) if line.endswith("-")] == sorted(HYPHENS)
    for line, word in HYPHENS.items():
        start = LINES[line - 1].split()[-1]
        assert word.startswith(start)
        assert word in join(line, line + 2)
        assert join(line, line + 2) in PAPER.text
    assert "serta -3% ( IMF)" in PAPER.text


@pytest.mark.parametrize(
    "inside",
    [
        "Undang-Undang No. 22 Tahun 1999 Tentang",
        "(Azwar Iskandar et al., 2020).",
        "yang berkepentingan. dengan tugas utama membuka",
        "Provinsi Jawa Barat, .Wawancara, 11 Oktober 2020).",
        "era Industri 4.0 saat ini, para aktor",
        "RI Nomor: 09/A/KP/XII/2006/01 Tentang Panduan",
        "relawan lebih dari 17.000-an orang",
        "menyediakan 7.727 pusat isolasi",
        "memberikan bantuan berupa Masker Bedah @100 CHINA PEOPLE R sebanyak 20.000 Paket",
        "(EIU), -1,9% (Fitch EIU), -2,2% (Fitch), serta -3% ( IMF).",
        "periode 9 - 15 agustus 2021 juga",
        "penyebaran pandemi(Aida, 2021).",
        "(Social Safety Net) Bagi Masyarakat Yang Terdampak Ekonomi Kibat Pandemi Coronavirus Disease-19 "
        "(COVID-19), 2020).",
    ],
)
def test_no_sentence_ends_inside(inside: str) -> None:
    assert sum(inside in sentence.text for sentence in PAPER.sentences) == 1


def test_languages() -> None:
    english = {PAPER.sections[s.section].title for s in PAPER.sentences if s.language == "en"}
    assert english == {"Abstract"}
    assert all(s.language == "en" for s in PAPER.sentences if s.section == 0)


def test_every_part_is_a_span_and_they_tile_the_text() -> None:
    check_spans(PAPER)
