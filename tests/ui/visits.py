"""A served page, and the browser tabs that visit it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

from corpus import Language

ROOT = Path(__file__).resolve().parents[2]
READY_MS = 120_000
"""Milliseconds that loading may take: the first time, the model is unpacked and the index built."""


class Screen(NamedTuple):
    """Which language a browser speaks, and how wide its window is."""

    locale: str
    width: int

    @property
    def language(self) -> Language:
        return "id" if self.locale == "id-ID" else "en"


SCREENS = (Screen("id-ID", 1440), Screen("en-GB", 390))
"""Each language and each width once."""

OTHER_SCREENS = (Screen("id-ID", 390), Screen("en-GB", 1440))


def one_now(screens: Iterable[Screen]) -> list[Any]:
    """Return screens to try a test on: the first one always, the others among the tests that take minutes."""
    first, *others = screens
    return [first, *(pytest.param(other, marks=pytest.mark.long) for other in others)]


GRADIOS_WORDS: dict[Language, dict[str, str]] = {
    "id": {
        "clear": "Bersihkan obrolan",
        "copy": "Salin pesan",
        "edit": "Edit",
        "submit": "Kirim",
        "cancel": "Batal",
        "retry": "Coba lagi",
        "undo": "Urungkan",
        "like": "Suka",
        "dislike": "Tidak Suka",
    },
    "en": {
        "clear": "Clear",
        "copy": "Copy message",
        "edit": "Edit",
        "submit": "Submit",
        "cancel": "Cancel",
        "retry": "Retry",
        "undo": "Undo",
        "like": "Like",
        "dislike": "Dislike",
    },
}
"""What Gradio calls the buttons of its chat."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


class Server:
    """A running ``python ui.py``; ``seconds`` is how long it took to serve."""

    def __init__(self, *arguments: str) -> None:
        self.port = free_port()
        self.temporary = Path(tempfile.mkdtemp())
        started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "ui.py", "--port", str(self.port), *arguments],
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
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.temporary, ignore_errors=True)


class Visit:
    """A browser tab at the page, and what it should not have done meanwhile."""

    def __init__(self, context: BrowserContext, server: Server, query: str = "") -> None:
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.dialogs: list[str] = []
        self.leaves: bool | None = None
        """What to say if the page asks whether to leave it, None where it is not to ask; None again once it has."""
        self._own = (server.url, "data:", "blob:")
        context.on("request", lambda request: self._note_request(request.url))
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._note_console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._note_dialog)
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

    @property
    def box(self) -> Locator:
        return self.page.locator("#question textarea")

    @property
    def questions(self) -> Locator:
        return self.page.locator("#chat [data-testid=user]")

    @property
    def answers(self) -> Locator:
        return self.page.locator("#chat [data-testid=bot]")

    @property
    def cards(self) -> Locator:
        return self.page.locator("#evidence details[open] .card")

    @property
    def examples(self) -> Locator:
        """What the chat offers to begin with, while it is empty."""
        return self.page.locator("#chat .example")

    @property
    def conversations(self) -> list[str]:
        """The titles among which one can choose a conversation."""
        self.page.locator("#chats input").click()
        titles = self.page.get_by_role("option")
        expect(titles.first).to_be_visible()
        # The one that is chosen is ticked.
        found = [title.removeprefix("✓").strip() for title in titles.all_inner_texts()]
        self.page.locator("#chats input").blur()
        expect(titles).to_have_count(0)
        return found

    def open_conversation(self, title: str) -> None:
        self.page.locator("#chats input").click()
        self.page.get_by_role("option", name=title).click()

    def chat_button(self, name: str) -> Locator:
        """Return the newest of the chat's buttons with this name, one of those in `GRADIOS_WORDS`."""
        words = GRADIOS_WORDS["id" if self.page.locator("html").get_attribute("lang") == "id" else "en"]
        return self.page.locator("#chat").get_by_label(words[name], exact=True).last

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Load the page anew: what Gradio reports of answers that it waits for no longer is not seen."""
        before = len(self.errors)
        yield
        self.wait_until_ready()
        given_up = ("AbortError: ", "Unexpected error Connection errored out.")
        self.errors[before:] = [error for error in self.errors[before:] if not error.startswith(given_up)]

    def reload(self) -> None:
        with self.leaving():
            self.page.reload()

    def wait_until_ready(self) -> None:
        expect(self.page.locator("#status .ready")).to_be_visible(timeout=READY_MS)

    def ask(self, question: str) -> str:
        """Ask by the keyboard, wait for the answer, and return it."""
        answered = self.answers.count()
        self.box.fill(question)
        self.box.press("Enter")
        return self.wait_for_answer(answered + 1)

    def wait_for_answer(self, number: int) -> str:
        expect(self.answers).to_have_count(number, timeout=20_000)
        expect(self.page.locator("#ask")).to_be_visible()
        expect(self.answers.nth(number - 1).locator(".reply")).to_be_visible()
        return self.answers.nth(number - 1).inner_text()


class Visits:
    """Opens tabs and, at the end of the test, looks whether any reported an error or left the machine."""

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
            assert visit.errors == [], visit.errors
            assert visit.foreign == [], visit.foreign
            assert visit.dialogs == [], visit.dialogs
