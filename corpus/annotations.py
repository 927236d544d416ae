"""What this project wrote about a paper: a translation, a glossary, findings and known questions.

They are kept in a folder of files, in which sentences are named by their ids, and a field in both languages is two:
``NAME_id`` and ``NAME_en``.

- ``about.toml`` has the paper's ``doi`` and its ``description``.
- ``translation.jsonl`` has a line for each sentence, in the paper's order: its ``id``, its ``text``, its
  ``translation``, and in ``authors`` the sentences, if any, in which the authors say the same in the other language.
- ``glossary.toml`` has the fields of `Term` in each ``[[term]]``, its forms as ``indonesian`` and ``english``.
- ``findings.toml`` names the topics in ``[topics.ID]``, in the order in which they are shown, and has the fields of
  `Finding` in each ``[[finding]]``.
- ``questions.jsonl`` has the fields of `KnownQuestion` in each line; ``question`` is its text, ``premise`` is true for
  a false premise.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import PaperError
from corpus.language import LANGUAGES, OTHER, Language

if TYPE_CHECKING:
    from corpus.paper import Paper


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence in the other language, in this project's words, not the authors'.

    ``authors`` are the indexes of the sentences in which the authors say the same in that language themselves.
    """

    language: Language
    text: str
    authors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word, an abbreviation or a name that the paper uses, in both languages.

    ``forms`` are the ways to write it, the preferred one first; ``meaning`` is one line. ``basis`` says where the
    meaning comes from: the paper "gives" or "implies" it, it only "expands" an abbreviation, or there is "none".
    ``sentences`` are the indexes of those that use the term, the best first.
    """

    id: str
    kind: Literal["term", "abbreviation", "name", "spelling"]
    forms: Mapping[Language, tuple[str, ...]]
    meaning: Mapping[Language, str]
    basis: Literal["gives", "implies", "expands", "none"]
    sentences: tuple[int, ...]

    @property
    def key(self) -> str:
        """The term's token among the words of a text. No word is written like it."""
        return f"={self.id}"


@dataclass(frozen=True, slots=True)
class Topic:
    """What some findings are about."""

    id: str
    name: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the paper says, stated by this project in both languages.

    ``sentences`` are the indexes of those it rests on, the best first. ``value`` is its one figure, if it has one, in
    ``unit``. ``note`` says where the paper disagrees with itself, or is easily misread; "" for no note.
    ``chart`` names the chart in which the finding is a bar, "" for none, and ``label`` names the bar. ``status`` is how
    far a programme is, "" for any other finding. ``rank`` is its place among the paper's key findings, from 1, or None.
    """

    id: str
    topic: Topic
    statement: Mapping[Language, str]
    sentences: tuple[int, ...]
    value: float | None
    unit: Mapping[Language, str]
    note: Mapping[Language, str]
    chart: str
    label: Mapping[Language, str]
    status: Literal["done", "in-process", ""]
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question about the paper, in both languages, of which this project knows whether the paper answers it.

    ``sentences`` are the indexes of those that answer it, the best first. Where the paper leaves it open there are
    none, and ``near`` are the nearest. ``answer`` are the words of the first sentence that answer, by language, ""
    where there are none.
    """

    id: str
    text: Mapping[Language, str]
    sentences: tuple[int, ...]
    near: tuple[int, ...]
    answer: Mapping[Language, str]
    has_false_premise: bool

    @property
    def is_open(self) -> bool:
        """Whether the paper leaves the question open."""
        return not self.sentences


@dataclass(frozen=True, slots=True)
class Annotations:
    """What is known of a paper beyond its file. ``translations`` has one for each sentence, in their order, or none.

    ``description`` is one line, by language, or has no languages.
    For a paper that nothing was written about, the ``glossary`` has the terms that the paper explains itself
    (`corpus.glossary.find_terms`), written alike in both languages, and all else is empty.
    """

    translations: tuple[Translation, ...] = ()
    glossary: tuple[Term, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[KnownQuestion, ...] = ()
    doi: str = ""
    description: Mapping[Language, str] = field(default_factory=dict)


def read_annotations(folder: Path, paper: Paper) -> Annotations:
    """Return the annotations in a folder. Raises PaperError where they do not fit the paper."""
    about = _toml(folder / "about.toml")
    return Annotations(
        translations=read_translation(folder / "translation.jsonl", paper),
        glossary=read_glossary(folder / "glossary.toml", paper),
        findings=read_findings(folder / "findings.toml", paper),
        questions=read_questions(folder / "questions.jsonl", paper),
        doi=about["doi"],
        description=_in_both(about, "description"),
    )


def read_translation(path: Path, paper: Paper) -> tuple[Translation, ...]:
    """Return the translations of a paper's sentences, in their order.

    Raises PaperError where a line does not have the id and the text of its sentence: the translation would be shown
    beside other words than those it translates.
    """
    lines = _json_lines(path)
    if len(lines) != len(paper.sentences):
        raise PaperError(f"{path}: {len(lines)} lines for the {len(paper.sentences)} sentences of {paper.name}")
    indexes = _indexes_by_id(paper, path)
    translations = []
    for sentence, line in zip(paper.sentences, lines, strict=True):
        if (line["id"], line["text"]) != (sentence.id, sentence.text):
            raise PaperError(f"{path}: {line['id']} is not the text of {sentence.id} in {paper.name}: {line['text']!r}")
        authors = indexes(line.get("authors", ()), sentence.id)
        translations.append(Translation(OTHER[sentence.language], line["translation"], authors))
    return tuple(translations)


def read_glossary(path: Path, paper: Paper) -> tuple[Term, ...]:
    """Return a paper's terms in the file's order. Raises PaperError for a sentence that is not in the paper."""
    indexes = _indexes_by_id(paper, path)
    return tuple(
        Term(
            id=entry["id"],
            kind=entry["kind"],
            forms={"id": tuple(entry["indonesian"]), "en": tuple(entry["english"])},
            meaning=_in_both(entry, "meaning"),
            basis=entry["basis"],
            sentences=indexes(entry["sentences"], f"term {entry['id']}"),
        )
        for entry in _toml(path)["term"]
    )


def read_findings(path: Path, paper: Paper) -> tuple[Finding, ...]:
    """Return a paper's findings in the file's order.

    Raises PaperError for a topic or sentence that is not there, and for key findings that are not ranked 1, 2, 3 ...
    """
    read = _toml(path)
    topics = {key: Topic(key, name) for key, name in read["topics"].items()}
    indexes = _indexes_by_id(paper, path)
    findings = []
    for entry in read["finding"]:
        if entry["topic"] not in topics:
            raise PaperError(f"{path}: finding {entry['id']}: there is no {entry['topic']}")
        findings.append(
            Finding(
                id=entry["id"],
                topic=topics[entry["topic"]],
                statement=_in_both(entry, "statement"),
                sentences=indexes(entry["sentences"], f"finding {entry['id']}"),
                value=entry.get("value"),
                unit=_in_both(entry, "unit"),
                note=_in_both(entry, "note"),
                chart=entry.get("chart", ""),
                label=_in_both(entry, "label"),
                status=entry.get("status", ""),
                rank=entry.get("rank"),
            )
        )
    ranks = sorted(finding.rank for finding in findings if finding.rank is not None)
    if ranks != list(range(1, len(ranks) + 1)):
        raise PaperError(f"{path}: the key findings have the ranks {ranks}; number them from 1, each rank once")
    return tuple(findings)


def read_questions(path: Path, paper: Paper) -> tuple[KnownQuestion, ...]:
    """Return a paper's known questions in the file's order. Raises PaperError for a sentence that is not there."""
    indexes = _indexes_by_id(paper, path)
    return tuple(
        KnownQuestion(
            id=entry["id"],
            text=_in_both(entry, "question"),
            sentences=indexes(entry["sentences"], entry["id"]),
            near=indexes(entry.get("near", ()), entry["id"]),
            answer=_in_both(entry, "answer"),
            has_false_premise=entry.get("premise", False),
        )
        for entry in _json_lines(path)
    )


def _indexes_by_id(paper: Paper, path: Path) -> Callable[[Iterable[str], str], tuple[int, ...]]:
    """Return a function that returns the indexes of the sentences that an entry of a file names by their ids.

    It raises PaperError for ids that the paper does not have.
    """
    index = {sentence.id: sentence.index for sentence in paper.sentences}

    def indexes(ids: Iterable[str], entry: str) -> tuple[int, ...]:
        if unknown := [id for id in ids if id not in index]:
            raise PaperError(f"{path}: {entry}: there is no {', '.join(unknown)}")
        return tuple(index[id] for id in ids)

    return indexes


def _in_both(entry: Mapping[str, Any], name: str) -> dict[Language, str]:
    """Return a field of an entry in both languages, "" where the entry does not have it."""
    return {language: entry.get(f"{name}_{language}", "") for language in LANGUAGES}


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _json_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
