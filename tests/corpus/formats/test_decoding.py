from __future__ import annotations

import codecs

import pytest

from corpus.formats.decoding import decode, parse_json


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(mark: bytes) -> None:
    encoding = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(mark, "utf-8")
    assert decode(mark + "“四川” 😀".encode(encoding)) == "“四川” 😀"


@pytest.mark.parametrize(
    ("data", "encoding", "start"),
    [(b"caf\xe9 au lait", "UTF-8", 3), (b"\xef\xbb\xbfcaf\xe9", "UTF-8", 6), (b"\xff\xfea\0b", "UTF-16", 4)],
)
def test_where_it_breaks_off_is_a_place_in_the_file(data: bytes, encoding: str, start: int) -> None:
    with pytest.raises(UnicodeDecodeError) as caught:
        decode(data)
    assert (caught.value.encoding, caught.value.start) == (encoding, start)


@pytest.mark.parametrize("text", ["[" * 100_000, b'{"a":' * 100_000, "1" * 5_000, "{", ""])
def test_what_is_no_json_raises_one_kind_of_error(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_json(text)
