"""The page's own texts, each in both languages, and the questions that it offers to begin with."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, TypeVar

from corpus import LANGUAGES, Language, TanyaError

_Error = TypeVar("_Error", bound=TanyaError)

_TEXTS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

LABELS: Final[dict[Language, dict[str, str]]] = {
    language: {key: words[language] for key, words in _TEXTS["labels"].items()} for language in LANGUAGES
}

STARTERS: Final[dict[str, dict[Language, list[str]]]] = _TEXTS["starters"]
"""Questions to begin with, for the bundled paper, any other paper, and a library."""


def label(key: str, language: Language, **values: object) -> str:
    """Return one of the page's texts in a language, with values put into it."""
    words = LABELS[language][key]
    return words.format(**values) if values else words


def labelled_error(key: str, error: type[_Error] = TanyaError, **values: object) -> _Error:  # type: ignore[assignment]
    """Return an error whose message, in both languages, is one of the page's texts, with values put into it."""
    return error(label(key, "en", **values), indonesian=label(key, "id", **values))


def noun(things: str, count: int, language: Language) -> str:
    """Return the noun for a number of things: "sentence" for 1, "sentences" for all other numbers."""
    return label(f"{things}_one" if count == 1 else things, language)
