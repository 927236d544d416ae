from __future__ import annotations

from pathlib import Path

import pytest

from corpus import BUNDLED_PAPER, PaperError, load_paper, read_paper
from corpus.formats.file import File
from corpus.formats.text import read_text


def write(folder: Path, data: bytes) -> Path:
    path = folder / "paper.txt"
    path.write_bytes(data)
    return path


def test_form_feeds_part_pages_even_empty_ones(tmp_path: Path) -> None:
    paper = load_paper(write(tmp_path, b"One page.\n\f\n\fThe third.\n\f"))
    assert [page.text for page in paper.pages] == ["One page.", "", "The third."]
    assert paper.pages_without_text == (2,)
    assert [sentence.page for sentence in paper.sentences] == [1, 3]


def test_a_sentence_over_a_form_feed(tmp_path: Path) -> None:
    paper = load_paper(write(tmp_path, b"It began here and\n\fended there. So it did.\n"))
    assert [(s.text, s.page, s.last_page) for s in paper.sentences] == [
        ("It began here and ended there.", 1, 2),
        ("So it did.", 2, 2),
    ]


def test_indented_paragraphs_are_no_pages() -> None:
    text = "\n".join(" Indented first line of a paragraph\nand its second line." for _ in range(30))
    assert read_text(File("a.txt", text.encode())).page_count == 1
    spaced = "\n\n".join(" Every paragraph is indented here, and all are parted." for _ in range(30))
    assert read_text(File("a.txt", spaced.encode())).page_count == 1


def test_running_heads_go_from_text_with_form_feeds(tmp_path: Path) -> None:
    pages = [f"Journal of Trade\nThe text of page {word}.\n{n}\n" for n, word in enumerate("abcdef", 11)]
    paper = load_paper(write(tmp_path, "\f".join(pages).encode()))
    assert [page.text for page in paper.pages] == [f"The text of page {word}." for word in "abcdef"]


@pytest.mark.parametrize("change", ["windows", "mark", "utf-16", "plain"])
def test_line_ends_and_byte_order_mark_change_nothing(tmp_path: Path, change: str) -> None:
    data = BUNDLED_PAPER.read_bytes()
    data = data.replace(b"\n", b"\r\n") if change == "windows" else data
    data = b"\xef\xbb\xbf" + data if change == "mark" else data
    data = data.decode().encode("utf-16") if change == "utf-16" else data
    paper = load_paper(write(tmp_path, data))
    bundled = load_paper()
    assert paper.digest == bundled.digest
    assert paper.sentences == bundled.sentences
    assert paper.pages == bundled.pages


def test_a_dash_at_a_line_end_is_no_hyphen(tmp_path: Path) -> None:
    paper = load_paper(write(tmp_path, b"The rate was -\n3% then, for negara-\nnegara.\n"))
    assert paper.text == "The rate was -3% then, for negara-negara."


@pytest.mark.parametrize(
    ("data", "english", "indonesian"),
    [
        (b"", "the file is empty", "berkas ini kosong"),
        (b" \n\n\t\n", "the file is empty", "berkas ini kosong"),
        (b"caf\xe9 au lait", "not UTF-8 text: byte 0xe9 at offset 3;", "bukan teks UTF-8: byte 0xe9 pada posisi 3;"),
        (
            b"\xef\xbb\xbfcaf\xe9",
            "not UTF-8 text: byte 0xe9 at offset 6;",
            "bukan teks UTF-8: byte 0xe9 pada posisi 6;",
        ),
        (
            "Paper".encode("utf-16")[:-1],
            "not UTF-16 text: byte 0x72 at offset 10;",
            "bukan teks UTF-16: byte 0x72 pada posisi 10;",
        ),
        (b"P\0a\0p\0e\0r\0", "not a text file: zero byte after 1 ", "bukan berkas teks: ada byte nol setelah 1 "),
    ],
    ids=["empty", "blank", "latin-1", "after a byte order mark", "half of utf-16", "zero bytes"],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, english: str, indonesian: str) -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("paper.txt", data)
    for message, wanted in ((caught.value.in_language("en"), english), (caught.value.in_language("id"), indonesian)):
        assert message.startswith(f"paper.txt: {wanted}")
        assert "\n" not in message
    with pytest.raises(PaperError) as of_file:
        load_paper(write(tmp_path, data))
    assert str(of_file.value) == f"{tmp_path}/{caught.value}"
