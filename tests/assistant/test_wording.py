from __future__ import annotations

import re
import string

import pytest

from assistant.wording import _WORDING, say
from corpus import LANGUAGES, language_of


@pytest.mark.parametrize("key", sorted(_WORDING))
def test_both_languages_say_it_with_the_same_places(key: str) -> None:
    wording = dict(zip(LANGUAGES, _WORDING[key], strict=True))
    parts = {of: list(string.Formatter().parse(text)) for of, text in wording.items()}
    places = {of: {name for _, name, _, _ in each if name is not None} for of, each in parts.items()}
    assert places["id"] == places["en"]
    has_words = any(character.isalpha() for each in parts.values() for said, *_ in each for character in said)
    assert (wording["id"] != wording["en"]) == has_words
    assert not re.search(r"[\r\n]", wording["id"] + wording["en"])


@pytest.mark.parametrize(
    "key",
    [
        *(
            "not_found",
            "not_found_in_papers",
            "not_so",
            "reply_greeting",
            "reply_thanks",
            "reply_help",
            "reply_other",
            "related",
        ),
        *("empty", "too_long", "no_words", "not_text"),
    ],
)
def test_each_is_in_its_language(key: str) -> None:
    assert tuple(map(language_of, _WORDING[key])) == LANGUAGES


def test_say() -> None:
    assert say("see_also", "en", markers="[2] [3]") == "See also [2] [3]."
    assert say("no_words", "id", question="{0}?").startswith("Tidak ada kata dalam pertanyaan {0}?:")
