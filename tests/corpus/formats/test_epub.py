from __future__ import annotations

import pytest

from corpus import PaperError, read_paper
from corpus.metadata import NO_METADATA, Metadata
from tests.corpus.formats.zip_maker import epub, zipped
from tests.corpus.spans import check_spans

CHAPTERS = {
    "b.xhtml": '<a id="p1"/><h1>Masks</h1><p>They came late.<sup><a href="#n">1</a></sup></p>',
    "a.xhtml": "<h1>Rice</h1><p>It grew well.<br/>Harvests &amp; prices rose.</p>",
}


def test_chapters_come_in_the_order_of_the_spine() -> None:
    paper = read_paper("book.epub", epub(CHAPTERS))
    check_spans(paper)
    assert [(s.kind, s.text) for s in paper.sentences] == [
        ("heading", "Masks"),
        ("text", "They came late."),
        ("heading", "Rice"),
        ("text", "It grew well."),
        ("text", "Harvests & prices rose."),
    ]
    assert len(paper.pages) == 1
    assert paper.metadata == NO_METADATA
    assert read_paper("book.txt", epub(CHAPTERS)).text == paper.text


def test_metadata() -> None:
    package = (
        '<dc:title>On  Masks</dc:title><dc:creator id="a">Ani</dc:creator>'
        '<dc:creator xmlns:opf="http://www.idpf.org/2007/opf" opf:role="trl">Budi</dc:creator>'
        '<dc:date xmlns:opf="http://www.idpf.org/2007/opf" opf:event="modification">2024</dc:date>'
        "<dc:date>2021-05-06</dc:date>"
    )
    assert read_paper("x.epub", epub(CHAPTERS, metadata=package)).metadata == Metadata("On Masks", ("Ani",), 2021)


def test_fonts_may_be_encrypted_and_chapters_may_not() -> None:
    def encryption(part: str) -> dict[str, str]:
        reference = f'<encryption><CipherReference URI="{part}"/></encryption>'
        return {"META-INF/encryption.xml": reference}

    assert read_paper("x.epub", epub(CHAPTERS, more=encryption("OPS/font.otf"))).sentences
    with pytest.raises(PaperError, match=r"x\.epub: the file is encrypted") as caught:
        read_paper("x.epub", epub(CHAPTERS, more=encryption("OPS/text/a.xhtml")))
    assert caught.value.in_language("id").startswith("x.epub: berkas ini terenkripsi")


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


def test_entities_are_not_expanded() -> None:
    small = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bbb">]>'
    paper = read_paper("x.epub", epub(CHAPTERS, metadata="<dc:title>&a;&b;</dc:title>", before=small))
    assert paper.metadata == NO_METADATA
    with pytest.raises(PaperError, match=r"x\.epub: the file is damaged"):
        read_paper("x.epub", epub(CHAPTERS, metadata="<dc:title>&j;</dc:title>", before=BOMB))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (epub({}), "no text in it"),
        (epub({"a.xhtml": "<p/>"}), "no text in it"),
        (epub({"a.xhtml": "<div>" * 5000}), "its elements lie too deep"),
        (epub({"a.xhtml": "x"}, before="<"), "the file is damaged"),
        (zipped({"META-INF/container.xml": "<container/>"}), "the file is damaged"),
        (zipped({"META-INF/container.xml": '<c><rootfile full-path="../../etc/passwd"/></c>'}), "the file is damaged"),
        (b"Masks came.", "named .epub, but its content is no EPUB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(data: bytes, line: str) -> None:
    with pytest.raises(PaperError) as caught:
        read_paper("x.epub", data)
    assert caught.value.in_language("en").startswith(f"x.epub: {line}")
    assert caught.value.in_language("id") != caught.value.in_language("en")
