from __future__ import annotations

import pytest

from assistant.answering.agreement import DirectAnswer, differ
from assistant.asking_words import Expected
from corpus import Language


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("22,000 packs", "20,000 packs of masks", "number"),
        ("22,000", "20,000 packs", "number"),
        ("20,000; 40,000 packs", "22,000 packs", "number"),
        ("12%", "15 percent", "number"),
        ("US$ 3 million", "US$ 4 million", "money"),
        ("9 May 2016", "9 May 2017", "date"),
        ("9 May 2016", "June 2016", "date"),
        ("2016", "2017", "date"),
    ],
)
def test_other_numbers_and_dates_differ(one: str, other: str, expected: Expected) -> None:
    assert differ(DirectAnswer(one, "en"), DirectAnswer(other, "en"), expected)
    assert differ(DirectAnswer(other, "en"), DirectAnswer(one, "en"), expected)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("20,000 packs", "20.000 packs of masks", "number"),
        ("40,000 packs", "20,000; 40,000 packs", "number"),
        ("1.2 million", "1,200,000", "number"),
        ("more than 20,000", "22,000", "number"),
        ("twelve ships", "12", "number"),
        ("9 May 2016", "2016", "date"),
        ("9 May 2016", "May 2016", "date"),
        # What cannot be compared
        ("93 metres", "37 ships", "number"),
        ("12%", "300 people", "number"),
        ("US$ 3 million", "Rp 5 billion", "money"),
        ("many", "20,000", "number"),
        ("May", "2016", "date"),
        ("7", "8", None),
        ("in 7 provinces", "in 8 provinces", "place"),
    ],
)
def test_what_agrees_or_cannot_be_compared_does_not_differ(one: str, other: str, expected: Expected | None) -> None:
    assert not differ(DirectAnswer(one, "en"), DirectAnswer(other, "en"), expected)
    assert not differ(DirectAnswer(other, "en"), DirectAnswer(one, "en"), expected)


@pytest.mark.parametrize(
    ("one", "other", "expected", "do"),
    [
        ("9 Mei 2016", "9 May 2016", "date", False),
        ("9 Juni 2016", "9 May 2016", "date", True),
        ("20.000 paket", "20,000 packs", "number", False),
        ("20.000 paket", "22,000 packs", "number", True),
    ],
)
def test_numbers_and_dates_compare_across_languages(one: str, other: str, expected: Expected, do: bool) -> None:
    languages: tuple[Language, Language] = ("id", "en")
    assert differ(DirectAnswer(one, languages[0]), DirectAnswer(other, languages[1]), expected) is do
