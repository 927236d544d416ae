"""What each part of the assistant adds: the same questions, answered with one part more each time.

    python -m benchmarks.ablation [--questions FILE] [--work FOLDER]

1. Retrieval only, which never refuses.
2. With the known questions as further texts to find sentences by; refused is what comes nearer to one left open.
3. With the reader as the public sets trained it, which refuses at even odds.
4. With the reader trained on the project's own questions too, but for those about a fifth of the sentences.
5. With the calibrated probability of all signals in the place of the reader's odds: the assistant, but for that fifth.
6. The assistant as it is shipped.

And all of it again without the paper's translation, glossary, findings and known questions, as of any other paper. The
weights of 3 and 4 are what ``python -m training`` leaves in ``--work``. Seconds are of a question asked in a batch.
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
from assistant.reader import WEIGHTS, Reader, Reading
from benchmarks.data import QUESTIONS
from corpus import BUNDLED_PAPER, LANGUAGES, Language, load_paper
from index import Embedder, PaperIndex, load_index
from index.cache import cache_folder

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
    """Print the tables; return 2 without the weights of training."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description="what each part adds")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="a set of questions (the project's own)")
    parser.add_argument(
        "--work", type=Path, default=cache_folder() / "training", help="where training left its weights"
    )
    options = parser.parse_args(arguments)
    trained = [options.work / f"{stage}.safetensors" for stage in ("public", "validation")]
    if missing := [str(file) for file in trained if not file.exists()]:
        print(f"There is no {', '.join(missing)}; run python -m training, or give --work", file=sys.stderr)
        return 2
    readers: list[Any] = [Silent(), *map(Reader.load, [*trained, WEIGHTS])]
    questions, embedder = read_set(options.questions), Embedder.load()
    for path, title in ((None, "with its translation and known questions"), (BUNDLED_PAPER, "without them")):
        print(f"\nThe bundled paper {title}\n")
        print(f"| with | language | {' | '.join(FIGURES)} | seconds |")
        print("|---" * (len(FIGURES) + 3) + "|")
        for part in _parts(load_index(load_paper(path), embedder), readers):
            for language in LANGUAGES:
                print(_row(part.name, language, evaluate(part.assistant, questions, languages=[language])), flush=True)
    return 0


def _parts(index: PaperIndex, readers: Sequence[Any]) -> Iterator[Part]:
    silent, public, validation, shipped = readers
    alone = _without_questions(index)
    yield Part("retrieval only", Assistant(alone, silent, Rule(alone, lambda _: True)))
    if index.paper.annotations.questions:
        yield Part("+ question keys", Assistant(index, silent, Rule(index, lambda signals: signals.known > 0)))
    odds = Rule(index, lambda signals: signals.reading > 0)
    yield Part("+ reader", Assistant(index, public, odds))
    yield Part("+ in-domain training", Assistant(index, validation, odds))
    yield Part("+ calibration", Assistant(index, validation))
    yield Part("as shipped", Assistant(index, shipped))


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
