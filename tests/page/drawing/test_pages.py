"""Pages as pictures, and boxes around quotes: here a quote is red, and its boxes hold all that is red and no more."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NumberObject, RectangleObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus import PaperError, load_paper
from corpus.pdf.recognised import Box
from page.drawing.pages import PdfPages
from tests.corpus.pdf.pdf_maker import Look, make_pdf

WIDTH, HEIGHT = 595, 842
Line = tuple[float, float, str]  # from the left, from the foot; what is red stands between "<" and ">"


def pdf(*pages: Sequence[Line], font: str = "Helvetica", turned: float = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    for page in pages:
        red = False
        for x, y, line in page:
            text = canvas.beginText(x, y)
            text.setFont(font, 12)
            if turned:
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(turned)
                text.setTextOrigin(0, 0)
            for i, piece in enumerate(line.replace(">", "<").split("<")):
                red ^= i > 0
                text.setFillColorRGB(1 if red else 0, 0, 0)
                text.textOut(piece)
            canvas.drawText(text)
            if turned:
                canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def changed(data: bytes, *, rotation: int = 0, cropbox: tuple[float, float, float, float] | None = None) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.rotate(rotation)
        if cropbox:
            page.cropbox = RectangleObject(cropbox)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bare(text: str) -> str:
    return re.sub(r"\W", "", text)


def pixels(pages: PdfPages, number: int) -> npt.NDArray[np.int64]:
    return np.asarray(Image.open(io.BytesIO(pages.picture(number).webp)).convert("RGB")).astype(int)


def check_boxes(data: bytes, quote: str, numbers: Sequence[int] = (1,)) -> dict[int, tuple[Box, ...]]:
    """Check the boxes against the pictures: all that is red lies in one, nothing else does, and none is empty."""
    pages = PdfPages(data)
    boxes = pages.boxes(quote, numbers)
    assert boxes
    for number in range(1, len(PdfReader(io.BytesIO(data)).pages) + 1):
        picture = pixels(pages, number)
        red = picture[..., 0] - picture[..., 1] > 40
        black = picture[..., 0] < 150
        inside = np.zeros_like(red)
        for box in boxes.get(number, ()):
            assert min(box) >= 0
            assert box.left + box.width <= 1
            assert box.top + box.height <= 1
            height, width = red.shape
            rows = slice(round(box.top * height), round((box.top + box.height) * height))
            columns = slice(round(box.left * width), round((box.left + box.width) * width))
            inside[rows, columns] = True
            assert red[rows, columns].any()
        assert not (red & ~inside).any(), "some of the quote is not boxed"
        assert not (black & inside).any(), "something else is boxed"
    return boxes


def test_a_line() -> None:
    data = pdf([(72, 720, "Before it."), (72, 700, "One. <The masks were sent in March.> Another.")])
    [box] = check_boxes(data, "The masks were sent in March.")[1]
    assert box.top == pytest.approx((HEIGHT - 700 - 10) / HEIGHT, abs=4 / HEIGHT)
    assert box.left == pytest.approx(101 / WIDTH, abs=2 / WIDTH)
    assert 10 / HEIGHT < box.height < 18 / HEIGHT


def test_lines_with_words_broken_at_their_ends() -> None:
    lines = ["One. <The coop-", "eration of sister-", "provinces, co-", "ordinated \u201cat home\u201d.> Another."]
    data = pdf([(72, 700 - 15 * i, line) for i, line in enumerate(lines)])
    quote = "The cooperation of sister-provinces, coordinated \u201cat home\u201d."
    assert len(check_boxes(data, quote)[1]) == 4


def test_the_marks_of_a_quote_are_boxed_with_it() -> None:
    check_boxes(pdf([(72, 700, "Said: <(a) the masks [12].> (b) the rest")]), "(a) the masks [12].")
    pages = PdfPages(pdf([(72, 700, "It was \u201cthe masks\u201d, he said.")]))
    [[bare], [marked]] = (pages.boxes(quote, [1])[1] for quote in ("the masks", "\u201cthe masks\u201d,"))
    assert bare.left > marked.left
    assert bare.left + bare.width < marked.left + marked.width


@pytest.mark.parametrize("quote", ["The \ufb01rst \ufb02ow of caf\u00e9s", "The first flow of cafe\u0301s"])
@pytest.mark.parametrize("text", ["The \ufb01rst \ufb02ow of caf\u00e9s", "The first flow of caf\u00e9s"])
def test_ligatures_and_accents(quote: str, text: str) -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    check_boxes(pdf([(72, 700, f"One. <{text}>. Another.")], font="Vera"), quote)


def test_letters_that_take_two_codes() -> None:
    """Mathematicians' letters, of which PDFium returns one half after the other."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    writer = PdfWriter(clone_from=io.BytesIO(pdf([(72, 700, "One. <Let Q be so.>")], font="Vera")))
    page: Any = writer.pages[0]
    font = next(f for f in page["/Resources"]["/Font"].values() if "/ToUnicode" in f.get_object())
    codes = font.get_object()["/ToUnicode"].get_object()
    codes.set_data(codes.get_data().replace(b"<0051>", b"<D835DC44>"))
    data = written(writer)
    assert "\U0001d444" in PdfReader(io.BytesIO(data)).pages[0].extract_text()
    check_boxes(data, "Let \U0001d444 be so.")


HEAD, FOOT = (72, 800, "Journal of Examples, vol. 5"), (290, 30, "61")
END = [(72, 75, "One. <Masks that were sent by the coop->"), (72, 60, "<eration in March,>")]
START = [(72, 770, "<and gloves that came later, helped.>"), (72, 755, "Another.")]
OVER_TWO = "Masks that were sent by the cooperation in March, and gloves that came later, helped."


@pytest.mark.parametrize(
    "pages",
    [(END, START), ([HEAD, *END, FOOT], [HEAD, *START, FOOT]), ([HEAD, FOOT, *END], [HEAD, FOOT, *START])],
    ids=["nothing between", "a head and a number between", "both drawn first"],
)
def test_over_two_pages(pages: tuple[list[Line], list[Line]]) -> None:
    boxes = check_boxes(pdf(*pages), OVER_TWO, (1, 2))
    assert [len(lines) for lines in boxes.values()] == [2, 1]


def test_a_word_broken_between_two_pages() -> None:
    data = pdf([HEAD, (72, 60, "One. Masks that the coop-"), FOOT], [HEAD, (72, 770, "eration sent helped."), FOOT])
    boxes = PdfPages(data).boxes("Masks that the cooperation sent helped.", (1, 2))
    assert [len(lines) for lines in boxes.values()] == [1, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([*((x, y + 90, line) for x, y, line in END), *END, FOOT], [HEAD, *START]),
        ([*END, FOOT], [HEAD, *START, *((x, y - 90, line) for x, y, line in START)]),
        ([*END, *((72, 500 - 15 * i, "Something else that is in between them.") for i in range(15))], START),
        ([*END, FOOT], [HEAD, (72, 770, "sand gloves that came later, helped.")]),
    ],
    ids=["its start twice", "its end twice", "too much between", "the end of a word"],
)
def test_not_over_two_pages(first: list[Line], second: list[Line]) -> None:
    assert PdfPages(pdf(first, second)).boxes(OVER_TWO, [1, 2]) == {}


def test_columns() -> None:
    left = [(72, 90 - 15 * i, text) for i, text in enumerate(["One. <The masks were>", "<sent by the whole>"])]
    right = [(320, 760 - 15 * i, text) for i, text in enumerate(["<province to the>", "<other.> Another."])]
    level = [(72, 760, "The left column's start.")]
    boxes = check_boxes(pdf([*level, *left, *right]), "The masks were sent by the whole province to the other.")
    assert len(boxes[1]) == 4


def test_a_row_of_a_table_has_a_box_for_each_cell() -> None:
    data = pdf([(72, 700, "<Masks>"), (272, 700, "<40,000>"), (472, 700, "<March>"), (72, 685, "Gloves 10")])
    assert len(check_boxes(data, "Masks 40,000 March")[1]) == 3


@pytest.mark.parametrize(
    "quote",
    [
        "No such words.",
        "The mask",
        "masks were sent. Another",
        "the masks were sent",
        "",
        " ...",
        "masks",
        "asks were sent",
    ],
)
def test_nothing_is_boxed_that_is_not_certain(quote: str) -> None:
    lines = ["The masks were sent.", "Other masks came later. Unmasks were sentences."]
    data = pdf([(72, 700 - 15 * i, line) for i, line in enumerate(lines)])
    assert PdfPages(data).boxes(quote, [1]) == {}


def test_what_stands_twice_is_not_boxed() -> None:
    data = pdf([(72, 700, "It helped. Nobody knew. It helped.")], [(72, 700, "It helped.")])
    pages = PdfPages(data)
    assert pages.boxes("It helped.", [1]) == pages.boxes("It helped.", [1, 2]) == {}
    assert pages.boxes("It helped.", [2]).keys() == {2}
    assert pages.boxes("Nobody knew.", [1, 2]).keys() == {1}
    assert pages.boxes("Nobody knew.", []) == {}


TURNABLE = [(100, 700, "One. <The masks that>"), (100, 685, "<were sent came late.>"), (100, 670, "Another.")]


@pytest.mark.parametrize("cropbox", [None, (80, 600, 400, 790)])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_and_cropped_pages(rotation: int, cropbox: tuple[float, float, float, float] | None) -> None:
    data = changed(pdf(TURNABLE), rotation=rotation, cropbox=cropbox)
    assert len(check_boxes(data, "The masks that were sent came late.")[1]) == 2
    width, height = (320, 190) if cropbox else (WIDTH, HEIGHT)
    _, *size = PdfPages(data).picture(1, width=20)
    assert size == ([height, width] if rotation % 180 else [width, height])


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_text_that_runs_another_way(turned: int, rotation: int) -> None:
    step = {90: (15, 0), 180: (0, 15), 270: (-15, 0)}[turned]
    lines = [(300 + i * step[0], 400 + i * step[1], text) for i, (_, _, text) in enumerate(TURNABLE)]
    data = changed(pdf(lines, turned=turned), rotation=rotation)
    assert len(check_boxes(data, "The masks that were sent came late.")[1]) == 2


def test_words_outside_the_page_have_no_boxes() -> None:
    data = changed(pdf(TURNABLE), cropbox=(100, 100, 400, 600))
    assert PdfPages(data).boxes("The masks that were sent came late.", [1]) == {}


def test_nearly_all_of_a_paper_is_boxed() -> None:
    paper = load_paper()
    pages = PdfPages(make_pdf(paper, Look(columns=2, hyphenated=True)))
    boxed = {s.index: pages.boxes(s.text, range(s.page, s.last_page + 1)) for s in paper.sentences}
    unboxed = [paper.sentences[i] for i, boxes in boxed.items() if not boxes]
    assert all(bare(paper.pages[s.page - 1].text).count(bare(s.text)) > 1 for s in unboxed)
    assert len(unboxed) < 0.03 * len(paper.sentences)
    assert any(len(boxes) == 2 for boxes in boxed.values())


def test_pictures() -> None:
    pages = PdfPages(pdf([(72, 700, "Text.")], []))
    for width in (1000, 333):
        webp, *size = pages.picture(1, width=width)
        assert size == [WIDTH, HEIGHT]
        picture = Image.open(io.BytesIO(webp))
        assert picture.format == "WEBP"
        assert picture.width == width
        assert picture.height == pytest.approx(width * HEIGHT / WIDTH, abs=1)
    assert pixels(pages, 1).min() < 50
    assert pixels(pages, 2).min() == 255


def test_pictures_of_photos_are_small() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (300, 200, 3), dtype=np.uint8)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    canvas.drawImage(ImageReader(Image.fromarray(noise)), 0, 0, WIDTH, HEIGHT)
    canvas.save()
    picture = PdfPages(out.getvalue()).picture(1).webp
    png = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(png, "PNG")
    assert len(picture) < 0.3 * len(png.getvalue())


def test_odd_pages_have_no_huge_pictures() -> None:
    data = changed(pdf([(100, 700, "<Text.>")]), cropbox=(100, 0, 101, HEIGHT))
    assert Image.open(io.BytesIO(PdfPages(data).picture(1).webp)).size == (5, 4000)


@pytest.mark.parametrize("number", [0, -1, 3])
def test_no_such_page(number: int) -> None:
    pages = PdfPages(pdf([], []))
    with pytest.raises(PaperError, match=rf"^page {number}: no such page; the PDF's last page is 2$"):
        pages.picture(number)
    with pytest.raises(PaperError, match="no such page") as caught:
        pages.boxes("Text.", [number])
    assert caught.value.in_language("id").startswith(f"halaman {number}: tidak ada")


def test_a_damaged_page() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf([(72, 700, "Here.")], [(72, 700, "There.")])))
    root: Any = writer.root_object
    root["/Pages"]["/Kids"][1] = writer._add_object(NumberObject(7))
    pages = PdfPages(written(writer))
    with pytest.raises(PaperError, match=r"^page 2: the PDF is damaged here: [^\n]+$"):
        pages.picture(2)
    assert pages.boxes("There.", [2]) == pages.boxes("Here.", [1, 2]) == {}
    assert pages.boxes("Here.", [1])


def test_a_page_with_too_many_characters_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([(72, 700, "Here.")])
    monkeypatch.setattr("page.drawing.pages._MOST_CHARS", 5)
    assert PdfPages(data).boxes("Here.", [1])
    monkeypatch.setattr("page.drawing.pages._MOST_CHARS", 4)
    assert PdfPages(data).boxes("Here.", [1]) == {}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n%%EOF\n", b"<html>"])
def test_no_pdf(data: bytes) -> None:
    with pytest.raises(PaperError, match=r"^the PDF's pages cannot be shown: [^\n]+$"):
        PdfPages(data)


def test_an_open_pdf_at_the_end_of_the_program_makes_no_noise() -> None:
    program = f"from page.drawing.pages import PdfPages; pages = PdfPages({pdf([])!r}); pages.picture(1)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
