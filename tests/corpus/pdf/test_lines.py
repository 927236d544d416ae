"""PDFs: the bundled paper set again, PDFs that cannot be read, and PDFs found on this machine."""

from __future__ import annotations

import gzip
import io
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from corpus import Paper, PaperError, load_paper, read_paper
from corpus.__main__ import outline
from corpus.structure.cleaning import clean
from tests.corpus.pdf.pdf_maker import Look, make_pdf
from tests.corpus.pdf.test_glyphs import bitmaps
from tests.corpus.spans import check_spans

LOOKS = {
    "one column": Look(),
    "two columns": Look(columns=2),
    "one column, hyphenated": Look(hyphenated=True),
    "two columns, hyphenated": Look(columns=2, hyphenated=True),
    "no running heads": Look(running=False),
}
DOCS = Path("/usr/share/doc")
FOUND = [
    "libtasn1-doc/libtasn1.pdf",
    "shared-mime-info/shared-mime-info-spec.pdf",
    "zlib1g-dev/crc-doc.1.0.pdf.gz",
    "fontconfig/fontconfig-user.pdf.gz",
    "bzip2/manual.pdf.gz",
]


@cache
def pdf(look: Look) -> bytes:
    return make_pdf(load_paper(), look)


def load(folder: Path, data: bytes, name: str = "paper.pdf") -> Paper:
    path = folder / name
    path.write_bytes(data)
    return load_paper(path)


def simple_pdf(*pages: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("name", LOOKS)
def test_the_paper_set_again_has_the_same_sentences_on_the_same_pages(tmp_path: Path, name: str) -> None:
    paper, again = load_paper(), load(tmp_path, pdf(LOOKS[name]))
    wanted = Counter((sentence.page, sentence.text) for sentence in paper.sentences)
    found = Counter((sentence.page, sentence.text) for sentence in again.sentences)
    assert (wanted & found).total() >= 0.99 * len(paper.sentences)
    assert again.text == paper.text
    assert [(s.level, s.title, s.page) for s in again.sections] == [(s.level, s.title, s.page) for s in paper.sections]
    check_spans(again)


def test_hyphenation_really_occurs_in_the_hyphenated_pdf() -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(LOOKS["two columns, hyphenated"]))).pages)
    assert sum(line.rstrip().endswith("-") for line in text.splitlines()) > 50


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    paper = load(tmp_path, simple_pdf("A sentence in a PDF."), "paper.txt")
    assert [sentence.text for sentence in paper.sentences] == ["A sentence in a PDF."]


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    paper = load(tmp_path, simple_pdf("The first page.", "", "The third page."))
    assert paper.pages_without_text == (2,)
    assert [sentence.page for sentence in paper.sentences] == [1, 3]
    assert paper.pages[1].text == ""


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
@pytest.mark.parametrize("after", [b"", b"\n<!-- sent by a proxy -->" * 400])
def test_bytes_before_the_header_and_after_the_end_are_allowed(tmp_path: Path, before: bytes, after: bytes) -> None:
    assert load(tmp_path, before + simple_pdf("A sentence.") + after).text == "A sentence."


def test_a_text_that_mentions_the_header_of_pdfs_is_a_text(tmp_path: Path) -> None:
    text = "A file that begins with %PDF-1.7 is a PDF, and ends with %%EOF."
    assert load(tmp_path, text.encode(), "notes.txt").text == text


def test_a_pdf_made_for_the_web_has_an_end_mark_near_its_start_and_can_be_cut_short_all_the_same() -> None:
    whole = simple_pdf("A sentence.")
    with pytest.raises(PaperError, match="cut short"):
        read_paper("paper.pdf", whole.replace(b"%PDF-1.3", b"%PDF-1.3\n%%EOF", 1)[:-300])


def test_what_the_file_does_not_say_is_shown_and_never_quoted(tmp_path: Path) -> None:
    known, unknown = "This sentence is known in full.", "This one has a sign \ufffd that is not."
    paper = load(tmp_path, f"{known} {unknown} {known}".encode(), "paper.txt")
    assert [sentence.text for sentence in paper.sentences] == [known, unknown, known]
    assert paper.unquotable == (1,)
    assert {(passage.first, passage.last) for passage in paper.passages} == {(0, 0), (2, 2)}
    assert any("1 sentence with characters that the file does not say" in line for line in outline(paper))


@pytest.mark.parametrize(
    ("data", "english", "indonesian"),
    [
        (bitmaps(b"hhi hih xqzkw bcdfg " * 9), "100% of its characters are in fonts", "100% hurufnya memakai fon"),
        (
            simple_pdf("Andamungkintidakdapatmelihatperintahdipantulkan. "),
            "of its letters are in words",
            "hurufnya berada",
        ),
        (simple_pdf("T h e m a s k s w e r e f e w"), "100% of its words are single letters", "100% katanya hanya"),
    ],
    ids=["unknown", "glued", "apart"],
)
def test_a_text_that_is_not_the_words_on_the_page_is_refused(data: bytes, english: str, indonesian: str) -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("paper.pdf", data)
    assert english in caught.value.in_language("en")
    assert indonesian in caught.value.in_language("id")
    assert "OCR" in caught.value.in_language("en")


def test_long_names_of_programs_and_rows_of_crosses_are_not_lost_spaces(tmp_path: Path) -> None:
    text = f"AffinePlaneOverPseudoAlgebraicClosureOfFiniteField {'x' * 40} are two words."
    assert load(tmp_path, simple_pdf(text)).sentences[0].text == text


def test_clean() -> None:
    assert clean("e\ufb03cient \ufb01nance \ufb02ow") == "efficient finance flow"
    assert clean("cafe\u0301 x\u00b2 a\u2010b\u200b\x07") == "caf\u00e9 x\u00b2 a-b"


def locked(user_password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(simple_pdf("A secret.")))
    writer.encrypt(user_password, "owner", algorithm="RC4-128")
    return written(writer)


def test_encrypted_without_a_user_password_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, locked("")).text == "A secret."


@pytest.mark.parametrize(
    ("data", "english", "indonesian"),
    [
        (b"<html>not a PDF</html>", "named .pdf, but .* starts with “<html>no”", "bukan PDF; .* diawali “<html>no”"),
        (b"%PDF-1.4\n%%EOF\n", "the PDF is damaged", "PDF ini rusak"),
        (b"%PDF-1.4\nrubbish\n" * 50 + b"startxref\n99\n%%EOF\n", "the PDF is damaged", "PDF ini rusak"),
        (simple_pdf("Cut short.")[:-600], "the PDF is cut short", "PDF ini terpotong"),
        (locked("secret"), "the PDF is encrypted", "PDF ini terenkripsi"),
        (written(PdfWriter()), "the PDF .*has no pages", "PDF ini .*tidak memiliki halaman"),
        (simple_pdf("", "", ""), r"no text on pages 1-3; .*OCR", r"tidak ada teks di halaman 1-3; .*OCR"),
        (simple_pdf(""), r"no text on page 1; .*OCR", r"tidak ada teks di halaman 1; .*OCR"),
        (b"", "the file is empty", "berkas ini kosong"),
    ],
    ids=["html", "header only", "rubbish", "cut", "locked", "no pages", "scan", "scanned page", "empty"],
)
def test_pdfs_that_cannot_be_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], data: bytes, english: str, indonesian: str
) -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("paper.pdf", data)
    for message, wanted in ((caught.value.in_language("en"), english), (caught.value.in_language("id"), indonesian)):
        assert re.match(rf"paper\.pdf: (?=.*{wanted})", message)
        assert not {"\n", "/"} & set(message)
    with pytest.raises(PaperError) as of_file:
        load(tmp_path, data)
    assert str(of_file.value) == f"{tmp_path}/{caught.value}"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", FOUND)
def test_pdfs_found_on_this_machine(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    path = DOCS / name
    if not path.exists():
        pytest.skip(f"{path} is not installed")
    data = path.read_bytes()
    paper = load(tmp_path, gzip.decompress(data) if name.endswith(".gz") else data)
    assert capfd.readouterr() == ("", "")
    assert len(paper.pages) > 5
    assert len(paper.sections) > 5
    assert {sentence.language for sentence in paper.sentences} == {"en"}
    check_spans(paper)
    prose = [s.text for s in paper.sentences if s.kind == "text" and len(s.text) > 40]
    assert len(prose) > 100
    if name.startswith("zlib"):
        titles = [(section.level, section.title) for section in paper.sections]
        assert (1, "Abstract") in titles
        assert (2, "5.2 Compiler comparison") in titles
        assert titles[-1] == (1, "References")
