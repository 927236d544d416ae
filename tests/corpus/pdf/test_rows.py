"""Rows of PDFs' pages: their order, the marks of notes, notes themselves, and the room between paragraphs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import closing

import pypdfium2
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus import Paper, read_paper
from corpus.paper import UNKNOWN
from corpus.pdf.rows import TextRow, page_rows
from tests.corpus.nasty import made, stream

Words = tuple[float, float, float, str]  # from the left, from below, the type's size, the text; points

LEFT = [
    "The growth of trade between the two",
    "regions was measured every month by",
    "the same office over ten years, and",
    "in each of them the agreement had",
    "an effect on what was sold abroad.",
    "Nothing else was found to matter as",
    "much as the first visit of the two",
]
RIGHT = [
    "governors, after which goods went both",
    "ways and in larger numbers than before.",
    "Other regions had no such agreement in",
    "those years, and their trade with each",
    "other did not grow, as far as the same",
    "office could tell from what it counted",
    "at the borders and in the two harbours.",
]


def drawn(*pages: Sequence[Words]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def rows(data: bytes) -> list[TextRow]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return page_rows(document[0].get_textpage())


def texts(data: bytes) -> list[str]:
    return [row.text for row in rows(data)]


def sentences(*pages: Sequence[Words]) -> list[tuple[int, str]]:
    paper: Paper = read_paper("paper.pdf", drawn(*pages))
    return [(sentence.page, sentence.text) for sentence in paper.sentences]


def column(lines: Sequence[str], x: float = 72, y: float = 700, size: float = 10) -> list[Words]:
    return [(x, y - 12 * number, size, line) for number, line in enumerate(lines)]


def test_columns_that_are_drawn_line_by_line_are_read_one_after_the_other() -> None:
    left, right = column(LEFT), column(RIGHT, x=300)
    by_line = [words for pair in zip(left, right, strict=True) for words in pair]
    title: Words = (72, 730, 10, "A title over both columns of the page, as wide as the two of them are together")
    assert texts(drawn([title, *by_line])) == [title[3], *LEFT, *RIGHT]
    assert texts(drawn([title, *left, *right])) == [title[3], *LEFT, *RIGHT]


def test_a_table_is_read_row_by_row() -> None:
    cells = [("Sichuan", "21 activities", "done"), ("Jeonnam", "3 activities", "in process"), ("Shizuoka", "2", "done")]
    cells *= 3
    drawing = [
        (72 + 150 * place, 700 - 12 * number, 10.0, cell)
        for number, row in enumerate(cells)
        for place, cell in enumerate(row)
    ]
    assert texts(drawn(drawing)) == [" ".join(row) for row in cells]


def test_the_mark_of_a_note_stays_with_its_word() -> None:
    first = "Sister provinces share their masks."
    end = 72 + stringWidth(first, "Helvetica", 10)
    page: list[Words] = [(72, 700, 10, first), (end, 704, 6, "3"), (end + 7, 700, 10, "Others do not.")]
    assert texts(drawn(page)) == [f"{first}3 Others do not."]
    assert [text for _, text in sentences(page)] == [f"{first}3", "Others do not."]


NOTES: list[Words] = [
    (72, 120, 7, "1 Interview with the governor, who spoke of it at length and in some detail."),
    (72, 111, 7, "It was held in the building of the province."),
]


def test_a_note_at_a_page_s_foot_does_not_part_a_sentence_that_goes_on_overleaf() -> None:
    first = column([*LEFT[:5], "Masks were sent by the province of Sichuan to the one that"], y=200)
    second = column(["it had known for years, and they came in time.", *RIGHT[2:6]])
    found = sentences([*first, *NOTES], second)
    whole = "Masks were sent by the province of Sichuan to the one that it had known for years, and they came in time."
    assert (1, whole) in found
    assert any(text.startswith("1 Interview with the governor") for _, text in found)


def test_a_note_in_a_column_does_not_part_a_sentence_that_goes_on_in_the_next() -> None:
    left = column([*LEFT[:5], "Masks were sent by the first of"], y=200)
    right = column(["them to the other, and they came in time.", *RIGHT[2:6]], x=340)
    found = [text for _, text in sentences([*left, *NOTES, *right])]
    assert "Masks were sent by the first of them to the other, and they came in time." in found


def test_a_note_after_a_whole_sentence_stays_where_it_is() -> None:
    lines = column(LEFT[:5], y=200)
    assert texts(drawn([*lines, *NOTES])) == [*LEFT[:5], *(text for *_, text in NOTES)]


def test_a_table_does_not_run_into_the_paragraph_after_it() -> None:
    table = [
        (72.0 + 150 * at, 640.0 - 12 * row, 10.0, cell) for row in range(3) for at, cell in enumerate(("Aid", "41"))
    ]
    page = [*column(LEFT[:5]), *table, *column(RIGHT[2:], y=590)]
    found = [text for _, text in sentences(page)]
    assert any(text.startswith("Other regions had no such agreement") for text in found)
    assert not any("41" in text and "Other regions" in text for text in found)


def test_what_runs_up_the_margin_is_no_part_of_the_text() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 10)
    for x, y, _, text in column(LEFT):
        canvas.drawString(x, y, text)
    canvas.rotate(90)
    canvas.drawString(300, -30, "A stamp of the journal")
    canvas.save()
    assert texts(out.getvalue()) == ["A stamp of the journal", *LEFT]


def test_word_s_bullets_are_marks_of_items() -> None:
    """Word writes them in the Symbol font, whose characters Unicode leaves to everybody's own use."""
    mapping = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <B7> <F0B7> endbfchar"
    symbol = b"<< /Type /Font /Subtype /Type1 /BaseFont /Symbol /ToUnicode 7 0 R >>"
    content = b"BT /F2 10 Tf 72 700 Td (\\267) Tj /F1 10 Tf 14 0 Td (Masks) Tj /F2 10 Tf 40 0 Td (\\267) Tj ET"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
    )
    assert texts(made({3: page, 4: stream(content), 6: symbol, 7: stream(mapping)})) == [f"\u2022 Masks {UNKNOWN}"]


def test_letters_of_listings_that_stand_apart_are_words() -> None:
    words, x = [], 72.0
    for char in "if sample then yield the whole":
        if char == " ":
            x += 6
            continue
        words.append((x, 700.0, 10.0, char))
        x += stringWidth(char, "Helvetica", 10) + 1.5
    assert texts(drawn(words)) == ["if sample then yield the whole"]


def test_each_character_has_its_numbers() -> None:
    (row,) = rows(drawn([(72, 700, 10, "Two words")]))
    assert len(row.numbers) == len(row.text)
    assert [len(numbers) for numbers in row.numbers] == [1, 1, 1, 0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("data", [drawn([]), drawn([(72, 700, 10, " ")])])
def test_an_empty_page(data: bytes) -> None:
    assert rows(data) == []
