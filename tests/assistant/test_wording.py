from __future__ import annotations

import re
import string

import pytest

from assistant.wording import _WORDING, say
from corpus import language_of


@pytest.mark.parametrize("key", sorted(_WORDING))
def test_both_languages_say_it_with_the_same_places(key: str) -> None:
    wording = _WORDING[key]
    assert set(wording) == {"id", "en"}
    assert wording["id"] != wording["en"]
    parts = {of: string.Formatter().parse(text) for of, text in wording.items()}
    assert {name for _, name, _, _ in parts["id"]} == {name for _, name, _, _ in parts["en"]}
    assert not re.search(r"[\r\n]", wording["id"] + wording["en"])


@pytest.mark.parametrize("key", ["not_in_paper", "related", "empty", "too_long", "no_words", "not_text"])
def test_each_is_in_its_language(key: str) -> None:
    assert language_of(_WORDING[key]["id"]) == "id"
    assert language_of(_WORDING[key]["en"]) == "en"


def test_say() -> None:
    assert say("see_also", "en", markers="[2] [3]") == "See also [2] [3]."
    assert say("no_words", "id", question="{0}?").startswith("Tidak ada kata dalam pertanyaan {0}?:")
