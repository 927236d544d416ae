"""The metadata of PDFs."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from corpus.metadata import NO_METADATA, Metadata
from corpus.pdf.metadata import read_metadata

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A title in XMP</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Siti Aminah</rdf:li><rdf:li>Budi Santoso</rdf:li></rdf:Seq></dc:creator>
{date}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def pdf(information: dict[str, str] | None = None, xmp: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if information:
        writer.add_metadata(information)
    if xmp:
        stream = DecodedStreamObject()
        stream.set_data(xmp.encode())
        stream[NameObject("/Type")], stream[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
        writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_title_authors_and_the_year_the_file_was_made() -> None:
    entries = {"/Title": " On\nmasks ", "/Author": "A. Aminah; B. Budi", "/CreationDate": "D:20190304120000Z"}
    assert read_metadata(pdf(entries)) == Metadata("On masks", ("A. Aminah", "B. Budi"), None, 2019)


@pytest.mark.parametrize("tag", ["prism:publicationDate", "prism:coverDate"])
def test_xmp_counts_first_and_knows_when_the_paper_came_out(tag: str) -> None:
    found = read_metadata(pdf({"/Title": "Older"}, XMP.format(date=f"<{tag}>2021-05-01</{tag}>")))
    assert found[:3] == ("A title in XMP", ("Siti Aminah", "Budi Santoso"), 2021)


@pytest.mark.parametrize("title", ["Microsoft Word - skripsi final.doc", "untitled", "paper.pdf", "  "])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert read_metadata(pdf({"/Title": title})).title == ""


def test_nothing_is_guessed() -> None:
    assert read_metadata(pdf()) == NO_METADATA


@pytest.mark.parametrize("xmp", ["<not xml", "<a/>", "\x00"])
def test_damaged_metadata_count_as_not_told(xmp: str) -> None:
    assert read_metadata(pdf({"/Title": "Sound", "/CreationDate": "rubbish"}, xmp)).title == "Sound"


def test_oddities_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    data = pdf({"/Title": "Sound"}).replace(b"/Title (Sound)", b"/Title (Sound)\n/Title (Odd)")
    assert b"(Odd)" in data
    read_metadata(data)
    assert not caplog.records


@pytest.mark.parametrize("author", ["anonymous", "Anonymous", " ANONYMOUS ", "unknown", "Author", "user", ";"])
def test_what_programs_write_for_an_author_is_none(author: str) -> None:
    assert read_metadata(pdf({"/Author": author})).authors == ()
    assert read_metadata(pdf({"/Author": f"{author}; A. Aminah"})).authors == ("A. Aminah",)
    assert read_metadata(pdf({"/Author": "Anonymous Collective"})).authors == ("Anonymous Collective",)
