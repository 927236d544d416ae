"""What sets the texts of two languages apart."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import Language
from index.encoders import Vectors
from index.languages import language_gap, language_offset


def vectors(*rows: list[float]) -> Vectors:
    return np.array(rows, np.float32)


def test_what_a_language_has_in_common_is_found_in_its_nearest_counterparts() -> None:
    meanings = np.eye(8, dtype=np.float32)[:6]
    own = np.eye(8, dtype=np.float32)[6] * 0.2
    both = np.concatenate([meanings, meanings[:3] + own])
    of: list[Language] = ["id", "id", "id", "id", "id", "id", "en", "en", "en"]
    offsets = language_offset(both, of)
    assert offsets["en"] @ own > 0
    assert offsets["id"] @ own < 0
    assert offsets["en"][6] == pytest.approx(0.2)


def test_meanings_of_one_language_alone_are_left_in_it() -> None:
    # Three passages in English, their three translations, and a crowd in Indonesian about another matter.
    rows = [[1.0, 0.1, 0.0], [1.0, 0.0, 0.0], [1.0, 0.05, 0.0]]
    crowd = [[0.0, 0.0, 1.0]] * 30
    of: list[Language] = ["en" if row < 3 else "id" for row in range(36)]
    offset = language_offset(vectors(*rows, *rows, *crowd), of)["en"]
    assert np.abs(offset).max() < 0.01


def test_one_language_has_nothing_to_take_away() -> None:
    offsets = language_offset(np.ones((3, 4), np.float32), ["id"] * 3)
    assert list(offsets) == ["id"]
    assert offsets["id"].tolist() == [0, 0, 0, 0]


def test_the_gap_is_what_sets_a_passage_apart_from_its_translation() -> None:
    meanings = np.eye(4, dtype=np.float32)[:2]
    english, indonesian = meanings + vectors([0, 0, 0.2, 0]), meanings + vectors([0, 0, 0, 0.4])
    own, translated = np.stack([english[0], indonesian[1]]), np.stack([indonesian[0], english[1]])
    gap = language_gap(own, translated, ["en", "id"])
    assert english - gap["en"] == pytest.approx(indonesian - gap["id"])
    assert gap["en"] == pytest.approx(-gap["id"])
