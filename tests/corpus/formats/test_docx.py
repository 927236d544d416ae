from __future__ import annotations

import pytest

from corpus import PaperError, read_paper
from corpus.metadata import Metadata
from tests.corpus.formats.zip_maker import docx, paragraph, table, zipped
from tests.corpus.spans import check_spans


def test_words_styles_say_what_paragraphs_are() -> None:
    body = (
        paragraph("Bantuan Masker", "Judul")
        + paragraph("1 Hasil ........ 3", "TOC1")
        + paragraph("Pendahuluan", "Judul1")
        + paragraph("Bantuan tiba pada 2 April 2020. Isinya masker.")
        + paragraph("Kabar Baik Dari Bandung")
        + paragraph("Hasil", "Judul2")
        + paragraph("Tabel 1. Bantuan menurut negara", "Keterangan")
        + table(("No", "Negara"), ("1", "Tiongkok"), ("2", "Jepang"), ("3", "Korea"))
        + paragraph("Sumber: Dinas Kesehatan")
    )
    paper = read_paper("masker.docx", docx(body))
    check_spans(paper)
    assert [(s.kind, s.text) for s in paper.sentences] == [
        ("heading", "Bantuan Masker"),
        ("heading", "Pendahuluan"),
        ("text", "Bantuan tiba pada 2 April 2020."),
        ("text", "Isinya masker."),
        ("text", "Kabar Baik Dari Bandung"),
        ("heading", "Hasil"),
        ("caption", "Tabel 1. Bantuan menurut negara"),
        ("table-header", "No Negara"),
        ("row", "1 Tiongkok"),
        ("row", "2 Jepang"),
        ("row", "3 Korea"),
        ("source", "Sumber: Dinas Kesehatan"),
    ]
    assert [section.level for section in paper.sections] == [1, 1, 2]
    assert len(paper.pages) == 1


def test_headings_that_are_only_bold_are_known_by_their_looks() -> None:
    body = (
        paragraph("Pendahuluan", bold=True)
        + paragraph("Bantuan tiba pada bulan April.")
        + paragraph("Tabel 1. Bantuan menurut negara")
        + table(("No", "Negara"), ("1", "Tiongkok"), ("2", "Jepang"), ("3", "Korea"))
        + paragraph("Metode Penelitian", bold=True)
        + paragraph("Kami bertanya kepada lima orang.")
    )
    paper = read_paper("masker.docx", docx(body))
    assert [section.title for section in paper.sections] == ["Pendahuluan", "Metode Penelitian"]
    rows = [sentence for sentence in paper.sentences if sentence.kind == "row"]
    leads = {paper.sentences[paper.paragraphs[row.paragraph].lead or 0].text for row in rows}
    assert leads == {"Tabel 1. Bantuan menurut negara"}


def test_the_title_counts_and_whose_computer_it_was_does_not() -> None:
    paper = read_paper("x.docx", docx(paragraph("Masks came."), title="On Masks", author="ASUS"))
    assert paper.metadata == Metadata("On Masks", made=2021)
    assert read_paper("x.docx", docx(paragraph("Masks came."), title="Microsoft Word - a.doc")).title == "x.docx"


def test_the_content_tells_it_whatever_it_is_called() -> None:
    data = docx(paragraph("Masks came."))
    assert read_paper("x.txt", data).text == read_paper("x", data).text == "Masks came."


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "english", "indonesian"),
    [
        (docx(""), "no text in it", "tidak ada teks"),
        (docx("<w:p>"), "the file is damaged", "berkas ini rusak"),
        (docx(paragraph("Masks came."))[:-40], "the file is damaged", "berkas ini rusak"),
        (zipped({"word/document.xml": "<a/>"}), "the file is damaged", "berkas ini rusak"),
        (docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", before=ENTITIES), "the file is damaged", "berkas ini rusak"),
        (docx("<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000), "its elements lie too deep", ""),
        (zipped({"a.txt": "Masks came."}), "a zip file that is neither DOCX nor EPUB", "berkas zip yang bukan"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old file of Word's", "berkas Word lama"),
        (b"Masks came.", "named .docx, but its content is no DOCX", "namanya berakhiran .docx, tetapi"),
    ],
    ids=["empty", "open", "cut", "other", "entities", "deep", "zip", "doc", "text"],
)
def test_what_cannot_be_read_is_one_line(data: bytes, english: str, indonesian: str) -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("x.docx", data)
    assert caught.value.in_language("en").startswith(f"x.docx: {english}")
    assert caught.value.in_language("id").startswith(f"x.docx: {indonesian}")
