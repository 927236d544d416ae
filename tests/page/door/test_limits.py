"""The number of requests from one address, and the size of a request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

import ui
from corpus import LANGUAGES
from page.door.limits import MAX_BODY, RATE, REMEMBERED, LimitRate, Rate, read_body
from page.door.open_paths import API
from tests.page.serving import Page, ask, served
from tests.page.stand_ins import Clock, in_a_thread


def answered(rate: Rate, times: int, address: str = "192.0.2.1") -> int:
    return sum(rate.wait(address) == 0 for _ in range(times))


def test_a_minute_s_worth_at_once_and_then_as_time_goes_by() -> None:
    clock = Clock()
    rate = Rate(60, clock)
    assert answered(rate, 100) == 60
    assert rate.wait("192.0.2.1") == pytest.approx(1)
    clock.now += 0.75
    assert rate.wait("192.0.2.1") == pytest.approx(0.25)
    clock.now += 0.25
    assert answered(rate, 10) == 1
    clock.now += 10
    assert answered(rate, 100) == 10
    clock.now += 100_000
    assert answered(rate, 100) == 60


def test_waiting_as_long_as_told_is_enough() -> None:
    clock = Clock()
    rate = Rate(7, clock)
    answered(rate, 7)
    for _ in range(50):
        clock.now += rate.wait("192.0.2.1") + 1e-6
        assert rate.wait("192.0.2.1") == 0


def test_each_address_counts_for_itself() -> None:
    rate = Rate(5, Clock())
    assert answered(rate, 9, "192.0.2.1") == answered(rate, 9, "192.0.2.2") == answered(rate, 9, "") == 5


def test_the_many_addresses_of_one_ipv6_client_are_one() -> None:
    rate = Rate(5, Clock())
    assert sum(answered(rate, 1, f"2001:db8:0:1::{n:x}") for n in range(1, 20)) == 5
    assert answered(rate, 9, "2001:db8:0:2::1") == 5
    assert answered(rate, 9, "fe80::1%eth0") == 5


def test_memory_is_bounded_however_many_addresses_there_are() -> None:
    rate = Rate(5, Clock())
    for n in range(REMEMBERED + 500):
        rate.wait(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    assert len(rate._buckets) == REMEMBERED


def test_who_asks_all_along_is_not_forgotten() -> None:
    rate = Rate(5, Clock())
    answered(rate, 5, "192.0.2.1")
    for n in range(REMEMBERED + 500):
        rate.wait(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
        if n % 1000 == 0:
            assert rate.wait("192.0.2.1") > 0


class App:
    """An ASGI app that counts what reaches it, behind a limit."""

    def __init__(self, per_minute: int = 2) -> None:
        self.reached = 0
        self.limited = LimitRate(self, Rate(per_minute, Clock()))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.reached += 1

    def asked(self, path: str, method: str = "POST", kind: str = "http", **headers: str) -> list[Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": kind, "method": method, "path": path, "headers": raw, "client": ("192.0.2.1", 5000)}
        in_a_thread(self.limited(scope, None, send))  # type: ignore[arg-type]
        return sent


@pytest.mark.parametrize(
    "path", ["/login", f"{API}/queue/join", f"{API}/upload", f"{API}/call/ask", f"{API}/call/v2/ask", f"{API}/mcp/"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_costs_is_refused_in_the_reader_s_language(path: str, language: str) -> None:
    app = App()
    assert [app.asked(path) for _ in range(2)] == [[], []]
    start, body = app.asked(path, accept_language=language)
    assert app.reached == 2
    assert start["status"] == 429
    assert dict(start["headers"])[b"retry-after"] == b"30"
    message = {"id": "Coba lagi dalam 30 detik.", "en": "Try again in 30 seconds."}[language]
    assert message in body["body"].decode()
    assert b"\n" not in body["body"]


@pytest.mark.parametrize(
    ("path", "method"),
    [("/", "GET"), ("/health", "GET"), (f"{API}/queue/data", "GET"), (f"{API}/cancel", "POST"), ("/assets/a", "GET")],
)
def test_what_costs_nothing_is_not_counted(path: str, method: str) -> None:
    app = App()
    for _ in range(9):
        assert app.asked(path, method) == []
    assert app.reached == 9
    assert app.asked(f"{API}/upload") == []


def test_that_one_comes_from_elsewhere_is_not_believed() -> None:
    app = App()
    for n in range(9):
        app.asked(f"{API}/upload", x_forwarded_for=f"198.51.100.{n}", forwarded=f"for=198.51.100.{n}")
    assert app.reached == 2


@pytest.mark.parametrize("kind", ["lifespan", "websocket"])
def test_what_is_no_request_is_let_through(kind: str) -> None:
    app = App(1)
    for _ in range(3):
        app.asked(f"{API}/upload", kind=kind)
    assert app.reached == 3


@pytest.mark.parametrize("chunks", [[10], [4, 4, 2], [0, 10], [5, 0, 5, 0]])
def test_a_body_is_read_up_to_the_limit(chunks: list[int]) -> None:
    def read(most: int) -> tuple[bytes | None, int]:
        messages = [{"type": "http.request", "body": b"x" * size, "more_body": True} for size in chunks]
        messages.append({"type": "http.request"})
        left = iter(messages)

        async def receive() -> Any:
            return next(left)

        return asyncio.run(read_body(receive, most)), len(list(left))

    body, left = in_a_thread(_call(read, 10))
    assert (body, left) == (b"x" * 10, 0)
    body, left = in_a_thread(_call(read, 3))
    assert body is None
    assert left >= len([size for size in chunks if size]) - 1


async def _call(read: Any, most: int) -> Any:
    return await asyncio.to_thread(read, most)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with served("--rate", "20") as page:
        yield page


def test_a_served_page_holds_to_both(page: Page) -> None:
    huge = page.client.post("gradio_api/call/ask", content=b" " * (MAX_BODY + 1), headers={"accept-language": "id"})
    assert huge.status_code == 413
    assert huge.json() == {"detail": "Permintaan itu terlalu besar."}
    assert "Jawab" in ask(page.client, "Kapan?", "auto", "").text

    def posted(n: int) -> Any:
        headers = {"x-forwarded-for": f"198.51.100.{n}"}  # which is not believed
        return page.client.post("gradio_api/call/ask", json={"data": ["Kapan?", "auto", ""]}, headers=headers)

    refused = next(response for response in (posted(n) for n in range(200)) if response.status_code == 429)
    assert refused.json()["detail"].startswith("Too many requests from this address. Try again in ")
    assert int(refused.headers["retry-after"]) >= 1
    assert page.client.get("health").status_code == 200
    assert page.client.get("").status_code == 200


def test_it_can_be_turned_off_and_is_on_unless_told() -> None:
    assert ui._read_options([]).rate == RATE
    with served("--rate", "0") as page:
        for _ in range(30):
            assert page.client.post("login", data={"username": "a", "password": "b"}).status_code != 429


def test_less_than_nothing_is_no_rate(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        ui._read_options(["--rate", "-1"])
    assert left.value.code == 2
    assert "--rate: -1 is less than 0" in capsys.readouterr().err
