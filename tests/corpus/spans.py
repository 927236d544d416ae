"""What must hold for every part of every paper."""

from __future__ import annotations

from itertools import pairwise

from corpus import Page, Paper, Paragraph, Section, Sentence

Part = Page | Section | Paragraph | Sentence


def check_spans(paper: Paper) -> None:
    """Assert that all parts are spans of the text, tile it, and that each sentence lies in its owners."""
    filled = tuple(page for page in paper.pages if page.text)
    kinds: tuple[tuple[Part, ...], ...] = (filled, paper.sections, paper.paragraphs, paper.sentences)
    for parts in kinds:
        for part in parts:
            assert paper.text[part.start : part.end] == part.text
            assert part.text == part.text.strip() != ""
        assert (parts[0].start, parts[-1].end) == (0, len(paper.text))
        assert {paper.text[a.end : b.start] for a, b in pairwise(parts)} <= {" ", ""}
        assert all(a.end <= b.start for a, b in pairwise(parts))
    for sentence in paper.sentences:
        paragraph, section = paper.paragraphs[sentence.paragraph], paper.sections[sentence.section]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
        assert section.start <= sentence.start < sentence.end <= section.end
        assert (paragraph.section, paragraph.kind) == (sentence.section, sentence.kind)
        pages = [page.number for page in filled if page.start <= sentence.start < page.end]
        assert pages == [sentence.page]
    assert len({sentence.id for sentence in paper.sentences}) == len(paper.sentences)
    for numbered in (paper.sections, paper.paragraphs, paper.sentences):
        assert [part.index for part in numbered] == list(range(len(numbered)))
