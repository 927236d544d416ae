"""Looks up the findings and sentences that have a word or a phrase, in either language.

No model is needed: findings and sentences are in both languages, and the glossary links the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from typing import Any

from assistant.asking_words import SMALL
from assistant.citation import Citation, cite
from assistant.errors import TopicError
from corpus import LANGUAGES, Finding, Glossary, Language, Paper, Passage, Term, Topic, surroundings
from index.words import WORD, split_words, stems

_SHORTEST_BEGINNING = 3  # letters of the shortest word that also finds longer words: "vaksin" finds "vaksinasi"

_Keys = dict[Language, frozenset[str]]
"""A text's words, their stems and the keys of the glossary's terms in it, by language."""


class _Evidenced:
    """Something that rests on sentences of the paper."""

    __slots__ = ()
    evidence: tuple[Citation, ...]

    @property
    def pages(self) -> str:
        """The pages of the evidence, the best first: "11, 10"."""
        return ", ".join(dict.fromkeys(citation.pages for citation in self.evidence))


@dataclass(frozen=True, slots=True)
class FoundFinding(_Evidenced):
    """A finding, and the sentences it rests on."""

    finding: Finding
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class FoundTerm(_Evidenced):
    """A term of the glossary, and sentences that use it."""

    term: Term
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found: findings in their own order, sentences in the paper's. It is false if it is empty."""

    findings: tuple[FoundFinding, ...]
    sentences: tuple[Citation, ...]

    def __bool__(self) -> bool:
        """Return whether anything was found."""
        return bool(self.findings or self.sentences)

    def to_record(self) -> dict[str, Any]:
        """Return plain values, as JSON takes them."""
        findings = [asdict(found.finding) | {"evidence": list(map(asdict, found.evidence))} for found in self.findings]
        for finding in findings:
            del finding["sentences"]  # indexes mean nothing outside; the evidence has the sentences
        return {"findings": findings, "sentences": list(map(asdict, self.sentences))}


class Catalogue:
    """What can be looked up in a paper. Each kind of thing is prepared when it is first looked for."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._glossary = Glossary(paper.annotations.glossary)

    def terms(self, text: str | None = None) -> tuple[FoundTerm, ...]:
        """Return the terms whose forms or meaning have every word of ``text``; all terms without a text."""
        wanted = self._wanted(text or "")
        return tuple(found for found, keys in self._terms if _holds(keys, wanted, LANGUAGES))

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of the findings, in their order."""
        return tuple({finding.topic.id: finding.topic for finding in self._paper.annotations.findings}.values())

    def lookup(self, text: str | None = None, *, topic: str | None = None, language: Language | None = None) -> Lookup:
        """Return the findings and sentences that have every word of ``text``, in any form.

        They may have them in either language, or in ``language`` only. Without a text, all findings are returned. A
        ``topic``'s id limits both to that topic. Raises TopicError.
        """
        if topic is not None and topic not in {known.id for known in self.topics}:
            raise TopicError(topic, [known.id for known in self.topics])
        wanted = self._wanted(text or "")
        languages: Sequence[Language] = (language,) if language else LANGUAGES
        findings = [
            found
            for found, keys in self._findings
            if topic in (None, found.finding.topic.id) and _holds(keys, wanted, languages)
        ]
        within = {s for found, _ in self._findings if found.finding.topic.id == topic for s in found.finding.sentences}
        sentences = [
            citation
            for citation, sentence, keys in self._sentences
            if wanted and (topic is None or sentence in within) and _holds(keys, wanted, languages)
        ]
        return Lookup(tuple(findings), tuple(sentences))

    def spans(self, text: str, passage: str, language: Language) -> list[tuple[int, int]]:
        """Return the characters (start, end) of each word of ``passage`` that a search for ``text`` finds, in order."""
        wanted = self._wanted(text)
        terms = [(m.start, m.end) for m in self._glossary.mentions(passage) if m.term.key in wanted]
        words = [
            found.span()
            for found in WORD.finditer(passage)
            if any(_matches(piece, frozenset(_forms(found[0], language)), language) for piece in wanted)
            and not any(start < found.end() and end > found.start() for start, end in terms)
        ]
        return sorted([*terms, *words])

    def cited(self, start: int, end: int) -> Citation | None:
        """Cite the sentences of a span of the paper's text; None if none of them is searched."""
        here = [s.index for s in self._paper.sentences if s.start < end and s.end > start and s.index in self._around]
        if not here:
            return None
        return cite(self._paper, here[0], here[-1], self._around[here[0]], marker=0, score=1.0)

    @cached_property
    def _around(self) -> dict[int, Passage]:
        return surroundings(self._paper.passages)

    @cached_property
    def _cited(self) -> dict[int, Citation]:
        around = sorted(self._around.items())
        return {s: cite(self._paper, s, s, passage, marker=0, score=1.0) for s, passage in around}

    @cached_property
    def _sentences(self) -> list[tuple[Citation, int, _Keys]]:
        return [(citation, s, self._keys(self._paper.texts(s))) for s, citation in self._cited.items()]

    @cached_property
    def _findings(self) -> list[tuple[FoundFinding, _Keys]]:
        findings = self._paper.annotations.findings
        return [(FoundFinding(f, self._evidence(f.sentences)), self._keys(f.statement)) for f in findings]

    @cached_property
    def _terms(self) -> list[tuple[FoundTerm, _Keys]]:
        terms = self._paper.annotations.glossary
        return [(FoundTerm(t, self._evidence(t.sentences)), self._keys(_term_texts(t))) for t in terms]

    def _evidence(self, sentences: Sequence[int]) -> tuple[Citation, ...]:
        return tuple(self._cited[s] for s in sentences if s in self._cited)

    def _keys(self, texts: Mapping[Language, str]) -> _Keys:
        keys = {}
        for language, text in texts.items():
            terms = (mention.term.key for mention in self._glossary.mentions(text))
            keys[language] = frozenset([*_forms(text, language), *terms])
        return keys

    def _wanted(self, text: str) -> list[str]:
        """Return the keys that a text looks for: the glossary's terms in it, and its other words."""
        mentions = self._glossary.mentions(text)
        for mention in reversed(mentions):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        wanted = [mention.term.key for mention in mentions]
        words = [word.casefold() for word in split_words(text)]
        content = [word for word in words if word not in SMALL]
        return wanted + (content or ([] if wanted else words))


def _term_texts(term: Term) -> dict[Language, str]:
    return {language: " | ".join((*term.forms[language], term.meaning[language])) for language in LANGUAGES}


def _holds(keys: _Keys, wanted: Sequence[str], languages: Iterable[Language]) -> bool:
    """Return whether a text has everything that is wanted, in one of the languages."""
    return any(
        all(_matches(piece, keys[language], language) for piece in wanted) for language in languages if language in keys
    )


def _matches(piece: str, keys: frozenset[str], language: Language) -> bool:
    if piece in keys or (piece[0] != "=" and _stem(piece, language) in keys):
        return True
    # "Sister province" is to find "sister-province-corner" too, a longer term that hides the shorter one.
    return len(piece) >= _SHORTEST_BEGINNING and any(key.startswith(piece) for key in keys)


def _forms(text: str, language: Language) -> list[str]:
    """Return the words of a text, in small letters, and their stems."""
    words = [word.casefold() for word in split_words(text)]
    return [*words, *stems(words, language)]


@cache
def _stem(word: str, language: Language) -> str:
    return stems([word], language)[0]
