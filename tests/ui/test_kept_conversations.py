"""The conversations that a browser keeps: across reloads, one beside the other, and for nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from page.labels import label
from tests.ui.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

MASKS = {"id": "Berapa paket masker yang diberikan Sichuan?", "en": "How many packs of masks did Sichuan give?"}
SUBJECTS = {"id": "paket masker yang diberikan Sichuan", "en": "packs of masks did Sichuan give"}
SIGNED = {"id": "Kapan MoU sister province ditandatangani?", "en": "When was the sister-province agreement signed?"}
WHEN = {"id": "Dan kapan?", "en": "And when?"}


def kept(visit: Visit) -> dict[str, str]:
    """Return what the browser keeps of conversations."""
    found: dict[str, str] = visit.page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('tanya-history-')))"
    )
    return found


def expect_nothing(visit: Visit) -> None:
    expect(visit.examples).to_have_count(8)
    expect(visit.questions).to_have_count(0)
    expect(visit.page.locator("#evidence .turn")).to_have_count(0)


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_a_reload_keeps_the_conversation(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask(SIGNED[language])
    visit.ask(MASKS[language])
    parts = [visit.questions, visit.answers, visit.cards, visit.page.locator("#chat .option")]
    before = [part.all_inner_texts() for part in parts]

    visit.reload()
    expect(visit.answers.last.locator(".reply")).to_be_visible()
    assert [part.all_inner_texts() for part in parts] == before
    expect(visit.questions.last).to_be_in_viewport()
    expect(visit.page.locator("#chats input")).to_have_value(SIGNED[language])
    visit.answers.first.locator(".cite").first.click()
    expect(visit.page.locator("#evidence details[open] .asked")).to_have_text(SIGNED[language])
    expect(visit.cards.first.locator(".marker")).to_be_focused()

    assert SUBJECTS[language] in visit.ask(WHEN[language])
    expect(visit.page.locator("details[open] .understood")).to_contain_text(SUBJECTS[language])


@pytest.mark.parametrize("screen", one_now(SCREENS))
def test_one_conversation_beside_another(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    first, second, new = SIGNED[language], MASKS[language], label("new_chat", language)
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    expect(visit.page.locator("#chats input")).to_have_value(new)
    answer = visit.ask(first)
    visit.page.get_by_role("button", name=new).click()
    expect_nothing(visit)
    expect(visit.page.locator("#chats input")).to_have_value(new)
    assert visit.conversations == [new, first]
    visit.ask(second)
    assert visit.conversations == [second, first]

    visit.open_conversation(first)
    expect(visit.questions).to_have_text([first])
    assert visit.wait_for_answer(1) == answer
    expect(visit.page.locator("#evidence .asked")).to_have_text(first)
    visit.ask(WHEN[language])
    visit.open_conversation(second)
    expect(visit.questions).to_have_text([second])
    assert SUBJECTS[language] in visit.ask(WHEN[language])


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_a_deleted_conversation_can_be_brought_back(visits: Visits, server: Server, screen: Screen) -> None:
    language = screen.language
    first, second, new = SIGNED[language], MASKS[language], label("new_chat", language)
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    answer = visit.ask(first)
    visit.page.get_by_role("button", name=new).click()
    expect_nothing(visit)
    visit.ask(second)
    visit.open_conversation(first)
    expect(visit.questions).to_have_text([first])
    back = visit.page.get_by_role("button", name=label("restore_chat", language))
    expect(back).to_be_hidden()
    visit.chat_button("clear").click()
    expect_nothing(visit)
    assert visit.conversations == [new, second]

    back.click()
    expect(visit.questions).to_have_text([first])
    assert visit.wait_for_answer(1) == answer
    expect(back).to_be_hidden()
    assert sorted(visit.conversations) == sorted([first, second])

    visit.chat_button("clear").click()
    expect_nothing(visit)
    visit.reload()
    expect_nothing(visit)
    assert visit.conversations == [new, second]
    expect(back).to_be_hidden()


def test_nobody_else_sees_it(visits: Visits, server: Server) -> None:
    visit, other = visits(server), visits(server)
    visit.wait_until_ready()
    other.wait_until_ready()
    visit.ask(SIGNED["id"])
    assert kept(visit)
    other.reload()
    expect_nothing(other)
    assert other.conversations == [label("new_chat", "id")]
    other.ask(WHEN["id"])
    expect(other.page.locator(".understood")).to_have_count(0)
    assert kept(other) != kept(visit)


@pytest.mark.parametrize(
    ("screen", "spoil"),
    [
        (SCREENS[0], "value => value.slice(0, -40)"),
        (SCREENS[1], "() => 'eA==:eA=='"),
        (OTHER_SCREENS[0], "() => 'x'"),
    ],
)
def test_what_was_tampered_with_is_left_out(visits: Visits, server: Server, screen: Screen, spoil: str) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask(MASKS[screen.language])
    (key,) = kept(visit)
    visit.page.evaluate(f"key => localStorage.setItem(key, ({spoil})(localStorage.getItem(key)))", key)
    visit.reload()
    expect_nothing(visit)
    # Gradio says that it could not read it.
    assert all(error.startswith("Error reading from localStorage") for error in visit.errors)
    visit.errors.clear()
    visit.ask(SIGNED[screen.language])
    visit.reload()
    expect(visit.questions).to_have_text([SIGNED[screen.language]])
