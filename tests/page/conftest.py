"""A real Chromium, and one real server that loads the real model once for all tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.page.serving import Page, served
from tests.page.stand_ins import SlowAssistant, loaded
from tests.page.visits import FeedbackServer, Server, Visit, Visits, WaitingServer

# The headless shell is the same engine without a window's parts, and opens a page in two thirds of the time.
_CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _CHROMIUMS)), None)

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}

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


@pytest.fixture(scope="session")
def feedback_server(no_network: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeedbackServer]:
    """Serve the page with verdicts asked for and with its endpoints as tools, once for all tests that need either."""
    server = FeedbackServer(tmp_path_factory.mktemp("feedback") / "verdicts.jsonl")
    yield server
    server.close()


@pytest.fixture
def slow_assistant() -> SlowAssistant:
    """Give an assistant that takes its time, for `slow_page`."""
    return SlowAssistant()


@pytest.fixture
def slow_page(slow_assistant: SlowAssistant) -> Iterator[Page]:
    """Serve the page in this process, with a slow assistant in place of the model."""
    with served("--rate", "0", loader=loaded(lambda report: slow_assistant)) as page:
        yield page


@pytest.fixture
def waiting_server(no_network: None, tmp_path: Path) -> Iterator[WaitingServer]:
    """Serve the page without its model; name this fixture before ``visits``, so that the tabs are closed first."""
    server = WaitingServer(tmp_path)
    yield server
    server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's Chromium, or else Playwright's. Without either the tests are skipped, but not in CI."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_SWITCHES)
        except PlaywrightError:
            if CHROMIUM:
                raise
            missing = "no Chromium (Debian: apt-get install chromium-headless-shell)"
            pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
        yield browser
        browser.close()


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Give a function that opens the page of a server in a fresh tab."""
    visits = Visits(browser)
    yield visits
    visits.close()


@pytest.fixture(scope="module")
def module_visits(browser: Browser) -> Iterator[Visits]:
    """Give a function that opens the page in a tab which all tests of a module share."""
    visits = Visits(browser)
    yield visits
    visits.close()


class SharedVisit:
    """A tab that tests of many modules share, since loading the page takes seconds."""

    def __init__(self, visits: Visits, server: Server, size: ViewportSize, locale: str) -> None:
        self._open = partial(visits, server, **size, locale=locale)
        self._size = size
        self._visit: Visit | None = None
        self._failed = 0

    def at(self, session: pytest.Session) -> Visit:
        """Return the page, with the model loaded, in its own size. It is reloaded if a test has failed since."""
        if self._visit is None or session.testsfailed != self._failed:
            self._visit, self._failed = self._open(), session.testsfailed
            self._visit.wait_until_ready()
        self._visit.page.set_viewport_size(self._size)
        return self._visit


@pytest.fixture(scope="session")
def session_visits(browser: Browser, server: Server) -> Iterator[Visits]:
    """Give a function that opens the page in a tab which tests of all modules share."""
    visits = Visits(browser)
    yield visits
    visits.close()


@pytest.fixture(scope="session")
def shared_visit(session_visits: Visits, server: Server) -> SharedVisit:
    return SharedVisit(session_visits, server, WIDE, "id-ID")


@pytest.fixture(scope="session")
def shared_phone(session_visits: Visits, server: Server) -> SharedVisit:
    return SharedVisit(session_visits, server, NARROW, "en-GB")


@pytest.fixture(scope="module")
def module_visit(request: pytest.FixtureRequest, shared_visit: SharedVisit) -> Visit:
    """Give the page on a wide screen, in Indonesian, the model loaded, as earlier modules have left it."""
    return shared_visit.at(request.session)


@pytest.fixture(scope="module")
def module_phone(request: pytest.FixtureRequest, shared_phone: SharedVisit) -> Visit:
    """Give the page on a phone, in English, the model loaded, as earlier modules have left it."""
    return shared_phone.at(request.session)


@pytest.fixture
def visit(module_visit: Visit) -> Iterator[Visit]:
    """Give the page that tests share, in a new conversation; earlier ones may be there.

    A test that changes what the page keeps opens one of its own by ``visits``.
    """
    _begin_anew(module_visit, WIDE)
    yield module_visit
    module_visit.expect_no_fault()


@pytest.fixture
def phone(module_phone: Visit) -> Iterator[Visit]:
    """Give the page on a phone that tests share, as `visit` does."""
    _begin_anew(module_phone, NARROW)
    yield module_phone
    module_phone.expect_no_fault()


@pytest.fixture(params=["visit", pytest.param("phone", marks=pytest.mark.long)])
def tab(request: pytest.FixtureRequest) -> Visit:
    """Give the `visit`, and among the tests that take minutes the `phone`."""
    visit: Visit = request.getfixturevalue(request.param)
    return visit


def _begin_anew(visit: Visit, size: ViewportSize) -> None:
    visit.page.set_viewport_size(size)
    visit.page.keyboard.press("Escape")
    visit.open_view("ask")
    if visit.page.locator("[data-do=delete]").count():
        visit.choose("[data-do=delete]")  # kept, what all tests have asked would take longer with each answer
    visit.page.wait_for_function("!document.querySelector('#chat .turn, [data-do=delete]')")
    visit.box.fill("")
