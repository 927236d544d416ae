"""Groups lines into blocks: headings, paragraphs, items, captions, sources, keywords and rows of tables.

An extracted text has no indents and often no empty lines. Then only two things show where a paragraph begins: the line
before ends with a full stop, and one of the two lines is not full. Either the line before had room for the next word,
or the new line was indented, and has room itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.paper import Kind
from corpus.structure import headings, labels
from corpus.structure.headings import CENTRED, HeadingFinder, LineFacts
from corpus.structure.manuscript import ENDS, Manuscript

_MAX_CAPTION_LINES = 5
_MAX_ROW_LINES = 12
_LOOK_AHEAD = 60  # lines after a list's first item in which the second must come


@dataclass(frozen=True, slots=True)
class Block:
    """The lines from ``first`` to ``end`` (not included).

    ``form`` is that of a heading that was recognised by its looks, ``level`` that of a heading that the file marks.
    """

    kind: Kind
    first: int
    end: int
    form: headings.Form | None = None
    level: int | None = None


def find_blocks(manuscript: Manuscript) -> list[Block]:
    """Return the blocks of a manuscript, which contain every line once and in order."""
    return _BlockFinder(manuscript).blocks()


class _BlockFinder:
    def __init__(self, manuscript: Manuscript) -> None:
        self.facts = LineFacts(manuscript)
        self.headings = HeadingFinder(self.facts)
        self.marks = [labels.item_number(line.text) for line in self.facts.lines]
        self.done: list[Block] = []
        self.list_marks: list[tuple[str, int]] = []  # the last mark in each open list, inner lists last
        self.has_marked_headings = any(line.kind == "heading" for line in self.facts.lines)

    def blocks(self) -> list[Block]:
        i = 0
        while i < len(self.facts):
            line = self.facts.lines[i]
            if line.kind:  # the file marks it
                new = [Block(line.kind, i, i + 1, level=line.level)]
            else:
                new = self._labelled(i) or self._heading(i) or self._item(i) or [self._paragraph(i, "text")]
            if new[-1].kind != "item":
                self.list_marks = []
            self.done += new
            i = new[-1].end
        return self.done

    def _free(self, i: int) -> bool:
        """Return whether the text before line ``i`` is complete, so that a block of another kind may begin."""
        if i == 0 or self.facts.lines[i].gap or self.facts.text(i - 1).endswith(ENDS):
            return True
        last = self.done[-1] if self.done else None
        return last is not None and last.end == i and last.kind not in ("text", "item")

    def _opens(self, i: int) -> bool:
        """Return whether a block other than running text starts at line ``i``."""
        text = self.facts.text(i)
        return (
            self.facts.lines[i].kind is not None
            or labels.is_contents(text)
            or self._caption(i) is not None
            or (self._free(i) and (labels.is_source(text) or labels.is_keywords(text)))
            or self._heading_at(i) is not None
            or self._is_item(i)
        )

    def _heading_at(self, i: int) -> tuple[int, headings.Form] | None:
        if self.list_marks and self._is_item(i):
            return None
        found = self.headings.find(i, free=self._free(i))
        # Where the file marks its headings, a line that only looks like one is a short paragraph.
        return None if found and self.has_marked_headings and found[1] != "known" else found

    def _heading(self, i: int) -> list[Block] | None:
        if not (found := self._heading_at(i)):
            return None
        self.headings.accept(i, *found)
        return [Block("heading", i, *found)]

    # Paragraphs and lists

    def _paragraph(self, i: int, kind: Kind) -> Block:
        end = i + 1
        while end < len(self.facts) and not self.facts.new_paragraph(end) and not self._opens(end):
            end += 1
        return Block(kind, i, end)

    def _is_item(self, i: int) -> bool:
        text = self.facts.text(i)
        if labels.bullet(text):
            return self._free(i) or ("-", 0) in self.list_marks or text[0] not in "-\u2013\u2014*"
        mark = self.marks[i]
        if mark is None:
            return False
        if any(mark == (form, number + 1) for form, number in self.list_marks):
            return True
        return mark[1] == 1 and self._free(i) and (mark[0], 2) in self.marks[i + 1 : i + _LOOK_AHEAD]

    def _item(self, i: int) -> list[Block] | None:
        if not self._is_item(i):
            return None
        form, number = self.marks[i] or ("-", 0)
        forms = [open_form for open_form, _ in self.list_marks]
        outer = self.list_marks[: forms.index(form)] if form in forms else self.list_marks
        self.list_marks = [*outer, (form, number)]
        return [self._paragraph(i, "item")]

    # Captions, sources, keywords, tables

    def _labelled(self, i: int) -> list[Block] | None:
        text = self.facts.text(i)
        if caption := self._caption(i):
            end = self._caption_end(i, titled=caption["title"] is not None)
            by_looks = end < len(self.facts) and not self.facts.lines[end].kind
            table = self._table(end) if labels.is_table(caption) and by_looks else []
            return [Block("caption", i, end), *table]
        if self._free(i) and labels.is_source(text):
            ends_with_address = text.split()[-1].startswith(("http://", "https://", "www."))
            is_whole = ends_with_address and len(self.facts.text(i + 1).split()) != 1
            return [Block("source", i, i + 1 if is_whole else self._loose_end(i, CENTRED))]
        if self._free(i) and labels.is_keywords(text):
            return [Block("keywords", i, self._loose_end(i, 1.0))]
        if labels.is_contents(text):
            return [Block("row", i, i + 1)]
        return None

    def _caption(self, i: int) -> re.Match[str] | None:
        """Return what `labels.caption` matches if a caption may begin at line ``i``."""
        match = labels.caption(self.facts.text(i))
        if match is None or self._free(i):
            return match
        turned = i > 0 and self.facts.lines[i - 1].page != self.facts.lines[i].page
        return match if match["mark"] == ":" or (match["mark"] and turned) else None

    def _caption_end(self, i: int, *, titled: bool) -> int:
        facts = self.facts
        for k in range(i + 1, min(i + 1 + _MAX_CAPTION_LINES, len(facts))):
            text = facts.text(k)
            if facts.lines[k].kind or labels.is_source(text) or labels.is_table_header(text, facts.text(k + 1)):
                return k
            if text.endswith(".") or headings.is_known(text) or labels.caption(text):
                break
        return self._loose_end(i if titled or i + 1 >= len(facts) else i + 1, CENTRED)

    def _loose_end(self, i: int, share: float) -> int:
        """Return where a text ends that may have no full stop at its end: after the first line with room left."""
        facts = self.facts
        end = i + 1
        while end < len(facts) and not facts.lines[end].gap and not self._opens(end):
            last = facts.text(end - 1)
            roomy = facts.new_paragraph(end) if last.endswith(ENDS) else facts.fits(end - 1, share)
            if roomy and not facts.continues(end) and not last.endswith((",", ";")):
                break
            end += 1
        return end

    def _table(self, i: int) -> list[Block]:
        """Return the header and the rows of a table with numbered rows; [] for any other table."""
        if not labels.is_table_header(self.facts.text(i), self.facts.text(i + 1)):
            return []
        blocks = [Block("table-header", i, i + 1)]
        number, first = 1, i + 1
        while labels.row_number(self.facts.text(first)) == number:
            end = self._row_end(first, number + 1, blocks)
            blocks.append(Block("row", first, end))
            number, first = number + 1, end
        return blocks

    def _row_end(self, i: int, following: int, rows: list[Block]) -> int:
        text = self.facts.text
        limit = min(i + 1 + _MAX_ROW_LINES, len(self.facts))
        for k in range(i + 1, limit):
            if labels.row_number(text(k)) == following or labels.is_source(text(k)):
                return k
        # The last row, without a source after it, ends with a word that ended another row, such as a status.
        ends = {text(block.end - 1).split()[-1] for block in rows if block.kind == "row"}
        for k in range(i, limit):
            if text(k).split()[-1] in ends:
                return k + 1
        return i + 1
