"""The ``tanya`` command, which hands its arguments on to the parsers of the packages."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import assistant.__main__
import corpus.__main__
import tanya

ROOT = Path(__file__).parents[1]
COMMANDS = [command for group in tanya.GROUPS for command in group.commands]


def output(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what arguments that end a parser print."""
    with pytest.raises(SystemExit):
        tanya.main(arguments)
    return "".join(capsys.readouterr())


def test_help_names_every_command_and_imports_nothing_heavy() -> None:
    code = (
        "import sys, tanya\n"
        "try: tanya.main(['--help'])\n"
        "finally: print([name for name in ('numpy', 'torch', 'gradio', 'assistant', 'index') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert set(COMMANDS) <= set(re.findall(r"\w+", done.stdout))


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_the_help_of_its_package(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert output([command, "--help"], capsys).startswith(f"usage: tanya {command} [-h]")


def test_every_command_of_the_packages_has_one(capsys: pytest.CaptureFixture[str]) -> None:
    for main in (assistant.__main__.main, corpus.__main__.main):
        with pytest.raises(SystemExit):
            main(["none such"])
        listed = re.findall(r"\w+", capsys.readouterr().err.partition("choose from")[2])
        assert listed
        assert set(listed) <= set(COMMANDS)


def test_arguments_and_exit_codes_are_passed_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("The masks came in March.")
    assert tanya.main(["add", "--library", str(tmp_path / "library"), str(tmp_path / "mine.txt")]) == 0
    assert "1 added; 1 paper in all" in capsys.readouterr().out
    assert tanya.main(["remove", "--library", str(tmp_path / "library"), "other.txt"]) == 2
    assert "other.txt" in capsys.readouterr().err
    assert "tanya serve: error: argument --port: 0 " in output(["serve", "--port", "0"], capsys)


def test_a_command_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    printed = output(["a\x1bsk"], capsys)
    assert printed.startswith("usage: tanya COMMAND ...\n")
    assert "\x1b" not in printed
    assert "COMMAND" in output([], capsys)


def test_version(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tanya, "version", lambda _: "1.2.3")
    assert output(["--version"], capsys) == "tanya 1.2.3\n"
