"""Makes scans: pages of text printed to pictures, spoiled as a copier spoils them, in a PDF without a text layer."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.pdf.recognition import INSTALL, is_installed

needs_recognition = pytest.mark.skipif(not is_installed(), reason=f"no text recognition: {INSTALL}")

TEXT = """PENDAHULUAN

Perjanjian kota kembar antara Bandung dan Chengdu ditandatangani pada 17 Maret 2015 oleh kedua wali kota. Sejak saat
itu, para mahasiswa dan tenaga kesehatan saling berkunjung setiap tahun.

METODE PENELITIAN

Data dikumpulkan melalui wawancara dengan sebelas pejabat. Chengdu mengirimkan 12.500 masker bedah."""
"""A page to scan."""

A4 = (595.0, 842.0)  # points
_MARGIN = 70  # points


def printed(text: str, *, dpi: int = 200, size: float = 11, font: Path | None = None) -> Image.Image:
    """Return a page of A4 with a text, whose paragraphs are parted by empty lines, ``size`` points high.

    ``font`` is a TrueType file; None is the one that Pillow brings, which has no serifs.
    """
    dot = dpi / 72
    image = Image.new("L", (round(A4[0] * dot), round(A4[1] * dot)), 255)
    draw = ImageDraw.Draw(image)
    type_ = ImageFont.truetype(font, size * dot) if font else ImageFont.load_default(size * dot)
    left, top, widest = _MARGIN * dot, _MARGIN * dot, (A4[0] - 2 * _MARGIN) * dot
    for paragraph in text.split("\n\n"):
        line = ""
        for word in [*paragraph.split(), ""]:
            longer = f"{line} {word}".strip()
            if word and draw.textlength(longer, font=type_) <= widest:
                line = longer
                continue
            draw.text((left, top), line, font=type_, fill=25)
            top += 1.4 * size * dot
            line = word
        top += 0.8 * size * dot
    return image


def spoiled(image: Image.Image, *, turn: float = 0.5, blur: float = 0.7, noise: float = 12) -> Image.Image:
    """Return a picture turned by some degrees, blurred, greyed and with noise: grey levels, as their deviation."""
    image = image.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(blur))
    image = image.point([int(level * 0.85 + 20) for level in range(256)])
    draw, tile = random.Random(0), 256
    levels = (round(draw.gauss(128, noise)) for _ in range(tile * tile))
    grain = Image.frombytes("L", (tile, tile), bytes(min(255, max(0, level)) for level in levels))
    grains = Image.new("L", image.size)
    for left in range(0, image.width, tile):
        for top in range(0, image.height, tile):
            grains.paste(grain, (left, top))
    return ImageChops.add(image, grains, offset=-128)


def scan(pages: Sequence[Image.Image | str], *, stamp: str = "") -> bytes:
    """Return a PDF of A4 pages, each a picture, or a text in type; ``stamp`` is text on the pictures' edge."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in pages:
        if isinstance(page, str):
            for nth, line in enumerate(page.split("\n")):
                canvas.drawString(_MARGIN, A4[1] - _MARGIN - 16 * nth, line)
        else:
            canvas.drawImage(ImageReader(page), 0, 0, *A4)
            if stamp:
                canvas.drawString(20, 20, stamp)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
