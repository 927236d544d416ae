"""How much faster many questions are answered together than one by one, in one process.

    python -m benchmarks.throughput [--questions 1000]

One question of five is also asked by itself. Exits with 1 if together is less than 3 times as fast, or if an answer
differs. The two ways take turns, a part of the questions each, so that what else the machine does falls on both alike.
Memory is the highest that is resident at any time (the kernel's own count), before all the questions and after.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import Answer, Assistant
from benchmarks.load import different_questions

TIMES_AS_FAST = 3.0
_PARTS = 5
_ALONE = 5
"""One of so many questions is asked by itself, too: one by one, they take their time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description="Ask many together.")
    parser.add_argument("--questions", type=int, default=1000, metavar="N", help="how many (1000)")
    count = parser.parse_args(arguments).questions
    assistant = Assistant.load()
    questions = list(itertools.islice(different_questions(), count))
    assistant.ask_many(questions[:_PARTS])  # what is made ready by the first question
    before = _resident()
    one, many, unequal = 0.0, 0.0, 0
    for part in range(_PARTS):
        together = questions[part::_PARTS]
        alone = together[::_ALONE]
        seconds, singly = _timed(lambda alone=alone: [assistant.ask(question) for question in alone])  # type: ignore[misc]
        one += seconds / len(alone)
        seconds, answers = _timed(lambda together=together: assistant.ask_many(together))  # type: ignore[misc]
        many += seconds / len(together)
        unequal += sum(_comparable(a) != _comparable(b) for a, b in zip(singly, answers[::_ALONE], strict=True))
    one, many = one / _PARTS, many / _PARTS
    print(f"one by one {one:.4f} s a question, together {many:.4f} s: {one / many:.2f} times as fast")
    print(f"answers that differ: {unequal} of {count // _ALONE}")
    print(f"highest resident memory: {before / 1e6:.0f} MB before, {_resident() / 1e6:.0f} MB after")
    return 0 if one >= TIMES_AS_FAST * many and not unequal else 1


def _comparable(answer: Answer) -> Answer:
    """Return an answer without figures, whose last digits differ with the other questions of a batch."""
    citations = tuple(replace(citation, score=0) for citation in answer.citations)
    return replace(answer, seconds=0, confidence=0, citations=citations, related=())


def _timed(work: Callable[[], list[Answer]]) -> tuple[float, list[Answer]]:
    began = time.perf_counter()
    answers = work()
    return time.perf_counter() - began, answers


def _resident() -> int:
    """Return the process's highest resident memory so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    sys.exit(main())
