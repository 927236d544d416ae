"""Makes the DOCX and EPUB files that tests read, part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in {
        "Judul": "Title",
        "Judul1": "heading 1",
        "Judul2": "heading 2",
        "Keterangan": "caption",
        "TOC1": "toc 1",
    }.items()
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of these parts, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    """Return a paragraph in Word's XML; ``style`` is an id, as Word in Indonesian has them ("Judul1")."""
    how = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p>{how}<w:r>{weight}<w:t>{escape(text)}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table in Word's XML, whose first row is in bold type."""
    made = ("".join(f"<w:tc>{paragraph(cell, bold=nth == 0)}</w:tc>" for cell in row) for nth, row in enumerate(rows))
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def docx(body: str, *, title: str = "", author: str = "", before: str = "") -> bytes:
    """Return a DOCX file with a body in Word's XML; ``before`` stands before the document's first element."""
    about = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        "<dcterms:created>2021-05-06T07:08:09Z</dcterms:created></cp:coreProperties>"
    )
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f'{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{_W}">{_STYLES}</w:styles>',
            "docProps/core.xml": about,
        }
    )


def epub(
    chapters: Mapping[str, str], *, metadata: str = "", more: Mapping[str, str] | None = None, before: str = ""
) -> bytes:
    """Return an EPUB file with chapters, by the names of their files, each the inside of a body.

    ``before`` stands before the package document's first element, ``more`` are other parts.
    """
    items = "".join(
        f'<item id="c{nth}" href="text/{name}" media-type="application/xhtml+xml"/>'
        for nth, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{nth}"/>' for nth in range(len(chapters)))
    nav = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    pages = {
        f"OPS/text/{name}": '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f'<head><title/><script src="x.js"/></head><body>{body}</body></html>'
        for name, body in chapters.items()
    }
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "OPS/book.opf": f'{before}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
            f'<manifest>{nav}{items}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>',
            "OPS/nav.xhtml": "<html><body><p>Daftar isi</p></body></html>",
            **pages,
            **(more or {}),
        }
    )
