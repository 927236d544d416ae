"""Before the model: the page is there, and questions wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from page.ui_text import label
from tests.page.browser.paper_files import GLACIER
from tests.page.visits import READY_MS, Visits, WaitingServer

RETREAT = "Berapa meter gletser Okapi mundur?"


@pytest.fixture
def paper_server(no_network: None, tmp_path: Path) -> Iterator[WaitingServer]:
    """Serve a paper that nothing is written about, without the model; name this fixture before ``visits``."""
    (tmp_path / "glacier.txt").write_text(GLACIER, encoding="utf-8")
    server = WaitingServer(tmp_path, "--paper", str(tmp_path / "glacier.txt"))
    yield server
    server.close()


def test_the_page_of_a_paper_is_there_before_the_model_and_questions_wait(
    paper_server: WaitingServer, visits: Visits
) -> None:
    visit = visits(paper_server)
    expect(visit.page.locator("#status")).to_contain_text("Memuat model")
    visit.box.fill(RETREAT)
    visit.box.press("Enter")
    expect(visit.answers).to_contain_text("Model masih dimuat")
    visit.page.locator("#stop").click()
    expect(visit.answers).to_contain_text("Dihentikan.")
    expect(visit.page.locator("#chat .error")).to_have_count(0)
    visit.answers.get_by_role("button", name="Coba lagi").click()
    expect(visit.answers).to_contain_text("Model masih dimuat")
    paper_server.load()
    expect(visit.answers).to_contain_text("[1]", timeout=READY_MS)
    expect(visit.questions).to_have_text([RETREAT])
    expect(visit.answers.get_by_role("button", name="Coba lagi")).to_have_count(0)
    expect(visit.page.locator("#status")).to_contain_text("Siap")
    # Such a paper has no findings, and is answered in its own words.
    views = visit.page.locator("#views [data-view]")
    assert views.all_text_contents() == [label(f"view_{v}", "id") for v in ("ask", "read", "batch")]
    answer = visit.answers.inner_text()
    assert "93 metres" in answer
    assert label("original", "id") not in answer
    assert paper_server.errors == []


@pytest.mark.long
def test_what_waits_in_one_conversation_is_answered_there(waiting_server: WaitingServer, visits: Visits) -> None:
    first, second = "When was the sister-province agreement signed?", "What is paradiplomacy?"
    visit = visits(waiting_server, width=390, locale="en-GB")
    for question in (first, second):
        expect(visit.questions).to_have_count(0)
        visit.box.fill(question)
        visit.box.press("Enter")
        expect(visit.answers).to_contain_text("The model is still loading")
        expect(visit.page.locator("#stop")).to_be_visible()
        if question == first:
            visit.begin()
            expect(visit.page.locator("#stop")).to_be_hidden()
    waiting_server.load()
    visit.wait_until_ready()
    expect(visit.answers).to_contain_text("[1]")
    visit.open_conversation(first)
    expect(visit.questions).to_have_text([first])
    expect(visit.answers).to_contain_text("9 May 2016")
    visit.reload()
    expect(visit.answers).to_contain_text("9 May 2016")
    assert visit.conversations == [second]
    visit.open_conversation(second)
    expect(visit.answers).to_contain_text("Kuznetsov")
    assert waiting_server.errors == []
