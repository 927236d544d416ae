from __future__ import annotations

import pytest

from corpus import PaperError, read_paper
from corpus.metadata import NO_METADATA, Metadata
from tests.corpus.spans import check_spans

PAPER = """# Bantuan *Masker*

Bantuan tiba pada
2 April 2020. Isinya [masker](https://example.org/masker).

## Hasil

1. Tiongkok mengirim masker;
2. Jepang mengirim obat.

| Kota | Tahun |
| --- | --- |
| Bandung | 2015 |

<script>alert(1)</script>
"""


def test_markup_is_taken_at_its_word() -> None:
    paper = read_paper("masker.md", PAPER.encode())
    check_spans(paper)
    assert [(s.kind, s.text) for s in paper.sentences] == [
        ("heading", "Bantuan Masker"),
        ("text", "Bantuan tiba pada 2 April 2020."),
        ("text", "Isinya masker."),
        ("heading", "Hasil"),
        ("item", "Tiongkok mengirim masker;"),
        ("item", "Jepang mengirim obat."),
        ("table-header", "Kota Tahun"),
        ("row", "Bandung 2015"),
    ]
    assert [(section.title, section.level) for section in paper.sections] == [("Bantuan Masker", 1), ("Hasil", 2)]
    assert len(paper.pages) == 1


def test_only_its_name_tells_markdown_from_text() -> None:
    assert read_paper("masker.txt", PAPER.encode()).text.startswith("# Bantuan *Masker*")
    assert read_paper("masker.MARKDOWN", PAPER.encode()).text.startswith("Bantuan Masker")


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: On Masks\nauthor: Ani\ndate: 2021-05-06", Metadata("On Masks", ("Ani",), 2021)),
        (
            "title: 'On: Masks'\nauthor:\n- name: Ani\n  at: X\n- Budi\ndate: May 2021",
            Metadata("On: Masks", ("Ani", "Budi"), 2021),
        ),
        ("title: [1, 2]\nauthor: 3\ndate: [2020]\ntags: {a: b}", NO_METADATA),
        ("- a list", None),
        ("title: [", None),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", NO_METADATA),
        ("x: " + "[" * 5000, None),
        ("!!python/object/apply:os.system ['true']", None),
    ],
)  # fmt: skip
def test_what_stands_before_the_text(front: str, expected: Metadata | None) -> None:
    """What is no YAML of names and values is text: then the lines around it are rules."""
    paper = read_paper("x.md", f"---\n{front}\n---\n\nMasks came late.\n".encode())
    assert paper.metadata == (expected or NO_METADATA)
    assert paper.text.endswith("Masks came late.")
    assert (paper.text == "Masks came late.") is (expected is not None)


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"", "the file is empty"), (b"caf\xe9", "not UTF-8 text"), (b"---\ntitle: T\n---\n", "no text in it")],
)
def test_what_is_no_text_is_refused(data: bytes, line: str) -> None:
    with pytest.raises(PaperError, match=f"x.md: {line}"):
        read_paper("x.md", data)
