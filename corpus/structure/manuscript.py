"""Lines as the readers of files return them, and how wide they and their columns are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from corpus.metadata import NO_METADATA, Metadata
from corpus.paper import Kind
from corpus.pdf.recognised import RecognisedPage

_WIDTHS = {
    180: "'", 200: "|", 250: ",. ", 278: "/:;\\ijlt", 333: "!()-I[]`fr", 389: "Js", 408: '"', 444: "?acez", 480: "{}",
    500: "#$*0123456789_bdghknopquvxy", 556: "FPS", 564: "+<=>", 611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYw",
    778: "&m", 833: "%", 889: "M", 921: "@", 944: "W",
}  # fmt: skip
"""Characters by their width in Times, in thousandths of an em."""

_WIDTH_OF = {char: width / 1000 for width, chars in _WIDTHS.items() for char in chars}
ENDS = tuple(".?!:;)]\u201d\"'\u2019")
"""What the last line of a paragraph may end with."""

_NEIGHBOURS = 10  # lines on either side that show how wide a line's column is


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, with runs of spaces collapsed to one.

    ``gap``: there is more room above it than between two lines of one paragraph. ``loose``: it ended with more than
    one space, as the last line of a paragraph often does in extracted text. ``glued``: the next line follows without a
    space. ``style``: the type it is set in, "" where unknown. ``strong``: it is set in bolder or larger type than the
    running text. ``kind``: what the file marks the line as, which is then a whole block; None where the file does not.
    ``level``: that of a marked heading, 1 the highest.
    """

    page: int
    text: str
    gap: bool = False
    loose: bool = False
    glued: bool = False
    style: str = ""
    strong: bool = False
    kind: Kind | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a reader returns: the lines of a file in reading order, and the number of its pages.

    ``dense``: only the widths and the words of the lines show where a paragraph ends, as in a PDF; otherwise every
    paragraph has a gap above it. ``metadata`` are what the file says of itself, ``recognised`` are the pages whose
    lines were recognised in their pictures.
    """

    lines: tuple[Line, ...]
    page_count: int
    dense: bool
    metadata: Metadata = NO_METADATA
    recognised: tuple[RecognisedPage, ...] = ()


def joined(lines: tuple[Line, ...]) -> str:
    """Join lines with a space, or with nothing after a glued one."""
    return "".join(line.text if line.glued else f"{line.text} " for line in lines).rstrip(" ")


def natural_width(text: str) -> float:
    """Return the width of a text set in Times, in ems, which is far more precise than its number of characters."""
    return sum(_WIDTH_OF.get(char, 0.5) for char in text)


def column_widths(lines: tuple[Line, ...]) -> list[float]:
    """Return the width of each line's column, in ems, estimated from the lines around it."""
    columns: list[float] = []
    for _, on_page in groupby(lines, key=lambda line: line.page):
        widths = [natural_width(line.text) for line in on_page]
        # The widest of the page, without the few lines that stick out (a long address, a table).
        usual = sorted(widths)[int(0.95 * (len(widths) - 1))]
        widest = max(width for width in widths if width <= 1.05 * usual)
        for i in range(len(widths)):
            near = min(max(widths[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS + 1]), widest)
            columns.append(widest if near > 0.85 * widest else near)
    return columns
