"""Tanya beside what one would pick instead, on the same encoder, passages and questions, in one run.

    python -m pip install -r benchmarks/requirements-peers.txt
    python -m benchmarks.peers [--eval FOLDER]

The questions are those in ``dev`` of the evaluation data, about the bundled paper, and are scored as
`assistant.evaluation` scores them. A peer finds passages: the nearest, cut to the length that an answer may have, is
its answer, and the nearest three are its citations. It has no notion of refusing, so it fails each question that the
paper does not answer.

Tanya is there twice: with the translation, glossary and known questions that come with the bundled paper, and with the
paper alone, which is how it meets any other paper and how the peers meet this one.

The times compare only on a machine that does little else (the load is printed): where other programs hold the
processors, what runs in several threads waits for the last of them, and loses more than its share.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from assistant import Answer, Assistant
from assistant.answering.paragraphs import LONGEST_TEXT, said
from assistant.citation import cite
from assistant.evaluation import Judged, judge, read_set
from assistant.reader import Reader
from benchmarks.conditions import commit, load, processor, versions
from benchmarks.peer_tools import TOOLS, Index
from benchmarks.timing import in_turn, seconds_of
from corpus import BUNDLED_PAPER, LANGUAGES, Language, Paper, load_paper
from corpus.errors import TanyaError
from index import Embedder, PaperIndex, e5_small
from index.encoders import quiet_transformers
from index.store import load_background

BUILDS = 3
"""How often each index is built; the median counts."""

REQUIREMENTS = "benchmarks/requirements-peers.txt"

Ask = Callable[[str, Language], Answer]


class PeerQuestion(NamedTuple):
    """A question of the set, in one of its languages."""

    question: Mapping[str, Any]
    language: Language

    @property
    def text(self) -> str:
        """The question's words."""
        text: str = self.question[f"question_{self.language}"]
        return text


class Contestant:
    """A tool that answers questions once its index is built; ``refuses``: whether it has a notion of refusing."""

    def __init__(self, name: str, build: Callable[[], Ask], *, refuses: bool) -> None:
        self.name = name
        self.refuses = refuses
        self._build = build

    def build(self) -> None:
        """Build the index, with models that are open."""
        self._ask = self._build()

    def answer(self, asked: PeerQuestion) -> Answer:
        """Answer a question."""
        return self._ask(asked.text, asked.language)


class Result(NamedTuple):
    """A contestant's result. ``asking`` and ``building`` are median seconds: of a question, and of the whole index."""

    name: str
    refuses: bool
    judged: Sequence[Judged]
    asking: float
    building: float


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return 2 without data or model."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description="Tanya beside its peers")
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder of evaluation data")
    data = parser.parse_args(arguments).eval
    before = load()
    try:
        asked = [
            PeerQuestion(q, language) for q in read_set(data / "dev" / "questions.jsonl") for language in LANGUAGES
        ]
        contestants, encoders, packages = _opened()
    except TanyaError as error:
        print(error, file=sys.stderr)
        return 2
    rounds = [[seconds_of(contestant.build) for contestant in contestants] for _ in range(BUILDS)]
    judged = [[_judged(contestant, question) for question in asked] for contestant in contestants]
    ways = [*map(_encoding, encoders), *(contestant.answer for contestant in contestants)]
    ours, theirs, *asking = map(statistics.median, in_turn(ways, asked))
    results = [
        Result(contestant.name, contestant.refuses, answers, seconds, statistics.median(builds))
        for contestant, answers, seconds, builds in zip(
            contestants, judged, asking, zip(*rounds, strict=True), strict=True
        )
    ]
    print(f"Commit {commit()}. {processor()}. Load {before} before, {load()} after. {versions(packages)}.")
    print(f"Encoding a question: {1000 * ours:.1f} ms by Tanya, {1000 * theirs:.1f} ms by sentence-transformers.\n")
    print("\n".join(table(results, ours)))
    return 0


def _opened() -> tuple[list[Contestant], tuple[Embedder, Embedder], list[str]]:
    """Return the contestants with their models open, the encoder as Tanya and as peers run it, and the packages.

    A peer that is not installed is left out, which is said. Raises TanyaError.
    """
    folder = str(e5_small.model_folder())  # a folder is opened by sentence-transformers
    encoders, reader = (Embedder.load(), Embedder.load(folder)), Reader.load()
    alone = load_paper(BUNDLED_PAPER)
    contestants = [
        Contestant(name, partial(tanya, paper, encoders[0], reader), refuses=True)
        for name, paper in (("Tanya", load_paper()), ("Tanya, the paper alone", alone))
    ]
    packages = ["onnxruntime", "torch", "sentence-transformers"]
    for tool in TOOLS:
        try:
            with quiet_transformers():
                index = tool.open(folder)
        except ModuleNotFoundError as error:
            print(f"{tool.name} is left out: {error}; pip install -r {REQUIREMENTS}", file=sys.stderr)
            continue
        contestants.append(Contestant(tool.name, partial(peer, index, alone), refuses=False))
        packages += tool.packages
    return contestants, encoders, packages


def tanya(paper: Paper, embedder: Embedder, reader: Reader) -> Ask:
    """Index a paper, and answer each question as a batch of one, whose answers are not remembered."""
    assistant = Assistant(PaperIndex.build(paper, embedder, load_background(embedder)), reader)
    return lambda question, _: assistant.ask_many([question])[0]


def peer(index: Index, paper: Paper) -> Ask:
    """Index a paper's passages, and answer each question by the nearest."""
    find = index([passage.full_text for passage in paper.passages])
    return lambda question, language: as_answer(paper, question, language, find(question))


def as_answer(paper: Paper, question: str, language: Language, found: Sequence[int]) -> Answer:
    """Return passages, by their numbers, as an answer: the first is its text, and all are cited."""
    passages = [paper.passages[number] for number in found]
    citations = tuple(
        cite(paper, passage.first, passage.last, passage, marker=marker, score=1 / marker)
        for marker, passage in enumerate(passages, 1)
    )
    paragraphs = tuple(said(passage.full_text[:LONGEST_TEXT]) for passage in passages[:1])
    return Answer(question, language, "answered", paragraphs=paragraphs, citations=citations)


def _encoding(embedder: Embedder) -> Callable[[PeerQuestion], object]:
    return lambda asked: embedder.encode_queries([asked.text])


def _judged(contestant: Contestant, asked: PeerQuestion) -> Judged:
    answer = contestant.answer(asked)
    return Judged(asked.question, asked.language, answer, judge(asked.question, answer))


def table(results: Sequence[Result], encoding: float) -> list[str]:
    """Return the lines of a Markdown table; ``encoding`` is the seconds that Tanya takes to encode a question."""
    columns = (
        "tool", "evidence@1", "success, answerable", "refused, unanswerable", "success, all", "a question", "index, s",
    )  # fmt: skip
    lines = [
        f"Percentages of the questions in {' / '.join(LANGUAGES)}. A question takes so many times as long as encoding",
        "it by Tanya.",
        "",
        f"| {' | '.join(columns)} |",
        "|---" * len(columns) + "|",
    ]
    for result in results:
        cells = [
            result.name,
            _shares(result.judged, "evidence@1"),
            _shares([judged for judged in result.judged if judged.question["answerable"]], "success"),
            _shares(result.judged, "refusal") if result.refuses else "no notion of it",
            _shares(result.judged, "success"),
            f"{result.asking / encoding:.2f}",
            f"{result.building:.1f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _shares(judged: Sequence[Judged], figure: str) -> str:
    """Return the percentage that is right in each language, of the questions that the figure is of."""
    shares = []
    for language in LANGUAGES:
        right = [answer.right[figure] for answer in judged if answer.language == language and figure in answer.right]
        shares.append(f"{100 * statistics.mean(right):.1f}")
    return " / ".join(shares)


if __name__ == "__main__":
    sys.exit(main())
