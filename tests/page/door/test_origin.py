"""No website can read or ask this machine's page, neither by another name nor from another page."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from typing import Any

import httpx
import pytest
from gradio_client import Client

import ui
from corpus import LANGUAGES, TanyaError
from page.door.open_paths import API
from page.door.origin import CheckOrigin, OwnNames
from tests.page.serving import Page, ask, served, tools_of
from tests.page.stand_ins import in_a_thread

PATHS = [
    *(("GET", path) for path in ("/", "/config", "/health", "/theme.css", "/nothing", "/assets/x", f"{API}/info")),
    *(
        ("GET", f"{API}/{path}")
        for path in ("heartbeat/x", "queue/data?session_hash=x", "call/ask/x", "mcp/", "mcp/sse")
    ),
    *(("POST", path) for path in ("/login", f"{API}/queue/join", f"{API}/call/ask", f"{API}/upload", f"{API}/mcp/")),
    *((method, f"{API}/call/ask") for method in ("OPTIONS", "HEAD", "PUT")),
]


def answered(names: OwnNames, *headers: tuple[str, str], kind: str = "http") -> int:
    """Return the status of the answer to a request with these headers."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    scope = {"type": kind, "method": "GET", "path": "/", "headers": raw}
    in_a_thread(CheckOrigin(app, names)(scope, None, send))  # type: ignore[arg-type]
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    ("served_at", "others", "host", "status"),
    [
        *(("127.0.0.1", (), host, 200) for host in ("localhost:7860", "127.0.0.1:7860", "[::1]:7860", "LOCALHOST")),
        *(("127.0.0.1", (), host, 200) for host in ("localhost:9", "[0:0:0:0:0:0:0:1]")),  # through a tunnel
        *(("127.0.0.1", (), host, 421) for host in ("x.localhost", "localhost.evil.example", "evil.example:7860")),
        *(("127.0.0.1", (), host, 421) for host in ("192.0.2.1", "127.0.0.2", "[::2]", "localhost.", "0.0.0.0")),
        *(
            ("127.0.0.1", (), host, 400)
            for host in ("", "a@localhost", "localhost:x", "localhost/", "http://localhost")
        ),
        *(("127.0.0.1", (), host, 400) for host in ("localhost, evil.example", "[::1", "localhost:7860\xa0")),
        ("192.0.2.1", (), "192.0.2.1:80", 200),
        ("192.0.2.1", (), "localhost", 200),
        ("192.0.2.1", (), "192.0.2.2", 421),
        ("tanya.example.org", (), "Tanya.Example.org:7860", 200),
        ("localhost", (), "127.0.0.1", 200),
        *((every, (), "192.0.2.1:7860", 200) for every in ("0.0.0.0", "::")),
        *((every, (), "[2001:db8::1]", 200) for every in ("0.0.0.0", "::")),
        *((every, (), "localhost", 200) for every in ("0.0.0.0", "::")),
        *((every, (), "evil.example", 421) for every in ("0.0.0.0", "::")),
        *((every, (), "192.0.2.1.evil.example", 421) for every in ("0.0.0.0", "::")),
        ("0.0.0.0", ("tanya.example.org", "[2001:DB8::1]"), "TANYA.example.org", 200),
        ("127.0.0.1", ("tanya.example.org", "[2001:DB8::1]"), "[2001:db8:0::1]:7860", 200),
        ("127.0.0.1", ("tanya.example.org",), "x.tanya.example.org", 421),
    ],
)
def test_by_which_names_it_is_there(served_at: str, others: Sequence[str], host: str, status: int) -> None:
    for kind in ("http", "websocket"):
        if kind == "http" or status != 200:
            assert answered(OwnNames(served_at, others), ("host", host), kind=kind) == status


def test_a_request_names_one_host() -> None:
    names = OwnNames("127.0.0.1")
    assert answered(names) == 400
    assert answered(names, ("host", "localhost"), ("host", "evil.example")) == 400


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:7860", "http://localhost:7860", 200),
        ("[::1]:7860", "http://[::1]:7860", 200),
        ("localhost", "http://localhost", 200),
        ("localhost:80", "http://localhost", 200),
        ("tanya.example.org", "https://tanya.example.org", 200),  # a proxy speaks HTTPS
        ("tanya.example.org:443", "https://tanya.example.org", 200),
        ("tanya.example.org:8443", "https://tanya.example.org:8443", 200),
        ("Tanya.example.org", "https://tanya.EXAMPLE.org", 200),
        ("localhost:7860", "http://localhost:7861", 403),
        ("localhost:7860", "http://localhost", 403),
        ("localhost:7860", "http://127.0.0.1:7860", 403),
        ("localhost:7860", "http://x.localhost:7860", 403),
        ("localhost:7860", "https://evil.example", 403),
        ("tanya.example.org", "https://tanya.example.org:8443", 403),
        ("localhost:7860", "null", 403),
        ("localhost:7860", "", 403),
        ("localhost:7860", "file://", 403),
        ("localhost:7860", "ftp://localhost:7860", 403),
        ("localhost:7860", "http://localhost:7860@evil.example", 403),
        ("localhost:7860", "http://localhost:7860/", 403),
        ("localhost:7860", "http://localhost:7860 http://evil.example", 403),
    ],
)
def test_which_pages_may_ask(host: str, origin: str, status: int) -> None:
    names = OwnNames("127.0.0.1", ["tanya.example.org"])
    assert answered(names, ("host", host), ("origin", origin)) == status


def test_one_good_origin_of_two_is_not_enough() -> None:
    origins = [("origin", "http://localhost"), ("origin", "https://evil.example")]
    assert answered(OwnNames("127.0.0.1"), ("host", "localhost"), *origins) == 403


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with served("--mcp", "--rate", "0", "--allow-host", "tanya.example.org") as page:
        yield page


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_another_page_gets_nothing(page: Page, method: str, path: str) -> None:
    preflight = {"access-control-request-method": "POST", "access-control-request-headers": "x-gradio"}
    for origin in ("https://evil.example", "http://localhost", "http://x.localhost", "null"):
        refused = page.client.request(method, path, headers={"origin": origin} | preflight)
        assert refused.status_code == 403
        host = f"127.0.0.1:{page.client.base_url.port}"
        message = f"This request comes from another page; only the page at {host} may ask here."
        assert message in refused.text or method == "HEAD"
        assert not [name for name in refused.headers if name.startswith("access-control")]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_by_another_name_there_is_nothing(page: Page, method: str, path: str) -> None:
    for host in ("evil.example", "x.localhost:7860"):
        refused = page.client.request(method, path, headers={"host": host, "origin": f"http://{host}"})
        assert refused.status_code == 421
        assert f"--allow-host {host.partition(':')[0]}" in refused.text or method == "HEAD"
        assert not [name for name in refused.headers if name.startswith("access-control")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_told_in_one_line_of_the_reader_s_language(page: Page, language: str) -> None:
    speaks = {"accept-language": language}
    unknown = page.client.get("", headers={"host": "tanya.example.com"} | speaks).json()["detail"]
    foreign = page.client.get("", headers={"host": "localhost", "origin": "http://a.example"} | speaks).json()["detail"]
    assert unknown.endswith("--allow-host tanya.example.com")
    assert unknown.startswith("Tanya tidak" if language == "id" else "Tanya is not served")
    assert foreign.startswith("Permintaan ini" if language == "id" else "This request")
    assert "\n" not in unknown + foreign


def test_no_page_is_told_that_it_may_read_an_answer(page: Page) -> None:
    own = str(page.client.base_url).rstrip("/")
    for method, path in PATHS:
        with page.client.stream(method, path, headers={"origin": own}) as response:
            assert not [name for name in response.headers if name.startswith("access-control")]


def test_programs_and_the_page_itself_still_ask(page: Page) -> None:
    client = Client(str(page.client.base_url), verbose=False)
    assert client.predict("Kapan?", api_name="/ask")["answer"] == "Jawab: Kapan?"
    client.close()
    own = {"origin": str(page.client.base_url).rstrip("/")}
    posted = page.client.post("gradio_api/call/ask", json={"data": ["Kapan?", "auto", ""]}, headers=own)
    assert posted.status_code == 200


def test_mcp_clients_still_ask_and_other_pages_do_not(page: Page) -> None:
    assert tools_of(page) == ["ask", "lookup", "batch"]
    with pytest.raises(BaseException):  # noqa: B017, the client's own, in a group of them
        tools_of(page, headers={"origin": "https://evil.example"})


def test_it_can_be_served_by_ipv6() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with served("--host", "::1") as page:
        assert page.client.get("health").status_code == 200
        assert "Jawab: Kapan?" in ask(page.client, "Kapan?", "auto", "").text


def test_a_proxy_that_speaks_https_works(page: Page) -> None:
    through = {"host": "tanya.example.org", "origin": "https://tanya.example.org", "x-forwarded-proto": "https"}
    with httpx.Client(base_url=page.client.base_url, headers=through, timeout=30, trust_env=False) as client:
        assert "Jawab: Kapan?" in ask(client, "Kapan?", "auto", "").text
        assert '"root":"https://tanya.example.org"' in client.get("config").text
    forgotten = page.client.get(
        "health", headers={"origin": "https://tanya.example.org"}
    )  # the Host header, by a proxy
    assert "Host header" in forgotten.json()["detail"]


@pytest.mark.parametrize(
    "name", ["https://tanya.example.org", "tanya.example.org:443", "*.example.org", "", "a b", "ä"]
)
def test_what_is_no_name_is_told_in_one_line(name: str) -> None:
    with pytest.raises(TanyaError, match="--allow-host") as error:
        OwnNames("127.0.0.1", [name])
    assert "\n" not in str(error.value)
    assert ui._read_options([]).allow_host == []
