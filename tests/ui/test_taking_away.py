"""What is taken away from the page: copies with their sources, links, and files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, expect

from assistant import Answer
from assistant.exporting import (
    quote_citation,
    to_bibtex,
    to_json,
    to_markdown,
    to_ris,
    to_text,
    with_citations,
)
from corpus import load_paper
from page.chat import Turn
from page.labels import label
from tests.ui.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

PAPER = load_paper()
SIGNED = {"id": "Kapan MoU sister province ditandatangani?", "en": "When was the sister-province agreement signed?"}
MASKS = {"id": "Berapa paket masker yang diberikan Sichuan?", "en": "How many packs of masks did Sichuan give?"}
SUFFIXES = ("md", "json", "bib", "ris", "txt")
OFF_TOPIC = {"id": "Bagaimana cara memasak rendang daging?", "en": "How do you cook beef rendang?"}


def saved(visit: Visit, suffix: str, screen: Screen, folder: Path) -> Path:
    """Save the conversation, and return the file."""
    with visit.page.expect_download() as started:
        button = label(f"save_{suffix}", screen.language)
        visit.page.locator(".saving").get_by_role("button", name=button, exact=True).click()
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file


def turns_of(visit: Visit, screen: Screen, folder: Path) -> list[Turn]:
    turns = json.loads(saved(visit, "json", screen, folder).read_bytes())["turns"]
    answers = [turn["answer"] and Answer.from_record(turn["answer"]) for turn in turns]
    return [Turn(turn["question"], turn["reply"], answer) for turn, answer in zip(turns, answers, strict=True)]


def copied(button: Locator, screen: Screen) -> str:
    """Click a button that copies, and return what it copied once it says so."""
    button.click()
    expect(button).to_have_text(label("copied", screen.language))
    text: str = button.page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_files_hold_the_conversation(visits: Visits, server: Server, screen: Screen, tmp_path: Path) -> None:
    language = screen.language
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask("")
    expect(visit.page.locator(".saver").first).to_be_hidden()
    for question in (SIGNED, MASKS, OFF_TOPIC):
        visit.ask(question[language])
    files = {suffix: saved(visit, suffix, screen, tmp_path) for suffix in SUFFIXES}
    name = {"id": "percakapan-tanya", "en": "tanya-conversation"}[language]
    assert [file.name for file in files.values()] == [f"{name}.{suffix}" for suffix in SUFFIXES]

    turns = turns_of(visit, screen, tmp_path)
    assert [turn.question for turn in turns] == visit.questions.all_inner_texts()
    assert turns[0].reply in visit.answers.first.inner_text()
    for turn, shown in zip(turns[1:], visit.answers.all_inner_texts()[1:], strict=True):
        assert turn.answer
        assert turn.answer.paragraphs[0].rendered in shown
    cited = [citation for turn in turns if turn.answer for citation in turn.answer.quoted]
    texts = {suffix: file.read_bytes().decode() for suffix, file in files.items()}
    assert texts == {
        "md": to_markdown("—", turns, PAPER, language),
        "json": to_json("—", turns, PAPER),
        "bib": to_bibtex(cited),
        "ris": to_ris(cited),
        "txt": to_text(cited, language),
    }
    assert len(re.findall(r"^@misc\{", texts["bib"], re.MULTILINE)) == len(cited)
    assert len(re.findall(r"^TY  - GEN\r$[\s\S]+?^ER  - \r$", texts["ris"], re.MULTILINE)) == len(cited)
    assert texts["txt"].count("https://doi.org/10.23969/transborders.v5i1.4733") == len(cited)
    assert re.findall(r"^## (.+)$", texts["md"], re.MULTILINE)[1:] == [turn.question for turn in turns[1:]]


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_answers_and_quotes_are_copied_with_their_places(
    visits: Visits, server: Server, screen: Screen, tmp_path: Path
) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    for question in (SIGNED, MASKS):
        visit.ask(question[screen.language])
    answers = [turn.answer for turn in turns_of(visit, screen, tmp_path)]
    # An answer that is clicked shows its evidence, one that is copied does not: the newest one's stays open.
    for index in (1, 0):
        answer = answers[index]
        assert answer
        button = visit.answers.nth(index).locator("[data-copy]")
        expect(button).to_have_text(label("copy_answer", screen.language))
        assert copied(button, screen) == with_citations(answer)
        expect(button).to_have_text(label("copy_answer", screen.language))
        expect(button).to_be_in_viewport()
    assert answers[1]
    for card, citation in zip(visit.cards.all(), answers[1].citations, strict=True):
        button = card.locator("[data-copy]")
        expect(button).to_have_text(label("copy_quote", screen.language))
        assert copied(button, screen) == quote_citation(citation, screen.language)


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_a_link_asks_once(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    question = MASKS[screen.language]
    answer = visit.ask(question)
    link = copied(visit.answers.locator("[data-link]"), screen)
    assert link.startswith(f"{server.url}?q=")
    assert unquote(link.partition("?q=")[2]) == question

    other = visits.beside(visit, server, link.removeprefix(server.url))
    assert other.wait_for_answer(1) == answer
    expect(other.questions).to_have_text([question])
    assert other.page.url == server.url
    assert other.conversations == [question, question]
    other.reload()
    assert other.wait_for_answer(1) == answer
    assert other.conversations == [question, question]


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_a_link_to_a_follow_up_asks_what_it_was_understood_as(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    visit.ask(MASKS[screen.language])
    visit.ask({"id": "Dan kapan?", "en": "And when?"}[screen.language])
    button = visit.answers.last.locator("[data-link]")
    understood = visit.page.locator("details[open] .understood q").inner_text()
    assert unquote(copied(button, screen).partition("?q=")[2]) == understood
