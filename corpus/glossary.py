"""A paper's terms: those that it explains itself, and where a text mentions one.

An abbreviation is found after what it stands for, in brackets, by the letters that they share (Schwartz and Hearst
2003, https://pubmed.ncbi.nlm.nih.gov/12603049/). A law defines its terms in a list under its first article, one in
each item: "Menteri adalah ...", "... yang selanjutnya disingkat ... adalah ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from corpus.annotations import Annotations, Term
from corpus.language import LANGUAGES, SMALL_WORDS, Language
from corpus.paper import Paper, Sentence

_SMALL = SMALL_WORDS["id"] | SMALL_WORDS["en"]
_BRACKETED = re.compile(r"\(([^()]{2,12})\)")
_WORD = re.compile(r"\S+")
_DEFINES = re.compile(
    r"\b(?:yang dimaksud dengan|the following (?:terms|definitions)|definitions?)\b.*:$", re.IGNORECASE
)
_DEFINITION = re.compile(
    r"(?:\(?\w{1,3}[.)]\s+)?(?P<term>[“\"]?[A-Z][^.;:]{1,90}?)[”\"]?"
    r"(?:,? yang selanjutnya (?:disingkat|disebut)(?: dengan| sebagai)? (?P<short>[^,.;:]{2,60}?))?,? "
    r"(?:adalah|ialah|means) (?P<meaning>\S.*)"
)
_MOST_WORDS = 8
"""Words of the longest term: more words before "adalah" are the beginning of a sentence."""


def with_own_terms(paper: Paper) -> Paper:
    """Return a paper that nothing was written about, with the terms that it explains itself as its glossary."""
    return replace(paper, annotations=Annotations(glossary=find_terms(paper)))


def find_terms(paper: Paper) -> tuple[Term, ...]:
    """Return the terms and abbreviations that a paper explains, in the order of its sentences, each once."""
    found: dict[str, Term] = {}
    defining: int | None = None  # the section that has a list of definitions
    for sentence in paper.sentences:
        if _DEFINES.search(sentence.text):
            defining = sentence.section
        if sentence.is_quotable and sentence.kind in ("text", "item"):
            defined = _defined(sentence) if sentence.section == defining else ()
            for term in (*defined, *_abbreviated(sentence)):
                found.setdefault(term.forms[sentence.language][-1].casefold(), term)
    return tuple(found.values())


def _defined(sentence: Sentence) -> Iterator[Term]:
    """Yield the term that a sentence in a list of definitions defines, if it defines one."""
    match = _DEFINITION.match(sentence.text)
    if match is None:
        return
    forms = tuple(form.strip("“”\"' ") for form in (match["term"], match["short"]) if form)
    if all(len(form.split()) <= _MOST_WORDS for form in forms):
        yield _explained(sentence, forms, match["meaning"], is_definition=True)


def _abbreviated(sentence: Sentence) -> Iterator[Term]:
    """Yield the abbreviations that a sentence has in brackets after the words they stand for."""
    for match in _BRACKETED.finditer(sentence.text):
        short = match[1].strip()
        is_code = sum(map(str.isupper, short)) > 1 and " " not in short and short[0].isalnum()
        long = _long_form(short, sentence.text[: match.start()]) if is_code else None
        if long:
            yield _explained(sentence, (long, short), long, is_definition=False)


def _explained(sentence: Sentence, forms: tuple[str, ...], meaning: str, *, is_definition: bool) -> Term:
    """Return the term that a sentence defines, or the abbreviation that it expands."""
    return Term(
        id="-".join(forms[-1].casefold().split()),
        kind="term" if is_definition else "abbreviation",
        forms=dict.fromkeys(LANGUAGES, forms),
        meaning=dict.fromkeys(LANGUAGES, meaning),
        basis="gives" if is_definition else "expands",
        sentences=(sentence.index,),
    )


def _long_form(short: str, before: str) -> str | None:
    """Return the words at the end of a text that an abbreviation stands for; None where its letters are not in them.

    The letters and digits of the abbreviation are searched backwards, from the last to the first, which must begin a
    word.
    """
    letters = [character.casefold() for character in short if character.isalnum()]
    words = list(_WORD.finditer(before))[-min(len(letters) + 5, 2 * len(letters)) :]
    if not words:
        return None
    first, at = words[0].start(), len(before)
    for nth, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= first and not (before[at].casefold() == letter and (nth or _begins_word(before, at))):
            at -= 1
        if at < first:
            return None
    long = before[at:].strip(" ,;:“\"'(")
    parts = long.casefold().split()
    return None if not parts or parts[0] in _SMALL or short.casefold() in parts or "(" in long else long


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


class Mention(NamedTuple):
    """A term in a text: ``text[start:end]`` is one of its forms."""

    term: Term
    start: int
    end: int


class Glossary:
    """Finds terms in texts: as whole words, in small letters or capitals, with hyphens or spaces.

    An abbreviation that is also a small word of either language ("US", "AS", "WHO") is found in capitals only.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {_folded(form): (term, form) for term in terms for forms in term.forms.values() for form in forms}
        words = (r"[\s-]+".join(map(re.escape, form.split())) for form in sorted(self._terms, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if self._terms else None

    def mentions(self, text: str) -> list[Mention]:
        """Return the terms that a text mentions, from left to right; where several match at one place, the longest."""
        found = []
        for match in self._pattern.finditer(text) if self._pattern else ():
            term, form = self._terms[_folded(match.group())]
            is_small = form.isupper() and form.casefold() in _SMALL
            if match.group() == form or not is_small:
                found.append(Mention(term, *match.span()))
        return found

    def spelled_out(self, text: str, language: Language) -> str:
        """Return a text with the preferred form of each abbreviation in brackets after it."""
        for mention in reversed(self.mentions(text)):
            said, preferred = text[mention.start : mention.end], mention.term.forms[language][0]
            if (said.isupper() or mention.term.kind == "abbreviation") and _folded(said) != _folded(preferred):
                text = f"{text[: mention.end]} ({preferred}){text[mention.end :]}"
        return text


def _folded(form: str) -> str:
    return " ".join(form.replace("-", " ").casefold().split())
