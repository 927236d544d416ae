"""The glyphs of a PDF's page, read with PDFium: their places, and the characters that they stand for.

PDFium also finds spaces that exist only as distances, which pypdf loses. A glyph whose font does not say which
character it is becomes U+FFFD (`UNKNOWN`), never a guess: text with it is shown, but not quoted.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import addressof, byref, c_double, create_string_buffer
from typing import Any, NamedTuple

from pypdfium2 import raw as pdfium

from corpus.paper import UNKNOWN

_LINE_END_HYPHEN = "\x02"  # as PDFium reports it
_LONGEST_NAME = 200  # bytes of a font's name
_LETTERS_TO_JUDGE = 8  # fewer letters do not show whether a font's codes make words
_VOWELS = (0.2, 0.6)  # share of the letters of a text in Latin script
_NEAR = 0.6  # of a letter's height: an accent farther away belongs to another letter

_TEX = {0x0B: "ff", 0x0C: "fi", 0x0D: "fl", 0x0E: "ffi", 0x0F: "ffl", 0x10: "\u0131", 0x12: "`", 0x13: "\u00b4"}
_TEX |= {0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl", 0x15: "\u2013", 0x16: "\u2014"}
_TEX |= {0x22: "\u201d", 0x5C: "\u201c", 0x60: "\u2018", 0x27: "\u2019", 0x7B: "\u2013", 0x7C: "\u2014"}
"""Codes of TeX's text fonts (OT1 and T1, as listed in LaTeX's encguide) that differ from ASCII. Fonts without a name in
PDFs are nearly always TeX's bitmap fonts."""

_ACCENTS = {
    "`": "\u0300", "\u00b4": "\u0301", "^": "\u0302", "\u02c6": "\u0302", "~": "\u0303", "\u02dc": "\u0303",
    "\u00af": "\u0304", "\u02d8": "\u0306", "\u02d9": "\u0307", "\u00a8": "\u0308", "\u02da": "\u030a",
    "\u02dd": "\u030b", "\u02c7": "\u030c", "\u00b8": "\u0327",
}  # fmt: skip
_DOTLESS = {"\u0131": "i", "\u0237": "j"}


class Glyph(NamedTuple):
    """A glyph: its characters, and its place on the page, turned so that its line runs to the right.

    ``numbers`` are the indexes of its characters in PDFium's text page: several for a ligature, or for a letter with an
    accent. Places and sizes are in points; the y axis points up. ``style`` is the font, a space and the size.
    ``spaced``: a space is drawn before it, or PDFium adds one; ``drawn``: a space is drawn there. ``quarter`` is by how
    many quarter turns its line is rotated, counterclockwise.
    """

    text: str
    numbers: tuple[int, ...]
    left: float
    right: float
    baseline: float
    size: float
    style: str
    spaced: bool
    drawn: bool
    quarter: int


class _Font(NamedTuple):
    """The font of the glyphs of one text object."""

    name: str
    size: float
    quarter: int


def page_glyphs(text_page: Any) -> list[Glyph]:
    """Return the glyphs of a page (a ``pypdfium2.PdfTextPage``), line by line, without white space.

    First come the lines that run to the right on the page as it is shown, in PDFium's order; then all others, in the
    order in which they are drawn.
    """
    glyphs = _with_accents(_with_meanings(_with_sizes(list(_glyphs(text_page))), text_page))
    turns = text_page.page.get_rotation() // 90
    turned = [glyph for glyph in glyphs if (glyph.quarter - turns) % 4]
    if not turned:
        return glyphs
    texts = text_page.page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT])
    places = {addressof(text.raw.contents): place for place, text in enumerate(texts)}
    turned.sort(key=lambda glyph: places.get(_address(text_page.raw, glyph.numbers[0]), 0))
    return [*(glyph for glyph in glyphs if (glyph.quarter - turns) % 4 == 0), *turned]


def _glyphs(text_page: Any) -> Iterator[Glyph]:
    raw = text_page.raw
    fonts: dict[int, _Font] = {}
    box, x, y = pdfium.FS_RECTF(), c_double(), c_double()
    spaced, drawn, high, last = False, False, "", None
    for number in range(text_page.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(raw, number))
        if _is_space(raw, number, char):
            spaced = spaced or char not in "\r\n"
            drawn = drawn or not pdfium.FPDFText_IsGenerated(raw, number)
            continue
        if "\ud800" <= char < "\udc00":
            high = char  # half a character; the other half comes next
            continue
        char, high = (high + char).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ""
        address = _address(raw, number)
        if address not in fonts:
            fonts[address] = _font(raw, number)
        font = fonts[address]
        pdfium.FPDFText_GetLooseCharBox(raw, number, byref(box))
        height = box.right - box.left if font.quarter % 2 else box.top - box.bottom
        size = font.size if font.name else height
        pdfium.FPDFText_GetCharOrigin(raw, number, byref(x), byref(y))
        left, right, baseline = _turned(box, x.value, y.value, font.quarter)
        is_ligature = last and last.text.isalpha() and char.isalpha() and not spaced
        if is_ligature and last and (left, right, baseline) == (last.left, last.right, last.baseline):
            last = last._replace(text=last.text + char, numbers=(*last.numbers, number))
            continue
        if last:
            yield last
        char = "-" if char == _LINE_END_HYPHEN else char
        style = f"{font.name} {font.size:.1f}"
        last = Glyph(char, (number,), left, right, baseline, size, style, spaced, drawn, font.quarter)
        spaced = drawn = False
    if last:
        yield last


def _address(raw: Any, number: int) -> int:
    """Return the address of a character's text object, which identifies it on its page; 0 for none."""
    text = pdfium.FPDFText_GetTextObject(raw, number)
    return addressof(text.contents) if text else 0


def _is_space(raw: Any, number: int, char: str) -> bool:
    """Return whether a character is white space, drawn or added by PDFium; an unmapped code may look like it."""
    if pdfium.FPDFText_IsGenerated(raw, number):
        return char != _LINE_END_HYPHEN
    return char.isspace() and not (ord(char) in _TEX and pdfium.FPDFText_HasUnicodeMapError(raw, number))


def _font(raw: Any, number: int) -> _Font:
    name = create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFText_GetFontInfo(raw, number, name, _LONGEST_NAME, None)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, number, byref(matrix))
    size = pdfium.FPDFText_GetFontSize(raw, number) * math.hypot(matrix.c, matrix.d)
    quarter = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
    return _Font(name.value.decode("utf-8", "replace").rsplit("+", 1)[-1], size, quarter)


def _turned(box: Any, x: float, y: float, quarter: int) -> tuple[float, float, float]:
    """Return a glyph's left edge, right edge and baseline, on the page turned so that its line runs to the right."""
    if quarter == 0:
        return box.left, box.right, y
    if quarter == 1:
        return box.bottom, box.top, -x
    if quarter == 2:
        return -box.right, -box.left, -y
    return -box.top, -box.bottom, x


def _with_sizes(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Make glyphs of a font without a name, which has no size either, as large as the tallest of them on the page."""
    tallest: dict[str, float] = {}
    for glyph in glyphs:
        if glyph.style.startswith(" "):
            tallest[glyph.style] = max(tallest.get(glyph.style, 0), glyph.size)
    return [
        glyph._replace(size=(size := tallest[glyph.style]), style=f"{glyph.style} {size:.1f}")
        if glyph.style in tallest
        else glyph
        for glyph in glyphs
    ]


def _with_meanings(glyphs: Sequence[Glyph], text_page: Any) -> list[Glyph]:
    """Replace characters that are only codes of their font: by the characters of TeX's fonts, or by `UNKNOWN`.

    A font without a name counts as a TeX font if the codes of its letters make words.
    """
    raw = text_page.raw
    unsure = {i for i, glyph in enumerate(glyphs) if pdfium.FPDFText_HasUnicodeMapError(raw, glyph.numbers[0])}
    letters: dict[str, list[str]] = {}
    for i in unsure:
        style, text = glyphs[i].style, glyphs[i].text
        if style.startswith(" ") and text.isascii() and text.isalpha():
            letters.setdefault(style, []).append(text.lower())
    of_text = {style for style, found in letters.items() if _make_words(found)}
    return [_meant(glyph, is_code=i in unsure, of_text=glyph.style in of_text) for i, glyph in enumerate(glyphs)]


def _make_words(letters: Sequence[str]) -> bool:
    vowels = sum(letter in "aeiou" for letter in letters) / len(letters)
    return len(letters) >= _LETTERS_TO_JUDGE and _VOWELS[0] <= vowels <= _VOWELS[1]


def _meant(glyph: Glyph, *, is_code: bool, of_text: bool) -> Glyph:
    code = ord(glyph.text[0])
    if is_code and of_text:
        char = _TEX.get(code, glyph.text if 0x20 < code < 0x7F else UNKNOWN)
        return glyph._replace(text=char)
    if is_code or unicodedata.category(glyph.text[0]) in ("Cc", "Cs"):
        return glyph._replace(text=UNKNOWN)
    return glyph


def _with_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Combine each accent that is a glyph of its own with the letter next to it that it is over or under."""
    done: list[Glyph] = []
    for glyph in glyphs:
        last = done[-1] if done else None
        composed = last and (_composed(last, glyph) or _composed(glyph, last))
        if last and composed:
            numbers = last.numbers + glyph.numbers
            letter = glyph if last.text in _ACCENTS else last
            done[-1] = letter._replace(text=composed, numbers=numbers, spaced=last.spaced, drawn=last.drawn)
        else:
            done.append(glyph)
    return done


def _composed(accent: Glyph, letter: Glyph) -> str | None:
    """Return the character that an accent and a letter make; None where the accent is not at that letter."""
    mark = _ACCENTS.get(accent.text)
    if mark is None or not letter.text.isalpha() or accent.quarter != letter.quarter:
        return None
    centre, width = (accent.left + accent.right) / 2, letter.right - letter.left
    beside = not letter.left - 0.1 * width <= centre <= letter.right + 0.1 * width
    if beside or abs(accent.baseline - letter.baseline) > _NEAR * letter.size:
        return None
    char = unicodedata.normalize("NFC", _DOTLESS.get(letter.text, letter.text) + mark)
    return char if len(char) == 1 else None
