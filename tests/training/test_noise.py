from __future__ import annotations

import random

from training.examples import Example
from training.noise import as_met, as_typed, word_by_word

WINDOW = "Sichuan memberikan bantuan masker. Jumlahnya 20.000 paket untuk masyarakat Jawa Barat."
START = WINDOW.index("20.000 paket")
EXAMPLE = Example("Berapa masker?", WINDOW, True, START, START + len("20.000 paket"))


def test_a_window_is_changed_one_time_in_five_and_its_answer_never() -> None:
    changed = [as_met(EXAMPLE, random.Random(seed)) for seed in range(400)]
    assert 40 < sum(example.window != WINDOW for example in changed) < 120
    for example in changed:
        assert example.start is not None
        assert example.window[example.start : example.end] == "20.000 paket"


def test_every_kind_of_noise_is_met() -> None:
    windows = {as_met(EXAMPLE, random.Random(seed)).window for seed in range(400)}
    assert any(window.endswith(WINDOW) and window != WINDOW for window in windows)  # an item's mark
    assert any("masker [4]." in window or "masker (1)." in window for window in windows)
    assert any("masy- arakat" in window for window in windows)
    assert any("memberikanbantuan" in window for window in windows)


def test_a_question_is_typed_in_small_letters_one_time_in_five() -> None:
    typed = [as_typed(EXAMPLE, random.Random(seed)).question for seed in range(400)]
    assert set(typed) == {"Berapa masker?", "berapa masker"}
    assert 40 < typed.count("berapa masker") < 120


def test_a_question_is_put_into_the_other_language_word_by_word() -> None:
    crossed = word_by_word("Berapa masker untuk rumah sakit?", "id")
    assert "hospital" in crossed
    assert crossed.endswith("?")
