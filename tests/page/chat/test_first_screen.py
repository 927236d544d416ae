"""The first screen: the paper's name, its summary, and questions to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import create_autospec

import pytest

from assistant import Answer, Assistant
from assistant.answer import AnswerParagraph
from assistant.asking import Asker
from corpus import LANGUAGES, Language, Paper, read_paper
from corpus.library import BUNDLED, Entry, Library
from corpus.metadata import Metadata
from page.chat.first_screen import IN_SHORT, first_screen_html, in_short, starters
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.shelf import Shelf
from page.papers.workspace import Workspace
from page.ui_text import STARTERS, label
from tests.page.stand_ins import ANSWER, CITATION, DOCUMENT, REFUSAL, SPOIL, Html, part, parts, spoiled

PAPER = read_paper("kapal.txt", b"Kapal yang diteliti berjumlah 37 buah.")
PAGE = Workspace(Loader(DOCUMENT))


def answer_of(*quotes: str) -> Answer:
    """Return an answer that quotes these."""
    citations = tuple(replace(CITATION, marker=n, quote=quote) for n, quote in enumerate(quotes, 1))
    paragraphs = tuple(AnswerParagraph("quote", citation.quote, (citation.marker,)) for citation in citations)
    return replace(ANSWER, paragraphs=paragraphs, citations=citations)


def shelf_of(folder: Path, papers: int) -> Shelf:
    """Return a library of the bundled paper and so many others."""
    library = Library(folder / "library")
    library.add_bundled()
    files = [folder / f"{n:02}.txt" for n in range(papers)]
    for n, file in enumerate(files):
        file.write_text(f"Paper number {n} has a sentence of its own.")
    assert all(outcome.change == "added" for outcome in library.add(files))
    return Shelf(library)


def asked(html: str) -> list[str]:
    return [button["data-ask"] for button in Html(html).having("data-ask")]


@pytest.mark.parametrize("language", LANGUAGES)
class TestPaper:
    def test_it_is_named_with_a_line_about_it(self, language: Language) -> None:
        header = part(first_screen_html(PAGE, DOCUMENT.paper, "", language, None), "header.about")
        assert Html(part(header, "h2")).text == label("bundled_name", language)
        assert DOCUMENT.paper.annotations.description[language] in Html(part(header, "p.note")).text
        assert label("own_open", language) in Html(header).text
        own = first_screen_html(PAGE, PAPER, PAPER.digest, language, None)
        assert Html(part(own, "h2")).text == "kapal.txt"
        assert label("own_other", language) in Html(own).text
        assert len(Html(own).having("data-open-file")) == 1

    def test_until_it_is_read_the_place_of_what_it_says_waits(self, language: Language) -> None:
        html = first_screen_html(PAGE, PAPER, "", language, None)
        waits = part(html, "section.in-short waits")
        assert Html(waits).text == label("in_short", language) + label("in_short_waits", language)

    def test_what_it_says_in_short_is_quoted_with_its_page(self, language: Language) -> None:
        answers = {"aim": answer_of("Satu <1>."), "result": answer_of("Dua.", "Tiga.")}
        short = part(first_screen_html(PAGE, PAPER, "", language, answers), "section.in-short")
        page = {"id": "hlm. 5", "en": "p. 5"}[language]
        quoted = {"id": ["Satu <1>.", "Dua."], "en": [CITATION.text_in("en")] * 2}[language]
        assert [Html(term).text for term in parts(short, "dt")] == [
            label("part_aim", language),
            label("part_result", language),
        ]
        assert [Html(text).text for text in parts(short, "dd")] == [f"{text} {page}" for text in quoted]
        assert [Html(text).having("lang")[0]["lang"] for text in parts(short, "dd")] == [language] * 2
        assert [each["data-start"] for each in Html(short).having("data-show")] == ["100"] * 2

    def test_a_sentence_that_says_two_of_them_stands_once(self, language: Language) -> None:
        answers = {"aim": answer_of("Satu."), "result": answer_of("Satu.", "Dua."), "conclusion": answer_of("Dua.")}
        html = first_screen_html(PAGE, PAPER, "", language, answers)
        assert [Html(term).text for term in parts(html, "dt")] == [
            label("part_aim", language),
            label("part_result", language),
        ]

    def test_where_it_says_none_of_them_there_is_no_such_part(self, language: Language) -> None:
        assert "in-short" not in first_screen_html(PAGE, PAPER, "", language, {})

    def test_all_that_is_said_is_escaped(self, language: Language) -> None:
        paper = replace(PAPER, metadata=Metadata(SPOIL, (SPOIL,)))
        html = Html(first_screen_html(PAGE, paper, PAPER.digest, language, {"aim": spoiled(ANSWER)}))
        assert not {"script", "img"} & set(html.tags)
        assert html.text.count(SPOIL) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_is_asked_for_in_the_pages_language_and_left_out_where_nothing_answers(language: Language) -> None:
    found = {"aim": answer_of("Satu."), "method": REFUSAL, "result": replace(ANSWER, paragraphs=(), citations=())}
    questions = {question[language]: part for part, question in IN_SHORT.items()}

    def ask(question: str, *, language: Language | None = None, context: str | None = None) -> Answer:
        return replace(found.get(questions[question], REFUSAL), language=language or "id")

    asker = create_autospec(Asker, instance=True, spec_set=True)
    asker.ask.side_effect = ask
    assert list(in_short(asker, language)) == ["aim"]
    assert [call.kwargs for call in asker.ask.call_args_list] == [{"language": language}] * 4


@pytest.mark.long  # for the model, which the tests in the browser ask the same
def test_the_bundled_paper_says_all_four_in_both_languages(assistant: Assistant) -> None:
    for language in LANGUAGES:
        answers = in_short(assistant, language)
        assert list(answers) == list(IN_SHORT)
        assert all(assistant.paper.text[c.start : c.end] == c.quote for a in answers.values() for c in a.quoted)


@pytest.mark.parametrize("language", LANGUAGES)
class TestStarters:
    def test_of_the_bundled_paper_they_are_the_projects_own(self, language: Language) -> None:
        assert starters(DOCUMENT.paper, language) == STARTERS["bundled"][language]
        html = first_screen_html(PAGE, DOCUMENT.paper, "", language, None)
        assert asked(html) == list(STARTERS["bundled"][language])

    @pytest.mark.parametrize(
        ("text", "terms"),
        [
            ("Kapal yang diteliti berjumlah 37 buah.", []),
            (
                "Badan Nasional Penanggulangan Bencana (BNPB) mencatat. Pembatasan Sosial Berskala Besar (PSBB) mulai. "
                "Bed Occupancy Rate (BOR) turun.",
                ["BNPB", "PSBB"],
            ),
        ],
    )
    def test_of_any_other_they_ask_for_its_own_terms_first(
        self, text: str, terms: Sequence[str], language: Language
    ) -> None:
        paper = read_paper("kapal.txt", text.encode())
        questions = list(starters(paper, language))
        about = [label("starter_term", language, term=term) for term in terms]
        assert questions == [*about, *STARTERS["any"][language]][:4]

    def test_of_a_library_they_are_for_any_paper(self, language: Language, tmp_path: Path) -> None:
        shelf = shelf_of(tmp_path, 0)
        html = first_screen_html(Workspace(Loader(shelf.first), shelf), DOCUMENT.paper, "", language, None)
        assert asked(html) == list(STARTERS["library"][language])


def first_of_library(shelf: Shelf, language: Language, paper: Paper = DOCUMENT.paper, at: str = "") -> str:
    return first_screen_html(Workspace(Loader(Document(paper)), shelf), paper, at, language, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_library_its_papers_are_listed_each_to_be_opened(language: Language, tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, 2)
    html = first_of_library(shelf, language)
    listed = part(html, "ul.library")
    assert [each["data-paper"] for each in Html(listed).having("data-show")] == [entry.id for entry in shelf.entries]
    assert [Html(item).text for item in parts(listed, "li")] == [label("bundled_name", language), "00.txt", "01.txt"]
    assert f"3 {label('papers', language)}" in Html(html).text
    assert shelf.entries[0].id == BUNDLED
    own = first_of_library(shelf, language, PAPER, PAPER.digest)
    assert "library" not in own
    assert "kapal.txt" in own


def test_of_a_large_library_the_first_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, 1)
    shelf.entries = [*shelf.entries, *(Entry(f"id{n}", f"{n}.pdf", "", 1, 1, Metadata()) for n in range(12))]
    html = first_of_library(shelf, "en")
    assert len(parts(part(html, "ul.library"), "li")) == 12
    assert "and 2 more papers" in Html(html).text
    del shelf.entries[12:]
    assert "more papers" not in first_of_library(shelf, "en")
