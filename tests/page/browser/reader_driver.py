"""The paper pane beside the conversation, as a test reads it and turns its pages."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from corpus import load_paper
from page.ui_text import label
from tests.waits import wait_for

PAPER = load_paper()


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def quote_of(show: Locator) -> tuple[int, str]:
    """Return the page of the bundled paper that a quote begins on, and its words, by the button that shows it."""
    start, end = (int(show.get_attribute(f"data-{edge}") or 0) for edge in ("start", "end"))
    return next(s.page for s in PAPER.sentences if s.start == start), PAPER.text[start:end]


class ReaderPart:
    """The paper pane of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pane = page.locator("#right")
        self.number = page.locator("#page-number input")
        self.count = page.locator("#page-count")
        self.previous = page.locator("#previous-page")
        self.following = page.locator("#next-page")
        self.back = page.locator("[data-back]")
        self.paper = page.locator("#paper-picker input")
        self.section = page.locator("#section-picker input")
        self.wording = page.locator("#wording-picker input")
        self.search = page.locator("#search-paper :is(input, textarea)")
        self.results = page.locator("#results .result")
        self.found = page.locator("#results [role=status]")
        self.sheet = page.locator("#sheets .sheet").first
        self.marks = page.locator("#sheets .sheet mark:not(.found-word)")
        self.found_words = page.locator("#sheets .sheet mark.found-word")
        self.boxes = page.locator("#sheets .sheet .box")
        self.copy = page.locator("#sheets [data-copy]")

    @property
    def marked(self) -> str:
        """All marked text, visible or not, without spaces."""
        return bare("".join(self.marks.all_text_contents()))

    def expect_page(self, number: int) -> None:
        word = label("page_number", "id" if self.page.locator("html").get_attribute("lang") == "id" else "en")
        expect(self.number).to_have_value(str(number))
        expect(self.page.locator(f'#sheets [aria-label^="{word} {number} /"]')).to_be_attached()

    def expect_marked(self, text: str) -> None:
        """Expect exactly this text to be marked, and its beginning to be visible."""
        wait_for(lambda: self.marked, bare(text))
        expect(self.marks.or_(self.boxes).filter(visible=True).first).to_be_in_viewport()

    def expect_shown(self, show: Locator) -> None:
        """Expect the quote that a button shows to be marked on its page, as far as it stands there."""
        page, quote = quote_of(show)
        self.expect_page(page)
        self.expect_marked(quote[: PAPER.pages[page - 1].end - PAPER.text.index(quote)])

    def pick(self, field: Locator, name: str) -> None:
        """Pick something by a part of its name from a list that opens at a field."""
        field.click()
        self.page.get_by_role("option", name=name).click()
