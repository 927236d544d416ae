"""Examples from questions on whole documents, with the windows that the assistant's own search brings up for them.

A set is a folder with texts in ``documents``, and a file ``questions.jsonl`` with a question on each line: "doc", the
name of its text; "q_en" and "q_id", the question in both languages; "answers", the words that answer as they stand in
the text, none if it does not answer; and, where there is one, "near", the words of a sentence that nearly answers. The
evaluation folder holds no such set.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from assistant.question import take
from assistant.reader import Reader, Reading
from assistant.searching import Searcher
from assistant.windows import PaperWindows
from corpus import LANGUAGES, OTHER, Language, language_of
from corpus.loading import read_paper
from index import Embedder, PaperIndex
from index.store import load_background
from training.examples import Example
from training.noise import as_met, as_typed

_LEADING, _OTHERS = 2, 1
"""Windows without the answer that each question is read with: of the first that search brings up, and of the rest."""


class _Recorder(Reader):
    """A reader that is certain of nothing, so that all windows are read, and keeps what it was given."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """Return even odds for each pair."""
        self.pairs += pairs
        return [Reading(0.0, 0, 0, 0.0)] * len(pairs)


def document_examples(folder: Path, seed: int, embedder: Embedder) -> list[Example]:
    """Return the examples of a set in a random order that the seed decides.

    Their questions are in the document's language, with the translation as ``crossed``; their windows are those found
    for either.
    """
    chance = random.Random(seed)
    asked: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        asked.setdefault(question["doc"], []).append(question)
    examples = []
    for name, questions in asked.items():
        paper = read_paper(name, (folder / "documents" / name).read_bytes())
        index = PaperIndex.build(paper, embedder, load_background(embedder))
        own = language_of(paper.text)
        windows = PaperWindows(paper)
        every = [windows.window(number, own).text for number in range(len(paper.sentences))]
        for question, found in zip(questions, _found(index, questions), strict=True):
            for example in _examples(question, own, found, every, chance):
                examples.append(as_met(as_typed(example, chance), chance))
    chance.shuffle(examples)
    return examples


def _found(index: PaperIndex, questions: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    """Yield the windows that would be read for each question in either language, the most fitting first."""
    recorder = _Recorder()
    searcher = Searcher(index, recorder)
    for question in questions:
        found = []
        for language in LANGUAGES:
            recorder.pairs.clear()
            searcher.search([take(question[f"q_{language}"], language)])
            found.append(list(dict.fromkeys(window for _, window in recorder.pairs)))
        yield list(dict.fromkeys(window for each in zip_longest(*found) for window in each if window is not None))


def _examples(
    question: dict[str, Any], own: Language, found: Sequence[str], every: Sequence[str], chance: random.Random
) -> Iterator[Example]:
    """Yield a question with windows that hold its answer, the one that nearly does, and some that do not.

    They are of the windows ``found``, but the answer is looked for in ``every`` window of the document if it is there.
    """
    answers, near = [_plain(answer) for answer in question["answers"]], _plain(question.get("near") or "")
    made = Example(question[f"q_{own}"], "", False, crossed=question[f"q_{OTHER[own]}"])
    held = _holding(answers, found) or _holding(answers, every)
    for window, answer in held.items():
        start = window.index(answer)
        yield made._replace(window=window, is_answered=True, start=start, end=start + len(answer))
    others = [window for window in found if window not in held]
    checked = [window for window in others if near and near in window][:1]
    rest = others[_LEADING:]
    drawn = dict.fromkeys([*checked, *others[:_LEADING], *chance.sample(rest, min(_OTHERS, len(rest)))])
    for window in drawn:
        yield made._replace(window=window, is_checked=not answers or window in checked)


def _holding(answers: Sequence[str], windows: Sequence[str]) -> dict[str, str]:
    """Return the windows that hold an answer, each with the answer."""
    return {window: answer for window in windows for answer in answers if answer in window}


def _plain(text: str) -> str:
    return " ".join(text.split())
