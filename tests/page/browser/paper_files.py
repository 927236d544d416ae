"""Papers that tests give to the page, and the page's parts for them."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import FilePayload, expect

from corpus import read_paper
from page.ui_text import label
from tests.corpus.pdf.pdf_maker import Look, make_pdf
from tests.page.browser.reader_driver import ReaderPart
from tests.page.visits import Visit
from tests.waits import wait_until

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
    """Return a PDF with a page for each page of a text."""
    return make_pdf(read_paper("text.txt", text.encode()), Look(running=False))


class OwnPaper:
    """The visitor's own papers in a visit."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page
        self.given = self.page.locator("#own-file input[type=file]")
        self.name = self.page.locator("#paper-menu .name")
        self.title = self.page.locator("#first h2")
        self.status = self.page.locator("#own-status")
        self.stage = self.status.locator(".stage")
        self.ready = self.status.locator(".ready")
        self.alert = self.status.get_by_role("alert")
        self.in_short = self.page.locator("#first .in-short:not(.waits)")
        self.reader = ReaderPart(self.page)

    def give(self, name: str, data: bytes) -> None:
        """Give a file to the box that takes it."""
        chosen: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.given.set_input_files(chosen)

    def drag(self, event: str, name: str, data: bytes) -> None:
        """Drag a file over the page, or drop it there, as from a file manager."""
        self.page.evaluate(
            """([event, name, bytes]) => {
                const files = new DataTransfer();
                files.items.add(new File([new Uint8Array(bytes)], name));
                const where = document.querySelector("#chat");
                where.dispatchEvent(new DragEvent(event, {dataTransfer: files, bubbles: true, cancelable: true}));
            }""",
            [event, name, list(data)],
        )

    def open(self, name: str, data: bytes) -> None:
        """Give a file and wait until it can be asked."""
        self.give(name, data)
        self.wait_until_ready(name)

    def wait_until_ready(self, name: str) -> None:
        self.ready.filter(has_text=name).wait_for(timeout=60_000)
        expect(self.name).to_have_text(name)

    def keep(self, *, kept: bool = True) -> None:
        """Tick or untick the box that makes the browser keep the paper."""
        box = self.page.locator("[data-keep]")

        def is_open() -> bool:  # the menu folds up whenever it is rendered anew
            if not box.is_visible():
                self.page.locator("#paper-menu summary").click()
            return box.is_visible()

        wait_until(is_open)
        box.set_checked(kept)
        self.page.keyboard.press("Escape")

    def close(self) -> None:
        """Close the paper, and wait until the page's own is back."""
        self.page.locator("#paper-menu summary").click()
        self.page.locator("[data-do=close]").click()
        expect(self.status.get_by_role("status")).to_have_text(label("own_gone", self.visit.language))
