"""A folder of papers: what is added, what is recognised, and what is mended."""

from __future__ import annotations

import errno
import json
import logging
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus import library as library_module
from corpus import load_paper, read_paper
from corpus.library import BUNDLED, Change, Entry, Library, LibraryError, find_files, only_one
from corpus.metadata import Metadata

TEXTS = {
    "masks.txt": "Sichuan sent masks to the province in March. They were given to the hospitals of Bandung.",
    "rice.txt": "The province grows rice on wet fields. Harvests fell by a tenth in the dry year.",
}


@pytest.fixture(autouse=True)
def reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process. A child for each would be most of the work; ``test_guarded`` tests those."""
    monkeypatch.setattr(library_module, "read_guarded", read_paper)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "masks.txt").write_text(TEXTS["masks.txt"])
    (folder / "deep" / "rice.txt").write_text(TEXTS["rice.txt"])
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def changes(library: Library, *paths: Path) -> list[Change]:
    return [outcome.change for outcome in library.add(find_files(paths))]


def names(library: Library) -> list[str]:
    return [entry.name for entry in library.entries()]


def test_a_folders_papers_are_added_and_read_back(library: Library, files: Path) -> None:
    assert changes(library, files) == ["added", "added"]
    assert names(library) == ["masks.txt", "rice.txt"]
    for entry in library.entries():
        paper = library.paper(entry.id)
        assert paper == replace(load_paper(entry.path), id=entry.id)
        assert (entry.pages, entry.sentences) == (1, 2)
        assert library.file(entry.id) == Path(entry.path).read_bytes()


def entry(paper_id: str, name: str) -> Entry:
    return Entry(paper_id, name, "", 1, 1, Metadata())


def test_a_paper_is_named_by_a_name_or_enough_of_an_id() -> None:
    entries = [entry("0123456789abcdef", "masks.txt"), entry("0123999999999999", "a"), entry("bundled", "0123")]
    for wanted, found in (("masks.txt", 0), ("01234", 0), ("0123456789abcdef", 0), ("a", 1), ("01239", 1), ("bund", 2)):
        assert only_one(wanted, entries) == entries[found]
    for wanted, problem in (
        ("0", "is too short for the beginning of an id, give 4 characters or more: 0123456789abcdef .masks.txt., 0123"),
        ("bun", "is too short for the beginning of an id, give 4 characters or more: bundled .0123.$"),
        (
            "0123",
            "may be any of these, give the id: 0123456789abcdef .masks.txt., 0123999999999999 .a., bundled .0123.",
        ),
        ("", "No paper in the library is"),
        ("x", "No paper in the library is"),
    ):
        with pytest.raises(LibraryError, match=problem):
            only_one(wanted, entries)
    many = [entry(f"{number:016}", "x") for number in range(1000)]
    with pytest.raises(LibraryError, match=r"\.\.\.$") as caught:
        only_one("0", many)
    assert len(str(caught.value)) < 300


def test_what_is_unchanged_is_not_read_again(library: Library, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes(library, files)
    monkeypatch.setattr(library_module, "read_guarded", None)
    assert changes(library, files) == ["unchanged", "unchanged"]


def test_a_renamed_file_is_recognised_and_not_read_again(
    library: Library, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes(library, files)
    before = {entry.id for entry in library.entries()}
    monkeypatch.setattr(library_module, "read_guarded", None)
    (files / "masks.txt").rename(files / "face masks.txt")
    assert changes(library, files) == ["unchanged", "renamed"]
    assert names(library) == ["face masks.txt", "rice.txt"]
    assert {entry.id for entry in library.entries()} == before
    renamed = library.entries()[0]
    assert library.paper(renamed.id).name == "face masks.txt"
    assert changes(library, files) == ["unchanged", "unchanged"]


def test_a_copy_is_told_and_not_kept_twice(library: Library, files: Path) -> None:
    changes(library, files)
    shutil.copy(files / "masks.txt", files / "copy.txt")
    assert changes(library, files / "copy.txt") == ["duplicate"]
    assert names(library) == ["masks.txt", "rice.txt"]


def test_a_changed_file_replaces_what_it_was(library: Library, files: Path) -> None:
    changes(library, files)
    (files / "masks.txt").write_text(TEXTS["masks.txt"] + " More came in April.")
    assert changes(library, files) == ["unchanged", "replaced"]
    assert [entry.sentences for entry in library.entries()] == [3, 2]


def test_what_cannot_be_read_does_not_stop_the_rest(library: Library, files: Path) -> None:
    (files / "empty.txt").write_text(" ")
    (files / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    outcomes = list(library.add(find_files([files, files / "absent.txt"])))
    failed = {outcome.path.name: str(outcome.problem) for outcome in outcomes if outcome.change == "failed"}
    assert failed.keys() == {"empty.txt", "broken.pdf", "absent.txt"}
    assert all("\n" not in message and name in message for name, message in failed.items())
    assert names(library) == ["masks.txt", "rice.txt"]


def test_stopped_halfway_it_goes_on_from_there(library: Library, files: Path) -> None:
    with closing(library.add(find_files([files]))) as adding:
        assert next(adding).change == "added"
    assert changes(library, files) == ["unchanged", "added"]


def test_only_papers_are_taken_from_a_folder(files: Path) -> None:
    (files / ".hidden.txt").write_text("x")
    (files / ".git").mkdir()
    (files / ".git" / "a.txt").write_text("x")
    (files / "notes.rst").write_text("x")
    (files / "diary.md").write_text("x")
    (files / "A.PDF").write_bytes(b"%PDF-")
    assert [path.name for path in find_files([files])] == ["A.PDF", "rice.txt", "diary.md", "masks.txt"]
    assert find_files([files / "notes.md", files / "notes.md"]) == [files / "notes.md"]


def test_a_folder_without_papers_is_told(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no file in this folder ends in \.pdf, \.docx, \.epub, "):
        find_files([tmp_path])


def test_the_bundled_paper_brings_its_translation_along(library: Library) -> None:
    assert library.add_bundled().change == "added"
    assert library.add_bundled().change == "unchanged"
    assert library.paper(BUNDLED) == replace(load_paper(), id=BUNDLED)
    assert library.paper(BUNDLED).annotations.translations


@pytest.mark.parametrize("wanted", ["masks.txt", "id", "beginning"])
def test_a_paper_is_removed_by_name_or_id(library: Library, files: Path, wanted: str) -> None:
    changes(library, files)
    entry = library.entries()[0]
    removed = library.remove({"id": entry.id, "beginning": entry.id[:6]}.get(wanted, wanted))
    assert removed == entry
    assert names(library) == ["rice.txt"]
    assert (files / "masks.txt").exists()
    with pytest.raises(LibraryError, match="No paper in the library"):
        library.paper(entry.id)


def test_removing_never_guesses(library: Library, files: Path) -> None:
    changes(library, files)
    (files / "deep" / "masks.txt").write_text("Another paper of that name. It is on masks, too.")
    changes(library, files)
    with pytest.raises(LibraryError, match="may be any of these"):
        library.remove("masks.txt")
    for wanted in ("", "mask", "../papers"):
        with pytest.raises(LibraryError, match="No paper in the library"):
            library.remove(wanted)
    assert len(library.entries()) == 3


@pytest.mark.parametrize("paper_id", ["..", "../papers", "/etc", "", ".", "x" * 300])
def test_no_id_leads_out_of_the_library(library: Library, files: Path, paper_id: str) -> None:
    changes(library, files)
    for look in (library.paper, library.file):
        with pytest.raises(LibraryError, match="No paper in the library"):
            look(paper_id)


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    stat = file.stat()
    file.write_bytes(data)
    import os

    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # a disk that fails leaves the time alone


def empty(file: Path) -> None:
    file.write_bytes(b"")


DAMAGES: list[Callable[[Path], Any]] = [truncate, flip, empty, Path.unlink]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["about.json", "paper.json", "manifest.json", "file"])
def test_every_damage_is_noticed_and_mended_where_it_can_be(
    library: Library, files: Path, damage: Callable[[Path], Any], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    changes(library, files)
    entry = library.entries()[0]
    sound = library.paper(entry.id)
    damage(library.folder / "papers" / entry.id / name)
    assert set(library.damaged()) == {entry.id}
    with caplog.at_level(logging.WARNING):
        if name == "file":
            with pytest.raises(LibraryError, match=r"damaged in the library.*add its file again"):
                library.paper(entry.id)
            assert changes(library, files) == ["unchanged", "added"]
        else:
            paper = library.paper(entry.id)
            assert paper.text == sound.text
            assert not library.damaged()
    assert caplog.text or name == "file"
    assert library.paper(entry.id).sentences == sound.sentences


def test_an_older_format_is_read_anew(library: Library, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes(library, files)
    before = [library.paper(entry.id) for entry in library.entries()]
    monkeypatch.setattr(library_module, "FORMAT", library_module.FORMAT + 1)
    assert [library.paper(entry.id) for entry in library.entries()] == before
    assert not library.damaged()


def test_what_is_no_paper_of_ours_is_left_alone_and_told(
    library: Library, files: Path, caplog: pytest.LogCaptureFixture
) -> None:
    changes(library, files)
    stray = library.folder / "papers" / "stray"
    stray.mkdir()
    assert names(library) == ["masks.txt", "rice.txt"]
    assert "stray is damaged" in caplog.text
    assert stray.is_dir()


def test_a_full_disk_is_told_and_nothing_is_half_there(
    library: Library, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(LibraryError, match="cannot be written: No space left on device; free some room"):
            changes(library, files)
    assert library.entries() == []
    assert changes(library, files) == ["added", "added"]


def test_metadata_are_listed(library: Library, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setTitle("On masks")
    canvas.setAuthor("Siti Aminah; Budi")
    canvas.drawString(72, 700, "Masks arrived in March and were given to hospitals.")
    canvas.save()
    changes(library, tmp_path / "a.pdf")
    entry = library.entries()[0]
    assert (entry.title, entry.metadata.authors, entry.metadata.year) == ("On masks", ("Siti Aminah", "Budi"), None)
    assert json.loads(json.dumps(entry.to_record()))["metadata"]["title"] == "On masks"
