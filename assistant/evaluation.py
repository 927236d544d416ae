"""Scores the answers to a set of questions, and reports the figures and each failure.

A set has one JSON object a line, with ``id``, ``type``, ``answerable``, and ``question_id``, ``question_en`` or both. A
question that the paper answers also has ``evidence`` and ``answer_strings``. ``evidence`` are quotes of the paper, any
one of which is enough. ``answer_strings`` are words, any one of which makes an answer right; a number may be written
either way, 27,94 or 27.94.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.answer import Answer
from assistant.answering.paragraphs import LONGEST_TEXT
from assistant.assistant import Assistant
from assistant.errors import EvaluationError
from corpus import LANGUAGES, Language
from corpus.files.whole import read_whole
from corpus.formats.decoding import decode, parse_json
from index.embedder import Progress

FIRST_PASSAGES = (1, 3)
"""Evidence is looked for among this many first passages, in the figures "evidence@1" and "evidence@3"."""

_KINDS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "text": lambda value: isinstance(value, str) and bool(value.strip()),
    "true or false": lambda value: isinstance(value, bool),
    "a list of texts": lambda value: isinstance(value, list) and bool(value) and all(map(_KINDS["text"], value)),
}
_FIELDS: Final = {"id": "text", "type": "text", "answerable": "true or false"}
_IF_ANSWERABLE: Final = {"evidence": "a list of texts", "answer_strings": "a list of texts"}
_QUESTIONS: Final = {f"question_{language}": "text" for language in LANGUAGES}
_LONGEST_SHOWN = 60  # characters of a set's line in an error
_SWAPPED = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question of a set in one language, its answer, and whether the answer is right by each figure."""

    question: Mapping[str, Any]
    language: Language
    answer: Answer
    right: Mapping[str, bool]

    @property
    def failure(self) -> str:
        """What went wrong, in a phrase; "" if nothing did."""
        if self.right["success"]:
            return ""
        if not self.question["answerable"]:
            return "answered, though the paper does not say"
        if self.right["false_refusal"]:
            return "refused, though the paper says it"
        if not self.right["evidence@3"]:
            return "evidence not among the first three passages"
        return "answering words neither in the text nor in the first quote"


def read_set(path: Path, languages: Sequence[Language] = LANGUAGES) -> list[dict[str, Any]]:
    """Read the questions of a set that are in one of some languages. Raises EvaluationError."""
    questions = []
    try:
        lines = decode(read_whole(path)).split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = parse_json(line)
        except ValueError:
            raise EvaluationError(f"{path}, line {number}: not JSON: {line[:_LONGEST_SHOWN]!r}") from None
        if problem := _problem(question):
            raise EvaluationError(f"{path}, line {number}: {problem}: {line[:_LONGEST_SHOWN]!r}")
        if any(f"question_{language}" in question for language in languages):
            questions.append(question)
    if not questions:
        raise EvaluationError(f"{path}: no question in it (in {' or '.join(languages)})")
    return questions


def _problem(question: Any) -> str:
    """Return what is wrong with a question of a set, "" for nothing."""
    if not isinstance(question, dict):
        return "not a JSON object"
    wanted = _FIELDS | (_IF_ANSWERABLE if question.get("answerable") else {})
    if missing := [name for name in wanted if name not in question]:
        return f"no {', '.join(missing)}"
    there = {name: kind for name, kind in _QUESTIONS.items() if name in question}
    if not there:
        return f"no {' or '.join(_QUESTIONS)}"
    return ", ".join(
        f"{name} is {_beginning(question[name])}, not {kind}"
        for name, kind in (wanted | there).items()
        if not _KINDS[kind](question[name])
    )


def _beginning(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} …"


def evaluate(
    assistant: Assistant,
    questions: Sequence[Mapping[str, Any]],
    *,
    languages: Sequence[Language] = LANGUAGES,
    progress: Progress | None = None,
) -> list[Judged]:
    """Ask each question in each of its languages, and score the answers."""
    asked = [(q, language) for language in languages for q in questions if f"question_{language}" in q]
    answers = assistant.ask_many([q[f"question_{language}"] for q, language in asked], progress=progress)
    return [Judged(q, language, a, judge(q, a)) for (q, language), a in zip(asked, answers, strict=True)]


def judge(question: Mapping[str, Any], answer: Answer) -> dict[str, bool]:
    """Return whether an answer is right, by figure. Only "false_refusal" is a fault if it is true."""
    if not question["answerable"]:
        refused = answer.status != "answered"  # a question that takes for granted what is not so may be corrected
        return {"refusal": refused, "success": refused}
    refused = not answer.is_found
    passages = [_folded(citation.passage) for citation in answer.citations]
    quotes = [_folded(quote) for quote in question["evidence"]]
    found = {
        f"evidence@{k}": any(quote in passage for passage in passages[:k] for quote in quotes) for k in FIRST_PASSAGES
    }
    shown = "\n".join((answer.text, *(citation.quote for citation in answer.citations[:1])))
    is_right = not refused and len(answer.text) <= LONGEST_TEXT and _mentions(shown, question["answer_strings"])
    return {**found, "answer": is_right, "false_refusal": refused, "success": is_right and found["evidence@3"]}


def figures(judged: Iterable[Judged]) -> dict[str, dict[str, tuple[int, int]]]:
    """Return (right, total) by figure, for each language and for "all"; refusals and answers also by type."""
    counts: dict[str, dict[str, tuple[int, int]]] = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    for result in judged:
        for figure, is_right in result.right.items():
            names = [figure]
            if figure in ("refusal", "answer"):
                names.append(f"{figure}: {result.question['type']}")
            for group in (result.language, "all"):
                for name in names:
                    right, total = counts[group][name]
                    counts[group][name] = (right + is_right, total + 1)
    return {group: dict(sorted(counts[group].items())) for group in (*LANGUAGES, "all") if group in counts}


def report(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield the lines of a report: the figures, the time, and each failure with what was found."""
    for group, counts in figures(judged).items():
        yield f"== {group}"
        for name, (right, total) in counts.items():
            yield f"{name:32} {100 * right / total:5.1f}% of {total}"
    seconds = sorted(result.answer.seconds for result in judged)
    yield f"== seconds a question: median {seconds[len(seconds) // 2]:.3f}"
    failures = [result for result in judged if not result.right["success"]]
    yield f"== {len(failures)} failures"
    for result in failures:
        answer, question = result.answer, result.question
        yield f"{question['id']} ({question['type']}, confidence {answer.confidence:.2f}): {answer.question}"
        wanted = f": {' | '.join(question['answer_strings'])}" if question["answerable"] else ""
        yield f"    {result.failure}{wanted}"
        for citation in answer.citations or answer.related:
            yield f"    p. {citation.pages}, {citation.score:.3f}: {citation.quote[:150]}"


def _folded(text: str) -> str:
    """Return a text in small letters, with hyphens as spaces, so that it does not matter how lines were joined."""
    return re.sub(r"[\s\-]+", " ", text.casefold()).strip()


def _mentions(text: str, words: Iterable[str]) -> bool:
    """Return whether a text has one of some words. A number may be written either way, and must stand whole."""
    texts = (text.casefold(), text.casefold().translate(_SWAPPED))
    return any(re.search(_pattern(word.casefold()), written) for word in words for written in texts)


def _pattern(word: str) -> str:
    return rf"(?<![\d.,]){re.escape(word)}(?!\d)" if word[:1].isdigit() else re.escape(word)
