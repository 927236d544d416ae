"""The papers of a library, without a browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.library import BUNDLED, Library, LibraryError
from page.papers.shelf import Shelf
from page.ui_text import label
from tests.page.browser.paper_files import GLACIER, HARBOUR, pdf


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a library with the bundled paper, a PDF, a text, and another text of the same name."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "more").mkdir()
    (folder / "harbour.pdf").write_bytes(pdf(HARBOUR))
    (folder / "glacier.txt").write_text(GLACIER)
    (folder / "more" / "glacier.txt").write_text(f"{GLACIER} More was measured in 2021.")
    library = Library(folder / "library")
    library.add_bundled()
    changes = library.add([folder / "harbour.pdf", folder / "glacier.txt", folder / "more" / "glacier.txt"])
    assert [outcome.change for outcome in changes] == ["added"] * 3
    return folder / "library"


@pytest.fixture
def library(filled: Path, tmp_path: Path) -> Library:
    """Give a copy of the library, from which papers may be removed."""
    return Library(shutil.copytree(filled, tmp_path / "library"))


def test_the_bundled_paper_comes_first_then_by_what_they_are_called(library: Library) -> None:
    names = [name for name, _ in Shelf(library).choices("bawaan")]
    assert [name.partition(" ")[0] for name in names] == ["bawaan", "glacier.txt", "glacier.txt", "harbour.pdf"]
    assert Shelf(library).first.paper.id == BUNDLED


def test_papers_of_one_name_are_told_apart(library: Library) -> None:
    choices = Shelf(library).choices("bawaan")
    same = [(name, paper) for name, paper in choices if name.startswith("glacier.txt")]
    assert len(dict(same)) == 2
    assert all(paper[:6] in name for name, paper in same)
    assert dict(choices)["harbour.pdf"]


def test_a_paper_is_opened_with_its_pages_and_its_id(library: Library) -> None:
    shelf = Shelf(library)
    opened = {name: shelf.document(paper) for name, paper in shelf.choices("bawaan")}
    assert [document.paper.id for document in opened.values()] == [entry.id for entry in shelf.entries]
    assert opened["harbour.pdf"].sheets is not None
    assert opened["bawaan"].sheets is None
    assert opened["bawaan"].paper.annotations.translations
    assert shelf.document(shelf.entries[1].id) is shelf.document(shelf.entries[1].id)


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_was_removed_since_is_told_in_one_line(library: Library, language: str) -> None:
    shelf = Shelf(library)
    gone = library.remove("harbour.pdf").id
    for wanted in (gone, "", "../..", "x"):
        with pytest.raises(LibraryError) as error:
            shelf.document(wanted)
        assert error.value.in_language(language) == label("paper_lost", language)  # type: ignore[arg-type]
    assert shelf.document(shelf.entries[1].id).paper.name == "glacier.txt"


def test_the_first_is_the_first_that_can_be_opened(library: Library) -> None:
    shelf = Shelf(library)
    library.remove(BUNDLED)
    library.remove(shelf.entries[1].id)
    assert shelf.first.paper.id == shelf.entries[2].id


def test_of_a_library_that_is_gone_there_is_no_first(library: Library) -> None:
    shelf = Shelf(library)
    shutil.rmtree(library.folder)
    with pytest.raises(LibraryError, match="removed from the library"):
        _ = shelf.first


def test_conversations_are_kept_apart_by_the_library_s_place(library: Library, tmp_path: Path) -> None:
    digest = Shelf(library).digest
    assert digest == Shelf(Library(library.folder)).digest
    assert digest != Shelf(Library(tmp_path / "other")).digest
    assert str(tmp_path) not in digest
