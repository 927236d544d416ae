"""Copies with their sources, links, and files that are saved from the page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, expect

from assistant import Answer
from assistant.exporting import to_json, to_markdown, to_text, with_citations
from assistant.references import cite_quote, to_apa, to_bibtex, to_ris
from corpus import Language, load_paper
from page.chat.turns import ChatTurn
from page.ui_text import label
from tests.page.visits import SCREENS, Screen, Server, Visit, Visits, one_now

PAPER = load_paper()
SIGNED = {"id": "Kapan MoU sister province ditandatangani?", "en": "When was the sister-province agreement signed?"}
MASKS = {"id": "Berapa paket masker yang diberikan Sichuan?", "en": "How many packs of masks did Sichuan give?"}
OFF_TOPIC = {"id": "Bagaimana cara memasak rendang daging?", "en": "How do you cook beef rendang?"}
WHEN = {"id": "Dan kapan?", "en": "And when?"}
SUFFIXES = ("md", "txt", "bib", "ris", "apa.txt", "json")


def saved(visit: Visit, suffix: str, folder: Path) -> Path:
    """Save the conversation, and return the file."""
    with visit.page.expect_download() as started:
        visit.choose(f"[data-save='{suffix}']")
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file


def turns_of(visit: Visit, folder: Path) -> list[ChatTurn]:
    turns = json.loads(saved(visit, "json", folder).read_bytes())["turns"]
    answers = [turn["answer"] and Answer.from_record(turn["answer"]) for turn in turns]
    return [ChatTurn(turn["question"], turn["reply"], answer) for turn, answer in zip(turns, answers, strict=True)]


def copied(button: Locator, language: Language) -> str:
    """Click a button that copies, and return what it copied once it says so."""
    button.click()
    expect(button).to_have_text(label("copied", language))
    text: str = button.page.evaluate("navigator.clipboard.readText()")
    return text


def test_files_hold_the_conversation(tab: Visit, tmp_path: Path) -> None:
    language = tab.language
    tab.ask("")
    expect(tab.page.locator("[data-save]")).to_have_count(0)
    for question in (SIGNED, MASKS, OFF_TOPIC):
        tab.ask(question[language])
    files = {suffix: saved(tab, suffix, tmp_path) for suffix in SUFFIXES}
    name = label("file_name", language)
    assert [file.name for file in files.values()] == [f"{name}.{suffix}" for suffix in SUFFIXES]

    turns = turns_of(tab, tmp_path)
    assert [turn.question or "—" for turn in turns] == tab.questions.all_inner_texts()
    assert turns[0].reply in tab.answers.first.inner_text()
    for turn, shown in zip(turns[1:], tab.answers.all_inner_texts()[1:], strict=True):
        assert turn.answer
        assert (turn.answer.short or turn.answer.paragraphs[0].text) in shown
    cited = [citation for turn in turns if turn.answer for citation in turn.answer.quoted]
    texts = {suffix: file.read_bytes().decode() for suffix, file in files.items()}
    assert texts == {
        "md": to_markdown("—", turns, PAPER, language),
        "txt": to_text(cited, language),
        "bib": to_bibtex(cited),
        "ris": to_ris(cited),
        "apa.txt": to_apa(cited, language),
        "json": to_json("—", turns, PAPER),
    }
    assert len(re.findall(r"^@\w+\{", texts["bib"], re.MULTILINE)) == 1
    assert len(re.findall(r"^TY  - \w+\r$[\s\S]+?^ER  - \r$", texts["ris"], re.MULTILINE)) == 1
    assert len(re.findall(r"^N1  - (?:hlm|p)\. ", texts["ris"], re.MULTILINE)) == len(cited)
    assert texts["txt"].count("https://doi.org/10.23969/transborders.v5i1.4733") == len(cited)
    assert len(texts["apa.txt"].splitlines()) == 1
    assert re.findall(r"^## (.+)$", texts["md"], re.MULTILINE)[1:] == [turn.question for turn in turns[1:]]


def test_answers_are_copied_and_cited_with_their_places(tab: Visit, tmp_path: Path) -> None:
    language = tab.language
    for question in (SIGNED, MASKS, OFF_TOPIC):
        tab.ask(question[language])
    names = [label(key, language) for key in ("copy", "cite")]
    for index, turn in reversed(list(enumerate(turns_of(tab, tmp_path)))):
        answer = turn.answer
        assert answer
        buttons = tab.answers.nth(index).locator(".tools [data-copy]")
        # A refusal quotes nothing that could be cited.
        expect(buttons).to_have_text(names if answer.is_found else names[:1])
        assert copied(buttons.first, language) == with_citations(answer)
        expect(buttons.first).to_be_in_viewport()
        if answer.is_found:
            assert copied(buttons.last, language) == "\n\n".join(cite_quote(c, language) for c in answer.quoted)
    expect(buttons).to_have_text(names)


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_a_link_asks_once(visits: Visits, server: Server, screen: Screen) -> None:
    visit = visits(server, **screen._asdict())
    visit.wait_until_ready()
    question = MASKS[screen.language]
    answer = visit.ask(question)
    link = copied(visit.answers.locator("[data-link]"), screen.language)
    assert link.startswith(f"{server.url}?q=")
    assert unquote(link.partition("?q=")[2]) == question

    other = visits.beside(visit, server, link.removeprefix(server.url))
    earlier = other.page.locator("#chat-menu [data-do=open]")
    # What the browser keeps is shown first; once an answer is announced, it is the link's, and the browser keeps it.
    other.page.wait_for_function("announced > 0")
    assert other.wait_for_answer(1) == answer
    expect(other.questions).to_have_text([question])
    assert other.page.url == server.url
    expect(earlier).to_have_text([question])
    other.reload()
    assert other.wait_for_answer(1) == answer
    expect(other.questions).to_have_text([question])
    expect(earlier).to_have_text([question])


@pytest.mark.long
def test_a_link_to_a_follow_up_asks_what_it_was_understood_as(tab: Visit) -> None:
    tab.ask(MASKS[tab.language])
    tab.ask(WHEN[tab.language])
    link = copied(tab.answers.last.locator("[data-link]"), tab.language)
    understood = unquote(link.partition("?q=")[2])
    assert understood != WHEN[tab.language]
    expect(tab.answers.last.locator(".understood")).to_have_text(f"{label('understood_as', tab.language)} {understood}")
