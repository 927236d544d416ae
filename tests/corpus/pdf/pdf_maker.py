"""Sets the bundled paper again as PDFs of several looks, each page of the paper one page of the PDF."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus import Paper

WIDTH, HEIGHT = 595.0, 842.0
MARGIN, GUTTER, LEADING, SIZE = 55.0, 20.0, 9.0, 7.0


@dataclass(frozen=True)
class Look:
    """How the paper is set: number of columns, heads and page numbers, words broken at lines' ends."""

    columns: int = 1
    running: bool = True
    hyphenated: bool = False


def make_pdf(paper: Paper, look: Look) -> bytes:
    """Return the bytes of a PDF with the paper's pages set as ``look`` says."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    for page in paper.pages:
        if look.running:
            canvas.setFont("Helvetica", 8)
            head = "Jurnal Paradiplomasi Vol. 5 No. 1" if page.number % 2 else "Kerja Sama di Masa Pandemi"
            canvas.drawString(MARGIN, HEIGHT - 30, head)
        _draw_page(canvas, paper, page.start, page.end, look)
        if look.running:
            canvas.setFont("Helvetica", 8)
            canvas.drawCentredString(WIDTH / 2, 20, str(page.number + 60))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_page(canvas: Canvas, paper: Paper, start: int, end: int, look: Look) -> None:
    width = (WIDTH - 2 * MARGIN - (look.columns - 1) * GUTTER) / look.columns
    x, y = MARGIN, HEIGHT - 50
    for paragraph in paper.paragraphs:
        if paragraph.end <= start or paragraph.start >= end:
            continue
        font = "Times-Bold" if paragraph.kind == "heading" else "Times-Roman"
        text = paper.text[max(start, paragraph.start) : min(end, paragraph.end)].strip()
        indent = 12.0 if paragraph.kind == "text" and paragraph.start >= start else 0.0
        for number, line in enumerate(_wrap(text, font, width, indent, look.hyphenated)):
            if y < 40:
                x, y = x + width + GUTTER, HEIGHT - 50
            assert x + width <= WIDTH - MARGIN + 1, "the page is too small"
            canvas.setFont(font, SIZE)
            canvas.drawString(x + (indent if number == 0 else 0), y, line)
            y -= LEADING


def _wrap(text: str, font: str, width: float, indent: float, hyphenated: bool) -> list[str]:
    lines, line = [], ""
    room = width - indent
    words = text.split(" ")
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, font, SIZE) <= room:
            line = longer
            continue
        head, tail = _part(word, line, font, room, hyphenated)
        lines.append(f"{line} {head}".strip())
        line, room = "", width
        words.insert(0, tail)
    return [*lines, line]


def _part(word: str, line: str, font: str, room: float, hyphenated: bool) -> tuple[str, str]:
    """Break a word so that its head fits: after its own hyphen or, if ``hyphenated``, between syllables."""
    cuts = [(found.end(), "") for found in re.finditer(r"(?<=\w)-(?=\w)", word)]
    if hyphenated and re.fullmatch(r"[a-z]{6,}\W*", word):
        cuts += [(found.end(), "-") for found in re.finditer(r"(?<=\w)[aeiou](?=[b-df-hj-np-tv-z][aeiou])", word)]
    for at, mark in sorted(cuts, reverse=True):
        if stringWidth(f"{line} {word[:at]}{mark}", font, SIZE) <= room:
            return word[:at] + mark, word[at:]
    assert line, "a word is wider than its column"
    return "", word
