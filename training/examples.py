"""The reader's examples: a question, a window of text, and whether and where the window answers it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from corpus.files.whole import write_whole

LONGEST = 192
"""Tokens of question and window together; what is longer loses its end."""

_NOT_KNOWN = -1


class Example(NamedTuple):
    """A question and a window. ``start`` and ``end`` are the answer's characters, None if they are not known.

    ``chance`` is the probability of an answer that the reader learns, where it is not just 0 or 1. ``crossed`` is the
    same question in the other language. ``is_checked``: somebody read the window, and found no answer in it.
    """

    question: str
    window: str
    is_answered: bool
    start: int | None = None
    end: int | None = None
    chance: float | None = None
    crossed: str | None = None
    is_checked: bool = False


def kept_examples(file: Path, make: Callable[[], list[Example]]) -> list[Example]:
    """Return the examples that a file keeps, one to a line; if it is not there, make them and write it."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, "".join(f"{json.dumps(example)}\n" for example in make()).encode())
    return [Example(*json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def encode(examples: Sequence[Example], tokenizer: Any) -> list[dict[str, Any]]:
    """Return the network's input and labels (see `ReaderNetwork.forward`) for each example."""
    encoded = tokenizer(
        [example.question for example in examples],
        [example.window for example in examples],
        truncation="only_second",
        max_length=LONGEST,
        return_offsets_mapping=True,
    )
    rows = []
    for row, example in enumerate(examples):
        first, last = _span(example, encoded.sequence_ids(row), encoded["offset_mapping"][row])
        rows.append(
            {
                "input_ids": encoded["input_ids"][row],
                "attention_mask": encoded["attention_mask"][row],
                "starts": first,
                "ends": last,
                "answers": float(example.is_answered) if example.chance is None else example.chance,
            }
        )
    return rows


def _span(example: Example, parts: Sequence[int | None], offsets: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the answer's first and last token: the sentence-start token where there is no answer."""
    if not example.is_answered:
        return 0, 0
    if example.start is None or example.end is None:
        return _NOT_KNOWN, _NOT_KNOWN
    inside = [
        token
        for token, (start, end) in enumerate(offsets)
        if parts[token] == 1 and start < example.end and end > example.start
    ]
    return (inside[0], inside[-1]) if inside else (_NOT_KNOWN, _NOT_KNOWN)
