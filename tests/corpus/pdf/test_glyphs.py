"""Glyphs of PDFs: what they mean, and where the file does not say."""

from __future__ import annotations

from contextlib import closing

import pypdfium2
import pytest

from corpus.paper import UNKNOWN
from corpus.pdf.glyphs import Glyph, page_glyphs
from tests.corpus.nasty import made, stream


def glyphs(data: bytes) -> list[Glyph]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return page_glyphs(document[0].get_textpage())


def text(data: bytes) -> str:
    return "".join(" " * glyph.spaced + glyph.text for glyph in glyphs(data)).strip()


def shown(content: bytes) -> bytes:
    return made({4: stream(content)})


def bitmaps(codes: bytes) -> bytes:
    """Return a PDF that shows codes of a font without a name, whose glyphs are drawings and not said to be letters."""
    used = sorted(set(codes) - {0x20})
    differences = b" ".join(b"%d /g%d" % (code, code) for code in used)
    procedures = b" ".join(b"/g%d 6 0 R" % code for code in used)
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] "
        b"/FirstChar 0 /LastChar 255 /Widths [%s] /Encoding << /Differences [%s] >> /CharProcs << %s >> >>"
        % (b"500 " * 256, differences, procedures)
    )
    words = [b"<%s> -400" % word.hex().encode() for word in codes.split(b" ")]
    content = b"BT /F1 10 Tf 72 700 Td [%s] TJ ET" % b" ".join(words)
    return made({4: stream(content), 5: font, 6: stream(b"500 0 0 0 500 700 d1 50 0 400 650 re f")})


def test_spaces_that_are_only_distance() -> None:
    data = shown(b"BT /F1 10 Tf 72 700 Td [(Anda) -300 (mungkin) -300 (tidak)] TJ ET")
    assert text(data) == "Anda mungkin tidak"


def test_letters_that_are_placed_one_by_one_are_a_word() -> None:
    places = [(b"T", 72.0), (b"h", 78.1), (b"e", 83.7), (b"e", 92.0), (b"n", 97.6), (b"d", 103.1)]
    data = shown(b" ".join(b"BT /F1 10 Tf %.1f 700 Td (%s) Tj ET" % (x, letter) for letter, x in places))
    assert text(data) == "The end"


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        (b"The signi\x0ccance of di\x0berent di\x0eculties", "The significance of different difficulties"),
        (b"The signi\x1ccance of di\x1berent di\x1eculties", "The significance of different difficulties"),
        (b"He wrote \x5ca quoted word\x22 in the text", "He wrote \u201ca quoted word\u201d in the text"),
    ],
    ids=["OT1", "T1", "quotes"],
)
def test_ligatures_and_quotes_in_tex_s_bitmap_fonts(codes: bytes, wanted: str) -> None:
    assert text(bitmaps(codes)) == wanted


def test_a_font_whose_codes_do_not_read_like_words_is_not_guessed_at() -> None:
    assert text(bitmaps(b"hhi hih xqzkw bcdfg")) == f"{UNKNOWN * 3} {UNKNOWN * 3} {UNKNOWN * 5} {UNKNOWN * 5}"


ACCENTED = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def test_accents_of_their_own_are_composed_with_their_letters() -> None:
    # In Helvetica at 10 points "perch" is 25.0 wide, e 5.6, and the acute accent, whose code is 264 in octal, 3.3.
    placed = ((b"perch", 72.0), (b"e", 97.0), (rb"\264", 98.1))
    content = b" ".join(b"BT /F1 10 Tf %.1f 700 Td (%s) Tj ET" % (x, part) for part, x in placed)
    found = glyphs(made({4: stream(content), 5: ACCENTED}))
    assert [glyph.text for glyph in found] == ["p", "e", "r", "c", "h", "\u00e9"]
    assert len(found[-1].numbers) == 2


def test_an_accent_that_stands_apart_stays_so() -> None:
    content = rb"BT /F1 10 Tf 72 700 Td (e \264 e) Tj ET"
    assert text(made({4: stream(content), 5: ACCENTED})) == "e \u00b4 e"


def test_places_are_those_of_the_line_whichever_way_it_runs() -> None:
    along, up = (
        glyphs(shown(b"BT /F1 10 Tf %s 72 700 Tm (Along) Tj ET" % matrix)) for matrix in (b"1 0 0 1", b"0 1 -1 0")
    )
    assert [glyph.quarter for glyph in (*along, *up)] == [0] * 5 + [1] * 5
    assert (along[0].left, along[0].baseline) == pytest.approx((72, 700), abs=1)
    assert (up[0].left, up[0].baseline) == pytest.approx((700, -72), abs=1)
    assert [glyph.size for glyph in (*along, *up)] == pytest.approx([10] * 10)
