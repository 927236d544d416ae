"""What all askers share, without a model."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.asking import Asker
from assistant.question import Asked


class Echo(Asker):
    """Answers with the question, and counts what it is asked."""

    asked = 0

    @property
    def identity(self) -> dict[str, str]:
        return {}

    def answer(self, batch: Sequence[Asked]) -> list[Answer]:
        self.asked += len(batch)
        return [Answer(asked.text, "id", "answered", asked.text) for asked in batch]


def test_what_was_asked_is_remembered() -> None:
    echo = Echo()
    assert [echo.ask("Kapan tiba?").text for _ in range(3)] == ["Kapan tiba?"] * 3
    assert echo.asked == 1


def test_what_is_remembered_does_not_keep_an_asker_alive() -> None:
    gc.collect()
    gc.disable()
    try:
        echo = Echo()
        echo.ask("Kapan tiba?")
        left = weakref.ref(echo)
        del echo
        assert left() is None
    finally:
        gc.enable()
