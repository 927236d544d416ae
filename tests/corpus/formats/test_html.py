from __future__ import annotations

import pytest

from corpus import PaperError, read_paper
from corpus.formats.file import File
from corpus.formats.registry import format_of
from corpus.metadata import NO_METADATA, Metadata
from corpus.structure.tables import find_tables
from tests.corpus.spans import check_spans

PAPER = """<!DOCTYPE html><html><head><title>Bantuan Masker - Jurnal</title></head><body>
<nav><a href="/">Beranda</a></nav><h1>Bantuan Masker</h1>
<p>Penelitian ini mengkaji bantuan. Bantuan itu tiba pada 2 April 2020.</p>
<h2>Hasil</h2><p>Data dikumpulkan melalui:</p><ul><li>wawancara;</li><li>dokumen.</li></ul>
<table><caption>Tabel 1. Bantuan menurut negara</caption>
<tr><th>No</th><th>Negara</th><th>Jumlah</th></tr><tr><td>1</td><td>Tiongkok</td><td>20.000</td></tr>
<tr><td>2</td><td>Jepang</td><td>5.000</td></tr><tr><td>3</td><td>Korea Selatan</td><td>7.000</td></tr></table>
<p>Sumber: Dinas Kesehatan, 2020</p>
<table><tr><th>Kota</th><th>Tahun</th></tr><tr><td>Bandung</td><td>2015</td></tr></table>
<p>Tabel ini ringkas</p><p>Kata kunci: masker, bantuan</p></body></html>"""


def test_a_page_is_a_paper_of_one_page() -> None:
    paper = read_paper("masker.html", PAPER.encode())
    check_spans(paper)
    assert [page.number for page in paper.pages] == [1]
    assert [(section.title, section.level) for section in paper.sections] == [("Bantuan Masker", 1), ("Hasil", 2)]
    kinds = [(sentence.kind, sentence.text) for sentence in paper.sentences]
    assert kinds == [
        ("heading", "Bantuan Masker"),
        ("text", "Penelitian ini mengkaji bantuan."),
        ("text", "Bantuan itu tiba pada 2 April 2020."),
        ("heading", "Hasil"),
        ("text", "Data dikumpulkan melalui:"),
        ("item", "wawancara;"),
        ("item", "dokumen."),
        ("caption", "Tabel 1. Bantuan menurut negara"),
        ("table-header", "No Negara Jumlah"),
        ("row", "1 Tiongkok 20.000"),
        ("row", "2 Jepang 5.000"),
        ("row", "3 Korea Selatan 7.000"),
        ("source", "Sumber: Dinas Kesehatan, 2020"),
        ("table-header", "Kota Tahun"),
        ("row", "Bandung 2015"),
        ("text", "Tabel ini ringkas"),
        ("keywords", "Kata kunci: masker, bantuan"),
    ]
    passages = {passage.text: passage.full_text for passage in paper.passages}
    assert passages["dokumen."] == "Data dikumpulkan melalui: dokumen."
    assert passages["2 Jepang 5.000"] == "Tabel 1. Bantuan menurut negara No Negara Jumlah 2 Jepang 5.000"
    assert passages["Bandung 2015"] == "Kota Tahun Bandung 2015"


def test_its_numbered_tables_have_columns() -> None:
    tables = [table for table in find_tables(read_paper("masker.html", PAPER.encode())) if not table.is_list]
    assert [table.header["id"] for table in tables] == [("No", "Negara", "Jumlah")]
    assert [row.cells["id"] for row in tables[0].rows] == [
        ("1", "Tiongkok", "20.000"),
        ("2", "Jepang", "5.000"),
        ("3", "Korea Selatan", "7.000"),
    ]


def test_a_numbered_table_needs_no_caption_and_one_without_numbers_has_no_columns() -> None:
    def page(*rows: tuple[str, str]) -> bytes:
        cells = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in rows)
        return f"<html><body><table><tr><th>No</th><th>City</th></tr>{cells}</table></body></html>".encode()

    numbered = read_paper("x.html", page(("1", "Bandung"), ("2", "Depok"), ("3", "Bogor")))
    assert [names for table in find_tables(numbered) for names in table.header.values()] == [("No", "City")]
    assert find_tables(read_paper("x.html", page(("West", "Java"), ("East", "Java"), ("Central", "Java")))) == ()


def test_without_marked_headings_those_by_looks_count() -> None:
    markup = "<html><body><p><b>Introduction</b></p><p>Masks came late.</p><p><b>Method</b></p><p>We asked.</p>"
    paper = read_paper("x.html", markup.encode())
    assert [section.title for section in paper.sections] == ["Introduction", "Method"]


@pytest.mark.parametrize(
    ("name", "head", "known"),
    [
        ("x.txt", "<!doctype html><title>T</title>", True),
        ("x", "\ufeff\n <!-- saved -->\n<HTML lang='id'>", True),
        ("x.xhtml", '<?xml version="1.0"?><html xmlns="...">', True),
        ("x.txt", '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "...">', True),
        ("x.htm", "<p>Text.", True),
        ("x.txt", "<p>Text.", False),
        ("x.txt", "About <html> and what it is.", False),
    ],
)
def test_html_is_known_by_its_beginning_or_its_name(name: str, head: str, known: bool) -> None:
    assert (format_of(File(name, head.encode())).name == "HTML") is known


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<meta name="citation_title" content="On Masks"><meta name="citation_author" content="Ani, A.">'
            '<meta name="citation_author" content="Budi, B.">'
            '<meta name="citation_publication_date" content="2021/05/06">',
            Metadata("On Masks", ("Ani, A.", "Budi, B."), 2021),
        ),
        (
            '<meta name="DC.Title" content="On  Masks"><meta name="DC.Creator" content="Ani">'
            '<meta name="DCTERMS.issued" content="2021-05"><meta name="author" content="Site">',
            Metadata("On Masks", ("Ani",), 2021),
        ),
        ("<title>Masks</title>", Metadata("Masks")),
        ("<title>Masks | Journal of Aid</title>", NO_METADATA),
        ('<meta name="citation_title" content="paper.docx"><meta name="description" content="2020">', NO_METADATA),
    ],
)
def test_metadata_are_those_that_are_certain(head: str, expected: Metadata) -> None:
    markup = f"<!doctype html><html><head>{head}</head><body><h1>Masks</h1><p>They came late.</p></body></html>"
    assert read_paper("x.html", markup.encode()).metadata == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_encodings(encoding: str) -> None:
    markup = f'<html><head><meta charset="{encoding}"></head><body><p>Le café “naïf” a été là.</p></body></html>'
    if encoding == "latin-1":
        markup = markup.replace("“", "").replace("”", "")
    paper = read_paper("x.html", markup.encode(encoding))
    assert paper.text in ("Le café “naïf” a été là.", "Le café naïf a été là.")


@pytest.mark.parametrize("named", ["", '<meta charset="ascii">', '<meta charset="zip">', '<meta charset="no-such">'])
def test_an_unknown_encoding_is_refused(named: str) -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("x.html", f"<html>{named}<p>caf\xe9".encode("latin-1"))
    assert caught.value.in_language("en").startswith("x.html: not UTF-8 text")
    assert "byte 0xe9 at offset" in caught.value.in_language("en")
    assert caught.value.in_language("id").startswith("x.html: bukan teks UTF-8")


@pytest.mark.parametrize("markup", ["", "<html></html>", "<html><script>x</script><nav>y</nav></html>"])
def test_a_page_without_text_is_refused(markup: str) -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("x.html", markup.encode())
    assert caught.value.in_language("en") == "x.html: no text in it; give a paper with text"
    assert caught.value.in_language("id").startswith("x.html: tidak ada teks di dalamnya")
