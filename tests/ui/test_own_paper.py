"""A paper of one's own: given, prepared, asked, looked at, and gone; nobody else's, and files that are no papers."""

from __future__ import annotations

import base64
import http.client
import io
import re
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus import Language, load_paper
from page.labels import label
from page.own_paper import MAX_MB
from tests.corpus.pdf_maker import Look, make_pdf
from tests.corpus.zip_maker import docx, epub, paragraph
from tests.ui.papers import GLACIER, HARBOUR, OwnTab, ReaderPart, bare, open_tab, pdf
from tests.ui.visits import OTHER_SCREENS, READY_MS, SCREENS, Screen, Server, Visit, Visits, one_now

CATCH = {"id": "Berapa kilogram tangkapan ikan tongkol?", "en": "How many kilograms of ikan tongkol were caught?"}
RETREAT = {
    "id": "Berapa meter gletser Okapi mundur?",
    "en": "By how many metres did the tongue of the glacier retreat?",
}
TOLD, RETREATED = "812 kilogram", "93 metres"
MASKS = {"id": "Berapa paket masker yang diberikan Sichuan?", "en": "How many packs of masks did Sichuan donate?"}


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    """Give the bundled paper as a PDF, which takes seconds to prepare."""
    return make_pdf(load_paper(), Look())


@pytest.fixture(scope="module")
def first_pages() -> bytes:
    """Give the first pages of the bundled paper as a PDF, which take long enough to see what happens meanwhile."""
    return pdf("\f".join(page.text for page in load_paper().pages[:4]))


def opened(visits: Visits, server: Server, screen: Screen) -> tuple[Visit, OwnTab]:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    return visit, OwnTab(visit.page, screen)


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_a_pdf_is_dropped_and_asked_and_its_pages_are_shown(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    visit, own = opened(visits, server, screen)
    expect(visit.page.locator("#tab-own")).to_contain_text(f"{label('own_limit', language)} {MAX_MB} MB.")
    expect(own.tabs).to_be_hidden()
    expect(own.remove).to_be_hidden()
    name = f"{uuid4().hex}.pdf"
    own.drop(name, pdf(HARBOUR))
    expect(own.ready).to_contain_text(f"{name} (3 {label('pages', language)}", timeout=READY_MS)
    assert server.uploads(name) == []
    assert TOLD in own.ask(CATCH[language])
    card = own.cards.first
    expect(card.locator("mark")).to_contain_text(TOLD)
    expect(card.locator(".page")).to_have_text(f"{label('page', language)} 2")
    show = card.locator("[data-show]")
    show.click()
    reader = own.reader
    reader.expect_page(2)
    check_boxes(visit, reader)
    reader.tab.locator("summary", has_text=label("page_text", language)).click()
    expect(reader.marks).to_be_visible()
    assert reader.marked == bare(card.locator("mark").first.text_content() or "")
    assert visit.page.evaluate("document.documentElement.scrollWidth") == screen.width
    reader.back.click()
    expect(show).to_be_focused()


def check_boxes(visit: Visit, reader: ReaderPart) -> None:
    """Expect boxes, the first in sight, all of them on the page's picture and with ink in them."""
    expect(reader.boxes.first).to_be_in_viewport()
    figure = reader.tab.locator("figure")
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


PARAGRAPHS = GLACIER.split("\n\n")
AS_TEXT = {
    "glacier.txt": GLACIER.encode(),
    "glacier.docx": docx("".join(map(paragraph, PARAGRAPHS))),
    "glacier.epub": epub({"a.xhtml": "".join(f"<p>{text}</p>" for text in PARAGRAPHS)}),
}


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
@pytest.mark.parametrize("name", AS_TEXT)
def test_a_file_without_pages_is_shown_as_text(visits: Visits, server: Server, screen: Screen, name: str) -> None:
    _, own = opened(visits, server, screen)
    own.open(name, AS_TEXT[name])
    assert RETREATED in own.ask(RETREAT[screen.language])
    own.cards.first.locator("[data-show]").click()
    own.reader.expect_page(1)
    own.reader.expect_marked(own.cards.first.locator("mark").first.text_content() or "")
    expect(own.reader.tab.locator("figure")).to_have_count(0)


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_what_stands_on_two_pages_is_boxed_on_both_and_what_stands_on_one_twice_on_none(
    visits: Visits, server: Server, screen: Screen
) -> None:
    visit, own = opened(visits, server, screen)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    open_tab(visit.page, screen, "tab_paper", within="#own-tabs")
    note = own.reader.tab.get_by_text(label("not_located", screen.language))
    own.reader.expect_page(1)
    own.reader.search.fill("angin siang")
    expect(own.reader.results).to_have_count(1)
    own.reader.results.click()
    own.reader.expect_page(1)
    check_boxes(visit, own.reader)
    own.reader.following.click()
    own.reader.expect_page(2)
    check_boxes(visit, own.reader)
    own.reader.following.click()
    own.reader.expect_page(3)
    expect(own.reader.boxes).to_have_count(0)
    expect(note).to_have_count(0)
    own.reader.search.fill("lembar kerja")
    expect(own.reader.results).to_have_count(3)
    for nth, page in ((2, 3), (0, 2), (1, 3)):
        own.reader.results.nth(nth).click()
        own.reader.expect_page(page)
        expect(own.reader.boxes).to_have_count(0 if page == 3 else 1)
        expect(note).to_have_count(1 if page == 3 else 0)
        assert own.reader.marked == bare("Data diolah dengan lembar kerja biasa.")


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_what_is_prepared_can_be_read_and_questions_wait(
    visits: Visits, server: Server, screen: Screen, first_pages: bytes
) -> None:
    visit, own = opened(visits, server, screen)
    own.give("makalah.pdf", first_pages)
    own.box.fill("Apa tujuan penelitian ini?")
    own.box.press("Enter")
    expect(own.answers).to_have_text(label("waiting", "id"))
    expect(own.stage).to_contain_text(label("own_indexing", screen.language))
    progress = own.status.locator("progress")
    expect(progress).to_have_attribute("value", re.compile("[1-9]"))
    assert 0 < progress.evaluate("bar => bar.position") <= 1
    open_tab(visit.page, screen, "tab_paper", within="#own-tabs")
    own.reader.following.click()
    own.reader.expect_page(2)
    expect(own.ready).to_be_hidden()
    expect(own.ready).to_be_visible(timeout=60_000)
    open_tab(visit.page, screen, "tab_ask", within="#own-tabs")
    assert "[1]" in own.wait_for_answer(1)
    expect(own.cards.first).to_be_visible()


@pytest.mark.long
def test_a_paper_waits_for_the_model(fresh_server: Server, visits: Visits) -> None:
    screen = SCREENS[0]
    visit = visits(fresh_server, **screen._asdict())
    own = OwnTab(visit.page, screen)
    own.give("pelabuhan.pdf", pdf(HARBOUR))
    expect(own.stage).to_contain_text(label("own_model", "id"))
    open_tab(visit.page, screen, "tab_paper", within="#own-tabs")
    own.reader.following.click()
    own.reader.expect_page(2)
    expect(own.ready).to_be_visible(timeout=READY_MS)
    open_tab(visit.page, screen, "tab_ask", within="#own-tabs")
    assert TOLD in own.ask(CATCH["id"])
    assert fresh_server.errors == []


def test_papers_are_prepared_one_after_the_other_and_what_is_removed_makes_room(
    visits: Visits, server: Server, long_pdf: bytes
) -> None:
    screens = [Screen("id-ID", 1440), Screen("en-GB", 1440)]
    (_, one), (other_visit, other) = (opened(visits, server, screen) for screen in screens)
    one.give("panjang.pdf", long_pdf)
    expect(one.status.locator("progress")).to_be_visible()
    other.give("harbour.pdf", pdf(HARBOUR))
    expect(other.stage).to_contain_text(label("own_line", "en"))
    open_tab(other_visit.page, screens[1], "tab_paper", within="#own-tabs")
    other.reader.following.click()
    other.reader.expect_page(2)
    expect(one.ready).to_be_hidden()
    one.remove.click()
    expect(one.status).to_have_text(label("own_gone", "id"))
    expect(one.tabs).to_be_hidden()
    expect(other.ready).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_removing_stops_the_preparing_and_takes_all_of_it_away(
    visits: Visits, server: Server, screen: Screen, long_pdf: bytes
) -> None:
    visit, own = opened(visits, server, screen)
    own.give("panjang.pdf", long_pdf)
    own.box.fill(MASKS[screen.language])
    own.box.press("Enter")
    expect(own.answers).to_have_text(label("waiting", screen.language))
    own.remove.click()
    expect(own.status).to_have_text(label("own_gone", screen.language))
    expect(own.tabs).to_be_hidden()
    expect(own.remove).to_be_hidden()
    expect(own.questions).to_have_count(0)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    assert TOLD in own.ask(CATCH[screen.language])
    own.remove.click()
    expect(own.status).to_have_text(label("own_gone", screen.language))
    expect(own.questions).to_have_count(0)
    assert "tongkol" not in visit.page.content()


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_another_paper_takes_the_place_of_the_first_and_of_its_conversation(
    visits: Visits, server: Server, screen: Screen
) -> None:
    language = screen.language
    visit, own = opened(visits, server, screen)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    own.ask(CATCH[language])
    own.cards.first.locator("[data-show]").click()
    own.reader.expect_page(2)
    own.reader.search.fill("angin")
    expect(own.reader.results.first).to_be_visible()
    own.open("glacier.txt", GLACIER.encode())
    own.reader.expect_page(1)
    expect(own.reader.back).to_be_hidden()
    expect(own.reader.search).to_have_value("")
    expect(own.reader.results).to_have_count(0)
    expect(own.questions).to_have_count(0)
    assert "tongkol" not in visit.page.content()
    open_tab(visit.page, screen, "tab_ask", within="#own-tabs")
    visit.page.locator("#own-chats input").click()
    expect(visit.page.get_by_role("option")).to_have_count(1)
    visit.page.locator("#own-chats input").blur()
    assert RETREATED in own.ask(RETREAT[language])
    assert TOLD not in own.ask(CATCH[language])


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_nobody_else_sees_it_and_it_changes_nothing_of_the_bundled_paper(
    visits: Visits, server: Server, screen: Screen
) -> None:
    language = screen.language
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    before = visit.ask(MASKS[language])
    own = OwnTab(visit.page, screen)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    assert TOLD in own.ask(CATCH[language])
    stranger = OwnTab(opened(visits, server, screen)[0].page, screen)
    neighbour = visits.beside(visit, server)
    for other in (stranger, OwnTab(neighbour.page, screen)):
        expect(other.page.locator("#own-file")).to_be_visible()
        expect(other.tabs).to_be_hidden()
        expect(other.status).to_be_hidden()
        assert "tongkol" not in other.page.content()
    open_tab(visit.page, screen, "tab_ask")
    assert [bare(answer) for answer in visit.answers.all_inner_texts()] == [bare(before)]
    assert TOLD not in visit.ask(CATCH[language])
    expect(visit.questions).to_have_count(2)


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_a_reload_asks_and_then_it_is_gone(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    visit, own = opened(visits, server, screen)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    own.ask(CATCH[language])
    visit.leaves = False
    with visit.page.expect_event("dialog"):
        visit.page.evaluate("() => void setTimeout(() => location.reload())")
    assert TOLD in own.ask(CATCH[language])
    visit.leaves = True
    visit.reload()
    assert visit.leaves is None
    own = OwnTab(visit.page, screen)
    expect(visit.page.locator("#own-file")).to_be_visible()
    expect(own.tabs).to_be_hidden()
    expect(own.status).to_be_hidden()
    assert "tongkol" not in visit.page.content()
    visit.reload()  # which asks nothing now


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_a_page_whose_connection_was_lost_says_that_the_paper_is_gone(
    visits: Visits, server: Server, screen: Screen
) -> None:
    language = screen.language
    visit, own = opened(visits, server, screen)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    with visit.page.expect_request("**/queue/join*") as joined:
        own.ask(CATCH[language])
    hang_up(server, joined.value.post_data_json["session_hash"])  # type: ignore[index]
    lost = label("own_lost", language)
    own.box.fill(CATCH[language])
    own.box.press("Enter")
    expect(own.answers).to_have_text(lost)
    expect(own.cards).to_have_count(0)
    open_tab(visit.page, screen, "tab_paper", within="#own-tabs")
    own.reader.following.click()
    expect(own.reader.tab.get_by_role("alert")).to_have_text(lost)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    open_tab(visit.page, screen, "tab_ask", within="#own-tabs")
    expect(own.questions).to_have_count(0)
    assert TOLD in own.ask(CATCH[language])


def hang_up(server: Server, session: str) -> None:
    """Let the server see a page's connection end, as when its machine goes to sleep."""
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    line.request("GET", f"/gradio_api/heartbeat/{session}")
    line.getresponse().close()
    line.close()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(pdf(HARBOUR)))
    writer.encrypt("secret", "owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def scanned_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 600, 800)
    canvas.save()
    return out.getvalue()


BAD = {
    "kosong.txt": (b"", "berkas ini kosong", "the file is empty"),
    "latin.txt": ("Kafé itu.".encode("latin-1"), "bukan teks UTF-8", "not UTF-8 text"),
    "rusak.pdf": (b"%PDF-1.4\nrubbish\n" * 9 + b"%%EOF\n", "PDF ini rusak", "the PDF is damaged"),
    "terpotong.pdf": (pdf(HARBOUR)[:-600], "PDF ini terpotong", "the PDF is cut short"),
    "terkunci.pdf": (locked_pdf(), "PDF ini terenkripsi", "the PDF is encrypted"),
    "pindaian.pdf": (scanned_pdf(), "tidak ada teks di halaman 1", "no text on page 1"),
    "judul.txt": (b"PENDAHULUAN\n\nMETODE\n\nHASIL\n", "hanya judul-judul bagian", "only headings"),
    "besar.txt": (b"Kata. " * (MAX_MB * 1_000_000 // 6 + 1), f"lebih dari {MAX_MB} MB", f"more than {MAX_MB} MB"),
    "gambar.png": (b"\x89PNG\r\n\x1a\n\0\0", "bukan teks UTF-8", "not UTF-8 text"),
    "surat.docx": (b"PK\x03\x04\x14\0\x06\0", "berkas ini rusak", "the file is damaged"),
    "palsu.pdf": (b"<html>", "isinya bukan PDF", "its content is no PDF"),
}


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_files_that_are_no_papers_change_nothing(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    _, own = opened(visits, server, screen)
    check_alert(server, own, "kosong.txt", language)
    expect(own.tabs).to_be_hidden()
    expect(own.remove).to_be_hidden()
    own.open("glacier.txt", GLACIER.encode())
    expect(own.alert).to_have_count(0)
    answer = own.ask(RETREAT[language])
    for kind in BAD:
        check_alert(server, own, kind, language)
        expect(own.ready).to_contain_text("glacier.txt")
    assert own.answers.all_inner_texts() == [answer]
    assert own.ask(RETREAT[language]) == answer
    assert server.errors == []


def check_alert(server: Server, own: OwnTab, kind: str, language: Language) -> None:
    """Give a file that is no paper; expect its one clear line, and nothing of it on the disk."""
    name = f"{uuid4().hex}-{kind}"
    data, indonesian, english = BAD[kind]
    own.give(name, data)
    expect(own.alert).to_contain_text(f"{name}: ")
    expect(own.alert).to_contain_text(indonesian if language == "id" else english)
    assert server.uploads(name) == []
    told = own.alert.inner_text()
    assert told.startswith(f"{name}: ")
    assert not {"\n", "/"} & set(told)
    expect(own.page.get_by_role("alert")).to_have_count(1)


@pytest.mark.long  # Chromium under load now and then opens no file chooser for a key
def test_the_keyboard_alone_takes_one_to_an_answer_from_ones_own_paper(visits: Visits, server: Server) -> None:
    visit, own = opened(visits, server, SCREENS[0])
    keyboard = visit.page.keyboard
    keyboard.press("Tab")
    expect(visit.page.locator("#own-file button")).to_be_focused()
    with visit.page.expect_file_chooser() as chooser:
        keyboard.press("Enter")
    chooser.value.set_files({"name": "pelabuhan.pdf", "mimeType": "application/pdf", "buffer": pdf(HARBOUR)})
    expect(own.ready).to_be_visible(timeout=60_000)
    own.remove.focus()
    for _ in range(20):
        keyboard.press("Tab")
        if own.box.evaluate("box => box === document.activeElement"):
            break
    keyboard.type(CATCH["id"])
    keyboard.press("Enter")
    assert TOLD in own.wait_for_answer(1)
