"""The shipped reader: that it is the one it was, and what it makes of plain cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.reader import WEIGHTS, Reader
from training.recording import RECORD

MASKS = "Sichuan memberikan bantuan masker sebanyak 20.000 paket kepada masyarakat Jawa Barat."
MASKS_EN = "Sichuan gave aid in the form of 20,000 packs of masks to the people of West Java."
SIGNED = "Persetujuan itu ditandatangani di Bandung pada tanggal 9 Mei 2016."
SIGNED_EN = "The agreement was signed in Bandung on 9 May 2016."

ANSWERED = [
    ("Berapa paket masker yang diberikan Sichuan?", MASKS, "20.000"),
    ("How many packs of masks did Sichuan give?", MASKS_EN, "20,000"),
    ("Di kota mana persetujuan itu ditandatangani?", SIGNED, "Bandung"),
    ("When was the agreement signed?", SIGNED_EN, "9 May 2016"),
    ("When was the agreement signed?", SIGNED, "9 Mei 2016"),
]
NOT_ANSWERED = [
    ("Siapa yang menandatangani persetujuan itu?", SIGNED),
    ("Who signed the agreement?", SIGNED_EN),
    ("Berapa harga masker itu?", MASKS),
    ("How much did the masks cost?", MASKS_EN),
    ("Siapa presiden pertama Indonesia?", MASKS),
    ("What is the capital of Australia?", MASKS_EN),
]


def test_the_weights_are_no_larger_than_they_may_be() -> None:
    assert WEIGHTS.stat().st_size <= 25_000_000


def test_the_shipped_weights_give_the_scores_that_were_recorded(reader: Reader) -> None:
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    assert len(recorded) == 10
    readings = reader.read([(one["question"], one["text"]) for one in recorded])
    for one, reading in zip(recorded, readings, strict=True):
        assert reading.answered == pytest.approx(one["answered"], abs=1e-3)
        assert reading.certainty == pytest.approx(one["certainty"], abs=1e-3)
        assert (reading.start, reading.end) == (one["start"], one["end"])
    assert min(one["answered"] for one in recorded) < -1 < 1 < max(one["answered"] for one in recorded)


@pytest.mark.parametrize(("question", "text", "words"), ANSWERED)
def test_it_finds_the_words_that_answer(reader: Reader, question: str, text: str, words: str) -> None:
    (reading,) = reader.read([(question, text)])
    assert reading.answered > 0
    assert words in text[reading.start : reading.end]
    assert text[reading.start : reading.end] == text[reading.start : reading.end].strip()
    assert 0 < reading.certainty <= 1


@pytest.mark.parametrize(("question", "text"), NOT_ANSWERED)
def test_it_tells_that_a_text_does_not_answer(reader: Reader, question: str, text: str) -> None:
    (reading,) = reader.read([(question, text)])
    assert reading.answered < 0


def test_a_reading_does_not_depend_on_what_is_read_with_it(reader: Reader) -> None:
    pairs = [(question, text) for question, text, _ in ANSWERED] + NOT_ANSWERED
    alone = [reader.read([pair])[0] for pair in pairs]
    together = reader.read(pairs * 3)
    for one, other in zip(alone * 3, together, strict=True):
        assert one.answered == pytest.approx(other.answered, abs=1e-3)
        assert (one.start, one.end) == (other.start, other.end)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("?", "a"),
        ("kata " * 2000, MASKS),
        (MASKS, "kata " * 2000),
        ("Apa 😷?", "😷" * 50),
        ("a" + "😷🙂" * 150, MASKS),
        ("a", ""),
    ],
)
def test_odd_input_is_read(reader: Reader, question: str, text: str) -> None:
    (reading,) = reader.read([(question, text)])
    assert 0 <= reading.start <= reading.end <= len(text)


def test_nothing_to_read(reader: Reader) -> None:
    assert reader.read([]) == []


@pytest.mark.parametrize("content", [None, b"", b"no weights", b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "])
def test_weights_that_cannot_be_read_are_named(tmp_path: Path, content: bytes | None) -> None:
    from index import ModelError

    file = tmp_path / "changes.safetensors"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelError, match=r"changes\.safetensors"):
        Reader.load(file)
