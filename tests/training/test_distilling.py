from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import create_autospec

import pytest
import torch

from assistant.reader import Reader, Reading
from training.distilling import KEPT, TAUGHT_KNOWN, TAUGHT_OTHER, average, taught
from training.examples import Example
from training.network import untrained


def reader(*logits: float) -> Any:
    """Return a reader that gives these logits."""
    reads = create_autospec(Reader, instance=True)
    reads.read.return_value = [Reading(logit, 0, 0, 1.0) for logit in logits]
    return reads


@pytest.mark.parametrize(
    ("logits", "is_answered", "chance"),
    [
        ((2.0, -2.0), True, 1 - TAUGHT_KNOWN / 2),
        ((2.0, -2.0), False, TAUGHT_OTHER / 2),
        ((3.0, 1.0), False, TAUGHT_OTHER / (1 + math.exp(-2.0))),
        ((-1.0,), True, TAUGHT_KNOWN / (1 + math.exp(1.0)) + 1 - TAUGHT_KNOWN),
    ],
)
def test_the_chance_lies_between_what_the_readers_and_the_example_say(
    logits: Sequence[float], is_answered: bool, chance: float
) -> None:
    example = Example("Apa?", "Itu.", is_answered, 0, 3)
    (found,) = taught([example], [reader(logit) for logit in logits])
    assert found.chance == pytest.approx(chance)
    assert found._replace(chance=None) == example


def test_of_a_checked_window_the_readers_have_as_little_to_say_as_of_an_answer() -> None:
    (found,) = taught([Example("Apa?", "Itu.", False, is_checked=True)], [reader(2.0)])
    assert found.chance == pytest.approx(TAUGHT_KNOWN / (1 + math.exp(-2.0)))


def test_a_translated_question_learns_what_is_said_of_the_other() -> None:
    examples = [Example("Desa apa?", "Itu.", True, 0, 3, crossed="Which village?"), Example("Di mana?", "Sini.", False)]
    found = taught(examples, [reader(1.0, -3.0)])
    assert [example.question for example in found[:3]] == ["Desa apa?", "Di mana?", "Which village?"]
    assert found[2] == found[0]._replace(question="Which village?")
    assert found[3] == found[0]._replace(question=found[3].question)
    assert "desa" in found[3].question
    assert all(example.crossed is None for example in found)


def test_the_average_lies_in_between(base: Path) -> None:
    torch.manual_seed(1)
    one, other = untrained(base), untrained(base)
    before = one.span.weight.clone()
    average(one, other)
    assert torch.allclose(one.span.weight, (1 - KEPT) * before + KEPT * other.span.weight)
    assert not torch.equal(one.span.weight, before)
