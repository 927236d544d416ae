"""A paper's glossary: its terms, abbreviations and names in both languages, and where in a text they occur.

A TOML file: each ``[[term]]`` has the fields of `corpus.Term`, its forms as ``indonesian`` and ``english``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from corpus.entries import SentenceIds, in_both
from corpus.language import SMALL_WORDS
from corpus.paper import Language, Paper, Term

_LISTED_AS: Final[dict[Language, str]] = {"id": "indonesian", "en": "english"}


def read_glossary(path: Path, paper: Paper) -> tuple[Term, ...]:
    """Return a paper's terms in the file's order; raises PaperError for a sentence that is not in the paper."""
    ids = SentenceIds(paper, path)
    terms = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["term"]:
        terms.append(
            Term(
                id=entry["id"],
                kind=entry["kind"],
                forms={language: tuple(entry[listed]) for language, listed in _LISTED_AS.items()},
                meaning=in_both(entry, "meaning"),
                basis=entry["basis"],
                sentences=ids.indexes(entry["sentences"], f"term {entry['id']}"),
            )
        )
    return tuple(terms)


class Mention(NamedTuple):
    """A term in a text, ``text[start:end]``, in whichever of its forms."""

    term: Term
    start: int
    end: int


class Glossary:
    """Finds terms in texts: whole words, in any case, a hyphen being as good as a space.

    An abbreviation that is also a small word of either language ("US", "AS", "WHO") is found in capitals only.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {_folded(form): (term, form) for term in terms for forms in term.forms.values() for form in forms}
        words = (r"[\s-]+".join(map(re.escape, form.split())) for form in sorted(self._terms, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if self._terms else None

    def mentions(self, text: str) -> list[Mention]:
        """Return the terms that a text mentions, from left to right; of overlapping ones the longest at that place."""
        found = []
        for match in self._pattern.finditer(text) if self._pattern else ():
            term, form = self._terms[_folded(match.group())]
            if not (_is_small_word(form) and match.group() != form):
                found.append(Mention(term, *match.span()))
        return found

    def spelled_out(self, text: str, language: Language) -> str:
        """Return a text with what each abbreviation in it stands for after it, as the glossary prefers to say it."""
        for mention in reversed(self.mentions(text)):
            said, preferred = text[mention.start : mention.end], mention.term.forms[language][0]
            if (said.isupper() or mention.term.kind == "abbreviation") and _folded(said) != _folded(preferred):
                text = f"{text[: mention.end]} ({preferred}){text[mention.end :]}"
        return text


def _folded(form: str) -> str:
    return " ".join(form.replace("-", " ").casefold().split())


def _is_small_word(form: str) -> bool:
    return form.isupper() and any(form.casefold() in words for words in SMALL_WORDS.values())
