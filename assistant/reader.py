"""The reader: reads a question and a piece of text together, and tells whether and with which words the one answers it.

It is a small cross-encoder, the embedding model's network trained further (`assistant.reader_weights`; how, in
``training``, and with what success, in ``data/reader/README.md``).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.reader_weights import BASE, HEADS, read_reader
from corpus.files.sealed_folder import sha256_of
from corpus.memory_errors import is_lack_of_memory
from index import ModelError, e5_small
from index.bert import Bert, Floats, Weights, shared_tokenizer
from index.model_memory import memory_for_models

WEIGHTS = Path(str(resources.files("assistant"))) / "data" / "reader" / "changes.safetensors"
"""What the shipped reader has learned."""

_BATCH = 16
_LONGEST_QUESTION = 300
"""Characters of a question that are read: its last ones, for what it follows stands before it."""
_LONGEST_INPUT = 256
"""Tokens of question and text that are read together."""
_LONGEST_SPAN = 40
"""Tokens of the longest answer that is looked for: a clause."""


class Reading(NamedTuple):
    """What the reader makes of a text.

    ``answered`` is the logit of the probability that it answers the question, 0 being even. ``start`` and ``end`` are
    the characters of the text that answer if it does, and ``certainty``, 0 to 1, is the share of probability that the
    network gives that place among all places of the text.
    """

    answered: float
    start: int
    end: int
    certainty: float


class Reader:
    """Reads in batches of bounded size. One may be shared by threads: a lock is held for each batch."""

    def __init__(self, folder: Path, weights: Weights, *, fingerprint: str) -> None:
        """Put a reader together of its ``weights`` and what else the base model's folder holds."""
        self.fingerprint = fingerprint
        base = {name.removeprefix(BASE): values for name, values in weights.items()}
        self._bert = Bert(folder, base)
        self._span, self._answered = ((weights[f"{head}.weight"].T, weights[f"{head}.bias"]) for head in HEADS)
        self._tokenizer = shared_tokenizer(folder)
        self._lock = threading.Lock()

    @classmethod
    @memory_for_models()
    def load(cls, file: Path = WEIGHTS) -> Reader:
        """Open a reader: the shipped one, or another of the same network. Raises ModelError."""
        base = e5_small.model_folder()
        try:
            weights = read_reader(base, file)
        except (OSError, ValueError) as error:
            if is_lack_of_memory(error):
                raise
            raise ModelError(f"The reader's weights cannot be read: {file}: {error}; install Tanya anew") from error
        return cls(base, weights, fingerprint=sha256_of(file))

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """Read a text for each question: (question, text) pairs."""
        readings: dict[int, Reading] = {}
        # The pairs of a batch are padded to its longest, so those of a length go together.
        order = sorted(range(len(pairs)), key=lambda row: len(pairs[row][0]) + len(pairs[row][1]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            readings.update(zip(batch, self._read([pairs[row] for row in batch]), strict=True))
        return [readings[row] for row in range(len(pairs))]

    @memory_for_models()
    def _read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        cut = [(question[-_LONGEST_QUESTION:], text) for question, text in pairs]
        with self._lock:
            ids, mask, encodings = self._tokenizer(cut, longest=_LONGEST_INPUT)
            states = self._bert(ids, mask)
        answered = (states[:, 0] @ self._answered[0] + self._answered[1])[:, 0]
        edges = states @ self._span[0] + self._span[1]
        readings = []
        for row, (encoding, (_, text)) in enumerate(zip(encodings, pairs, strict=True)):
            in_text = np.array([part == 1 for part in encoding.sequence_ids])
            first, last, certainty = _best_span(edges[row], in_text)
            start, end = encoding.offsets[first][0], encoding.offsets[last][1]
            start += len(text[start:end]) - len(text[start:end].lstrip())  # a token begins with the space before it
            readings.append(Reading(float(answered[row]), start, end, certainty))
        return readings


def _best_span(edges: Floats, in_text: npt.NDArray[np.bool_]) -> tuple[int, int, float]:
    """Return the first and last token of the likeliest span within a text, and its share of probability.

    ``edges`` are the logits of where it starts and where it ends, of shape (tokens, 2).
    """
    logits = np.where(in_text[:, None], edges, np.finfo(np.float32).min)
    chances = np.exp(logits - logits.max(axis=0))
    chances /= chances.sum(axis=0)
    both = np.tril(np.triu(np.outer(chances[:, 0], chances[:, 1])), _LONGEST_SPAN - 1)
    first, last = divmod(int(both.argmax()), len(both))
    return first, last, float(both[first, last])
