from __future__ import annotations

import io
import zipfile

import pytest

from corpus import PaperError, read_paper
from corpus.formats.zip import MOST_UNPACKED, Parts
from corpus.guarded import read_guarded
from tests.corpus.formats.zip_maker import docx, epub, paragraph, zipped


def test_parts_are_read_by_name() -> None:
    parts = Parts("x.zip", zipped({"a.xml": "<a>text</a>", "b/c.txt": b"\0"}))
    assert "a.xml" in parts
    assert "b" not in parts
    assert parts.read("b/c.txt") == b"\0"
    assert parts.xml("a.xml").text == "text"


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda: docx(" " * (MOST_UNPACKED + 1)), "unpacks to 5 parts and 60,00"),
        (lambda: epub({"a.xhtml": " " * (MOST_UNPACKED + 1)}), "unpacks to 5 parts and 60,00"),
        (lambda: zipped({f"{n}.txt": b"" for n in range(20_001)}), "unpacks to 20,001 parts and 0 bytes"),
    ],
    ids=["docx", "epub", "parts"],
)
def test_a_small_file_that_unpacks_to_much_is_refused(make: object, line: str) -> None:
    data = make()  # type: ignore[operator]
    assert len(data) < 3_000_000
    with pytest.raises(PaperError) as caught:
        read_paper("x.zip", data)
    assert caught.value.in_language("en").startswith(f"x.zip: {line}")
    assert caught.value.in_language("id").startswith("x.zip: isinya setelah dibuka")


def test_a_part_that_says_it_is_smaller_than_it_is_ends_there() -> None:
    data = docx(paragraph("x" * 1000))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        info = file.getinfo("word/document.xml")
    true, false = info.file_size.to_bytes(4, "little"), (100).to_bytes(4, "little")
    with pytest.raises(PaperError, match=r"x\.docx: the file is damaged"):
        read_paper("x.docx", data.replace(true, false))


def test_pictures_may_be_large() -> None:
    out = io.BytesIO(docx(paragraph("Masks came late.")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/media/image1.bmp", bytes(MOST_UNPACKED + 1))
    assert read_paper("x.docx", out.getvalue()).text == "Masks came late."


def test_a_part_with_a_password_is_refused() -> None:
    data = bytearray(epub({"a.xhtml": "<p>Masks came late.</p>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag is in both of each part's headers
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    with pytest.raises(PaperError, match=r"x\.epub: the file is encrypted") as caught:
        read_paper("x.epub", bytes(data))
    assert caught.value.in_language("id").startswith("x.epub: berkas ini terenkripsi")


def test_all_of_them_are_read_in_the_child_too() -> None:
    for name, data in {
        "x.docx": docx(paragraph("Masks came late.")),
        "x.epub": epub({"a.xhtml": "<p>Masks came late.</p>"}),
        "x.html": b"<p>Masks came late.",
        "x.md": b"*Masks* came late.",
    }.items():
        paper = read_guarded(name, data)
        assert (paper.name, paper.text) == (name, "Masks came late.")
