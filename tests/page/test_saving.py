"""Files that are saved or uploaded do not stay on the server's disk."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from page.saving import file_to_save, take_upload


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that Gradio puts uploads into."""
    folder = tmp_path / "gradio"
    folder.mkdir()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(folder))
    return folder


def upload(uploads: Path, name: str = "Makalah saya.pdf", data: bytes = b"%PDF-", folder: str = "a1b2") -> Path:
    file = uploads / folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("percakapan-tanya.json", "application/json"),
        ("percakapan-tanya.txt", "text/plain"),
        ("percakapan-tanya.bib", "application/x-bibtex"),
        ("percakapan-tanya.ris", "application/x-research-info-systems"),
        ("jawaban.csv", "text/csv"),
        ("jawaban.jsonl", "application/jsonl"),
        ("x.tak-dikenal", "application/octet-stream"),
        ("x", "application/octet-stream"),
    ],
)
@pytest.mark.parametrize("data", [b"", b"\x00\xff", "“é” \U0001f600\r\n".encode(), bytes(range(256)) * 50])
def test_a_file_for_the_browser_to_save(name: str, mime: str, data: bytes) -> None:
    file = file_to_save(name, data)
    assert (file["name"], file["mime"]) == (name, mime)
    assert base64.b64decode(file["base64"], validate=True) == data


@pytest.mark.parametrize(("limit", "data"), [(5, b"%PDF-"), (4, None), (10**9, b"%PDF-"), (0, None)])
def test_an_upload_is_taken_off_the_disk_be_it_too_large_or_not(uploads: Path, limit: int, data: bytes | None) -> None:
    file = upload(uploads)
    assert take_upload(str(file), max_bytes=limit) == ("Makalah saya.pdf", data)
    assert list(uploads.iterdir()) == []


def test_what_others_have_uploaded_stays(uploads: Path) -> None:
    other, again = upload(uploads, folder="c3d4"), upload(uploads, name="other.pdf")
    writing = uploads / "tmpz9y8x7w6"
    writing.write_bytes(b"%PD")
    take_upload(str(upload(uploads)), max_bytes=5)
    assert other.read_bytes() == again.read_bytes() == b"%PDF-"
    assert writing.read_bytes() == b"%PD"


def test_outside_the_uploads_nothing_but_the_file_goes(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / "paper.pdf"
    file.parent.mkdir()
    file.write_bytes(b"%PDF-")
    assert take_upload(str(file), max_bytes=5) == ("paper.pdf", b"%PDF-")
    assert not file.exists()
    assert file.parent.exists()


def test_an_upload_that_is_gone_already(uploads: Path) -> None:
    with pytest.raises(OSError, match=r"paper\.pdf"):
        take_upload(str(uploads / "a1b2" / "paper.pdf"), max_bytes=5)
    with pytest.raises(OSError, match="a1b2"):
        take_upload(str(upload(uploads).parent), max_bytes=10**9)
