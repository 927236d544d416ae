"""Paths that a user names."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.__main__ import main
from corpus import TanyaError
from corpus.__main__ import main as corpus_main
from corpus.files.paths import expand_home


def test_a_home_folder_that_nobody_has_is_one_line() -> None:
    assert expand_home("~/x") == Path.home() / "x"
    with pytest.raises(TanyaError, match=r"^~nouser/x: no home folder of that name is known"):
        expand_home("~nouser/x")


@pytest.mark.parametrize("arguments", [["doctor"], ["ask", "Apa?"], ["ask", "Apa?", "--model", "~nouser/x"]])
def test_a_cache_in_such_a_folder(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if "--model" not in arguments:
        monkeypatch.setenv("TANYA_CACHE", "~nouser/x")
    assert main(arguments) == 2
    source = "~nouser/x" if "--model" in arguments else "TANYA_CACHE=~nouser/x"
    assert capsys.readouterr().err == f"{source}: no home folder of that name is known; give the whole path\n"


def test_a_library_in_such_a_folder(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TANYA_LIBRARY", "~nouser/x")
    for run in (main, corpus_main):
        assert run(["--help"]) == 2
        assert "TANYA_LIBRARY=~nouser/x: no home folder" in capsys.readouterr().err
