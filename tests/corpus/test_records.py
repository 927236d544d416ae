"""A paper as plain values and back."""

from __future__ import annotations

import json

import pytest

from corpus import load_paper, read_paper
from corpus.loading import BUNDLED_PAPER
from corpus.records import from_record, to_record
from tests.corpus.pdf.pdf_maker import Look, make_pdf


def test_a_paper_survives_being_told() -> None:
    paper = load_paper(BUNDLED_PAPER)
    assert from_record(json.loads(json.dumps(to_record(paper)))) == paper


def test_so_does_a_pdf_with_what_it_tells_of_itself() -> None:
    paper = read_paper("a.pdf", make_pdf(load_paper(BUNDLED_PAPER), Look()))
    assert paper.metadata.made
    assert from_record(json.loads(json.dumps(to_record(paper)))) == paper


@pytest.mark.parametrize("spoil", ["text", "sentences", "metadata"])
def test_anything_else_is_no_paper(spoil: str) -> None:
    record = to_record(load_paper(BUNDLED_PAPER))
    del record[spoil]
    with pytest.raises((ValueError, TypeError, KeyError)):
        from_record(record)
