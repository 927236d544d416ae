"""A real Chromium before one real server, which loads the real model once for all tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.ui.visits import Server, Visit, Visits

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

expect.set_options(timeout=15_000)  # milliseconds: on a busy machine, all takes longer

_SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def server(no_network: None) -> Iterator[Server]:
    """Serve the page, once for all tests that do not need one of their own."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def fresh_server(no_network: None) -> Iterator[Server]:
    """Serve the page just now; name this fixture before ``visits``, so that the tabs are closed first."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; on a machine without one the tests are skipped, but not in CI."""
    if CHROMIUM is None:
        missing = "no Chromium on the PATH (Debian: apt-get install chromium)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Give a function that opens the page of a server in a fresh tab."""
    visits = Visits(browser)
    yield visits
    visits.close()


@pytest.fixture
def visit(visits: Visits, server: Server) -> Visit:
    """Open the page on a wide screen, in Indonesian, the model loaded."""
    visit = visits(server)
    visit.wait_until_ready()
    return visit


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try again, twice, what a browser did not manage: a busy machine is now and then too slow; -ra tells of it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))
