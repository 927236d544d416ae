"""What a served page gives away: nothing of the disk, no traceback, no path that it does not need."""

from __future__ import annotations

from collections.abc import Iterator

import gradio
import httpx
import pytest
from gradio_client import Client

from corpus import TanyaError
from page.folders import for_everyone, without_folders
from page.open_paths import API, is_open, is_public
from tests.ui.serving import Page, ask, secrets_of_the_disk, served
from tests.ui.stand_ins import loaded
from tests.ui.visits import ROOT


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with served("--mcp") as page:
        yield page


PATHS = (
    *("", "?q=Kapan%3F", "config", "health", "theme.css", "manifest.json", "robots.txt", "favicon.ico"),
    *("assets/nothing.js", "assets/..%2f..%2froutes.py", "static/nothing", "static/..%2f..%2f..%2froutes.py"),
    *("nothing", "login", "logout", "config?deep_link=x", "?deep_link=..%2f..%2fx", "openapi.json", "monitoring"),
    *(f"gradio_api/{name}" for name in ("info", "info?all_endpoints=true", "openapi.json", "app_id", "user", "token")),
    *(f"gradio_api/{name}" for name in ("startup-events", "mcp/schema", "upload_progress?upload_id=x", "file=ui.py")),
    *(f"gradio_api/{name}" for name in ("call/ask/nothing", "call/nothing", "runs", "deep_link?session_hash=x")),
)


def test_no_answer_names_a_place_on_the_disk(page: Page) -> None:
    told = {path: page.client.get(path) for path in PATHS if not path.startswith("gradio_api/call/ask")}
    posts = {
        "asked": ask(page.client, "Kapan?", "auto", ""),
        "refused": ask(page.client, "", "id", ""),
        "no such file": ask(page.client, "x.pdf", "id", ""),
        "broken": ask(page.client, "!", "auto", ""),
        "too little given": ask(page.client, "Kapan?"),
        "batch": ask(page.client, ["Kapan?", ""], "auto", endpoint="batch"),
        "batch of rubbish": ask(page.client, "x", "auto", endpoint="batch"),
        "lookup": ask(page.client, "masker", "", "auto", endpoint="lookup"),
        "upload": page.upload("soal.csv", b"question\nKapan?\n"),
        "upload of rubbish": page.client.post("gradio_api/upload", content=b"rubbish"),
        "no form": page.client.post("gradio_api/upload", data={"a": "b"}),
        "unknown endpoint": page.client.post("gradio_api/call/nothing", json={"data": []}),
        "unknown event": page.client.post(
            "gradio_api/queue/join", json={"data": [], "fn_index": 999, "session_hash": "a"}
        ),
        "not what it takes": page.client.post("gradio_api/call/ask", json={"x": str(ROOT)[:3]}),
        "no JSON": page.client.post("gradio_api/call/ask", content=b"{"),
        "wrong argument": page.client.post("gradio_api/call/v2/ask", json={"frage": "Wann?"}),
        "wrong method": page.client.put("gradio_api/call/ask", json={}),
    }
    for name, data in (("soal.csv", b"question\nKapan?\n"), ("rusak.pdf", b"%PDF-1.4\nrubbish")):
        for component in page.file_boxes:
            posts[f"{name} in {component}"] = page.dropped(component, name, data)
    assert len(page.file_boxes) == 2
    for name, response in (told | posts).items():
        for secret in secrets_of_the_disk():
            assert secret not in response.text, name
            assert secret not in str(response.headers), name
        assert "Traceback" not in response.text, name
    assert posts["asked"].text.count("Jawab: Kapan?") == 1
    assert "went wrong inside the program" in posts["broken"].text
    assert posts["unknown event"].json() == {"detail": "Internal error"}


@pytest.mark.parametrize(
    "path",
    [
        f"{API}/file=/etc/hostname",
        f"{API}/file=http://127.0.0.1/",
        f"{API}/file/etc/hostname",
        f"{API}/proxy=http://127.0.0.1/",
        f"{API}/deep_link?session_hash=x",
        f"{API}/custom_component/a/client/b/c",
        f"{API}/run/ask",
        f"{API}/api/ask",
        f"{API}/component_server",
        f"{API}/dev/reload",
        f"{API}/stream/a",
        f"{API}/runs",
        f"{API}/queue/status",
        f"{API}//queue/join",
        f"{API}/call/ask/a/b",
        f"{API}/callask",
        "//config",
        "/monitoring",
        "/monitoring/summary",
        "/openapi.json",
        "/docs",
        "/svelte/a",
    ],
)
def test_what_the_page_does_not_need_is_not_there(page: Page, path: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        response = page.client.request(method, httpx.URL(page.client.base_url, raw_path=path.encode()))
        assert response.status_code == 404
        assert response.text in ("", '{"detail":"Not found"}')


def test_what_is_open_and_to_whom(page: Page) -> None:
    assert gradio.__version__ == page.client.get("config").json()["version"]
    for path in ("/", "/assets/index.js", "/login", "/health"):
        assert is_public(path)
    for path in ("/config", f"{API}/mcp", f"{API}/queue/join", f"{API}/upload", f"{API}/info", f"{API}/cancel"):
        assert is_open(path)
        assert not is_public(path)
    assert not is_open(f"/config\n{API}/mcp")


def test_a_client_finds_its_way(page: Page) -> None:
    client = Client(str(page.client.base_url), verbose=False)
    assert client.predict("Kapan?", api_name="/ask")["answer"] == "Jawab: Kapan?"
    assert [record["answer"] for record in client.predict(["Apa?"], api_name="/batch")] == ["Jawab: Apa?"]
    client.close()


def test_why_the_model_is_missing_is_told_without_its_place() -> None:
    def fail(report: object) -> None:
        raise TanyaError(f"{ROOT}/model is not a model; set TANYA_CACHE", indonesian=f"{ROOT}/model bukan model")

    progress = loaded(fail).progress
    assert progress.told("en") == "…/model is not a model; set TANYA_CACHE"
    assert progress.told("id") == "…/model bukan model"

    def break_down(report: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", f"{ROOT}/x.bin")

    assert loaded(break_down).progress.told("en") == (
        "FileNotFoundError: [Errno 2] No such file or directory: '…/x.bin'"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The index in /srv/tanya/index cannot be used", "The index in …/index cannot be used"),
        ("see https://example.org/a/b or 1/2/3", "see https://example.org/a/b or 1/2/3"),
        ("/a", "/a"),
        ("'/a/b c' and \"/d/e\"", "'…/b c' and \"…/e\""),
        ("id/en, and/or", "id/en, and/or"),
        ("", ""),
    ],
)
def test_of_a_path_its_last_name_is_told(text: str, told: str) -> None:
    assert without_folders(text) == told
    assert for_everyone(TanyaError(text)).told("id") == told


def test_a_home_with_a_space_is_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/Ana Maria")
    assert without_folders("/home/Ana Maria/.cache/tanya/x is full") == "…/x is full"
