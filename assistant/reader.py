"""The reader: scores whether a text answers a question, and marks the words that do.

It is a small cross-encoder: the embedding model's network, trained further (`assistant.reader_weights`). ``training``
makes its weights, and ``data/reader/README.md`` has the results.
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
from corpus.errors import is_lack_of_memory
from corpus.files.sealed_folder import sha256_of
from index import ModelError, e5_small
from index.batches import batches
from index.bert import Bert, Floats, Weights, shared_tokenizer
from index.model_memory import memory_for_models

WEIGHTS = Path(str(resources.files("assistant"))) / "data" / "reader" / "changes.safetensors"
"""The weights of the shipped reader, as changes of the embedding model's."""

_LONGEST_QUESTION = 300  # Characters of a question that are read. They are its last ones, since a follow-up comes last.
_LONGEST_INPUT = 256  # tokens of the longest question and text together
_LONGEST_SPAN = 40  # tokens of the longest answer, which is a clause


class Reading(NamedTuple):
    """The reader's result for a text.

    ``answered`` is the logit of the probability that the text answers the question; 0 is even. ``start`` and ``end``
    are the characters of the answering words, if it does. ``certainty``, 0 to 1, is the probability of that place among
    all places of the text.
    """

    answered: float
    start: int
    end: int
    certainty: float


class Reader:
    """Reads in batches of bounded size. Threads may share a reader: it locks for each batch."""

    def __init__(self, folder: Path, weights: Weights, *, fingerprint: str) -> None:
        """Make a reader of its ``weights`` and the configuration and tokenizer in the base model's ``folder``."""
        self.fingerprint = fingerprint
        base = {name.removeprefix(BASE): values for name, values in weights.items()}
        self._bert = Bert(folder, base)
        self._span, self._answered = ((weights[f"{head}.weight"].T, weights[f"{head}.bias"]) for head in HEADS)
        self._tokenizer = shared_tokenizer(folder)
        self._lock = threading.Lock()

    @classmethod
    @memory_for_models()
    def load(cls, file: Path = WEIGHTS) -> Reader:
        """Open the shipped reader, or another of the same network. Raises ModelError."""
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
        cut = [(question[-_LONGEST_QUESTION:], text) for question, text in pairs]
        readings: dict[int, Reading] = {}
        for batch in batches([len(question) + len(text) for question, text in cut]):
            readings.update(zip(batch, self._read([cut[row] for row in batch]), strict=True))
        return [readings[row] for row in range(len(pairs))]

    @memory_for_models()
    def _read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        with self._lock:
            ids, mask, encodings = self._tokenizer(pairs, longest=_LONGEST_INPUT)
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
    """Return the first and last token of the likeliest span within a text, and its probability among all spans.

    ``edges`` are the logits of where it starts and where it ends, of shape (tokens, 2).
    """
    logits = np.where(in_text[:, None], edges, np.finfo(np.float32).min)
    chances = np.exp(logits - logits.max(axis=0))
    chances /= chances.sum(axis=0)
    both = np.tril(np.triu(np.outer(chances[:, 0], chances[:, 1])), _LONGEST_SPAN - 1)
    first, last = divmod(int(both.argmax()), len(both))
    return first, last, float(both[first, last])
