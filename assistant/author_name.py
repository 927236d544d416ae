"""Splits an author's name into the parts that reference lists need."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ORGANISATION: Final = re.compile(
    r"\b(?:organi[sz]ations?|organisasi|association|asosiasi|ministry|kementerian|department|departemen|dinas|badan"
    r"|universit(?:y|as)|institut[eo]?|agency|office|commission|komisi|committee|komite|council|cent(?:er|re)|pusat"
    r"|company|ltd|inc|group|bank|yayasan|lembaga|pemerintah|provinsi|republi[ck])\b|.\b(?:of|for|and|dan|untuk)\b|&",
    re.IGNORECASE,
)
"""Words in names of organisations, and hardly in names of people. "Dan" at the beginning is a first name."""


class AuthorName(NamedTuple):
    """A family name and given names. ``given`` is "" for a single name, an organisation, or several people.

    Many Indonesians have one name only.
    """

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """The family name first: "Aminah, Siti"."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def with_initials(self) -> str:
        """The family name, then initials: "Aminah, S. N.", "Sartre, J.-P."."""
        initials = " ".join(filter(None, map(_initials, self.given.replace(".", ". ").split())))
        return f"{self.family}, {initials}" if initials else self.family


def author_name(author: str) -> AuthorName:
    """Return the parts of an author's name, split where BibTeX does, which Zotero and JabRef follow.

    A name is split at its comma, or else before its last word and the lower-case particles before that ("van der
    Berg"). A name that cannot be split for certain stays whole: an organisation, and several words before a comma,
    after which a degree ("Siti Aminah, M.Si.") or another author may stand.
    """
    author = " ".join(author.split())
    if _ORGANISATION.search(author):
        return AuthorName(author)
    words, parts = author.split(), [part.strip() for part in author.split(",")]
    if len(parts) > 1:
        is_split = len(parts) == 2 and all(parts) and all(word.islower() for word in parts[0].split()[:-1])
        return AuthorName(*parts) if is_split else AuthorName(author)
    if len(words) < 2:
        return AuthorName(author)
    particles = (place for place in range(1, len(words) - 1) if words[place].islower())
    first = next(particles, len(words) - 1)
    return AuthorName(" ".join(words[first:]), " ".join(words[:first]))


def _initials(word: str) -> str:
    """Return the initials of a word ("S.", "J.-P."), "" for a word without letters."""
    letters = (next((character for character in part if character.isalpha()), "") for part in word.split("-"))
    return "-".join(f"{letter.upper()}." for letter in letters if letter)
