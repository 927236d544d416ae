"""Recognised words and their places."""

from __future__ import annotations

import json
from typing import Any

import pytest

from corpus.pdf.recognised import Box, RecognisedPage, Word, from_record, to_record

MASKS, RICE = Word("masks", Box(0.1, 0.2, 0.3, 0.05)), Word("rice", Box(0.5, 0.21, 0.25, 0.5))


def test_a_box_around_two() -> None:
    around = MASKS.box.joined(RICE.box)
    assert around == RICE.box.joined(MASKS.box) == pytest.approx((0.1, 0.2, 0.65, 0.51))
    assert around.joined(MASKS.box) == pytest.approx(around)


def test_pages_survive_as_json() -> None:
    pages = (RecognisedPage(2, ((MASKS, RICE), (RICE,))), RecognisedPage(5, ()))
    assert from_record(json.loads(json.dumps(to_record(pages)))) == pages


@pytest.mark.parametrize(
    "record", [[5], [[1]], [["one", []]], [[1, [[["masks", 0.1]]]]], [[1, [[["masks", *"abcd"]]]]]]
)
def test_anything_else_is_refused(record: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_record(record)
