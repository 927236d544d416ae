from __future__ import annotations

from typing import Any

import pytest
from transformers import PreTrainedTokenizerFast

from index import e5_small
from training.examples import LONGEST, Example, encode

WINDOW = "Sichuan memberikan masker. Jumlahnya 20.000 paket untuk Jawa Barat."
START = WINDOW.index("20.000 paket")


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return PreTrainedTokenizerFast.from_pretrained(e5_small.model_folder())


def said(tokenizer: Any, row: dict[str, Any]) -> str:
    return str(tokenizer.decode(row["input_ids"][row["starts"] : row["ends"] + 1]))


def test_a_span_of_characters_becomes_one_of_tokens(tokenizer: Any) -> None:
    (row,) = encode([Example("Berapa 20.000?", WINDOW, True, START, START + len("20.000 paket"))], tokenizer)
    assert said(tokenizer, row) == "20.000 paket"
    assert row["answers"] == 1.0
    assert len(row["input_ids"]) == len(row["attention_mask"])


def test_no_answer_is_the_first_token_and_an_unknown_place_is_left_out(tokenizer: Any) -> None:
    none, unknown = encode([Example("Siapa?", WINDOW, False), Example("Berapa?", WINDOW, True)], tokenizer)
    assert (none["starts"], none["ends"], none["answers"]) == (0, 0, 0.0)
    assert (unknown["starts"], unknown["ends"], unknown["answers"]) == (-1, -1, 1.0)


def test_a_span_beyond_the_longest_input_is_left_out(tokenizer: Any) -> None:
    window = "kata " * 300 + "akhir"
    (row,) = encode([Example("Apa?", window, True, len(window) - 5, len(window))], tokenizer)
    assert len(row["input_ids"]) == LONGEST
    assert (row["starts"], row["ends"]) == (-1, -1)
