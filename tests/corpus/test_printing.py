"""What reaches a terminal: nothing that moves its cursor, renames its window or turns a text around."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest

from corpus.printing import one_line, print_data, print_json, print_text, printable

NASTY = "a\x1b]0;b\x07\x9b2J\x85c\x7f\u202ed\u2066e\u200ff\u061cg\u200bh\ufeffi\udc80j\rk"
SHOWN = "a\ufffd]0;b\ufffd\ufffd2J c\ufffd\ufffdd\ufffde\ufffdf\ufffdghi\ufffdj k"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def harmful(text: str) -> set[str]:
    """Return the characters of a printed text that do something to a terminal."""
    turns = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return {
        char
        for char in text
        if (unicodedata.category(char) in ("Cc", "Cs") and char != "\n")
        or unicodedata.bidirectional(char) in turns
        or char in "\u200b\u200e\u200f\u061c\u2028\u2029\ufeff"
    }


def test_every_character_there_is_becomes_harmless() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert harmful(everything)
    assert harmful(printable(everything)) == set()
    assert "\n" not in one_line(everything)
    one_line(everything).encode()


def test_ordinary_text_stays_as_it_is() -> None:
    text = "“Résumé” – 20.000 paket, 四川 👨\u200d👩\u200d👧 می\u200cخواهم e\u0301\nline two"
    assert printable(text) == text


def test_what_is_printed_is_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    print_text(f"{NASTY}\nline two")
    assert capsys.readouterr().out == f"{SHOWN}\nline two\n"


@pytest.mark.parametrize("indent", [None, 2])
def test_json_holds_the_same_values_and_escapes_them(capsys: pytest.CaptureFixture[str], indent: int | None) -> None:
    value = {NASTY: [NASTY, "é四川", 1]}
    print_json(value, indent=indent)
    out = capsys.readouterr().out
    assert harmful(out) == set()
    assert "é四川" in out
    assert json.loads(out) == value


def test_data_is_cleaned_for_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, wanted in ((io.StringIO(), NASTY), (Terminal(), SHOWN)):
        monkeypatch.setattr("sys.stdout", stream)
        print_data(NASTY)
        assert stream.getvalue() == wanted
