"""A served page, and the browser tabs that visit it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from corpus import Language
from tests.waits import wait_until

ROOT = Path(__file__).resolve().parents[2]
READY_MS = 120_000
"""Milliseconds that loading may take: the first time, the model is unpacked and the index built."""


class Screen(NamedTuple):
    """The language of a browser, and the width of its window."""

    locale: str
    width: int

    @property
    def language(self) -> Language:
        return "id" if self.locale == "id-ID" else "en"


SCREENS = (Screen("id-ID", 1440), Screen("en-GB", 390))
"""Each language and each width once."""

OTHER_SCREENS = (Screen("id-ID", 390), Screen("en-GB", 1440))


def one_now(screens: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Return the screens for a test, or its looks. All but the first are for the tests that take minutes."""
    first, *others = screens
    return [first, *(pytest.param(other, marks=pytest.mark.long) for other in others)]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


class Server:
    """A running ``python ui.py``; ``seconds`` is how long it took to serve."""

    program: Sequence[str] = ("ui.py",)
    """The arguments of Python."""

    def __init__(self, *arguments: str) -> None:
        self.port = free_port()
        self.temporary = Path(tempfile.mkdtemp())
        started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, *self.program, "--port", str(self.port), *arguments],
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(self.temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        assert self.process.stderr
        first = self.process.stdout.readline()
        self.seconds = time.monotonic() - started
        self.errors: list[str] = []
        # Read all along: a full pipe would stop the server.
        threading.Thread(target=self.errors.extend, args=[self.process.stderr], daemon=True).start()
        match = re.search(r"http://127\.0\.0\.1:\d+/", first)
        if match is None:
            self.close()
            raise AssertionError(f"ui.py did not start: {first}{''.join(self.errors)}")
        self.url = match[0]

    def uploads(self, name: str) -> list[Path]:
        """Return the uploads of this name that are on the server's disk."""
        return list(self.temporary.rglob(name))

    def close(self) -> None:
        """End it at once: `test_start` tests that it ends in order on a signal."""
        self.process.kill()
        self.process.wait(timeout=20)
        shutil.rmtree(self.temporary, ignore_errors=True)


class WaitingServer(Server):
    """A server that loads the model only when the test says so."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._told = folder / "load"
        self.program = ("-c", _WAIT.format(file=str(self._told)))
        super().__init__(*arguments)

    def load(self) -> None:
        """Make it load the model now."""
        self._told.touch()


_WAIT = """
import sys, time
from pathlib import Path
import ui
from page.papers.loader import Loader

run = Loader._run

def wait(loader):
    if not Path({file!r}).exists():
        loader._report("model", 0, 0)
    while not Path({file!r}).exists():
        time.sleep(0.02)
    run(loader)

Loader._run = wait
sys.exit(ui.main(sys.argv[1:]))
"""
"""Serves the page with a loader that waits until a file exists. Nothing else differs."""


class FeedbackServer(Server):
    """A server with its tools that keeps verdicts in ``file``."""

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__("--mcp", "--feedback", str(file))

    def lines(self) -> list[dict[str, Any]]:
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]


class Visit:
    """A browser tab with the page, and the errors that it has reported."""

    def __init__(self, context: BrowserContext, server: Server, query: str = "") -> None:
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.dialogs: list[str] = []
        self.leaves: bool | None = None
        """What to say if the page asks whether to leave it, None where it is not to ask; None again once it has."""
        self._own = (server.url, "data:", "blob:")
        context.on("request", lambda request: self._note_request(request.url))
        self.page: Page = context.new_page()
        self.page.add_init_script(_COUNT_ANNOUNCED)
        self.page.add_init_script(_STOP_CLOCK)
        self.page.on("console", lambda message: self._note_console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._note_dialog)
        # Choosers of files are caught from now on: to begin with it when one is expected may be too late.
        self.page.on("filechooser", lambda _: None)
        self.page.goto(f"{server.url}{query}")

    def _note_request(self, url: str) -> None:
        if not url.startswith(self._own):
            self.foreign.append(url)

    def _note_console(self, kind: str, text: str) -> None:
        # Vega warns of what Gradio asks of it, and Gradio of what it has not written; neither is ours, or seen.
        if kind in ("error", "warning") and not text.startswith(("WARN ", "Method not implemented.")):
            self.errors.append(text)

    def _note_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload" and self.leaves is not None:
            dialog.accept() if self.leaves else dialog.dismiss()
            self.leaves = None
            return
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def expect_no_fault(self) -> None:
        """Expect that no error was reported, no other machine asked, and no dialog shown."""
        assert self.errors == [], self.errors
        assert self.foreign == [], self.foreign
        assert self.dialogs == [], self.dialogs

    @property
    def language(self) -> Language:
        """The page's language."""
        return "id" if self.page.locator("html").get_attribute("lang") == "id" else "en"

    @property
    def box(self) -> Locator:
        return self.page.locator("#question textarea")

    @property
    def turns(self) -> Locator:
        return self.page.locator("#chat .turn")

    @property
    def questions(self) -> Locator:
        return self.page.locator("#chat [data-testid=user] h2")

    @property
    def answers(self) -> Locator:
        return self.page.locator("#chat [data-testid=bot]")

    @property
    def markers(self) -> Locator:
        """The visible markers of the newest answer; folded ones are not visible."""
        return self.answers.last.locator(".cite").filter(visible=True)

    @property
    def starters(self) -> Locator:
        """The questions to begin with, while nothing was asked."""
        return self.page.locator("#first .suggestion").filter(visible=True)

    @property
    def suggestions(self) -> Locator:
        """The questions to go on with, under the newest answer."""
        return self.page.locator("#chat .suggestion")

    @property
    def conversations(self) -> list[str]:
        """The titles of the earlier conversations, among which one can be opened."""
        return self.page.locator("#chat-menu [data-do=open]").all_text_contents()

    def choose(self, selector: str) -> None:
        """Click an item of a menu, which is opened first: ``[data-do=new]``, ``[data-save=md]``."""
        item = self.page.locator(selector)

        def is_chosen() -> bool:  # the menu folds up whenever it is rendered anew
            if not item.is_visible():
                self.page.locator("details.menu", has=item).locator("summary").click()
            try:
                item.click(timeout=1_000)
            except PlaywrightTimeoutError:
                return False
            return True

        wait_until(is_chosen)

    def begin(self) -> None:
        """Begin a new conversation, if there is one to leave."""
        if self.page.locator("[data-do=new]").count():
            self.choose("[data-do=new]")
        self.page.wait_for_function("!document.querySelector('#chat .turn')")  # sooner than `expect` would
        expect(self.questions).to_have_count(0)

    def open_conversation(self, title: str) -> None:
        self.page.locator("#chat-menu summary").first.click()
        self.page.locator("#chat-menu [data-do=open]").get_by_text(title, exact=True).click()
        expect(self.questions.first).to_have_text(title)

    def open_view(self, view: str) -> None:
        """Open one of the page's views: ask, read, findings, glossary, table or batch."""
        button = self.page.locator("#views").locator(f"[data-view={view}]")
        menu_button = self.page.locator("#menu-button")
        if menu_button.is_visible() and not self.page.locator("#views").is_visible():
            menu_button.click()
        folded = self.page.locator("#views details.menu:not([open])", has=self.page.locator(f"[data-view={view}]"))
        if folded.count():
            folded.locator("summary").click()
        button.click()
        expect(self.page.locator("html")).to_have_attribute("data-view", view)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Reload the page, ignoring what Gradio reports about answers that it does not wait for any more."""
        before = len(self.errors)
        yield
        self.wait_until_ready()
        given_up = ("AbortError: ", "Unexpected error Connection errored out.")
        self.errors[before:] = [error for error in self.errors[before:] if not error.startswith(given_up)]

    def reload(self) -> None:
        with self.leaving():
            self.page.reload()

    def wait_until_ready(self) -> None:
        # What `expect` waits for it looks at once a second; this, ten times.
        self.page.locator("#status .ready").wait_for(timeout=READY_MS)
        expect(self.page.locator("#bar h1")).to_be_visible()

    def ask(self, question: str) -> str:
        """Ask by the keyboard, wait for the answer, and return it."""
        answered = self.answers.count()
        with self.answering():
            self.box.fill(question)
            self.box.press("Enter")
        return self.wait_for_answer(answered + 1)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Ask in some way, and wait until the answer was announced: by then the page has followed its first marker."""
        before = self.page.evaluate("announced")
        yield
        self.page.wait_for_function("before => announced > before", arg=before, timeout=20_000)

    def wait_for_answer(self, number: int) -> str:
        expect(self.answers).to_have_count(number, timeout=20_000)
        expect(self.answers.nth(number - 1).locator(".reply")).to_be_visible(timeout=20_000)
        expect(self.page.locator("#ask")).to_be_visible()
        return self.answers.nth(number - 1).inner_text()


_COUNT_ANNOUNCED = """window.announced = 0;
new MutationObserver((records) => {
    announced += records.filter(({target}) => target.id === "said").length;
}).observe(document, {childList: true, subtree: true});"""
"""Counts announcements to screen readers. An answer is announced once the page has scrolled to it."""


_STOP_CLOCK = """const next = requestAnimationFrame;
window.requestAnimationFrame = (draw) =>
    document.querySelector("#bar") && String(draw).includes("performance.now") ? 0 : next(draw);"""
"""Stops the clock of Gradio's first loading indicator, which otherwise draws sixty times a second in each open tab."""


class Visits:
    """Opens tabs. When it is closed, it checks that none reported an error or sent a request elsewhere."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: list[tuple[BrowserContext, Visit]] = []

    def __call__(
        self,
        server: Server,
        *,
        width: int = 1440,
        height: int = 900,
        locale: str = "id-ID",
        dark: bool = False,
        query: str = "",
    ) -> Visit:
        context = self._browser.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            permissions=["clipboard-read", "clipboard-write"],
        )
        return self._opened(context, server, query)

    def beside(self, visit: Visit, server: Server, query: str = "") -> Visit:
        """Open another tab of the same browser."""
        return self._opened(visit.page.context, server, query)

    def _opened(self, context: BrowserContext, server: Server, query: str) -> Visit:
        visit = Visit(context, server, query)
        self._open.append((context, visit))
        return visit

    def close(self) -> None:
        for context, visit in self._open:
            context.close()
            visit.expect_no_fault()
