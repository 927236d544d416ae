"""What a served page reveals: no path of the disk, no traceback, no URL that it does not need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio
import httpx
import pytest
from gradio_client import Client

from page.door.open_paths import API
from tests.page.serving import Page, ask, secrets_of_the_disk, served
from tests.page.visits import ROOT


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with served("--mcp", "--rate", "0") as page:
        yield page


@pytest.fixture(scope="module")
def plain_page() -> Iterator[Page]:
    with served("--rate", "0") as page:
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
    responses = {path: page.client.get(path) for path in PATHS if not path.startswith("gradio_api/call/ask")}
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
    for name, response in (responses | posts).items():
        for secret in secrets_of_the_disk():
            assert secret not in response.text, name
            assert secret not in str(response.headers), name
        assert "Traceback" not in response.text, name
    assert posts["asked"].text.count('"answer": "Jawab: Kapan?"') == 1
    assert "went wrong inside the program" in posts["broken"].text
    assert posts["unknown event"].json() == {"detail": "Internal error"}


def values_with_a_path(page: Page) -> list[Any]:
    """Return values that hold an upload's name, in forms in which Gradio takes them for a file."""
    file = {"path": page.upload("a.txt", b"a").json()[0], "meta": {"_type": "gradio.FileData"}}
    return [file, [file], {"a": file}, {"files": [file]}, {"path": file["path"]}]


@pytest.mark.parametrize(
    ("endpoint", "given"),
    [("ask", ["Kapan?", "auto", ""]), ("lookup", ["", "", "auto"]), ("batch", [["Kapan?"], "auto"])],
)
def test_no_file_is_taken_for_a_text_by_an_endpoint(page: Page, endpoint: str, given: list[Any]) -> None:
    for value in values_with_a_path(page):
        for n in range(len(given)):
            data = [*given[:n], value, *given[n + 1 :]]
            tool = {"name": endpoint, "arguments": {"question": value, "text": value, "questions": [value]}}
            call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": tool}
            accepts = {"accept": "application/json, text/event-stream"}
            for refused in (
                page.client.post(f"gradio_api/call/{endpoint}", json={"data": data}),
                page.client.post(f"gradio_api/call/{endpoint}", json={"data": data, "fn_index": 0}),
                page.client.post("gradio_api/mcp/", json=call, headers=accepts),
            ):
                assert (refused.status_code, refused.text) == (400, '{"detail":"That request cannot be read."}')


def test_no_file_is_taken_for_a_text_by_the_page(page: Page) -> None:
    values, boxes = values_with_a_path(page), page.file_boxes
    for event in page.client.get("config").json()["dependencies"]:
        for n, component in enumerate(event["inputs"]):
            if component not in boxes:
                data = [None] * len(event["inputs"])
                data[n] = values[n % len(values)]
                request = {"data": data, "fn_index": event["id"], "session_hash": "texts"}
                assert page.client.post("gradio_api/queue/join", json=request).status_code == 400
        request = {"data": [None] * len(event["inputs"]), "fn_index": event["id"], "event_data": values[0]}
        assert page.client.post("gradio_api/queue/join", json=request | {"session_hash": "texts"}).status_code == 400


def test_a_file_of_another_form_tells_nothing(page: Page) -> None:
    for component in page.file_boxes:
        for value in values_with_a_path(page):
            text = page.sent(component, value).text
            for secret in secrets_of_the_disk():
                assert secret not in text


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


@pytest.mark.parametrize("auth", [None, ("ani", "rahasia"), ("ani", "salah"), ("budi", "")])
def test_without_being_asked_for_there_are_no_tools(plain_page: Page, auth: tuple[str, str] | None) -> None:
    for path in ("mcp", "mcp/", "mcp/http", "mcp/sse", "mcp/schema", "mcp/messages/"):
        for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
            response = plain_page.client.request(method, f"gradio_api/{path}", auth=auth)
            assert response.status_code == 404
            assert response.text in ("", '{"detail":"Not found"}')
            assert "www-authenticate" not in response.headers


def test_it_is_served_by_the_installed_gradio(page: Page) -> None:
    assert gradio.__version__ == page.client.get("config").json()["version"]


def test_a_client_finds_its_way(page: Page) -> None:
    client = Client(str(page.client.base_url), verbose=False)
    assert client.predict("Kapan?", api_name="/ask")["answer"] == "Jawab: Kapan?"
    assert [record["answer"] for record in client.predict(["Apa?"], api_name="/batch")] == ["Jawab: Apa?"]
    client.close()
