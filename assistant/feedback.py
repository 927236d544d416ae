"""What users of the page think of its answers, kept if it is started so, and made into a set of questions.

A feedback file has one JSON object a line for each verdict: ``time``, ``question``, ``language``, ``understood_as``,
``status``, what was ``told`` (``quote``, ``words``, ``pages``), ``confidence``, the ``verdict`` "good" or "bad", a
``note``, and the digest of the ``paper`` that was asked. Nothing is kept of who gave it.

A set (see `assistant.evaluation`) is made of what was found good. A later verdict on the same question and answer
replaces the earlier one, whoever gave it. A question is as it was understood, in the language it was written in and in
no other, and its type is "feedback", since no user tells one.

- Good and answered: the paper answers it. Each quote that was told is evidence, and its answering words make an answer
  right. Where the reader marked none, or only in a translation that the question by itself would not get, the whole
  quote has to be told: which of its words were meant is not known. The quotes of all good answers count alike.
- Good and refused: the paper leaves it open.
- Only bad: the answer was wrong, but what would be right is unknown. Such a question needs a label from someone who
  knows the paper, and is listed instead; so is one whose good verdicts contradict each other, whose quotes do not stand
  in the paper, or that cannot be asked by itself (a follow-up may be too long).
"""

from __future__ import annotations

import errno
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from assistant.answer import Answer, Status
from assistant.citation import CitedPaper
from assistant.errors import FeedbackError
from assistant.question import LONGEST_QUESTION
from corpus import Language, Paper, language_of
from corpus.files.whole import read_whole, write_problem, write_whole
from corpus.formats.decoding import parse_json
from corpus.printing import one_line

LONGEST_NOTE = 2000
"""Characters that are kept of a note."""

TYPE = "feedback"
"""The type of a set's questions: whether one left open is near the paper's subject or far from it, nobody said."""


class AnsweredQuote(NamedTuple):
    """A quote that an answer told, the words of it that answer, "" if they are not known, and its pages."""

    quote: str
    words: str
    pages: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a user thinks of an answer.

    ``line`` counts from 1; ``asked`` is the question as it was understood; ``paper`` is a digest, None if not told.
    """

    line: int
    asked: str
    language: Language
    status: Status
    told: tuple[AnsweredQuote, ...]
    is_good: bool
    note: str
    paper: str | None

    @property
    def quotes(self) -> tuple[str, ...]:
        """What the answer told, word for word."""
        return tuple(told.quote for told in self.told)


@dataclass(frozen=True, slots=True)
class FeedbackSet:
    """A set's questions; of each that needs a label the verdicts; and how many verdicts are on other papers."""

    questions: Sequence[dict[str, Any]]
    unlabelled: Sequence[Sequence[Verdict]]
    elsewhere: int


class FeedbackFile:
    """A file that verdicts are added to. Recording is thread-safe."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    def check(self) -> None:
        """Raise FeedbackError if nothing could be recorded, or the file holds anything else; nothing is created."""
        if problem := write_problem(self.path):
            raise FeedbackError(f"{self.path} cannot be written: {problem}")
        if self.path.exists():
            read_feedback(self.path)
            try:
                self.path.open("ab").close()
            except OSError as error:
                raise FeedbackError(f"{self.path} cannot be written: {error.strerror}") from error

    def record(
        self, answer: Answer, *, is_good: bool, note: str = "", at: datetime, paper: Paper | CitedPaper | None = None
    ) -> None:
        """Add a verdict, whole or not at all; of a long note the beginning. Raises FeedbackError.

        ``paper`` is the one that was asked; without it the verdict counts for any.
        """
        told = [AnsweredQuote(c.quote, c.words, c.pages)._asdict() for c in answer.quoted]
        record = {
            "time": at.astimezone(UTC).isoformat(timespec="seconds"),
            "question": answer.question,
            "language": answer.language,
            "understood_as": answer.understood_as,
            "status": answer.status,
            "told": told,
            "confidence": answer.confidence,
            "verdict": "good" if is_good else "bad",
            "note": note.strip()[:LONGEST_NOTE].rstrip(),
            "paper": paper and paper.digest,
        }
        line = json.dumps(record, ensure_ascii=False).encode(errors="replace") + b"\n"
        try:
            with self._lock:
                _append(self.path, line)
        except OSError as error:
            raise FeedbackError(
                f"{self.path} cannot be written: {error.strerror}",
                indonesian=f"{self.path} tidak dapat ditulis: {error.strerror}",
            ) from error


def read_feedback(path: Path) -> list[Verdict]:
    """Read a file of verdicts, which may be empty; raises FeedbackError for one that is not."""
    try:
        lines = read_whole(path).split(b"\n")
    except OSError as error:
        raise FeedbackError(f"{path} cannot be read: {error.strerror}") from error
    return [_verdict(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]


def make_set(verdicts: Iterable[Verdict], paper: Paper, *, language: Language | None = None) -> FeedbackSet:
    """Make a set of what was found good of a paper's answers: of all questions, or those written in one language.

    A question's id is "feedback-" and the line of its first verdict, so that it stays when the file grows.
    """
    by_question: dict[str, dict[Any, Verdict]] = defaultdict(dict)
    first: dict[str, int] = {}
    elsewhere = 0
    for verdict in verdicts:
        if verdict.paper not in (None, paper.digest):
            elsewhere += 1
        elif language in (None, language_of(verdict.asked)):
            first.setdefault(verdict.asked, verdict.line)
            by_question[verdict.asked][verdict.status, verdict.quotes] = verdict
    questions, unlabelled = [], []
    for asked, latest in by_question.items():
        good = [verdict for verdict in latest.values() if _is_truth(verdict, paper)]
        if len({verdict.status for verdict in good}) == 1:
            questions.append(_question(f"feedback-{first[asked]}", asked, good))
        else:
            unlabelled.append(list(latest.values()))
    return FeedbackSet(questions, unlabelled, elsewhere)


def write_set(feedback: Path, path: Path, paper: Paper, *, language: Language | None = None) -> FeedbackSet:
    """Make a set of a file of verdicts, and write it whole or not at all; no file if no question goes in.

    Raises FeedbackError.
    """
    if problem := write_problem(path):
        raise FeedbackError(f"{path} cannot be written: {problem}")
    verdicts = read_feedback(feedback)
    if path.resolve() == feedback.resolve():
        raise FeedbackError(f"{path} holds the feedback: write the set to another file")
    if not verdicts:
        raise FeedbackError(f"{feedback} holds no verdicts")
    made = make_set(verdicts, paper, language=language)
    if made.questions:
        text = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in made.questions)
        try:
            write_whole(path, text.encode(errors="replace"))
        except OSError as error:
            raise FeedbackError(f"{path} cannot be written: {error.strerror}") from error
    return made


def to_be_labelled(made: FeedbackSet) -> Iterator[str]:
    """Yield the lines of a list of what needs a label: the questions, what each was told, and the notes."""
    for verdicts in made.unlabelled:
        yield _plain(verdicts[0].asked)
        for verdict in verdicts:
            yield f"    line {verdict.line}: {verdict.status}, found {'good' if verdict.is_good else 'bad'}"
            for told in verdict.told:
                yield f"    p. {_plain(told.pages)}: {_plain(told.quote)[:150]}"
            if verdict.note:
                yield f"    note: {_plain(verdict.note)}"


def _append(path: Path, line: bytes) -> None:
    """Add a line to a file with one write, after one that lacks its end, too."""
    with path.open("a+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            if file.read(1) != b"\n":
                line = b"\n" + line
        if file.write(line) < len(line):  # the disk is full
            file.truncate(end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _verdict(line: bytes, number: int, path: Path) -> Verdict:
    try:
        record = parse_json(line)
    except ValueError:
        record = None
    match record:
        case {
            "question": str(question),
            "language": "id" | "en" as language,
            "understood_as": None | str() as understood_as,
            "status": "answered" | "corrected" | "not_in_paper" | "replied" | "error" as status,
            "told": list(quotes),
            "verdict": "good" | "bad" as verdict,
            "note": str(note),
            "paper": None | str() as paper,
        }:
            told = tuple(filter(None, map(_told, quotes)))
            if len(told) == len(quotes):
                asked = understood_as or question
                return Verdict(number, asked, language, status, told, verdict == "good", note, paper)
    raise FeedbackError(f"{path}, line {number}: not a verdict: {line[:60].decode(errors='replace')!r}")


def _told(record: Any) -> AnsweredQuote | None:
    match record:
        case {"quote": str(quote), "words": str(words), "pages": str(pages)} if quote:
            return AnsweredQuote(quote, words, pages)
    return None


def _is_truth(verdict: Verdict, paper: Paper) -> bool:
    """Tell whether a verdict says what is right, of a question that can be asked by itself."""
    if not verdict.is_good or len(verdict.asked) > LONGEST_QUESTION:
        return False
    if verdict.status in ("answered", "corrected"):
        return bool(verdict.quotes) and all(quote in paper.text for quote in verdict.quotes)
    return verdict.status == "not_in_paper"


def _question(name: str, asked: str, good: Sequence[Verdict]) -> dict[str, Any]:
    """Return a question of a set, from verdicts that are true and agree on whether it is answered."""
    language = language_of(asked)
    question = {
        "id": name,
        "type": TYPE,
        f"question_{language}": asked,
        "answerable": good[0].status in ("answered", "corrected"),
    }
    if not question["answerable"]:
        return question
    strings = [_answering(told, verdict.language == language) for verdict in good for told in verdict.told]
    quotes = [quote for verdict in good for quote in verdict.quotes]
    return question | {"evidence": list(dict.fromkeys(quotes)), "answer_strings": list(dict.fromkeys(strings))}


def _answering(told: AnsweredQuote, is_translated_again: bool) -> str:
    """Return the words that answer, which may be of the translation if there will be one again, or the whole quote."""
    return told.words if told.words and (is_translated_again or told.words in told.quote) else told.quote


def _plain(text: str) -> str:
    return " ".join(one_line(text).split())
