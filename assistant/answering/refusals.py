"""The text of a refusal: that nothing was found, and which names of the question the paper lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.question import Question
from assistant.wording import say

_NAMED: Final = 3  # the most names that a refusal lists


def refusal(question: Question, unknown: Sequence[str] = ()) -> str:
    """Return the text of a refusal. ``unknown`` are names that the paper lacks."""
    text = say("not_found", question.language)
    if not unknown:
        return text
    names = ", ".join(f"“{name}”" for name in _joined(unknown, question.text)[:_NAMED])
    return f"{text} {say('nowhere', question.language, names=names)}"


def _joined(names: Sequence[str], question: str) -> list[str]:
    """Return names; those that stand side by side in the question become one: "Mount Everest"."""
    joined: list[str] = []
    for name in names:
        if joined and f"{joined[-1]} {name}" in question:
            joined[-1] += f" {name}"
        else:
            joined.append(name)
    return joined
