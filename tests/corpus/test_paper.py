"""What a paper says of its parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus import Annotations, Metadata, Paper, RecognisedPage, Translation, read_paper

TEXT = """# Masks

Sichuan gave the masks to the province. They came by air.

## Terms

The agreement names these:

- a price;
- a date.
"""
PAPER = read_paper("a.md", TEXT.encode())


def translated(**authors: tuple[int, ...]) -> Paper:
    """Return the paper with a translation; ``authors`` are the twins of sentences, by their ids."""
    texts = (Translation("id", f"<{s.id}>", authors.get(s.id, ())) for s in PAPER.sentences)
    return replace(PAPER, annotations=Annotations(translations=tuple(texts)))


def test_its_title_is_the_metadatas_or_the_files_name() -> None:
    assert PAPER.title == "a.md"
    assert replace(PAPER, metadata=Metadata("Masks by air")).title == "Masks by air"


def test_a_text_with_unknown_characters_is_not_quotable() -> None:
    spoiled = read_paper("a.md", TEXT.replace("by air", "by \ufffdir").encode())
    assert spoiled.unquotable == (2,)
    assert PAPER.unquotable == ()


def test_pages_without_text_and_recognised_pages_are_named_by_number() -> None:
    paper = replace(read_paper("a.txt", b"One page.\f\fAnother page."), recognised=(RecognisedPage(3, ()),))
    assert paper.pages_without_text == (2,)
    assert [paper.is_recognised(*pages) for pages in ((1, 2), (3, 3), (2, 3))] == [False, True, True]


def test_a_passage_is_shown_after_its_lead() -> None:
    item = next(p for p in PAPER.passages if PAPER.sentences[p.first].kind == "item" and p.first == p.last)
    assert (item.lead, item.full_text) == ("The agreement names these:", "The agreement names these: a price;")
    assert PAPER.passages[0].full_text == PAPER.passages[0].text


def test_the_texts_of_a_sentence_by_language() -> None:
    assert PAPER.texts(2) == {"en": "They came by air."}
    assert translated().texts(2) == {"en": "They came by air.", "id": "<s0003>"}


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ({}, ("<s0002> <s0003>", "project")),
        ({"s0002": (4,)}, ("<s0002> <s0003>", "project")),  # the authors say only a part of it
        ({"s0002": (4,), "s0003": (4,)}, ("The agreement names these:", "authors")),
    ],
)
def test_the_authors_own_words_come_before_the_projects(
    authors: dict[str, tuple[int, ...]], expected: tuple[str, str]
) -> None:
    assert translated(**authors).in_other_language(1, 2) == expected


def test_a_passage_is_translated_with_its_leads() -> None:
    paper = translated()
    item = next(p for p in paper.passages if p.leads and p.first == p.last)
    assert paper.translated(item) == "<s0005> <s0006>"


def test_a_sections_title_is_that_of_its_heading() -> None:
    assert [translated().translated_title(section.index) for section in PAPER.sections] == ["<s0001>", "<s0004>"]
    untitled = read_paper("a.txt", b"It came by air.")
    assert untitled.translated_title(0) == ""
