"""Batches of texts: whole, of one length nearly, and bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.batches import LARGEST, batches


@given(st.lists(st.integers(0, 3 * LARGEST), max_size=300))
def test_each_text_is_in_one_batch_and_the_longest_come_first(lengths: list[int]) -> None:
    made = list(batches(lengths))
    assert sorted(index for batch in made for index in batch) == list(range(len(lengths)))
    in_order = [lengths[index] for batch in made for index in batch]
    assert in_order == sorted(lengths, reverse=True)
    assert all(len(batch) == 1 or len(batch) * lengths[batch[0]] <= LARGEST for batch in made)


def test_short_texts_go_together() -> None:
    assert [len(batch) for batch in batches([10] * 1000)] == [50] * 20
