"""What a refusal says: that this was not found, and which names of the question are nowhere in the paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.question import Question
from assistant.wording import say

_NAMED: Final = 3


def refusal(question: Question, unknown: Sequence[str] = (), *, of_several: bool = False) -> str:
    """Return that an answer was not found in the paper, or in any of several, and which names it lacks."""
    text = say("not_found_in_papers" if of_several else "not_found", question.language)
    if not unknown:
        return text
    names = ", ".join(f"“{name}”" for name in _joined(unknown, question.text)[:_NAMED])
    return f"{text} {say('nowhere', question.language, names=names)}"


def _joined(names: Sequence[str], question: str) -> list[str]:
    """Return names, those as one that stand side by side in the question: "Mount Everest"."""
    joined: list[str] = []
    for name in names:
        if joined and f"{joined[-1]} {name}" in question:
            joined[-1] += f" {name}"
        else:
            joined.append(name)
    return joined
