"""Numbers, dates and names are the same however they are written, and are compared as numbers are."""

from __future__ import annotations

import pytest

from assistant.answering.specifics import is_met, specifics, without_sources
from corpus import Glossary, load_paper
from tests.assistant.answering.small import NO_TERMS

GLOSSARY = Glossary(load_paper().annotations.glossary)


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        ("over 60%", "27,94%", False),
        ("below 60 percent", "27.94%", True),
        ("40,000 packs", "40.000 paket", True),
        ("dua belas negara", "12 countries", True),
        ("12 negara", "8 negara", False),
        ("fewer than 30 million cases", "lebih dari 40 juta kasus", False),
        ("more than 17,000 volunteers", "lebih dari 17.000-an orang", True),
        ("more than 10,000 volunteers", "lebih dari 17.000-an orang", True),
        ("100 masks", "20,000 packs of masks @100", False),
        ("in May 2016", "pada tanggal 9 Mei 2016", True),
        ("in 2018", "pada tanggal 9 Mei 2016", False),
        ("bersama RRT", "with China", True),
        ("a Chinese lockdown", "RRT", True),
        ("dengan Jepang", "with the UK", False),
        ("signed in Chengdu", "ditandatangani di Bandung", False),
        ("rasio 5:1", "a ratio of 5:1", True),
    ],
)
def test_a_specific_is_met_by_the_same_in_either_language(claim: str, text: str, expected: bool) -> None:
    held = specifics(text, GLOSSARY)
    claimed = specifics(claim, GLOSSARY)
    assert claimed
    assert all(is_met(one, held) for one in claimed) is expected


def test_a_number_within_a_name_is_none() -> None:
    assert [specific.sort for specific in specifics("patients with HCoV-229 in 14 wards", NO_TERMS)] == [
        "name",
        "number",
    ]


def test_sources_are_not_dates_of_what_is_told() -> None:
    text = "There are 4 million cases (Worldometer, 2021)."
    assert [one.sort for one in specifics(without_sources(text), GLOSSARY)] == ["number"]
