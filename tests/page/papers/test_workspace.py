"""The paper that a session works on: the one that it names, never another one in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import TanyaError, read_paper
from corpus.library import Library, LibraryError
from page.papers.desks import Desks
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.shelf import Shelf
from page.papers.workspace import Workspace, session_of
from page.ui_text import label
from tests.page.stand_ins import DOCUMENT, request_of

ONE, OTHER = request_of("one"), request_of("other")


def own(text: str = "Kapal yang diteliti berjumlah 37 buah.") -> Loader:
    return Loader(Document(read_paper("kapal.txt", text.encode())))


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(Loader(DOCUMENT))


def opened(workspace: Workspace, loader: Loader, session: str = "one") -> str:
    """Open a paper at a session's desk, and return what the browser then names it by."""
    workspace.desks.open(session, loader, 1)
    return loader.document.paper.digest


def test_without_a_paper_of_its_own_a_session_works_on_the_pages(workspace: Workspace) -> None:
    assert workspace.loader("", ONE) is workspace.base
    assert workspace.document("", "", ONE) is DOCUMENT
    opened(workspace, own())
    assert workspace.loader("", ONE) is workspace.base  # to which a browser may have gone back


def test_a_paper_of_its_own_is_its_sessions_alone(workspace: Workspace) -> None:
    loader = own()
    at = opened(workspace, loader)
    assert workspace.loader(at, ONE) is loader
    assert workspace.document(at, "", ONE) is loader.document
    for lost in (lambda: workspace.loader(at, OTHER), lambda: workspace.document(at, "", OTHER)):
        with pytest.raises(TanyaError) as error:
            lost()
        assert error.value.in_language("en") == label("own_lost", "en")
        assert error.value.in_language("id") == label("own_lost", "id")


def test_a_paper_that_is_lost_is_never_answered_for_by_another(workspace: Workspace) -> None:
    at = opened(workspace, own())
    replaced = opened(workspace, own("Gletser itu mundur sejauh 93 meter."))
    assert workspace.loader(replaced, ONE).document.paper.digest == replaced
    with pytest.raises(TanyaError, match="no longer in this session"):
        workspace.loader(at, ONE)
    workspace.desks.close("one")
    for digest in (at, replaced, "x", DOCUMENT.paper.digest):
        with pytest.raises(TanyaError, match="no longer in this session"):
            workspace.loader(digest, ONE)


def test_why_a_paper_was_closed_is_told(workspace: Workspace) -> None:
    workspace.desks = Desks(most_papers=1)
    at = opened(workspace, own())
    opened(workspace, own(), "other")
    with pytest.raises(TanyaError) as error:
        workspace.loader(at, ONE)
    assert error.value.in_language("id") == label("own_made_room", "id")


def test_a_paper_that_is_asked_stays_open() -> None:
    workspace = Workspace(Loader(DOCUMENT))
    at = opened(workspace, own())
    desk = workspace.desks.at("one")
    with workspace.in_use(at, ONE):
        assert desk.asking == 1
    with workspace.in_use("", ONE):
        assert desk.asking == 0


def test_over_a_library_the_paper_that_is_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "glacier.txt"
    file.write_text("The tongue of the glacier retreated by 93 metres.")
    library = Library(tmp_path / "library")
    library.add_bundled()
    assert [outcome.change for outcome in library.add([file])] == ["added"]
    shelf = Shelf(library)
    workspace = Workspace(Loader(shelf.first), shelf)
    other = shelf.entries[1].id
    assert workspace.document("", "", ONE) is shelf.first
    assert workspace.document("", other, ONE).paper.name == "glacier.txt"
    with pytest.raises(LibraryError, match="removed from the library"):
        workspace.document("", "x", ONE)
    loader = own()
    at = opened(workspace, loader)
    assert workspace.document(at, other, ONE) is loader.document  # a paper of one's own is no library's


def test_a_session_without_a_name_is_one() -> None:
    assert session_of(request_of("one")) == "one"
    assert session_of(request_of("")) == ""


def test_the_paper_that_a_session_has_open_is_known(workspace: Workspace) -> None:
    assert workspace.opened_in(ONE) == ""
    at = opened(workspace, own())
    assert (workspace.opened_in(ONE), workspace.opened_in(OTHER)) == (at, "")
