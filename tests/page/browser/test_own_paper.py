"""A visitor's own paper: given, asked, read, kept, closed, lost; seen by nobody else; and files that are no papers."""

from __future__ import annotations

import base64
import http.client
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from corpus import load_paper, read_paper
from page.papers.opening import MAX_MB
from page.ui_text import STARTERS, label
from tests.corpus.formats.zip_maker import docx, epub, paragraph
from tests.page.browser.paper_files import GLACIER, HARBOUR, OwnPaper, pdf
from tests.page.browser.reader_driver import ReaderPart, bare
from tests.page.browser.test_accessibility import check
from tests.page.visits import READY_MS, Server, Visits, WaitingServer

CATCH = {"id": "Berapa kilogram tangkapan ikan tongkol?", "en": "How many kilograms of ikan tongkol were caught?"}
RETREAT = {
    "id": "Berapa meter gletser Okapi mundur?",
    "en": "By how many metres did the tongue of the glacier retreat?",
}
CAUGHT, RETREATED = "812 kilogram", "93 metres"
SIGNED = "Kapan MoU sister province ditandatangani?"
NAME = "pelabuhan.pdf"


def visited(visits: Visits, server: Server, *, locale: str = "id-ID", width: int = 1440, query: str = "") -> OwnPaper:
    visit = visits(server, locale=locale, width=width, query=query)
    visit.wait_until_ready()
    return OwnPaper(visit)


@pytest.fixture(scope="module")
def harbour(module_visits: Visits, server: Server) -> OwnPaper:
    """Open a PDF of three pages once, for the tests that look at it and ask it."""
    own = visited(module_visits, server)
    own.open(NAME, pdf(HARBOUR))
    return own


@pytest.fixture
def own(harbour: OwnPaper) -> Iterator[OwnPaper]:
    """Give the PDF of three pages, open, in a new conversation."""
    expect(harbour.visit.page.locator("#ask")).to_be_visible()  # what is answered meanwhile closes the menus
    harbour.visit.begin()
    yield harbour
    harbour.visit.expect_no_fault()


def test_the_whole_page_works_on_it(own: OwnPaper, server: Server) -> None:
    expect(own.name).to_have_text(NAME)
    expect(own.title).to_have_text(NAME)
    parts = own.in_short.locator("dd")
    expect(parts.first).to_contain_text("mengukur hasil tangkapan di Teluk Kendari")
    assert [part.split()[0] for part in parts.all_inner_texts()] == ["Penelitian", "Kapal", "Tangkapan", "Musim"]
    expect(own.visit.starters).to_have_text(STARTERS["any"]["id"])
    expect(own.page.locator("#views").locator("[data-view=findings], [data-view=batch]")).to_have_count(0)
    expect(own.reader.count).to_have_text("/ 3")
    parts.nth(2).locator(".cite").click()
    own.reader.expect_page(2)
    with own.visit.answering():
        own.visit.starters.nth(2).click()
    expect(own.visit.answers).to_contain_text("hlm. ")
    assert "Sichuan" not in own.page.locator("#page").inner_text()
    assert server.uploads(NAME) == []


def test_an_answer_is_boxed_on_the_picture_of_its_page(own: OwnPaper) -> None:
    assert CAUGHT in own.visit.ask(CATCH["id"])
    expect(own.visit.answers.locator(".short")).to_have_text(CAUGHT)
    expect(own.visit.markers).to_have_text("[1] hlm. 2")
    own.reader.expect_page(2)
    check_boxes(own.reader)
    own.reader.pane.locator("summary", has_text=label("page_text", "id")).click()
    assert own.reader.marked == bare(f"Tangkapan terbanyak adalah ikan tongkol, yaitu {CAUGHT} pada bulan Agustus.")
    expect(own.reader.marks).to_be_visible()


def check_boxes(reader: ReaderPart) -> None:
    """Expect boxes, the first in sight, all of them on the page's picture and with ink in them."""
    expect(reader.boxes.first).to_be_in_viewport()
    figure = reader.pane.locator("figure")
    image = figure.locator("img")
    expect(image).to_have_js_property("complete", True)
    data = (image.get_attribute("src") or "").partition(",")[2]
    ink = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("L")) < 128
    sheet = image.bounding_box()
    assert sheet
    assert sheet["width"] / sheet["height"] == pytest.approx(ink.shape[1] / ink.shape[0], rel=0.01)
    scale = ink.shape[1] / sheet["width"]
    inked = 0
    for box in reader.boxes.all():
        place = box.bounding_box()
        assert place
        left, top = (place["x"] - sheet["x"]) * scale, (place["y"] - sheet["y"]) * scale
        right, bottom = left + place["width"] * scale, top + place["height"] * scale
        assert 0 <= left < right <= ink.shape[1]
        assert 0 <= top < bottom <= ink.shape[0]
        inside = ink[round(top) : round(bottom), round(left) : round(right)]
        assert inside.mean() > 0.05
        inked += inside.sum()
    assert inked < ink.sum() / 2  # some of the page's words, not all


def test_what_stands_on_two_pages_is_boxed_on_both_and_what_stands_on_one_twice_on_none(own: OwnPaper) -> None:
    reader = own.reader
    note = reader.pane.get_by_text(label("not_located", "id"))
    reader.search.fill("angin siang")
    expect(reader.results).to_have_count(1)
    reader.results.click()
    reader.expect_page(1)
    check_boxes(reader)
    reader.following.click()
    reader.expect_page(2)
    check_boxes(reader)
    reader.following.click()
    reader.expect_page(3)
    expect(reader.boxes).to_have_count(0)
    expect(note).to_have_count(0)
    reader.search.fill("lembar kerja")
    expect(reader.results).to_have_count(3)
    for nth, page in ((2, 3), (0, 2), (1, 3)):
        reader.results.nth(nth).click()
        reader.expect_page(page)
        expect(reader.boxes).to_have_count(0 if page == 3 else 1)
        expect(note).to_have_count(1 if page == 3 else 0)
        assert reader.marked == bare("Data diolah dengan lembar kerja biasa.")
    reader.search.fill("")


def test_files_are_named_by_it_and_its_links_ask_no_other_paper(own: OwnPaper, visits: Visits, server: Server) -> None:
    own.visit.ask(CATCH["id"])
    with own.page.expect_download() as started:
        own.visit.choose("[data-save=md]")
    assert started.value.suggested_filename == f"pelabuhan-{label('file_name', 'id')}.md"
    own.visit.answers.locator("[data-link]").click()
    link = own.page.evaluate("navigator.clipboard.readText()")
    digest = read_paper(NAME, pdf(HARBOUR)).digest
    assert parse_qs(urlsplit(link).query) == {"paper": [digest[:12]], "q": [CATCH["id"]]}

    other = visited(visits, server, query=f"?{urlsplit(link).query}")
    expect(other.visit.answers).to_contain_text(label("link_of_other_paper", "id"))
    expect(other.visit.questions).to_have_text(CATCH["id"])
    expect(other.visit.box).to_have_value(CATCH["id"])
    expect(other.visit.answers.locator(".cite, [data-ask]")).to_have_count(0)
    other.open(NAME, pdf(HARBOUR))
    expect(other.visit.box).to_have_value(CATCH["id"])


def test_nobody_else_sees_it(own: OwnPaper, visits: Visits, server: Server) -> None:
    own.visit.ask(CATCH["id"])
    stranger = visited(visits, server)
    neighbour = OwnPaper(visits.beside(stranger.visit, server))
    neighbour.visit.wait_until_ready()
    stranger.open("glacier.txt", GLACIER.encode())
    assert RETREATED in stranger.visit.ask(RETREAT["id"])
    assert CAUGHT not in stranger.visit.ask(CATCH["id"])
    assert CAUGHT in own.visit.ask(CATCH["id"])
    assert RETREATED not in own.visit.ask(RETREAT["id"])
    expect(neighbour.name).to_have_text(label("bundled_name", "id"))
    expect(neighbour.visit.questions).to_have_count(0)
    expect(neighbour.status).to_be_empty()
    assert "glacier" not in neighbour.page.content().casefold()


@pytest.mark.long
def test_a_file_that_is_dropped_takes_the_place_of_another_and_closing_brings_back_the_conversation_before(
    visits: Visits, server: Server
) -> None:
    own = visited(visits, server)
    before = own.visit.ask(SIGNED)
    own.drag("dragover", "glacier.txt", GLACIER.encode())
    expect(own.page.locator("body")).to_have_attribute("data-drop", label("drop_here", "id"))
    own.drag("drop", "glacier.txt", GLACIER.encode())
    expect(own.page.locator("body[data-drop]")).to_have_count(0)
    own.wait_until_ready("glacier.txt")
    expect(own.visit.questions).to_have_count(0)
    expect(own.title).to_be_visible()
    assert RETREATED in own.visit.ask(RETREAT["id"])
    own.reader.search.fill("aerial")
    expect(own.reader.results).to_have_count(1)

    own.drag("drop", NAME, pdf(HARBOUR))
    own.wait_until_ready(NAME)
    own.reader.expect_page(1)
    expect(own.reader.search).to_have_value("")
    expect(own.reader.results).to_have_count(0)
    expect(own.visit.questions).to_have_count(0)
    assert own.visit.conversations == []
    assert RETREATED not in own.visit.ask(RETREAT["id"])
    assert "Okapi" not in own.page.locator("#right").inner_text()

    own.close()
    expect(own.name).to_have_text(label("bundled_name", "id"))
    assert own.visit.answers.all_inner_texts() == [before]
    expect(own.reader.count).to_have_text("/ 14")
    own.visit.begin()
    expect(own.in_short).to_contain_text("Sichuan")
    assert CAUGHT not in own.visit.ask(CATCH["id"])
    own.open(NAME, pdf(HARBOUR))
    expect(own.visit.questions).to_have_count(0)


PARAGRAPHS = GLACIER.split("\n\n")
WITHOUT_PAGES = {
    "glacier.docx": docx("".join(map(paragraph, PARAGRAPHS))),
    "glacier.epub": epub({"a.xhtml": "".join(f"<p>{text}</p>" for text in PARAGRAPHS)}),
}


@pytest.fixture(scope="module")
def english(module_visits: Visits, server: Server) -> OwnPaper:
    """Open the page once in English, for the tests that give it files of all kinds."""
    return visited(module_visits, server, locale="en-GB")


@pytest.mark.long
def test_files_without_pages_are_shown_as_text(english: OwnPaper) -> None:
    own = english
    for name, data in WITHOUT_PAGES.items():
        own.open(name, data)
        assert RETREATED in own.visit.ask(RETREAT["en"])
        own.reader.expect_marked("Its tongue retreated by 93 metres between 1998 and 2019.")
        expect(own.reader.pane.locator("figure")).to_have_count(0)


@pytest.mark.long
def test_a_phone_shows_it_too(visits: Visits, server: Server) -> None:
    own = visited(visits, server, locale="en-GB", width=390)
    own.open(NAME, pdf(HARBOUR))
    expect(own.visit.starters).to_have_text(STARTERS["any"]["en"])
    assert CAUGHT in own.visit.ask(CATCH["en"])
    expect(own.reader.pane).to_be_hidden()
    own.visit.markers.first.click()
    own.reader.expect_page(2)
    check_boxes(own.reader)
    own.reader.back.click()
    expect(own.visit.markers.first).to_be_focused()
    own.page.locator("#paper-menu summary").click()
    panel = own.page.locator("#paper-menu .panel")
    expect(panel).to_contain_text(label("own_limit", "en"))
    place = panel.bounding_box()
    assert place
    assert 0 <= place["x"] < place["x"] + place["width"] <= 390
    assert own.page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_reload_asks_and_brings_back_what_the_browser_keeps_and_nothing_else(visits: Visits, server: Server) -> None:
    own = visited(visits, server)
    own.open("glacier.txt", GLACIER.encode())
    own.visit.ask(RETREAT["id"])
    own.visit.leaves = False
    with own.page.expect_event("dialog"):
        own.page.evaluate("() => void setTimeout(() => location.reload())")
    own.visit.leaves = True
    own.visit.reload()
    assert own.visit.leaves is None
    expect(own.name).to_have_text(label("bundled_name", "id"))
    expect(own.visit.box).to_be_focused()  # by when it was looked for what is kept
    assert "glacier" not in own.page.content().casefold()

    own.open(NAME, pdf(HARBOUR))
    own.give("kosong.txt", b"")
    expect(own.alert).to_be_visible()
    own.keep()
    own.visit.reload()  # which asks nothing: nothing is lost
    own.wait_until_ready(NAME)
    expect(own.page.locator("[data-keep]")).to_be_checked()
    assert CAUGHT in own.visit.ask(CATCH["id"])
    assert server.uploads(NAME) == []

    own.keep(kept=False)
    own.page.wait_for_function(NOTHING_KEPT)
    own.keep()
    own.open("glacier.txt", GLACIER.encode())  # another paper is not kept for that
    expect(own.page.locator("[data-keep]")).not_to_be_checked()
    own.keep()
    own.page.wait_for_function("tanya.kept.find().then((file) => file?.name === 'glacier.txt')")
    own.close()  # what is closed is kept no longer
    own.page.wait_for_function(NOTHING_KEPT)
    own.visit.reload()
    expect(own.name).to_have_text(label("bundled_name", "id"))
    assert own.page.evaluate(NOTHING_KEPT)


NOTHING_KEPT = "tanya.kept.find().then((file) => file === undefined)"


def test_a_page_whose_connection_was_lost_says_that_the_paper_is_gone(visits: Visits, server: Server) -> None:
    own = visited(visits, server)
    own.open(NAME, pdf(HARBOUR))
    with own.page.expect_request("**/queue/join*") as joined:
        own.visit.ask(CATCH["id"])
    hang_up(server, joined.value.post_data_json["session_hash"])  # type: ignore[index]
    lost = label("own_lost", "id")
    own.visit.box.fill(SIGNED)
    own.visit.box.press("Enter")
    expect(own.visit.answers.last).to_contain_text(lost)
    expect(own.visit.answers.last.locator(".cite")).to_have_count(0)
    own.reader.following.click()
    expect(own.reader.pane.get_by_role("alert")).to_have_text(lost)


def hang_up(server: Server, session: str) -> None:
    """Let the server see a page's connection end, as when its machine goes to sleep."""
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    line.request("GET", f"/gradio_api/heartbeat/{session}")
    line.getresponse().close()
    line.close()


LONG = [text for page in load_paper().pages for text in (page.text, page.text.upper())]
"""The text of pages that take many seconds to prepare."""


@pytest.mark.long
def test_papers_are_prepared_in_turn_and_what_is_closed_makes_room(visits: Visits, server: Server) -> None:
    one = visited(visits, server)
    other = visited(visits, server, locale="en-GB")
    one.give("panjang.pdf", pdf("\f".join(LONG)))
    expect(one.status.locator("progress")).to_have_attribute("value", re.compile("[1-9]"))
    check(one.visit)
    one.visit.box.fill(CATCH["id"])
    one.visit.box.press("Enter")
    expect(one.visit.answers).to_have_text(label("waiting", "id"))
    other.give(NAME, pdf(HARBOUR))
    expect(other.stage).to_contain_text(label("own_line", "en"))
    other.reader.following.click()
    other.reader.expect_page(2)
    expect(one.ready).to_have_count(0)
    one.close()
    expect(one.visit.questions).to_have_count(0)
    other.wait_until_ready(NAME)
    assert CAUGHT in other.visit.ask(CATCH["en"])


@pytest.mark.long
def test_a_paper_waits_for_the_model(waiting_server: WaitingServer, visits: Visits) -> None:
    own = OwnPaper(visits(waiting_server))
    own.give(NAME, pdf(HARBOUR))
    expect(own.stage).to_contain_text(label("own_model", "id"))
    own.reader.following.click()
    own.reader.expect_page(2)
    waiting_server.load()
    expect(own.ready).to_be_visible(timeout=READY_MS)
    assert CAUGHT in own.visit.ask(CATCH["id"])
    assert waiting_server.errors == []


BAD = {
    "kosong.txt": (b"", "berkas ini kosong", "the file is empty"),
    "rusak.pdf": (b"%PDF-1.4\nrubbish\n" * 9 + b"%%EOF\n", "PDF ini rusak", "the PDF is damaged"),
    "besar.txt": (b"Kata. " * (MAX_MB * 1_000_000 // 6 + 1), f"lebih dari {MAX_MB} MB", f"more than {MAX_MB} MB"),
}
"""What cannot be read, and what is too large to be sent; each other fault has a test where papers are read."""


@pytest.mark.long
def test_files_that_are_no_papers_change_nothing(english: OwnPaper, server: Server, tmp_path: Path) -> None:
    own = english
    if own.name.inner_text() != label("bundled_name", "en"):
        own.close()
    check_alert(server, own, "kosong.txt", tmp_path)
    expect(own.name).to_have_text(label("bundled_name", "en"))
    own.open("glacier.txt", GLACIER.encode())
    expect(own.alert).to_have_count(0)
    answer = own.visit.ask(RETREAT["en"])
    for kind in BAD:
        check_alert(server, own, kind, tmp_path)
        expect(own.ready).to_contain_text("glacier.txt")
    expect(own.name).to_have_text("glacier.txt")
    assert own.visit.answers.all_inner_texts() == [answer]
    assert own.visit.ask(RETREAT["en"]) == answer
    assert server.errors == []


def test_what_is_no_paper_is_said_in_indonesian_too(own: OwnPaper, server: Server, tmp_path: Path) -> None:
    check_alert(server, own, "kosong.txt", tmp_path)
    own.alert.get_by_role("button", name=label("dismiss", "id")).click()
    expect(own.alert).to_have_count(0)


def check_alert(server: Server, own: OwnPaper, kind: str, folder: Path) -> None:
    """Give a file that is no paper; expect its one clear line, and nothing of it on the disk."""
    name = f"{uuid4().hex}-{kind}"
    data, indonesian, english = BAD[kind]
    (folder / name).write_bytes(data)
    own.given.set_input_files(folder / name)  # which the browser reads: 20 MB take seconds to send it
    expect(own.alert).to_contain_text(f"{name}: ")
    expect(own.alert).to_contain_text(indonesian if own.visit.language == "id" else english)
    assert server.uploads(name) == []
    message = own.alert.locator("span").first.inner_text()
    assert message.startswith(f"{name}: ")
    assert not {"\n", "/"} & set(message)
    expect(own.page.get_by_role("alert")).to_have_count(1)


@pytest.mark.long
def test_the_keyboard_alone_takes_one_to_an_answer(visits: Visits, server: Server) -> None:
    own = visited(visits, server)
    expect(own.in_short).to_be_visible()  # by when the first screen stays as it is
    own.page.locator("#first [data-open-file]").focus()
    with own.page.expect_file_chooser() as chooser:
        own.page.keyboard.press("Enter")
    chooser.value.set_files({"name": NAME, "mimeType": "application/pdf", "buffer": pdf(HARBOUR)})
    own.wait_until_ready(NAME)
    for _ in range(20):
        own.page.keyboard.press("Tab")
        if own.visit.box.evaluate("box => box === document.activeElement"):
            break
    with own.visit.answering():
        own.page.keyboard.type(CATCH["id"])
        own.page.keyboard.press("Enter")
    assert CAUGHT in own.visit.wait_for_answer(1)
