"""The reader, the tab for a paper of one's own, and small papers to drop there."""

from __future__ import annotations

import re
from functools import cache

from playwright.sync_api import FilePayload, Locator, Page, expect

from corpus import read_paper
from page.labels import label
from tests.corpus.pdf_maker import Look, make_pdf
from tests.ui.visits import Screen

HARBOUR = (
    "Abstrak\n\nPenelitian ini mengukur hasil tangkapan di Teluk Kendari. Kapal yang diteliti berjumlah 37 buah. "
    "Semua kapal itu dimiliki oleh nelayan setempat yang sejak lama\f"
    "melaut hanya pada malam hari karena angin siang terlalu kencang.\n\n"
    "Hasil\n\nTangkapan terbanyak adalah ikan tongkol, yaitu 812 kilogram pada bulan Agustus. "
    "Data diolah dengan lembar kerja biasa.\f"
    "Kesimpulan\n\nMusim angin timur memberi tangkapan terbanyak. Data diolah dengan lembar kerja biasa. "
    "Saran ditujukan kepada dinas perikanan. Data diolah dengan lembar kerja biasa."
)
"""Three pages; one sentence runs over two of them, and another stands twice on the last."""

GLACIER = (
    "Abstract\n\nThis study follows the Okapi glacier. Its tongue retreated by 93 metres between 1998 and 2019.\n\n"
    "Method\n\nThe retreat was measured with aerial photographs. Fieldwork was led by Ingrid Solheim."
)


@cache
def pdf(text: str) -> bytes:
    """Return a PDF with a page for each of a text's."""
    return make_pdf(read_paper("text.txt", text.encode()), Look(running=False))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def open_tab(page: Page, screen: Screen, name: str, within: str = "#tabs") -> None:
    """Open one of some tabs by its label's key."""
    tabs = page.locator(f"{within} > .tab-wrapper")
    tabs.get_by_role("tab", name=label(name, screen.language), exact=True).click()


class ReaderPart:
    """A reader: the paper's, or that of a paper of one's own."""

    def __init__(self, page: Page, tab: str = "#tab-paper") -> None:
        self.tab = page.locator(tab)
        self.number = self.tab.locator(".page-number input")
        self.previous = self.tab.locator(".turn-page").first
        self.following = self.tab.locator(".turn-page").last
        self.back = self.tab.locator(".back")
        self.section = self.tab.locator(".section-picker input")
        self.search = self.tab.locator(".search-paper input")
        self.results = self.tab.locator(".result")
        self.sheet = self.tab.locator(".sheet").first
        self.marks = self.tab.locator(".sheet mark")
        self.boxes = self.tab.locator(".sheet .box")
        self.copy = self.tab.locator(".sheets [data-copy]")

    @property
    def marked(self) -> str:
        """All that is marked, whether it can be seen or not, without spaces."""
        return bare("".join(self.marks.all_text_contents()))

    def expect_page(self, number: int) -> None:
        expect(self.number).to_have_value(str(number))
        expect(self.tab.locator(f'[aria-label^="{self.page_word} {number} /"]')).to_be_attached()

    @property
    def page_word(self) -> str:
        return label("page_number", "id" if self.tab.page.locator("html").get_attribute("lang") == "id" else "en")

    def expect_marked(self, text: str) -> None:
        """Expect exactly a text to be marked, and its beginning in sight."""
        expect(self.marks.first).to_be_attached()
        expect(self.marks.or_(self.boxes).filter(visible=True).first).to_be_in_viewport()
        assert self.marked == bare(text)


class OwnTab:
    """The tab for a paper of one's own, opened."""

    def __init__(self, page: Page, screen: Screen) -> None:
        self.page = page
        open_tab(page, screen, "tab_own")
        self.status = page.locator("#own-status")
        self.stage = self.status.locator(".stage")
        self.ready = self.status.locator(".ready")
        self.alert = self.status.get_by_role("alert")
        self.remove = page.locator("#own-remove")
        self.tabs = page.locator("#own-tabs")
        self.box = page.locator("#own-question textarea")
        self.questions = page.locator("#own-chat [data-testid=user]")
        self.answers = page.locator("#own-chat [data-testid=bot]")
        self.cards = page.locator("#own-evidence details[open] .card")
        self.reader = ReaderPart(page, "#own-paper-tab")

    def give(self, name: str, data: bytes) -> None:
        """Choose a file."""
        chosen: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        with self.page.expect_file_chooser() as chooser:
            self.page.locator("#own-file button").click()
        chooser.value.set_files(chosen)

    def drop(self, name: str, data: bytes) -> None:
        """Drop a file, as from a file manager."""
        files = self.page.evaluate_handle(
            """([name, bytes]) => {
                const files = new DataTransfer();
                files.items.add(new File([new Uint8Array(bytes)], name));
                return files;
            }""",
            [name, list(data)],
        )
        self.page.locator("#own-file button").dispatch_event("drop", {"dataTransfer": files})

    def open(self, name: str, data: bytes) -> None:
        """Give a file and wait until it can be asked."""
        self.give(name, data)
        expect(self.ready).to_contain_text(name, timeout=60_000)

    def ask(self, question: str) -> str:
        answered = self.answers.count()
        self.box.fill(question)
        self.box.press("Enter")
        return self.wait_for_answer(answered + 1)

    def wait_for_answer(self, number: int) -> str:
        expect(self.answers).to_have_count(number, timeout=30_000)
        expect(self.page.locator("#own-ask")).to_be_visible(timeout=30_000)
        reply: Locator = self.answers.nth(number - 1).locator(".reply")
        expect(reply).to_be_visible()
        return reply.inner_text()
