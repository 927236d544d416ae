"""Adding papers to the library: they are there at once, and the assistant has them."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import create_autospec

import gradio as gr
import pytest

from assistant import LibraryAssistant
from corpus import LANGUAGES, Language, TanyaError
from corpus.library import Library
from page.papers.adding import Adding
from page.papers.loader import Loader
from page.papers.shelf import Shelf
from page.papers.workspace import Workspace
from page.ui_text import label
from tests.page.stand_ins import Html, SmallAssistant, in_a_thread, laid_out, request_of, run_to_end


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    library = Library(tmp_path / "library")
    library.add_bundled()
    return Shelf(library, takes_papers=True)


@pytest.fixture
def base(shelf: Shelf) -> Loader:
    loader = Loader(shelf.first, lambda report: SmallAssistant())  # type: ignore[arg-type, return-value]
    run_to_end(loader)
    return loader


@pytest.fixture
def adding(shelf: Shelf, base: Loader) -> Adding:
    with laid_out():
        workspace = Workspace(base, shelf)
        return Adding(workspace, shelf, gr.HTML(), [gr.HTML()], lambda request: [f"{len(shelf.entries)} papers"])


def added(adding: Adding, language: Language, *files: Path) -> list[list[object]]:
    async def every() -> list[list[object]]:
        return [shown async for shown in adding._on_files([str(file) for file in files], request_of("one", language))]

    updates: list[list[object]] = in_a_thread(every())
    return updates


def renews(monkeypatch: pytest.MonkeyPatch, renewed: object) -> None:
    """Let an assistant over a library be renewed without a model, or fail to be."""
    monkeypatch.setattr(LibraryAssistant, "renewed", create_autospec(LibraryAssistant.renewed, side_effect=[renewed]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_a_paper_is_there_and_of_the_rest_it_is_said_what_is_wrong(
    adding: Adding, shelf: Shelf, base: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    good, bad = tmp_path / "kapal.txt", tmp_path / "kosong.txt"
    good.write_text("Kapal yang diteliti berjumlah 37 buah.")
    bad.write_bytes(b"")
    knowing: object = SmallAssistant()
    renews(monkeypatch, knowing)
    first, last = added(adding, language, good, bad)
    assert first[1] == gr.skip()
    assert Html(str(first[-1])).text == label("library_adding", language)
    assert last[1] == "2 papers"
    assert [entry.name for entry in shelf.entries[1:]] == ["kapal.txt"]
    assert base.ready is knowing
    status = Html(str(last[-1]))
    assert status.text.startswith(label("library_added", language, name="kapal.txt"))
    assert "kosong.txt: " in status.text
    assert [each["role"] for each in status.having("role")] == ["status", "alert"]
    assert str(tmp_path) not in status.text
    assert not good.exists()
    assert not bad.exists()


def test_where_nothing_is_a_paper_the_assistant_stays(
    adding: Adding, base: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "kosong.txt"
    bad.write_bytes(b"")
    before = base.ready
    renews(monkeypatch, TanyaError("not to be asked for"))
    assert "kosong.txt: the file is empty" in Html(str(added(adding, "en", bad)[-1][-1])).text
    assert base.ready is before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_fails_is_said_and_the_former_assistant_answers(
    adding: Adding, base: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    good = tmp_path / "kapal.txt"
    good.write_text("Kapal yang diteliti berjumlah 37 buah.")
    before = base.ready
    problem = TanyaError("/srv/index is <full>", indonesian="/srv/index <penuh>")
    renews(monkeypatch, problem)
    status = Html(str(added(adding, language, good)[-1][-1]))
    assert status.text == {"id": "…/index <penuh>", "en": "…/index is <full>"}[language]
    assert base.ready is before
    assert not good.exists()
