"""Signing in: the accounts, and that only the login itself is open to others."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AuthenticationError
from playwright.sync_api import Browser, expect

from corpus import TanyaError
from page.door.guessing import FREE, Guesses
from page.door.login import VARIABLE, Accounts, SignIn
from page.door.open_paths import API
from tests.page.serving import Page, ask, served, tools_of
from tests.page.stand_ins import Clock
from tests.page.visits import ROOT, free_port

NAME, PASSWORD = "ani", "rahasia: 9 Mei"
ACCOUNTS = Accounts([("budi", "lain"), (NAME, PASSWORD)])
HOUR = 3600


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with served("--mcp", "--rate", "0", sign_in=SignIn(ACCOUNTS, Guesses(Clock(leap=HOUR)))) as page:
        yield page


class Guarded(NamedTuple):
    """A served page, and the clock by which it counts who guesses at it."""

    page: Page
    clock: Clock


@pytest.fixture(scope="module")
def guarded_page() -> Iterator[Guarded]:
    clock = Clock()
    with served("--mcp", "--rate", "0", sign_in=SignIn(ACCOUNTS, Guesses(clock))) as page:
        yield Guarded(page, clock)


@pytest.fixture
def guarded(guarded_page: Guarded) -> Guarded:
    """Give it so much later that nothing is held against anybody."""
    guarded_page.clock.now += 24 * HOUR
    return guarded_page


@pytest.fixture
def stranger(page: Page) -> Iterator[httpx.Client]:
    with client_of(page) as client:
        yield client


def client_of(page: Page) -> httpx.Client:
    return httpx.Client(base_url=page.client.base_url, timeout=30, trust_env=False)


def signed_in(client: httpx.Client, password: str = PASSWORD, name: str = NAME) -> httpx.Response:
    return client.post("login", data={"username": name, "password": password})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/config"),
        *(("GET", f"{API}/{path}") for path in ("info", "openapi.json", "app_id", "queue/data", "call/ask/x", "user")),
        *(("GET", f"{API}/{path}") for path in ("heartbeat/x", "upload_progress", "mcp/schema", "mcp/sse", "mcp/")),
        *(("POST", f"{API}/{path}") for path in ("queue/join", "upload", "call/ask", "call/v2/ask", "cancel", "reset")),
        *(("POST", f"{API}/{path}") for path in ("mcp/", "mcp/messages/", "mcp")),
    ],
)
def test_it_is_closed_to_strangers(stranger: httpx.Client, method: str, path: str) -> None:
    refused = stranger.request(method, path, json={}, headers={"accept-language": "id"})
    assert refused.status_code == 401
    assert refused.json() == {"detail": "Masuk dahulu."}
    assert stranger.request(method, path, cookies={"access-token-x": "x"}).json() == {"detail": "Sign in first."}
    # With this header, a browser would show its own window for a password.
    assert ("www-authenticate" in refused.headers) == path.startswith(f"{API}/mcp")


def test_the_way_in_is_open_and_shows_no_more_than_that(stranger: httpx.Client) -> None:
    page = stranger.get("").text
    for text in ("Masuk untuk bertanya", "Sign in to ask", "auth_required"):
        assert text in page
    assert "Sichuan" not in page
    assert '<html\n\tlang="id"' in stranger.get("", headers={"accept-language": "id"}).text
    assert stranger.get("health").json() == {"status": "ready"}


def test_signing_in_opens_it_and_signing_out_closes_it(stranger: httpx.Client) -> None:
    wrong = signed_in(stranger, "salah")
    assert wrong.status_code == 400
    assert stranger.get("config").status_code == 401
    assert signed_in(stranger).json() == {"success": True}
    assert stranger.get("config").json()["username"] == NAME
    assert "Jawab: Kapan?" in ask(stranger, "Kapan?", "auto", "").text
    assert stranger.post("gradio_api/upload", files={"files": ("a.txt", b"a")}).status_code == 200
    stranger.get("logout")
    assert stranger.get("config").status_code == 401


def test_a_client_signs_in(page: Page) -> None:
    url = str(page.client.base_url)
    client = Client(url, auth=(NAME, PASSWORD), verbose=False)
    assert client.predict("Kapan?", api_name="/ask")["answer"] == "Jawab: Kapan?"
    client.close()
    with pytest.raises(ValueError, match="Could not login"):
        Client(url, auth=(NAME, "salah"), verbose=False)
    with pytest.raises(AuthenticationError):
        Client(url, verbose=False)


def test_an_mcp_client_signs_in_with_each_request(page: Page) -> None:
    assert tools_of(page, auth=(NAME, PASSWORD)) == ["ask", "lookup", "batch"]
    with pytest.raises(BaseException):  # noqa: B017, the client's own, in a group of them
        tools_of(page, auth=(NAME, "salah"))


@pytest.mark.parametrize("header", ["Basic", "Basic x", "Basic !!!", "Bearer YW5pOng=", "Basic YW5pOng=", "Basic /w=="])
def test_a_header_that_says_nothing_opens_nothing(stranger: httpx.Client, header: str) -> None:
    assert stranger.get(f"{API}/mcp/schema", headers={"authorization": header}).status_code == 401


def test_a_password_in_a_header_opens_the_tools_only(stranger: httpx.Client) -> None:
    assert stranger.get(f"{API}/mcp/schema", auth=(NAME, PASSWORD)).status_code == 200
    assert stranger.get("config", auth=(NAME, PASSWORD)).status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("FORM", "/login"),
        ("FORM", "/login/"),
        *((method, f"{API}/mcp/schema") for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS")),
        *(("GET", f"{API}/mcp/{path}") for path in ("", "nothing", "sse")),
        *(("POST", path) for path in (f"{API}/mcp/", f"{API}/call/ask", f"{API}/queue/join")),
        *(("GET", path) for path in ("/config", f"{API}/info")),
    ],
)
def test_whoever_guesses_has_to_wait_and_is_told_nothing_meanwhile(guarded: Guarded, method: str, path: str) -> None:
    def tried(password: str) -> httpx.Response:
        if method == "FORM":
            return client.post(path, data={"username": NAME, "password": password}, headers=headers)
        return client.request(method, path, auth=(NAME, password), headers=headers)

    headers = {"accept-language": "id"}
    with client_of(guarded.page) as client:
        wrong = [tried("salah") for _ in range(FREE)]
        assert {each.status_code for each in wrong} == {400 if method == "FORM" else 401}
        stopped = [tried(password) for password in ("salah", PASSWORD, "salah", PASSWORD)]
        assert {(each.status_code, each.headers["retry-after"]) for each in stopped} == {(429, "2")}
        text = '{"detail":"Terlalu banyak percobaan masuk yang gagal. Coba lagi dalam 2 detik."}'
        assert {each.text for each in stopped} == {"" if method == "HEAD" else text}
        assert "www-authenticate" not in stopped[0].headers
        guarded.clock.now += 2
        assert signed_in(client).status_code == 200


def test_attempts_of_all_kinds_count_together(guarded: Guarded) -> None:
    with client_of(guarded.page) as client:
        for n in range(FREE):
            signed_in(client, "salah") if n % 2 else client.get(f"{API}/mcp/schema", auth=(NAME, "salah"))
        assert signed_in(client).status_code == 429
        assert client.get(f"{API}/mcp/schema", auth=(NAME, PASSWORD)).status_code == 429
        assert signed_in(client, "lain", "budi").status_code == 429  # it is the address that waits, too


def test_who_is_signed_in_goes_on(guarded: Guarded) -> None:
    with client_of(guarded.page) as inside, client_of(guarded.page) as outside:
        assert signed_in(inside).status_code == 200
        for _ in range(2 * FREE):
            signed_in(outside, "salah")
        assert signed_in(outside).status_code == 429
        assert "Jawab: Kapan?" in ask(inside, "Kapan?", "auto", "").text
        assert inside.get(f"{API}/mcp/schema", auth=(NAME, "salah")).status_code == 200
        assert outside.get("").status_code == outside.get("health").status_code == 200


def test_the_sign_in_page_tells_who_has_to_wait(guarded: Guarded, browser: Browser) -> None:
    with client_of(guarded.page) as client:
        for _ in range(FREE):
            signed_in(client, "salah")
    context = browser.new_context(locale="id-ID")
    try:
        page = context.new_page()
        page.goto(str(guarded.page.client.base_url))
        page.locator("input").first.fill(NAME)
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("button").click()
        alert = page.get_by_role("alert").filter(has_text="Terlalu banyak percobaan masuk yang gagal")
        expect(alert).to_have_text("Terlalu banyak percobaan masuk yang gagal. Coba lagi dalam 2 detik.")
        guarded.clock.now += 2
        page.get_by_role("button").click()
        expect(page.locator("#question")).to_be_visible()
        assert {(cookie["sameSite"], cookie["httpOnly"]) for cookie in context.cookies()} == {("Lax", True)}
    finally:
        context.close()


@pytest.mark.parametrize(
    ("name", "password", "is_let_in"),
    [
        (NAME, PASSWORD, True),
        (f" {NAME} ", PASSWORD, True),
        ("budi", "lain", True),
        ("budi", PASSWORD, False),
        (NAME, "", False),
        (NAME, PASSWORD + " ", False),
        (NAME.upper(), PASSWORD, False),
        ("", "", False),
        ("ani\0x", "y", False),
        ("\ud800", "é", False),
    ],
)
def test_who_is_let_in(name: str, password: str, is_let_in: bool) -> None:
    assert Accounts([("budi", "lain"), (NAME, PASSWORD)])(name, password) is is_let_in


def test_each_account_is_compared_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Any] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((len(one), len(other)))
        return one == other

    monkeypatch.setattr("page.door.login.hmac.compare_digest", compare)
    accounts = Accounts([("a", "1"), ("b", "22"), ("c", "3" * 99)])
    assert accounts("a", "1")
    assert not accounts("nobody", "x" * 999)
    assert compared == [(32, 32)] * 6


def test_accounts_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"\n {NAME}:{PASSWORD}\nbudi:lain\n\n")
    accounts = Accounts.from_environment()
    assert accounts(NAME, PASSWORD)
    assert accounts("budi", "lain")


@pytest.mark.parametrize("value", [None, "", " \n", "rahasia", ":rahasia", "ani:", "ani:x\nrahasia", " :rahasia"])
def test_what_names_no_account_is_told_without_the_password(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    with pytest.raises(TanyaError, match=VARIABLE) as error:
        Accounts.from_environment()
    assert "rahasia" not in str(error.value)
    assert "\n" not in str(error.value)


def test_the_program_ends_with_one_line() -> None:
    environment = os.environ | {VARIABLE: "rahasia"}
    ran = subprocess.run(
        [sys.executable, "ui.py", "--port", str(free_port()), "--auth"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr == f"ui.py: {VARIABLE}: line 1 is not of the form name:password\n"
    assert ran.stdout == ""
