"""PDFs that are small and ask for far more time or memory than any reader should give, or lead it in circles."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Final

_SHOWN = b"BT /F1 12 Tf 72 700 Td (A sentence that can be read.) Tj ET"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
)


def made(objects: Mapping[int, bytes] | None = None, *, size: int | None = None, trailer: bytes = b"") -> bytes:
    """Return a PDF of one page, with some of its objects put in place of the sound ones, or beside them.

    1 is the catalogue, 2 the page tree, 3 the page, 4 its content, 5 its font. ``size`` is what the trailer declares.
    """
    bodies = {1: _CATALOGUE, 2: _PAGES, 3: _PAGE, 4: stream(_SHOWN), 5: _FONT} | dict(objects or {})
    out = bytearray(b"%PDF-1.5\n")
    offsets = {}
    for number, body in sorted(bodies.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    last = max(bodies)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size or last + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"", *, length: int | None = None) -> bytes:
    """Return a stream object's body; ``length`` is what it declares, where that is not true."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (
        len(data) if length is None else length,
        entries,
        data,
    )


def page_is_its_own_parent() -> bytes:
    return made({3: _PAGE.replace(b"/Parent 2 0 R", b"/Parent 3 0 R").replace(b"/MediaBox [0 0 595 842]", b"")})


def kids_in_a_ring() -> bytes:
    return made({2: b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>", 6: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"})


def kids_of_itself() -> bytes:
    return made({2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"})


def kids_that_double() -> bytes:
    """Return forty levels of page trees, each of which holds the next one twice: 2**40 pages of one."""
    levels = {
        number: b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 >>" % (number + 1, number + 1)
        for number in range(10, 50)
    }
    return made(levels | {2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", 50: _PAGE})


def deep_arrays() -> bytes:
    return made({3: _PAGE.replace(b"/Contents", b"/Deep " + b"[" * 100_000 + b"]" * 100_000 + b" /Contents")})


def deep_dictionaries() -> bytes:
    return made(
        {3: _PAGE.replace(b"/Contents", b"/Deep " + b"<</A " * 100_000 + b"1" + b">>" * 100_000 + b" /Contents")}
    )


def deep_operands() -> bytes:
    return made({4: stream(b"[" * 100_000 + b"]" * 100_000 + b" TJ " + _SHOWN)})


def reference_to_itself() -> bytes:
    return made({4: b"4 0 R"})


def references_in_a_ring() -> bytes:
    return made({4: b"6 0 R", 6: b"7 0 R", 7: b"4 0 R"})


def length_in_a_ring() -> bytes:
    return made({4: b"<< /Length 4 0 R >>\nstream\n" + _SHOWN + b"\nendstream"})


def declared_10_gb() -> bytes:
    return made({4: stream(_SHOWN, length=10_000_000_000)})


def object_stream_in_itself() -> bytes:
    """Return a PDF whose cross-reference stream says that the object stream, and all else, lies in that stream."""
    return _with_xref_stream(b"6 0 ", lambda number: (2, 6, 0))


def object_streams_in_a_ring() -> bytes:
    """Return a PDF in which two object streams extend each other, and each is said to lie in the other."""
    return _with_xref_stream(b"7 0 ", lambda number: (2, 7 if number == 6 else 6, 0))


def _with_xref_stream(inner: bytes, place: Callable[[int], tuple[int, int, int]]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    held = stream(inner + b"<< /Type /Catalog /Pages 2 0 R >>", b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R")
    out += b"6 0 obj\n" + held + b"\nendobj\n7 0 obj\n" + held + b"\nendobj\n"
    start = len(out)
    rows = b"".join(
        kind.to_bytes(1, "big") + at.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, at, index in [(0, 0, 0), *map(place, range(1, 8)), (1, start, 0)]
    )
    out += b"8 0 obj\n" + stream(rows, b"/Type /XRef /Size 9 /W [1 4 2] /Root 1 0 R") + b"\nendobj\n"
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def xref_of_itself() -> bytes:
    """Return a PDF whose cross-reference table is said to follow after itself."""
    sound = made()
    start = sound.rindex(b"xref\n0 ")
    return made(trailer=b"/Prev %d" % start)


def declared_size() -> bytes:
    return made(size=2**31 - 1)


def declared_xref_entries() -> bytes:
    return made().replace(b"xref\n0 6\n", b"xref\n0 2000000000\n")


def declared_xref_stream() -> bytes:
    """Return a PDF whose cross-reference stream declares a thousand million entries of no bytes each."""
    out = bytearray(b"%PDF-1.5\n1 0 obj\n" + _CATALOGUE + b"\nendobj\n")
    start = len(out)
    out += (
        b"8 0 obj\n" + stream(b"", b"/Type /XRef /Size 9 /Index [0 1000000000] /W [0 0 0] /Root 1 0 R") + b"\nendobj\n"
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def flate_bomb() -> bytes:
    return made({4: stream(_deflated_zeros(1_000_000_000), b"/Filter /FlateDecode")})


def nested_flate_bomb() -> bytes:
    return made({4: stream(zlib.compress(_deflated_zeros(1_000_000_000), 9), b"/Filter [/FlateDecode /FlateDecode]")})


def many_filters() -> bytes:
    return made({4: stream(zlib.compress(_SHOWN), b"/Filter [" + b"/FlateDecode " * 10_000 + b"]")})


def predictor_bomb() -> bytes:
    """Return a stream of 10 MB with a predictor over rows of which each is one byte."""
    parameters = b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1 >>"
    return made({4: stream(_deflated_zeros(20_000_000), parameters)})


def lzw_bomb() -> bytes:
    """Return LZW data in which each code adds one to the longest run: 4,000 codes make 8 MB, and so on, many times."""
    bits = []
    for _ in range(100):
        bits.append(f"{256:09b}{32:09b}")  # clear the table, a space
        for code in range(258, 4095):
            width = 9 if code < 511 else 10 if code < 1023 else 11 if code < 2047 else 12
            bits.append(f"{code:0{width}b}")
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    data = int(text, 2).to_bytes(len(text) // 8, "big")
    return made({4: stream(data, b"/Filter /LZWDecode")})


def run_length_bomb() -> bytes:
    return made({4: stream(zlib.compress(b"\x81 " * 10_000_000, 9), b"/Filter [/FlateDecode /RunLengthDecode]")})


def form_in_itself() -> bytes:
    form = stream(
        b"/X Do " * 2 + _SHOWN,
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    page = _PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")
    return made({3: page, 4: stream(b"/X Do " + _SHOWN), 6: form})


def forms_that_double() -> bytes:
    """Return thirty forms, each of which draws the next one twice: 2**30 drawings of the last."""
    forms = {
        number: stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (number + 1),
        )
        for number in range(10, 40)
    }
    page = _PAGE.replace(b"/Font", b"/XObject << /X 10 0 R >> /Font")
    last = stream(_SHOWN, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >>")
    return made(forms | {3: page, 4: stream(b"/X Do"), 40: last})


def nested_groups() -> bytes:
    """Return 1.4 kB that draw 33,825 transparency groups: by the page's pixels, half a minute at 1400 to its width."""
    group = b"/Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency /I true >>"
    again = zlib.compress(b"/X Do " * 32)
    forms = {
        number: stream(again, group + b"/Filter /FlateDecode /Resources << /XObject << /X %d 0 R >> >>" % (number + 1))
        for number in (6, 7, 8)
    }
    page = _PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font", 1)
    return made(forms | {3: page, 4: stream(_SHOWN + b" /X Do"), 9: stream(b"0 0 595 842 re f", group)})


def huge_character_range() -> bytes:
    """Return a font whose map to Unicode has a range of four thousand million characters."""
    return _mapped(b"1 beginbfrange\n<00000000> <FFFFFFFF> <0041>\nendbfrange\n")


def many_character_ranges() -> bytes:
    return _mapped(b"100 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 10_000 + b"endbfrange\n")


def _mapped(ranges: bytes) -> bytes:
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + ranges + b"endcmap\nend\nend\n"
    )
    return made({5: _FONT.replace(b">>", b"/ToUnicode 6 0 R >>"), 6: stream(to_unicode)})


def huge_widths() -> bytes:
    """Return a font with a width for each of two thousand million characters."""
    descendant = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [0 2000000000 500] >>"
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    return made({5: font, 6: descendant})


def many_operators() -> bytes:
    return made({4: stream(zlib.compress(b"q Q " * 5_000_000, 9), b"/Filter /FlateDecode")})


def many_shown_strings() -> bytes:
    shown = b"BT /F1 12 Tf " + b"(a) Tj " * 2_000_000 + b"ET"
    return made({4: stream(zlib.compress(shown, 9), b"/Filter /FlateDecode")})


def many_contents() -> bytes:
    return made({3: _PAGE.replace(b"4 0 R", b"[" + b"4 0 R " * 200_000 + b"]")})


def endless_line() -> bytes:
    """Return a page with one word of ten million letters."""
    shown = b"BT /F1 12 Tf 72 700 Td (" + b"a" * 10_000_000 + b") Tj ET"
    return made({4: stream(zlib.compress(shown, 9), b"/Filter /FlateDecode")})


def many_pages() -> bytes:
    """Return 20,000 pages of one content."""
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 20_010))
    tree = b"<< /Type /Pages /Kids [" + kids + b"] /Count 20000 >>"
    return made({2: tree} | dict.fromkeys(range(10, 20_010), _PAGE))


def declared_pages() -> bytes:
    return made({2: _PAGES.replace(b"/Count 1", b"/Count 2000000000")})


def outline_in_a_ring() -> bytes:
    outline = b"<< /First 6 0 R /Last 6 0 R /Count 1 >>"
    item = b"<< /Title (a) /Next 7 0 R /First 7 0 R >>"
    return made({1: _CATALOGUE.replace(b">>", b"/Outlines 8 0 R >>"), 6: item, 7: item.replace(b"7", b"6"), 8: outline})


def odd_encryption() -> bytes:
    parameters = b"<< /Filter /Standard /V 5 /R 6 /Length -1 /P 99999999999 /O () /U () /OE () /UE () /Perms () >>"
    return made({6: parameters}, trailer=b"/Encrypt 6 0 R /ID [() ()]")


def endless_key() -> bytes:
    """Return a PDF that is encrypted with a key of a thousand million bits."""
    parameters = b"<< /Filter /Standard /V 2 /R 3 /Length 1000000000 /P -4 /O (%s) /U (%s) >>" % (b"o" * 32, b"u" * 32)
    return made({6: parameters}, trailer=b"/Encrypt 6 0 R /ID [(a) (a)]")


def encrypted_by_itself() -> bytes:
    return made({6: b"6 0 R"}, trailer=b"/Encrypt 6 0 R /ID [(a) (a)]")


def heavy_pages() -> bytes:
    """Return a thousand pages that each take as long as a page can, and are one stream."""
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 1010))
    tree = b"<< /Type /Pages /Kids [" + kids + b"] /Count 1000 >>"
    shown = b"BT /F1 12 Tf 72 700 Td " + b"(A sentence, shown over and over.) Tj " * 200_000 + b"ET"
    return made(
        {2: tree, 4: stream(zlib.compress(shown, 9), b"/Filter /FlateDecode")} | dict.fromkeys(range(10, 1010), _PAGE)
    )


def huge_page() -> bytes:
    return made({3: _PAGE.replace(b"595 842", b"1e30 1e30")})


def long_name() -> bytes:
    return made({5: _FONT.replace(b"Helvetica", b"A" * 5_000_000)})


def many_metadata() -> bytes:
    """Return a PDF whose XMP metadata have entities that double thirty times."""
    entities = b"".join(b'<!ENTITY e%d "&e%d;&e%d;">' % (at, at - 1, at - 1) for at in range(1, 30))
    xmp = (
        b'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">' + entities + b"]>"
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
        b"&e29;</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    catalogue = _CATALOGUE.replace(b">>", b"/Metadata 6 0 R >>")
    return made({1: catalogue, 6: stream(xmp, b"/Type /Metadata /Subtype /XML")})


def _deflated_zeros(count: int) -> bytes:
    """Return so many zeros in Flate (RFC 1950), a kilobyte for each million, from one block of them over and over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (count % 65521) << 16 | 1
    return b"\x78\xda" + block * (count // 1_000_000) + b"\x03\x00" + checksum.to_bytes(4, "big")


NASTY: Final[dict[str, Callable[[], bytes]]] = {
    make.__name__: make
    for make in (
        page_is_its_own_parent, kids_in_a_ring, kids_of_itself, kids_that_double, deep_arrays, deep_dictionaries,
        deep_operands, reference_to_itself, references_in_a_ring, length_in_a_ring, declared_10_gb,
        object_stream_in_itself, object_streams_in_a_ring, xref_of_itself, declared_size, declared_xref_entries,
        declared_xref_stream, flate_bomb, nested_flate_bomb, many_filters, predictor_bomb, lzw_bomb, run_length_bomb,
        form_in_itself, forms_that_double, nested_groups, huge_character_range, many_character_ranges, huge_widths,
        many_operators, many_shown_strings, many_contents, endless_line, many_pages, heavy_pages, declared_pages,
        outline_in_a_ring, odd_encryption, endless_key, encrypted_by_itself, huge_page, long_name, many_metadata,
    )
}  # fmt: skip
