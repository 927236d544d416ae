"""Records what the page's users think of its answers, and makes a set of questions of it.

A feedback file has one JSON object a line for each verdict: ``time``, ``question``, ``language``, ``understood_as``,
``status``, the quotes that were ``told`` (``quote``, ``words``, ``pages``), ``confidence``, the ``verdict`` "good" or
"bad", a ``note``, and the digest of the ``paper`` that was asked. The file does not say who gave a verdict.

A set (see `assistant.evaluation`) is made of the good answers. A later verdict on the same question and answer
replaces the earlier one, whoever gave it. A question of the set is the question as it was understood, only in the
language it was written in. Its type is "feedback".

- Good and answered: the paper answers the question. Each quote is evidence, and its answering words make an answer
  right. If the reader marked no words, or only words of a translation that the question by itself would not get, only
  the whole quote makes an answer right. The quotes of all good answers count alike.
- Good and refused: the paper leaves the question open.
- Only bad: the answer was wrong, but the right one is unknown. The question is listed, to be labelled by someone who
  knows the paper. So is a question whose good verdicts contradict each other, whose quotes are not in the paper, or
  that cannot be asked by itself (a follow-up may be too long).
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

from assistant.answer import FOUND, Answer, Status
from assistant.citation import CitedPaper
from assistant.errors import FeedbackError
from assistant.partial_file import json_object
from assistant.question import LONGEST_QUESTION
from corpus import Language, Paper, language_of
from corpus.files.whole import read_whole, write_problem, write_whole
from corpus.printing import one_line

LONGEST_NOTE = 2000
"""Characters of a note that are kept."""

TYPE = "feedback"
"""The type of a set's questions. Other sets say how near an open question is to the paper's subject; users do not."""


class AnsweredQuote(NamedTuple):
    """A quote of an answer, the words in it that answer ("" if unknown), and its pages."""

    quote: str
    words: str
    pages: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a user thinks of an answer.

    ``line`` counts from 1. ``asked`` is the question as it was understood. ``paper`` is a digest, None if unknown.
    """

    line: int
    asked: str
    language: Language
    status: Status
    quoted: tuple[AnsweredQuote, ...]
    is_good: bool
    note: str
    paper: str | None

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quotes of the answer, word for word."""
        return tuple(answered.quote for answered in self.quoted)


@dataclass(frozen=True, slots=True)
class FeedbackSet:
    """A set's questions, the verdicts on each question to be labelled, and the number of verdicts on other papers."""

    questions: Sequence[dict[str, Any]]
    unlabelled: Sequence[Sequence[Verdict]]
    elsewhere: int


class FeedbackFile:
    """A file of verdicts. Recording is thread-safe."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    def check(self) -> None:
        """Raise FeedbackError if the file cannot be written, or holds anything but verdicts. Nothing is created."""
        if problem := write_problem(self.path):
            raise _unwritable(self.path, problem)
        if self.path.exists():
            read_feedback(self.path)
            try:
                self.path.open("ab").close()
            except OSError as error:
                raise _unwritable(self.path, error.strerror) from error

    def record(
        self, answer: Answer, *, is_good: bool, note: str = "", at: datetime, paper: Paper | CitedPaper | None = None
    ) -> None:
        """Add a verdict, whole or not at all. A long note is cut. Raises FeedbackError.

        ``paper`` is the paper that was asked. Without it, the verdict counts for any paper.
        """
        record = {
            "time": at.astimezone(UTC).isoformat(timespec="seconds"),
            "question": answer.question,
            "language": answer.language,
            "understood_as": answer.understood_as,
            "status": answer.status,
            "told": [AnsweredQuote(c.quote, c.words, c.pages)._asdict() for c in answer.quoted],
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
            raise _unwritable(self.path, error.strerror) from error


def read_feedback(path: Path) -> list[Verdict]:
    """Read a file of verdicts, which may be empty. Raises FeedbackError for any other file."""
    try:
        lines = read_whole(path).split(b"\n")
    except OSError as error:
        raise FeedbackError(f"{path} cannot be read: {error.strerror}") from error
    return [_verdict(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]


def make_set(verdicts: Iterable[Verdict], paper: Paper, *, language: Language | None = None) -> FeedbackSet:
    """Make a set of a paper's good answers: of all questions, or of those written in one language.

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
    """Make a set of a file of verdicts, and write it whole or not at all. An empty set is not written.

    Raises FeedbackError.
    """
    if problem := write_problem(path):
        raise _unwritable(path, problem)
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
            raise _unwritable(path, error.strerror) from error
    return made


def to_be_labelled(made: FeedbackSet) -> Iterator[str]:
    """Yield the lines of a report: each question to be labelled, with its quotes and notes."""
    for verdicts in made.unlabelled:
        yield _plain(verdicts[0].asked)
        for verdict in verdicts:
            yield f"    line {verdict.line}: {verdict.status}, found {'good' if verdict.is_good else 'bad'}"
            for answered in verdict.quoted:
                yield f"    p. {_plain(answered.pages)}: {_plain(answered.quote)[:150]}"
            if verdict.note:
                yield f"    note: {_plain(verdict.note)}"


def _unwritable(path: Path, problem: str | None) -> FeedbackError:
    return FeedbackError(f"{path} cannot be written: {problem}", indonesian=f"{path} tidak dapat ditulis: {problem}")


def _append(path: Path, line: bytes) -> None:
    """Add a line to a file with one write. If the last line lacks its end, that is added first."""
    with path.open("a+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        if file.read(1) not in (b"\n", b""):
            line = b"\n" + line
        if file.write(line) < len(line):  # the disk is full
            file.truncate(end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _verdict(line: bytes, number: int, path: Path) -> Verdict:
    match json_object(line):
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
            quoted = tuple(filter(None, map(_answered_quote, quotes)))
            if len(quoted) == len(quotes):
                asked = understood_as or question
                return Verdict(number, asked, language, status, quoted, verdict == "good", note, paper)
    raise FeedbackError(f"{path}, line {number}: not a verdict: {line[:60].decode(errors='replace')!r}")


def _answered_quote(record: Any) -> AnsweredQuote | None:
    match record:
        case {"quote": str(quote), "words": str(words), "pages": str(pages)} if quote:
            return AnsweredQuote(quote, words, pages)
    return None


def _is_truth(verdict: Verdict, paper: Paper) -> bool:
    """Return whether a verdict shows the right answer, to a question that can be asked by itself."""
    if not verdict.is_good or len(verdict.asked) > LONGEST_QUESTION:
        return False
    if verdict.status in FOUND:
        return bool(verdict.quotes) and all(quote in paper.text for quote in verdict.quotes)
    return verdict.status == "not_in_paper"


def _question(name: str, asked: str, good: Sequence[Verdict]) -> dict[str, Any]:
    """Return a question of a set, from true verdicts that agree on whether it is answered."""
    language = language_of(asked)
    question = {
        "id": name,
        "type": TYPE,
        f"question_{language}": asked,
        "answerable": good[0].status in FOUND,
    }
    if not question["answerable"]:
        return question
    strings = [_answer_words(q, verdict.language == language) for verdict in good for q in verdict.quoted]
    quotes = [quote for verdict in good for quote in verdict.quotes]
    return question | {"evidence": list(dict.fromkeys(quotes)), "answer_strings": list(dict.fromkeys(strings))}


def _answer_words(answered: AnsweredQuote, is_translated_again: bool) -> str:
    """Return the words that answer, or the whole quote. Words of a translation do only if there is one again."""
    is_usable = answered.words and (is_translated_again or answered.words in answered.quote)
    return answered.words if is_usable else answered.quote


def _plain(text: str) -> str:
    return " ".join(one_line(text).split())
