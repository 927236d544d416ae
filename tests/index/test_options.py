"""The options about a library."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from index.options import add_index_option, add_library_option


@pytest.fixture
def parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> argparse.ArgumentParser:
    monkeypatch.setenv("TANYA_LIBRARY", str(tmp_path / "own"))
    found = argparse.ArgumentParser()
    add_library_option(found, "the papers of a library")
    add_index_option(found)
    return found


def test_without_them_there_is_no_library_and_the_index_is_local(parser: argparse.ArgumentParser) -> None:
    options = parser.parse_args([])
    assert (options.library, options.index) == (None, "local")


def test_a_library_is_the_folder_named_or_else_the_users_own(parser: argparse.ArgumentParser, tmp_path: Path) -> None:
    assert parser.parse_args(["--library", "some/where"]).library == Path("some/where")
    assert parser.parse_args(["--library"]).library == tmp_path / "own"
    shown = "".join(parser.format_help().split())  # the help is wrapped
    assert f"thepapersofalibrary(withoutafolder:{tmp_path / 'own'})" in shown


def test_an_empty_folder_is_refused(parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser.parse_args(["--library", ""])
    assert "a file or folder is to be named, and this is empty" in capsys.readouterr().err


def test_an_address_is_kept_as_it_is_written(parser: argparse.ArgumentParser) -> None:
    for address in ("local", "milvus://host:19530/papers"):
        assert parser.parse_args(["--index", address]).index == address


def test_what_is_no_address_is_refused_with_the_forms(
    parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser.parse_args(["--index", "http://host"])
    assert '"http://host" is no address of a Milvus; it has the form milvus://' in capsys.readouterr().err
