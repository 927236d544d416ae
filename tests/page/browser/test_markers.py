"""The markers of an answer: they show their quote in the paper and preview it, by mouse, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Route, expect

from page.ui_text import label
from tests.page.browser.reader_driver import ReaderPart, bare, quote_of
from tests.page.visits import Visit

QUESTIONS = {
    "id": ("Kapan MoU sister province ditandatangani?", "Berapa paket masker yang diberikan Sichuan?"),
    "en": ("When was the sister-province agreement signed?", "How many packs of masks did Sichuan donate?"),
}

JOIN = "**/gradio_api/queue/join*"
"""Where the browser sends an event to."""


def marker_of(visit: Visit, turn: int, number: int) -> Locator:
    """Return a marker, brought into sight if it is folded."""
    marker = visit.answers.nth(turn).locator(f".cite[data-cite='{number}']").first
    if not marker.is_visible():
        visit.answers.nth(turn).locator("details.more > summary").first.click()
    return marker


@pytest.fixture
def asked(visit: Visit) -> Visit:
    for question in QUESTIONS["id"]:
        visit.ask(question)
    return visit


@pytest.fixture
def asked_phone(phone: Visit) -> Visit:
    for question in QUESTIONS["en"]:
        phone.ask(question)
    return phone


def test_a_click_shows_the_quote_beside_the_answer(asked: Visit) -> None:
    reader = ReaderPart(asked.page)
    for turn, number in ((0, 3), (0, 1), (1, 1), (1, 2)):
        marker = marker_of(asked, turn, number)
        marker.click()
        reader.expect_shown(marker)
        expect(marker).to_be_in_viewport()


def test_the_keyboard_shows_it_too(asked: Visit) -> None:
    reader = ReaderPart(asked.page)
    for turn, number, key in ((0, 2, "Enter"), (1, 2, "Space"), (0, 1, "Space"), (1, 1, "Enter")):
        marker = marker_of(asked, turn, number)
        where = marker.inner_text().partition("] ")[2]
        expect(marker).to_have_accessible_name(f"{label('source', 'id')} [{number}] {where}")
        marker.press(key)
        reader.expect_shown(marker)
        expect(marker).to_be_focused()


def test_of_two_quick_clicks_the_last_one_counts(asked: Visit) -> None:
    reader = ReaderPart(asked.page)
    before, first, last = marker_of(asked, 0, 1), marker_of(asked, 0, 2), marker_of(asked, 1, 1)
    before.click()
    reader.expect_shown(before)
    asked.page.evaluate(
        "buttons => buttons.forEach(button => button.click())", [first.element_handle(), last.element_handle()]
    )
    reader.expect_shown(last)
    asked.page.wait_for_function("tanya.awaited === 0")
    reader.expect_shown(last)


def test_of_two_clicks_whose_answers_arrive_in_another_order_the_last_one_counts(asked: Visit) -> None:
    page, held = asked.page, list[Route]()
    first, last = marker_of(asked, 0, 1), marker_of(asked, 1, 1)
    with page.expect_request(JOIN):
        page.route(JOIN, lambda route: held.append(route), times=1)  # noqa: PLW0108 a builtin cannot be a handler
        first.click()
    last.click()
    ReaderPart(page).expect_shown(last)
    with page.expect_request(JOIN):  # the last place is asked for again
        held[0].continue_()
    ReaderPart(page).expect_shown(last)


@pytest.fixture
def pointed(asked: Visit) -> Iterator[Visit]:
    yield asked
    asked.page.mouse.move(0, 0)
    asked.page.keyboard.press("Escape")


def test_pointing_at_a_marker_previews_its_quote(pointed: Visit) -> None:
    page, preview = pointed.page, pointed.page.locator("#preview")
    page.mouse.move(0, 0)
    page.keyboard.press("Escape")
    for number in (1, 2):
        marker = marker_of(pointed, 0, number)
        marker.hover()
        expect(preview).to_contain_text("hlm. ")
        assert bare(quote_of(marker)[1]) in bare(preview.inner_text())
        expect(preview).to_be_in_viewport(ratio=1)
        page.mouse.move(5, 400)
        expect(preview).to_have_count(0)
    marker.hover()
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    page.mouse.move(5, 400)
    marker.focus()
    expect(preview).to_be_visible()
    expect(preview).to_have_attribute("role", "tooltip")
    pointed.box.focus()
    expect(preview).to_have_count(0)


def test_on_a_phone_the_paper_is_a_sheet_that_leads_back(asked_phone: Visit) -> None:
    phone, page = asked_phone, asked_phone.page
    reader = ReaderPart(page)
    expect(reader.pane).to_be_hidden()
    for turn, leave in ((1, "tap"), (0, "Escape")):
        marker = marker_of(phone, turn, 1)
        marker.click()
        reader.expect_shown(marker)
        expect(reader.back).to_be_focused()
        expect(reader.back).to_be_in_viewport(ratio=1)
        expect(reader.back).to_have_text(label("back", "en"))
        reader.pane.evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
        expect(reader.back).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        if leave == "tap":
            reader.back.click()
        else:
            page.keyboard.press("Escape")
        expect(reader.pane).to_be_hidden()
        expect(marker).to_be_focused()
        expect(marker).to_be_in_viewport()


def test_on_a_phone_an_answer_does_not_open_the_sheet_by_itself(asked_phone: Visit) -> None:
    expect(ReaderPart(asked_phone.page).pane).to_be_hidden()
    expect(asked_phone.answers.last.locator(".short")).to_be_in_viewport()
