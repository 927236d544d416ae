"""Uploads: only the sender knows the key, they are deleted once they are read, and their number is limited."""

from __future__ import annotations

import json
import re
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from page.door.limits import MAX_BODY, MAX_UPLOAD
from page.door.open_paths import API
from page.door.uploads import HideUploads
from tests.page.serving import Page, served
from tests.waits import wait_until

QUESTIONS = b"question\nKapan tiba?\n"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with served("--rate", "0") as page:
        yield page


@pytest.fixture(autouse=True)
def nothing_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "page" in request.fixturenames:
        page: Page = request.getfixturevalue("page")
        assert [data for data in page.uploads if data != b"waits"] == []


def test_an_upload_is_read_once_and_gone(page: Page) -> None:
    own, batch = page.part("own-file"), page.part("batch-file")
    response = page.dropped(batch, "soal.csv", QUESTIONS)
    assert "soal.csv: 1 questions were read" in response.text
    assert "notes.txt" in page.dropped(own, "notes.txt", b"Kalimat pertama ada di sini. Kalimat kedua juga.").text
    assert page.uploads == []


def test_its_name_is_a_key_that_nobody_can_guess(page: Page) -> None:
    names = [page.upload("a b.txt", b"waits").json()[0] for _ in range(2)]
    assert names[0] != names[1]
    assert all(re.fullmatch(r"[0-9a-f]{32}/a b\.txt", name) for name in names)
    for path in (names[0], page.folder / names[0]):
        for form in ("file=", "file/"):
            assert page.client.get(f"gradio_api/{form}{path}").status_code == 404


def test_several_at_once(page: Page) -> None:
    files = [("files", (f"{n}.txt", b"waits")) for n in range(3)]
    names = page.client.post("gradio_api/upload", files=files).json()
    assert [name.partition("/")[2] for name in names] == ["0.txt", "1.txt", "2.txt"]


def test_the_folder_is_its_owner_s_alone(page: Page) -> None:
    page.upload("a.txt", b"waits")
    folders = [page.folder, *(path for path in page.folder.iterdir() if path.is_dir())]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


@pytest.mark.parametrize(
    "path",
    [
        "/etc/hostname",
        "etc/hostname",
        "http://127.0.0.1/x",
        "https://example.org/x.pdf",
        "../" + "0" * 32 + "/a.txt",
        "0" * 32 + "/..",
        "0" * 32 + "/.",
        "0" * 32 + "/a/b",
        "0" * 32 + "/",
        "0" * 32 + "/a\0",
        "0" * 31 + "/a",
        "",
    ],
)
def test_any_other_path_is_refused(page: Page, path: str) -> None:
    for component in page.file_boxes:
        response = page.given(component, path)
        assert response.status_code == 400
        assert response.json() == {"detail": "That request cannot be read."}


def test_its_real_path_is_no_name_for_it(page: Page) -> None:
    name = page.upload("a.txt", b"waits").json()[0]
    for component in page.file_boxes:
        assert page.given(component, str(page.folder / name)).status_code == 400
    assert b"waits" in page.uploads


def test_a_name_deeper_in_what_is_given_for_a_file_is_refused(page: Page) -> None:
    file = page.file(page.upload("a.txt", b"waits").json()[0])
    for component in page.file_boxes:
        for value in ({"a": file}, {**file, "meta": file}, [[file]]):
            assert page.sent(component, value).status_code == 400


def test_a_key_that_was_never_given_opens_nothing(page: Page) -> None:
    own, batch = page.part("own-file"), page.part("batch-file")
    for component in (batch, own):
        response = page.given(component, "0" * 32 + "/a.txt")
        assert str(page.folder) not in response.text


def test_one_that_is_too_large_leaves_nothing(page: Page) -> None:
    assert page.upload("a.bin", b"x" * (MAX_UPLOAD + 1)).status_code == 413
    assert page.upload("a.bin", b"x" * (MAX_UPLOAD + MAX_BODY)).status_code == 413
    files = [("files", (f"{n}.bin", b"x" * (MAX_UPLOAD // 2))) for n in range(3)]
    assert page.client.post("gradio_api/upload", files=files).status_code == 413


def test_one_that_breaks_off_leaves_nothing(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    port = page.client.base_url.port
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = "POST /gradio_api/upload HTTP/1.1\r\nHost: localhost\r\n"
        head += 'Content-Type: multipart/form-data; boundary="b"\r\n'
        part = '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n' + "abc" * 9999
        line.sendall(f"{head}Content-Length: 90000\r\n\r\n{part}".encode())
        wait_until(lambda: any(b"abc" in data for data in page.uploads))  # Gradio has begun to write it
    wait_until(lambda: not any(b"abc" in data for data in page.uploads))
    assert caplog.records == []


@pytest.mark.parametrize("name", ["", ".", "..", "/", "x/..", None])
@pytest.mark.parametrize(("language", "message"), [("en", "has no name"), ("id", "tidak bernama")])
def test_one_without_a_name_is_refused_in_a_line(
    page: Page, caplog: pytest.LogCaptureFixture, name: str | None, language: str, message: str
) -> None:
    before = sorted(page.folder.iterdir())
    named = "" if name is None else f'; filename="{name}"'
    parts = [('; filename="a.txt"', "first"), (named, "second")]
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="files"{of}\r\n\r\n{data}\r\n' for of, data in parts)
    headers = {"content-type": "multipart/form-data; boundary=b", "accept-language": language}
    refused = page.client.post("gradio_api/upload", content=f"{body}--b--\r\n", headers=headers)
    assert refused.status_code == 400
    assert message in refused.text
    assert "\n" not in refused.text
    assert sorted(page.folder.iterdir()) == before
    assert caplog.records == []


def test_so_many_bytes_wait_and_no_more(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("page.door.uploads._BYTES_AT_MOST", 12)
    for _ in range(5):
        page.upload("a.txt", b"waits")
    assert page.uploads == [b"waits"] * 2


def test_so_many_wait_and_no_more(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("page.door.uploads._AT_MOST", 3)
    for _ in range(5):
        page.upload("a.txt", b"waits")
    assert page.uploads == [b"waits"] * 3


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b'{"data": [' + b'{"a":' * 50_000])
def test_rubbish_is_told_in_one_line(page: Page, body: bytes) -> None:
    response = page.client.post("gradio_api/queue/join", content=body, headers={"accept-language": "id"})
    assert response.status_code == 400
    assert response.json() == {"detail": "Permintaan itu tidak dapat dibaca."}


def test_all_else_comes_through_as_it_was_sent(tmp_path: Path) -> None:
    value = {"data": ["/etc/hostname", {"path": None}, {"Path": "/x"}, 1.5, "\ud800é"], "n": [[]]}
    uploads: Any = HideUploads(None, tmp_path)  # type: ignore[arg-type]
    assert json.loads(uploads._with_paths(json.dumps(value).encode(), {"path": f"{API}/queue/join"})) == value
    with pytest.raises(ValueError, match="/x"):
        uploads._with_paths(json.dumps({"n": [[{"path": "/x"}]]}).encode(), {"path": f"{API}/queue/join"})
