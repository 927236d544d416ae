"""Batches of texts for a network: of similar length, and of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

LARGEST: Final = 1_500
"""Characters of a batch, padding included: some 400 tokens. What a larger one computes does not stay in a processor's
cache, and it takes longer."""

_ADDED: Final = 20
"""Characters that a model adds to each text: its prompt, and the tokens that begin and end an input."""


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Divide texts, given by their lengths in characters, into batches; yield the indexes of each.

    A batch is padded to its longest text, so texts of similar length go together. The longest come first: a lack of
    memory then shows at once, and an estimate of the time left is rather too long.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and (len(batch) + 1) * (lengths[batch[0]] + _ADDED) > LARGEST:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
