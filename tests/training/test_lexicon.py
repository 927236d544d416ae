from __future__ import annotations

import random

from training.lexicon import Lexicon

PAIRS = [
    ("siapa raja pertama", "who first king"),
    ("siapa raja terakhir", "who last king"),
    ("kapan raja lahir", "when king born"),
    ("kapan perang pertama", "when first war"),
    ("siapa lahir pertama", "who born first"),
    ("perang terakhir", "last war"),
]


def test_words_that_stand_for_each_other_are_learned_from_parallel_texts() -> None:
    lexicon = Lexicon.learn(PAIRS)
    mixed = {lexicon.mixed("Siapa raja pertama?", "id", random.Random(seed)) for seed in range(40)}
    assert "who king first?" in mixed
    assert all(word in {"Siapa", "who", "raja", "king", "pertama", "first"} for m in mixed for word in m[:-1].split())


def test_it_goes_both_ways_and_leaves_what_it_does_not_know() -> None:
    mixed = [Lexicon.learn(PAIRS).mixed("When was the war?", "en", random.Random(seed)) for seed in range(40)]
    assert any("kapan" in text and "perang" in text for text in mixed)
    assert all(" was the " in text for text in mixed)
