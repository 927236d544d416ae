"""What each part of the assistant adds: the same questions, answered with one part more each time.

    python -m benchmarks.ablation [--questions FILE]

1. Retrieval only, which never refuses.
2. With the known questions as further texts to find sentences by; refused is what comes nearer to one left open.
3. With the reader, which refuses at even odds.
4. With the calibrated probability of all signals in the place of the reader's odds: the assistant as it is shipped.

And all but 2. again without the paper's translation, glossary, findings and known questions, as of any other paper.
Seconds are of a question asked in a batch.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, get_args

from assistant import Assistant
from assistant.answerability import Answerability, Relation, Signals
from assistant.evaluation import Judged, evaluate, read_set
from assistant.reader import Reader, Reading
from benchmarks.data import QUESTIONS
from corpus import BUNDLED_PAPER, LANGUAGES, Language, load_paper
from index import Embedder, PaperIndex, load_index

FIGURES = ("success", "evidence@1", "evidence@3", "answer", "refusal", "false_refusal")


class Silent:
    """A reader that gives even odds to everything."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """Return even odds for each pair."""
        return [Reading(0.0, 0, 0, 0.0)] * len(pairs)


class Rule(Answerability):
    """Answers by a rule in the place of fitted weights."""

    def __init__(self, index: PaperIndex, answers: Callable[[Signals], bool]) -> None:
        super().__init__(index, {}, dict.fromkeys(get_args(Relation), 0.5))
        self._answers = answers

    def probability(self, signals: Signals, language: Language) -> float:
        """Return 1 or 0."""
        return float(self._answers(signals))


class Part(NamedTuple):
    """An assistant with some of its parts."""

    name: str
    assistant: Assistant


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description="what each part adds")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="a set of questions (the project's own)")
    options = parser.parse_args(arguments)
    reader = Reader.load()
    questions, embedder = read_set(options.questions), Embedder.load()
    for path, title in ((None, "with its translation and known questions"), (BUNDLED_PAPER, "without them")):
        print(f"\nThe bundled paper {title}\n")
        print(f"| with | language | {' | '.join(FIGURES)} | seconds |")
        print("|---" * (len(FIGURES) + 3) + "|")
        for part in _parts(load_index(load_paper(path), embedder), reader):
            for language in LANGUAGES:
                print(_row(part.name, language, evaluate(part.assistant, questions, languages=[language])), flush=True)
    return 0


def _parts(index: PaperIndex, reader: Reader) -> Iterator[Part]:
    silent: Any = Silent()
    alone = _without_questions(index)
    yield Part("retrieval only", Assistant(alone, silent, Rule(alone, lambda _: True)))
    if index.paper.annotations.questions:
        yield Part("+ question keys", Assistant(index, silent, Rule(index, lambda signals: signals.known > 0)))
    yield Part("+ reader", Assistant(index, reader, Rule(index, lambda signals: signals.reading > 0)))
    yield Part("+ calibration: as shipped", Assistant(index, reader))


def _without_questions(index: PaperIndex) -> PaperIndex:
    """Return an index that knows none of its paper's questions."""
    paper = replace(index.paper, annotations=replace(index.paper.annotations, questions=()))
    none = {language: side.known_questions.vectors[:0] for language, side in index.sides.items()}
    return PaperIndex(paper, index.embedder, index.vectors, index.background, none)


def _row(name: str, language: Language, judged: Sequence[Judged]) -> str:
    shares = []
    for figure in FIGURES:
        values = [result.right[figure] for result in judged if figure in result.right]
        shares.append(f"{100 * sum(values) / len(values):.1f}")
    seconds = statistics.median(result.answer.seconds for result in judged)
    return f"| {name} | {language} | {' | '.join(shares)} | {seconds:.3f} |"


if __name__ == "__main__":
    sys.exit(main())
