"""Makes a paper of lines and blocks: one canonical text, and parts that are spans of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from corpus.language import Language, language_of, language_within
from corpus.paper import Kind, Page, Paper, Paragraph, Section, Sentence
from corpus.structure import headings
from corpus.structure.blocks import Block, find_blocks
from corpus.structure.labels import item_number, run_in_heading
from corpus.structure.manuscript import Line, Manuscript, joined
from corpus.structure.passages import split_passages
from corpus.structure.sentences import split_inner_list, split_sentences

_ARTICLE_LEVEL = 3
"""The level of a law's articles: below its chapters and the parts of chapters."""
_WHOLE: tuple[Kind, ...] = ("heading", "row", "table-header", "caption", "source", "keywords")


def assemble(name: str, manuscript: Manuscript) -> Paper:
    """Return the paper that a manuscript is, with its structure; ``name`` is the file's."""
    manuscript = replace(manuscript, lines=_split_run_in(manuscript.lines))
    return _Assembler(name, manuscript).paper()


def _split_run_in(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Move headings that share a line with the text after them ("Abstract: We ...") to lines of their own."""
    split: list[Line] = []
    for line in lines:
        if line.kind is None and (found := run_in_heading(line.text)):
            title, rest, glued = found
            split.append(Line(line.page, title, line.gap, glued=glued))
            split.append(Line(line.page, rest, gap=True, loose=line.loose, glued=line.glued))
        else:
            split.append(line)
    return tuple(split)


class _Assembler:
    def __init__(self, name: str, manuscript: Manuscript) -> None:
        self.name, self.manuscript = name, manuscript
        self.text = joined(manuscript.lines)
        lengths = (len(line.text) + (not line.glued) for line in manuscript.lines)
        *self.starts, _ = accumulate(lengths, initial=0)
        self.ends = [start + len(line.text) for start, line in zip(self.starts, manuscript.lines, strict=True)]
        self.paragraphs: list[Paragraph] = []
        self.sentences: list[Sentence] = []
        # The sentences that lead in the lists that are still open, by the form of their items' marks
        self.leads: dict[str, int | None] = {}

    def paper(self) -> Paper:
        blocks = find_blocks(self.manuscript)
        sections = self._sections(blocks)
        section_starts = [section.start for section in sections]
        whole = language_of(self.text)
        languages = [language_within(section.text, whole) for section in sections]
        caption: int | None = None
        for block in blocks:
            start, end = self.starts[block.first], self.ends[block.end - 1]
            section = bisect_right(section_starts, start) - 1
            # A table that the file marks begins with its first row: later rows have no gap above.
            line = self.manuscript.lines[block.first]
            begins_table = line.kind in ("row", "table-header") and (line.gap or not block.first)
            if begins_table and (not self.paragraphs or self.paragraphs[-1].kind != "caption"):
                caption = None
            for first, last, kind in self._parts(block.kind, start, end):
                is_tabular = kind in ("row", "table-header", "source")
                lead = caption if is_tabular else self._lead(kind, self.text[first:last])
                self._add(kind, first, last, section=section, language=languages[section], lead=lead)
            # Without a caption, rows are understood by the names of their columns.
            if block.kind == "caption" or (begins_table and caption is None and block.kind == "table-header"):
                caption = len(self.sentences) - 1
        return Paper(
            self.name,
            hashlib.sha256(self.text.encode()).hexdigest(),
            self.text,
            tuple(self._pages()),
            tuple(sections),
            tuple(self.paragraphs),
            tuple(self.sentences),
            tuple(split_passages(self.text, self.paragraphs, self.sentences)),
            metadata=self.manuscript.metadata,
            recognised=self.manuscript.recognised,
        )

    def _pages(self) -> Iterator[Page]:
        spans: dict[int, tuple[int, int]] = {}
        for line, start, end in zip(self.manuscript.lines, self.starts, self.ends, strict=True):
            spans[line.page] = spans.get(line.page, (start, end))[0], end
        at = 0
        for number in range(1, self.manuscript.page_count + 1):
            start, end = spans.get(number, (at, at))
            yield Page(number, start, end, self.text[start:end])
            at = end

    def _page_of(self, offset: int) -> int:
        return self.manuscript.lines[bisect_right(self.starts, offset) - 1].page

    def _sections(self, blocks: list[Block]) -> list[Section]:
        heads = [block for block in blocks if block.kind == "heading"]
        firsts: list[Block | None] = list(heads)
        if not heads or heads[0].first > 0:
            firsts.insert(0, None)
        starts = [self.starts[block.first] if block else 0 for block in firsts]
        ends = [self.ends[block.first - 1] for block in firsts[1:] if block] + [len(self.text)]
        sections: list[Section] = []
        above: list[Section] = []  # the sections that the next one may lie in, each within the one before
        forms: set[headings.Form] = set()
        for index, (block, start, end) in enumerate(zip(firsts, starts, ends, strict=True)):
            title = self.text[start : self.ends[block.end - 1]] if block else ""
            level = _level(block.form, title, forms) if block and block.form else (block and block.level) or 1
            above = [section for section in above if section.level < level]
            parent = above[-1].index if above else None
            page = self._page_of(start)
            title = title.rstrip(" :.—\u2013")
            sections.append(Section(index, title, level, parent, page, start, end, self.text[start:end]))
            if title:
                above.append(sections[-1])
            if block and block.form and headings.plain_name(title) not in headings.ABSTRACTS:
                forms.add(block.form)
        return sections

    def _parts(self, kind: Kind, start: int, end: int) -> Iterator[tuple[int, int, Kind]]:
        if kind != "text":
            yield start, end, kind
            return
        for first, last, is_item in split_inner_list(self.text[start:end]):
            yield start + first, start + last, "item" if is_item else "text"

    def _lead(self, kind: Kind, text: str) -> int | None:
        """Return the index of the sentence that leads in an item: the one before its list; None for no lead-in."""
        if kind != "item":
            self.leads = {}
            return None
        form = (item_number(text) or ("-", 0))[0]
        if self.sentences and self.sentences[-1].text.endswith(":"):
            self.leads[form] = self.sentences[-1].index
        elif form not in self.leads:
            goes_on = bool(self.leads) and self.paragraphs[-1].kind == "item"
            self.leads[form] = self.paragraphs[-1].lead if goes_on else None
        return self.leads[form]

    def _add(self, kind: Kind, start: int, end: int, *, section: int, language: Language, lead: int | None) -> None:
        text = self.text[start:end]
        paragraph = len(self.paragraphs)
        self.paragraphs.append(Paragraph(paragraph, kind, section, lead, start, end, text))
        if kind in ("text", "item"):
            language = language_within(text, language)
        spans = [(0, len(text))] if kind in _WHOLE else split_sentences(text)
        for first, last in spans:
            index = len(self.sentences)
            self.sentences.append(
                Sentence(
                    index=index,
                    id=f"s{index + 1:04d}",
                    kind=kind,
                    language=language,
                    paragraph=paragraph,
                    section=section,
                    page=self._page_of(start + first),
                    last_page=self._page_of(start + last - 1),
                    start=start + first,
                    end=start + last,
                    text=text[first:last],
                )
            )


def _level(form: headings.Form, title: str, before: set[headings.Form]) -> int:
    """Return a heading's level, 1 the highest, by its form and the forms of the headings before it."""
    if form == "decimal":
        return headings.split_number(title)[1].count(".") + 1
    if form == "article":
        return _ARTICLE_LEVEL
    if form in ("roman", "capitals", "known"):
        return 1
    return 2 if before & {"roman", "capitals", "known", "decimal"} else 1
