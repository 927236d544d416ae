"""Questions about a term: what it means, what it stands for, or its name in the other language.

They are recognised by their wording, and only for terms of the paper's glossary. The answer is a sentence of the paper
that the glossary lists for the term.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import Literal, NamedTuple

from assistant.question import PUNCTUATION
from assistant.wording import say
from corpus import Glossary, Language, Paper, Term

Sought = Literal["meaning", "expansion", "id", "en"]
"""What a question asks about a term: its meaning, what it stands for, or its name in a language."""

_TERM = "(?P<term>.+)"
_WORDINGS: tuple[tuple[Sought, str], ...] = (
    ("id", rf"(?:what(?:'s| is) )?(?:the )?indonesian (?:term|word|name|translation|equivalent) (?:for|of) {_TERM}"),
    ("id", rf"how (?:do|would) (?:you|i|they) say {_TERM} in indonesian"),
    ("id", rf"what(?:'s| is) {_TERM} (?:called )?in indonesian"),
    ("id", rf"(?:apa )?(?:istilah|kata|sebutan|padanan) (?:bahasa )?indonesia(?:nya)? (?:untuk|dari|bagi) {_TERM}"),
    ("id", rf"(?:apa )?bahasa indonesia(?:nya)? (?:dari )?{_TERM}"),
    ("en", rf"(?:what(?:'s| is) )?(?:the )?english (?:term|word|name|translation|equivalent) (?:for|of) {_TERM}"),
    ("en", rf"how (?:do|would) (?:you|i|they) say {_TERM} in english"),
    ("en", rf"what(?:'s| is) {_TERM} (?:called )?in english"),
    ("en", rf"(?:apa )?(?:istilah|kata|sebutan|padanan) (?:bahasa )?inggris(?:nya)? (?:untuk|dari|bagi) {_TERM}"),
    ("en", rf"(?:apa )?bahasa inggris(?:nya)? (?:dari )?{_TERM}"),
    ("expansion", rf"what (?:does|do) {_TERM} stand for"),
    ("expansion", rf"{_TERM} stands for(?: what)?"),
    ("expansion", rf"what(?:'s| is) {_TERM} (?:short|an abbreviation|the abbreviation|an acronym) (?:for|of)"),
    ("expansion", rf"(?:what(?:'s| is) )?the (?:full form|full name|expansion|long form) of {_TERM}"),
    ("expansion", rf"(?:apa )?(?:kepanjangan|singkatan)(?:nya)? (?:dari )?{_TERM}"),
    ("expansion", rf"{_TERM} (?:itu )?(?:adalah )?(?:singkatan|kepanjangan)(?:nya)? (?:dari )?(?:apa)?"),
    ("meaning", rf"what(?:'s| is| are) (?:meant by |the meaning of |the definition of )?{_TERM}"),
    ("meaning", rf"what (?:does|do) {_TERM} mean"),
    ("meaning", rf"(?:define|explain) {_TERM}"),
    ("meaning", rf"apa (?:itu|sih|arti|makna|maksud|definisi|pengertian) (?:dari |dengan |itu )?{_TERM}"),
    ("meaning", rf"apa (?:yang )?(?:dimaksud|dimaksudkan) (?:dengan )?{_TERM}"),
    ("meaning", rf"(?:apa|siapa) (?:saja )?yang (?:disebut|dinamakan)(?: sebagai| dengan)? {_TERM}"),
    ("meaning", rf"(?:who|what) (?:is|are) (?:called|defined as) (?:an? |the )?{_TERM}"),
    ("meaning", rf"{_TERM} (?:itu )?(?:apa|artinya apa|maksudnya apa)"),
)
_PATTERNS = tuple((sought, re.compile(wording, re.IGNORECASE)) for sought, wording in _WORDINGS)
_SMALL = re.compile(r"^(?:the|a|an|istilah|term|the term|word|kata)\s+|\s+(?:sih|ya|dong|itu|exactly)$", re.IGNORECASE)


class TermQuestion(NamedTuple):
    """A question about a term of the glossary. ``written`` is the term as the question writes it."""

    term: Term
    sought: Sought
    written: str


def term_question(question: str, glossary: Glossary, *, is_keyword: bool = False) -> TermQuestion | None:
    """Return what a question asks about a term, None if it asks anything else.

    A keyword alone asks for the meaning.
    """
    asked = f"apa itu {question.strip(PUNCTUATION)}" if is_keyword else question.strip(PUNCTUATION)
    for sought, pattern in _PATTERNS:
        if match := pattern.fullmatch(asked):
            written = _SMALL.sub("", match["term"].strip(PUNCTUATION)).strip(PUNCTUATION)
            mentions = glossary.mentions(written) or glossary.mentions(written.upper())
            if len(mentions) == 1 and mentions[0].end - mentions[0].start == len(written):
                term = mentions[0].term
                # The paper only spells this term out here, and may explain it elsewhere: that is searched for.
                return None if sought == "meaning" and term.basis == "expands" else TermQuestion(term, sought, written)
    return None


def explaining_sentence(asked: TermQuestion, paper: Paper) -> int | None:
    """Return the index of the sentence that answers a question about a term, None if there is none.

    A meaning is in the sentence that the glossary lists first. An abbreviation is spelled out in the sentence that has
    both forms. A name in a language is in the sentence that has that name.
    """
    term = asked.term
    if asked.sought == "meaning":
        return term.sentences[0] if term.basis != "none" else None
    for sentence in term.sentences:
        texts = paper.texts(sentence)
        if asked.sought == "expansion" and any(_spells_out(term, text, code) for code, text in texts.items()):
            return sentence
        if asked.sought in texts and _forms_in(texts[asked.sought], term, asked.sought):
            return sentence
    return None


def names_in_language(asked: TermQuestion, paper: Paper, language: Language) -> str:
    """Return a sentence with a term's names in the language asked for; "" if that is not asked."""
    if asked.sought == "meaning" or asked.sought == "expansion":  # noqa: PLR1714 mypy narrows this form only
        return ""
    sentences, translations = asked.term.sentences, paper.annotations.translations
    texts = {
        "called": [paper.sentences[sentence].text for sentence in sentences],
        "called_in_translation": [translations[sentence].text for sentence in sentences if translations],
    }
    for key, written in texts.items():
        if names := dict.fromkeys(form for text in written for form in _forms_in(text, asked.term, asked.sought)):
            quoted = ", ".join(f"“{name}”" for name in names)
            return say(key, language, where=say(f"in_{asked.sought}", language), names=quoted)
    return ""


def not_explained(asked: TermQuestion, language: Language) -> str:
    """Return a sentence that says that the paper uses a term without explaining it."""
    return say("not_spelled_out" if asked.sought == "expansion" else "not_explained", language, term=asked.written)


def _forms_in(text: str, term: Term, language: Language) -> list[str]:
    return [form for form in term.forms[language] if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)]


def _spells_out(term: Term, text: str, language: Language) -> bool:
    """Return whether a text prints an abbreviation and, right after it in brackets, what it stands for."""
    pairs = permutations(map(re.escape, dict.fromkeys(_forms_in(text, term, language))), 2)
    return any(re.search(rf"{form}\s*\({other}\)", text, re.IGNORECASE) for form, other in pairs)
