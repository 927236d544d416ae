"""What can be said of a manuscript's lines one by one: how full they are, how they end, how they are set."""

from __future__ import annotations

from corpus import headings
from corpus.layout import Line, Manuscript, column_widths, natural_width

ENDS = tuple(".?!:;)]\u201d\"'\u2019")
_SHORT = 0.85  # of the column's width: two lines in a row seldom fill less, but for a paragraph's last and first
_VERY_SHORT = 0.7  # hardly ever does one line within a paragraph fill less
_FEW = 0.15  # headings are at most this part of the lines


def joined(lines: tuple[Line, ...]) -> str:
    """Join lines with a space, or with nothing after a glued one."""
    return "".join(line.text if line.glued else f"{line.text} " for line in lines).rstrip(" ")


class LineFacts:
    """Answers questions about the lines of one manuscript; lines are named by their index."""

    def __init__(self, manuscript: Manuscript) -> None:
        """Measure the columns and see whether headings are set in stronger type."""
        self.lines = manuscript.lines
        self.dense = manuscript.dense
        self.columns = column_widths(self.lines)
        strong = [line.text for line in self.lines if line.strong]
        telling = any(map(headings.is_known, strong)) or headings.are_numbered(strong)
        self.strong_headings = telling and len(strong) <= _FEW * len(self.lines)

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.lines)

    def text(self, i: int) -> str:
        """Return line ``i``; past the end, nothing."""
        return self.lines[i].text if i < len(self.lines) else ""

    def gap(self, i: int) -> bool:
        """Tell whether there is room above line ``i``."""
        return self.lines[i].gap

    def fits(self, i: int, share: float = 1.0) -> bool:
        """Tell whether line ``i`` had room for the first word of the next, in ``share`` of its column."""
        word = self.text(i + 1).split(" ", 1)[0]
        return natural_width(f"{self.text(i)} {word}") < share * self.columns[i]

    def short(self, i: int, share: float = _SHORT) -> bool:
        """Tell whether line ``i`` fills less than ``share`` of its column."""
        return natural_width(self.text(i)) < share * self.columns[i]

    def continues(self, i: int) -> bool:
        """Tell whether line ``i`` opens in a small letter."""
        return self.text(i)[:1].islower()

    def stands_out(self, i: int) -> bool:
        """Tell whether line ``i`` is in the stronger type of headings, and the line before it is not."""
        if not self.strong_headings or not self.lines[i].strong:
            return False
        return i == 0 or self.lines[i - 1].style != self.lines[i].style

    def new_paragraph(self, i: int) -> bool:
        """Tell whether running text starts anew at line ``i``."""
        if self.gap(i):
            return not (self.dense and self.continues(i))
        if not self.dense or not self.text(i - 1).endswith(ENDS) or self.continues(i):
            return False
        if self.lines[i - 1].loose or self.fits(i - 1):
            return True
        if i + 1 >= len(self.lines):
            return False
        return self.fits(i) or self.short(i, _VERY_SHORT) or (self.short(i - 1) and self.short(i))
