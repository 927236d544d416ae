"""HTML as lines of text, each with its kind. Files of Word, EPUB and Markdown are converted to HTML, and read here.

The markup decides: headings, list items, captions and the rows of tables become lines of that kind. A paragraph becomes
a line without a kind, so that a source, keywords or a caption in it can still be recognised by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from corpus.errors import PaperError
from corpus.formats.zip import too_deep
from corpus.metadata import Metadata
from corpus.paper import Kind
from corpus.structure.cleaning import clean
from corpus.structure.manuscript import Line, Manuscript

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NOT_SHOWN: Final = frozenset({
    "head", "script", "style", "template", "noscript", "nav", "iframe", "object", "embed", "audio", "video", "canvas",
    "svg", "button", "select", "textarea", "datalist", "input", "dialog", "annotation", "annotation-xml", "rp", "rt",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
    "li", "main", "ol", "p", "pre", "section", "summary", "table", "caption", "thead", "tbody", "tfoot", "tr", "td",
    "th", "ul",
})  # fmt: skip
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "li": "item",
    "figcaption": "caption",
    "caption": "caption",
}
_CELLS: Final = ("td", "th")
_BOLD: Final = ("b", "strong")
_BACK = frozenset("¶#§↑↩🔗\ufe0e")  # the text of links to a heading, or back from a note
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SOFT_HYPHEN = "\xad"
_CLOSED_AT_ONCE = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)[\s/])"  # have no end tag in HTML
    r"([a-zA-Z][\w:-]*)((?:\s[^<>]*)?)/>"
)


def parse_html(name: str, text: str, *, is_xml: bool = False) -> Element:
    """Return the root of an HTML text, or of XHTML (``is_xml``), whose elements may be closed in their start tag.

    Entities that the text defines itself are not expanded. Raises PaperError where elements are nested more than 2,048
    deep.
    """
    from lxml import etree, html

    if is_xml:
        text = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", text)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root: Element = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # the text has no element
        root = html.document_fromstring(b"<html></html>")
    if any("Excessive depth" in error.message for error in parser.error_log):
        raise too_deep(name)
    return root


def one_page(name: str, lines: list[Line], metadata: Metadata) -> Manuscript:
    """Return lines as a manuscript of one page. Raises PaperError where there is no line."""
    if not lines:
        raise PaperError(
            f"{name}: no text in it; give a paper with text",
            indonesian=f"{name}: tidak ada teks di dalamnya; berikan makalah yang berisi teks",
        )
    return Manuscript(tuple(lines), 1, dense=False, metadata=metadata)


def lines_of(root: Element) -> list[Line]:
    """Return the text in an element as lines of page 1, without what is hidden or only for navigation."""
    return _LineCollector().lines_of(_main(root))


def _main(root: Element) -> Element:
    """Return the element that the page marks as its main text, or else the root."""
    for parts in (root.xpath("//main | //*[@role='main']"), root.xpath("//article[.//h1]")):
        if len(parts) == 1:
            return parts[0]
    return root


class _Open(NamedTuple):
    """An open element that gives its text a kind. ``inline``: blocks in it do not begin new lines."""

    element: Element
    kind: Kind
    level: int | None = None
    inline: bool = False


class _LineCollector:
    """Collects lines while it walks over a tree; without recursion, since the tree may be deep."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.text: list[str] = []
        self.bold = 0  # number of open elements in bold type
        self.plain = False  # whether some of the line's text is not bold
        self.open: list[_Open] = []
        self.begins_table = False

    def lines_of(self, root: Element) -> list[Line]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if _is_left_out(element):
                    walk.skip_subtree()
                    continue
                self._begin(element)
                self._write(element.text)
            else:
                self._end(element)
                if element is not root:
                    self._write(element.tail)
        self._flush()
        return self.lines

    def _begin(self, element: Element) -> None:
        tag = element.tag
        self.bold += tag in _BOLD
        if tag == "br":
            self.text.append(" ")
        if tag not in _BLOCKS:
            return
        if self.open and self.open[-1].inline:
            self.text.append(" ")
            return
        self._flush()
        if tag == "table":
            self.begins_table = True
        if tag == "tr" and _is_data(element):
            self.open.append(_Open(element, "table-header" if _is_header(element) else "row", inline=True))
        elif tag in _KINDS:
            level = _HEADINGS.index(tag) + 1 if tag in _HEADINGS else None
            self.open.append(_Open(element, _KINDS[tag], level))

    def _end(self, element: Element) -> None:
        if _is_left_out(element):
            return
        self.bold -= element.tag in _BOLD
        if self.open and self.open[-1].element is element:
            self._flush()
            self.open.pop()
        elif element.tag in _BLOCKS:
            if self.open and self.open[-1].inline:
                self.text.append(" ")
            else:
                self._flush()

    def _write(self, text: str | None) -> None:
        if text:
            self.text.append(text)
            self.plain = self.plain or (not self.bold and not text.isspace())

    def _flush(self) -> None:
        """End the line, if there is any text in it."""
        words = " ".join(clean("".join(self.text)).replace(_SOFT_HYPHEN, "").split())
        strong, self.text, self.plain = not self.plain, [], False
        if not words:
            return
        kind, level = (self.open[-1].kind, self.open[-1].level) if self.open else (None, None)
        in_table = kind in ("row", "table-header")
        gap = bool(self.lines) and (not in_table or self.begins_table)
        self.begins_table = self.begins_table and not in_table
        style = "strong" if strong else ""
        self.lines.append(Line(1, words, gap, style=style, strong=strong, kind=kind, level=level))


def _is_left_out(element: Element) -> bool:
    """Return whether an element is hidden, is for navigation, or is the mark of a note."""
    tag, attributes = element.tag, element.attrib
    if tag in _NOT_SHOWN or "hidden" in attributes or _UNSEEN.search(attributes.get("style", "")):
        return True
    if attributes.get("role") in ("navigation", "contentinfo", "search", "doc-noteref", "doc-backlink", "doc-toc"):
        return True
    if attributes.get("epub:type") in ("noteref", "pagebreak", "toc", "landmarks", "page-list"):
        return True
    if tag == "footer":
        parent = element.getparent()
        return parent is not None and parent.tag == "body"
    if tag == "a":
        return set("".join(element.itertext()).strip()) <= _BACK and attributes.get("href", "").startswith("#")
    return tag == "sup" and len(element) == 1 and element[0].tag == "a" and element[0].get("href", "").startswith("#")


def _is_data(row: Element) -> bool:
    """Return whether a row is one of a table of data, not of one that only lays out the page."""
    table = next(row.iterancestors("table"), None)
    if table is None or table.get("role") in ("presentation", "none"):
        return False
    cells = [cell for cell in row if cell.tag in _CELLS]
    return len(cells) > 1 and next(row.iterdescendants("table", *_HEADINGS), None) is None


def _is_header(row: Element) -> bool:
    """Return whether a row has the names of the columns: it is marked so, or is the first and in bold type."""
    if not _has_next(row):
        return False
    if row.getparent().tag == "thead":
        return True
    cells = [cell for cell in row if cell.tag in _CELLS]
    return _is_first(row) and (all(cell.tag == "th" for cell in cells) or all(map(_is_bold, cells)))


def _is_first(row: Element) -> bool:
    parent = row.getparent()
    above = next(parent.itersiblings("thead", "tbody", "tr", preceding=True), None) if parent.tag != "table" else None
    return above is None and next(row.itersiblings("tr", preceding=True), None) is None


def _has_next(row: Element) -> bool:
    parent = row.getparent()
    below = next(parent.itersiblings("tbody", "tr"), None) if parent.tag != "table" else None
    return below is not None or next(row.itersiblings("tr"), None) is not None


def _is_bold(cell: Element) -> bool:
    def letters(parts: Iterator[str]) -> int:
        return sum(len("".join(part.split())) for part in parts)

    count = letters(cell.itertext())
    bold = (part for element in cell.iterdescendants(*_BOLD) for part in element.itertext())
    return 0 < count <= letters(bold)
