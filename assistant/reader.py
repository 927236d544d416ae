"""The reader: reads a question and a piece of text together, and tells whether and with which words the one answers it.

It is a small cross-encoder, the embedding model's network trained further (`assistant.reader_network`; how, in
``training``, and with what success, in ``data/reader/README.md``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.memory import is_lack_of_memory
from corpus.sealed_folder import sha256_of
from index import ModelError, e5_small
from index.memory import memory_for_models

if TYPE_CHECKING:
    from assistant.reader_network import ReaderNetwork

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

    def __init__(self, network: ReaderNetwork, tokenizer: Any, *, fingerprint: str, half: bool | None = None) -> None:
        """Wrap a network; ``half`` computes in 16-bit floats, None wherever the processor has instructions for them.

        In 16 bits a logit differs by some hundredths, and reading takes about a third of the time.
        """
        import torch

        self.fingerprint = fingerprint
        self._network = network
        self._tokenizer = tokenizer
        capable = torch.cpu.get_capabilities()
        self._half = bool(capable.get("avx512_bf16") or capable.get("amx_bf16")) if half is None else half
        for layer in network.modules() if self._half else ():
            if isinstance(layer, torch.nn.Linear):  # once, or else autocast does it for every batch
                layer.to(torch.bfloat16)
        self._lock = threading.Lock()

    @classmethod
    @memory_for_models()
    def load(cls, weights: Path = WEIGHTS, *, half: bool | None = None) -> Reader:
        """Open a reader: the shipped one, or another of the same network. Raises ModelError."""
        from transformers import PreTrainedTokenizerFast

        from assistant.reader_network import load_network

        base = e5_small.model_folder()
        try:
            network = load_network(base, weights)
        except (OSError, ValueError) as error:
            if is_lack_of_memory(error):
                raise
            raise ModelError(f"The reader's weights cannot be read: {weights}: {error}; install Tanya anew") from error
        tokenizer = PreTrainedTokenizerFast.from_pretrained(base)
        return cls(network, tokenizer, fingerprint=sha256_of(weights), half=half)

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """Read a text for each question: (question, text) pairs."""
        readings: dict[int, Reading] = {}
        # The pairs of a batch are padded to its longest, so those of a length go together.
        order = sorted(range(len(pairs)), key=lambda row: len(pairs[row][0]) + len(pairs[row][1]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            readings.update(zip(batch, self._read(*zip(*(pairs[row] for row in batch), strict=True)), strict=True))
        return [readings[row] for row in range(len(pairs))]

    @memory_for_models()
    def _read(self, questions: Iterable[str], texts: Iterable[str]) -> list[Reading]:
        import torch

        texts = list(texts)
        with self._lock, torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self._half):
            encoded = self._tokenizer(
                [question[-_LONGEST_QUESTION:] for question in questions],
                texts,
                truncation="longest_first",
                max_length=_LONGEST_INPUT,
                padding=True,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            found = self._network(encoded["input_ids"], encoded["attention_mask"])
        readings = []
        for row, (text, answered) in enumerate(zip(texts, found["answered"].tolist(), strict=True)):
            in_text = torch.tensor([part == 1 for part in encoded.sequence_ids(row)])
            first, last, certainty = _best_span(found["start"][row], found["end"][row], in_text)
            start, end = (int(encoded["offset_mapping"][row][token][side]) for token, side in ((first, 0), (last, 1)))
            start += len(text[start:end]) - len(text[start:end].lstrip())  # a token begins with the space before it
            readings.append(Reading(answered, start, end, certainty))
        return readings


def _best_span(start: Any, end: Any, in_text: Any) -> tuple[int, int, float]:
    """Return the first and last token of the likeliest span within a text, and its share of probability."""
    import torch

    lowest = torch.finfo(torch.float32).min
    chances = [torch.softmax(logits.masked_fill(~in_text, lowest), dim=0) for logits in (start, end)]
    both = torch.outer(*chances).triu().tril(_LONGEST_SPAN - 1)
    best = int(both.argmax())
    first, last = divmod(best, both.shape[1])
    return first, last, float(both[first, last])
