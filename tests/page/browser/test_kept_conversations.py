"""The conversations that a browser keeps: across reloads, beside each other, and for nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from page.ui_text import label
from tests.page.browser.reader_driver import ReaderPart
from tests.page.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

MASKS = {"id": "Berapa paket masker yang diberikan Sichuan?", "en": "How many packs of masks did Sichuan give?"}
SUBJECTS = {"id": "paket masker yang diberikan Sichuan", "en": "packs of masks did Sichuan give"}
SIGNED = {"id": "Kapan MoU sister province ditandatangani?", "en": "When was the sister-province agreement signed?"}
WHEN = {"id": "Dan kapan?", "en": "And when?"}

SPOILT = ("value => value.slice(0, -40)", "() => 'eA==:eA=='", "() => 'x'")


def kept(visit: Visit) -> dict[str, str]:
    """Return what the browser keeps of conversations."""
    found: dict[str, str] = visit.page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('tanya-history-')))"
    )
    return found


def earlier(visit: Visit) -> Locator:
    """Return the earlier conversations' buttons, which may be folded."""
    return visit.page.locator("#chat-menu [data-do=open]")


def expect_nothing(visit: Visit) -> None:
    expect(visit.questions).to_have_count(0)
    expect(visit.starters).to_have_count(4)


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_a_reload_keeps_the_conversation(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask(SIGNED[language])
    visit.ask(MASKS[language])
    parts = [visit.questions, visit.answers, visit.suggestions]
    before = [part.all_inner_texts() for part in parts]

    visit.reload()
    expect(visit.answers.last.locator(".reply")).to_be_visible()
    assert [part.all_inner_texts() for part in parts] == before
    visit.page.wait_for_function("announced > 0")  # by then the page has followed the newest answer
    expect(visit.questions.last).to_be_in_viewport()
    expect(earlier(visit)).to_have_count(0)
    assert SUBJECTS[language] in visit.ask(WHEN[language])
    expect(visit.answers.last.locator(".understood")).to_contain_text(SUBJECTS[language])

    marker = visit.answers.first.locator(".cite").filter(visible=True).first
    marker.click()
    ReaderPart(visit.page).expect_shown(marker)


@pytest.mark.long
@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_one_conversation_beside_another(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    first, second = SIGNED[language], MASKS[language]
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    expect(visit.page.locator("#chat-menu button")).to_have_count(0)
    answer = visit.ask(first)
    visit.begin()
    expect_nothing(visit)
    expect(earlier(visit)).to_have_text([first])
    visit.ask(second)
    expect(earlier(visit)).to_have_text([first])

    visit.open_conversation(first)
    expect(visit.questions).to_have_text([first])
    assert visit.wait_for_answer(1) == answer
    expect(earlier(visit)).to_have_text([second])
    visit.ask(WHEN[language])
    visit.open_conversation(second)
    expect(visit.questions).to_have_text([second])
    assert SUBJECTS[language] in visit.ask(WHEN[language])


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_a_deleted_conversation_can_be_brought_back(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    first, second = SIGNED[language], MASKS[language]
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    answer = visit.ask(first)
    visit.begin()
    visit.ask(second)
    visit.open_conversation(first)
    restore = visit.page.locator("[data-do=restore]")
    expect(restore).to_have_count(0)
    visit.choose("[data-do=delete]")
    expect_nothing(visit)
    expect(earlier(visit)).to_have_text([second])

    visit.choose("[data-do=restore]")
    expect(visit.questions).to_have_text([first])
    assert visit.wait_for_answer(1) == answer
    expect(restore).to_have_count(0)
    expect(earlier(visit)).to_have_text([second])

    visit.choose("[data-do=delete]")
    expect_nothing(visit)
    expect(restore).to_have_text(label("restore_chat", language))
    visit.reload()
    expect(earlier(visit)).to_have_text([second])
    expect_nothing(visit)
    expect(restore).to_have_count(0)


@pytest.mark.long
def test_nobody_else_sees_it(visit: Visit, visits: Visits, server: Server) -> None:
    visit.ask(SIGNED["id"])
    other = visits(server)
    other.wait_until_ready()
    expect_nothing(other)
    other.reload()
    expect_nothing(other)
    assert SIGNED["id"] not in other.page.content()
    other.ask(WHEN["id"])
    expect(other.answers.locator(".understood")).to_have_count(0)
    expect(earlier(other)).to_have_count(0)
    assert kept(other) != kept(visit)


@pytest.mark.long
def test_what_was_tampered_with_is_left_out(visits: Visits, server: Server) -> None:
    visit = visits(server)
    visit.wait_until_ready()
    visit.ask(MASKS["id"])
    for spoil in SPOILT:
        (key,) = kept(visit)
        visit.page.evaluate(f"key => localStorage.setItem(key, ({spoil})(localStorage.getItem(key)))", key)
        visit.reload()
        expect_nothing(visit)
        # Gradio says that it could not read it.
        assert all(error.startswith("Error reading from localStorage") for error in visit.errors)
        visit.errors.clear()
        visit.ask(SIGNED["id"])
    visit.reload()
    expect(visit.questions).to_have_text([SIGNED["id"]])
    expect(earlier(visit)).to_have_count(0)
