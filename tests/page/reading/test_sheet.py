"""A page of a paper as HTML, without a browser: its text with the quote marked, or its picture with boxes."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from assistant.exporting import quote_citation
from corpus import LANGUAGES, OTHER, Language, Paper, Sentence, read_paper
from page.drawing.guarded_pages import GuardedPages
from page.markup import place
from page.papers.document import Document
from page.reading.sheet import Place, Wording, results_html, sheet_html
from page.ui_text import label
from tests.corpus.nasty import nested_groups
from tests.corpus.pdf.pdf_maker import HEIGHT, WIDTH, Look, make_pdf
from tests.corpus.pdf.scan_maker import needs_recognition, printed, scan, spoiled
from tests.page.stand_ins import DOCUMENT, SPOIL, Html, part, parts

PAPER = DOCUMENT.paper


@pytest.fixture(scope="module")
def pdf() -> Iterator[Document]:
    """Give the bundled paper as a PDF."""
    document = Document.read("paper.pdf", make_pdf(PAPER, Look(columns=2)))
    yield document
    document.close()


def place_of(paper: Paper, sentence: Sentence) -> Place:
    return Place().at(paper, sentence.start, sentence.end)


def shown(document: Document, place: Place, language: Language = "id") -> Html:
    return Html(sheet_html(document, place, language))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def over_two(paper: Paper) -> list[Sentence]:
    return [sentence for sentence in paper.sentences if sentence.last_page > sentence.page]


def test_a_place_is_on_the_page_that_it_begins_on() -> None:
    for sentence in PAPER.sentences:
        assert place_of(PAPER, sentence) == Place(sentence.page, sentence.start, sentence.end)


def test_a_place_names_its_paper_in_a_library_and_keeps_its_wording_and_what_is_searched_for() -> None:
    place = Place(wording="both", search="masker").at(replace(PAPER, id="p1"), 10, 20)
    assert place == Place(1, 10, 20, "p1", "both", "masker")
    assert place.turned(PAPER, 5) == place._replace(page=5)


def test_a_place_is_never_on_a_page_without_text() -> None:
    paper = read_paper("paper.txt", b"One is here.\f\fTwo is here.\f\f")
    assert [(place_of(paper, sentence).page, sentence.page) for sentence in paper.sentences] == [(1, 1), (3, 3)]


def test_whatever_is_asked_there_is_a_place() -> None:
    assert Place().at(PAPER, 0, 0) == Place()
    assert Place().at(PAPER, len(PAPER.text), len(PAPER.text)).page == len(PAPER.pages)


def test_pages_turn_to_the_first_and_the_last() -> None:
    place, last = Place(5, 10, 20), len(PAPER.pages)
    turned = [place.turned(PAPER, page) for page in (4, 6, 0, -3, last, last + 1, 10**9)]
    assert [(one.page, one.start, one.end) for one in turned] == [
        (page, 10, 20) for page in (4, 6, 1, 1, last, last, last)
    ]


def test_a_page_shows_every_word_of_its_text() -> None:
    for page in PAPER.pages:
        html = shown(DOCUMENT, Place(page.number))
        assert bare(html.text) == bare(page.text)
        assert html.marked == ""
        assert html.elements[0] == (
            "article",
            {"class": "sheet text", "aria-label": f"Halaman {page.number} / {len(PAPER.pages)}"},
        )


def test_a_page_keeps_the_papers_headings_paragraphs_and_languages() -> None:
    language = {sentence.paragraph: sentence.language for sentence in PAPER.sentences}
    for page in PAPER.pages:
        here = [p for p in PAPER.paragraphs if p.start < page.end and p.end > page.start]
        assert shown(DOCUMENT, Place(page.number)).elements[1:] == [
            ("h2" if p.kind == "heading" else "p", {"class": p.kind, "lang": language[p.index]}) for p in here
        ]


def test_exactly_the_sentence_that_was_asked_is_marked() -> None:
    for sentence in PAPER.sentences:
        page = PAPER.pages[sentence.page - 1]
        here = PAPER.text[sentence.start : min(sentence.end, page.end)].strip()
        assert shown(DOCUMENT, place_of(PAPER, sentence)).marked.strip() == here


def test_a_sentence_that_runs_over_two_pages_is_marked_on_both() -> None:
    assert over_two(PAPER)
    for sentence in over_two(PAPER):
        place = place_of(PAPER, sentence)
        halves = [shown(DOCUMENT, place.turned(PAPER, page)).marked for page in (sentence.page, sentence.last_page)]
        assert bare("".join(halves)) == bare(sentence.text)
        assert all(bare(half) for half in halves)


def test_on_no_other_page_is_anything_marked() -> None:
    for sentence in [*over_two(PAPER), PAPER.sentences[0]]:
        place = place_of(PAPER, sentence)
        for page in PAPER.pages:
            if not sentence.page <= page.number <= sentence.last_page:
                assert shown(DOCUMENT, place.turned(PAPER, page.number)).marked == ""


def test_sentences_that_follow_each_other_are_marked_together() -> None:
    pairs = zip(PAPER.sentences, PAPER.sentences[1:], strict=False)
    one, other = next((a, b) for a, b in pairs if a.paragraph == b.paragraph and a.page == b.last_page)
    marked = shown(DOCUMENT, Place().at(PAPER, one.start, other.end)).marked
    assert marked.splitlines() == [one.text, other.text]


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_marked_can_be_copied(language: Language) -> None:
    (citation, *_) = DOCUMENT.catalogue.lookup("masker").sentences
    html = shown(DOCUMENT, Place().at(PAPER, citation.start, citation.end), language)
    assert [each["data-copy"] for each in html.having("data-copy")] == [quote_citation(citation, language)]
    assert shown(DOCUMENT, Place(3)).having("data-copy") == []


def test_all_that_a_page_shows_is_escaped() -> None:
    document = Document(read_paper("<b>.txt", f"Kata <b>tebal</b> & {SPOIL} di sini.\n\nAkhir &amp; kata.".encode()))
    html = shown(document, Place(1, 0, len(document.paper.text)))
    assert not {"b", "script", "img"} & set(html.tags)
    assert bare(html.marked) == bare(document.paper.text)
    assert "<b>" in html.having("data-copy")[0]["data-copy"]


class TestPdf:
    def test_a_page_is_a_picture_with_its_text_below(self, pdf: Document) -> None:
        for page in pdf.paper.pages[::5]:
            html = shown(pdf, Place(page.number), "en")
            assert html.tags[:5] == ["figure", "img", "details", "summary", "article"]
            title = f"Page {page.number} / {len(pdf.paper.pages)}"
            image = html.having("alt")[0]
            assert image["alt"] == html.having("aria-label")[0]["aria-label"] == title
            kind, data = image["src"].split(",")
            assert kind == "data:image/webp;base64"
            picture = Image.open(io.BytesIO(base64.b64decode(data)))
            assert picture.width == 1400
            assert picture.width / picture.height == pytest.approx(WIDTH / HEIGHT, abs=0.01)
            assert html.having("style")[0]["style"] == f"aspect-ratio:{WIDTH:.1f}/{HEIGHT:.1f}"
            assert bare(html.text) == bare(f"This page's text{page.text}")

    def test_what_is_marked_is_boxed_on_its_page_and_marked_in_the_text(self, pdf: Document) -> None:
        sentence = next(s for s in pdf.paper.sentences if s.kind == "text" and len(s.text) > 200)
        html = shown(pdf, place_of(pdf.paper, sentence))
        boxes = [each["style"] for each in html.having("class") if each["class"] == "box"]
        assert len(boxes) > 1
        for box in boxes:
            sides = dict(side.split(":") for side in box.split(";"))
            left, top, width, height = (float(sides[name].rstrip("%")) for name in ("left", "top", "width", "height"))
            assert left >= 0
            assert top >= 0
            assert width > 0
            assert height > 0
            assert left + width <= 100.001
            assert top + height <= 100.001
        assert bare(html.marked) == bare(sentence.text)
        assert not html.having("role")

    def test_a_quote_over_two_pages_is_boxed_on_both_and_on_no_other(self, pdf: Document) -> None:
        sheets = pdf.sheets
        assert sheets
        sentence = next(s for s in over_two(pdf.paper) if sheets.boxes(s.text, [s.page, s.last_page]))
        place = place_of(pdf.paper, sentence)
        boxes = [
            sheet_html(pdf, place.turned(pdf.paper, page), "id").count('class="box"')
            for page in range(sentence.page - 1, sentence.last_page + 2)
        ]
        assert [count > 0 for count in boxes] == [False, True, True, False]

    def test_a_pages_own_look_has_no_boxes_and_no_note(self, pdf: Document) -> None:
        html = sheet_html(pdf, Place(2), "id")
        assert 'class="box"' not in html
        assert "role=" not in html

    @pytest.mark.parametrize(("language", "message"), [("id", "tidak dapat dipastikan"), ("en", "cannot be told")])
    def test_what_is_not_located_is_said_and_only_marked_in_the_text(self, language: Language, message: str) -> None:
        quote = "Masker itu tiba pada bulan Maret."
        paper = read_paper("paper.txt", f"{quote}\n\nLalu ada yang lain di sini.\n\n{quote}".encode())
        document = Document.read("paper.pdf", make_pdf(paper, Look(running=False)))
        first = next(s for s in document.paper.sentences if s.text == quote)
        html = shown(document, place_of(document.paper, first), language)
        assert message in html.text
        assert [each["role"] for each in html.having("role")] == ["status"]
        assert "box" not in [each.get("class") for each in html.having("class")]
        assert html.marked.strip() == quote
        document.close()

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_a_picture_that_cannot_be_made_is_told_of_above_the_text(self, language: Language) -> None:
        document = Document.read("paper.pdf", make_pdf(PAPER, Look()))
        document.close()
        html = shown(document, Place(3), language)
        assert html.elements[0] == ("p", {"class": "note", "role": "alert"})
        assert html.text.startswith({"id": "PDF ini sudah ditutup", "en": "the PDF is closed"}[language])
        assert bare(document.paper.pages[2].text) in bare(html.text)
        assert "img" not in html.tags

    def test_a_page_that_takes_too_long_to_draw_is_shown_as_text(self) -> None:
        data = nested_groups()
        document = Document(read_paper("paper.pdf", data), GuardedPages(data, seconds=2))
        lines: dict[Language, str] = {
            "id": "halaman 1: perlu lebih dari 2 detik untuk digambar; baca teksnya saja",
            "en": "page 1: took longer than 2 s to draw; read the text instead",
        }
        for language, line in lines.items():
            html = shown(document, Place(), language)
            assert html.elements[0] == ("p", {"class": "note", "role": "alert"})
            assert html.text == f"{line}A sentence that can be read."
            assert "img" not in html.tags
        document.close()

    def test_whatever_a_pdf_comes_from_it_is_drawn_within_limits(self, tmp_path: Path) -> None:
        data, path = make_pdf(PAPER, Look()), tmp_path / "paper.pdf"
        path.write_bytes(data)
        for document in (Document.read("paper.pdf", data), Document.open(path), Document.of(PAPER, data)):
            assert type(document.sheets) is GuardedPages

    def test_only_a_pdf_has_pictures(self) -> None:
        assert DOCUMENT.sheets is None
        DOCUMENT.close()
        document = Document.read("paper.txt", b"Just a text that is here.")
        assert document.sheets is None


@pytest.mark.parametrize("language", LANGUAGES)
class TestFound:
    def test_each_sentence_is_a_button_that_shows_it_with_the_words_marked(self, language: Language) -> None:
        sentences = DOCUMENT.catalogue.lookup("paradiplomacy").sentences
        assert {citation.language for citation in sentences} == {"id", "en"}
        html = results_html(DOCUMENT, "paradiplomacy", language)
        assert Html(part(html, "p.note")).text == f"{len(sentences)} {label('sentences', language)}"
        results = parts(html, "button.result")
        for result, citation in zip(results, sentences, strict=True):
            (shows,) = Html(result).having("data-show")
            assert (shows["data-start"], shows["data-end"]) == (str(citation.start), str(citation.end))
            assert Html(part(result, "span.header")).text == Html(place(citation, language)).text
            assert Html(result).text.endswith(citation.quote)
            assert Html(result).having("lang")[-1]["lang"] == citation.language
            marks = [Html(mark).text for mark in parts(result, "mark.found-word")]
            spans = DOCUMENT.catalogue.spans("paradiplomacy", citation.quote, citation.language)
            assert marks == [citation.quote[start:end] for start, end in spans]
            assert marks

    def test_nothing_found_is_said(self, language: Language) -> None:
        html = Html(results_html(DOCUMENT, "rendang", language))
        assert html.text == label("nothing_found", language)
        assert html.having("role")[0]["role"] == "status"

    def test_what_is_found_is_escaped(self, language: Language) -> None:
        document = Document(read_paper("x.txt", f"Kata itu {SPOIL} di sini.".encode()))
        html = Html(results_html(document, "kata", language))
        assert set(html.tags) == {"p", "button", "span", "mark"}
        assert SPOIL in html.text


def printed_and(wording: Wording, sentence: Sentence) -> list[str]:
    """Return the languages that a sentence is to be shown in."""
    other = OTHER[sentence.language]
    worded: dict[Wording, list[str]]
    worded = {"original": [sentence.language], "both": [sentence.language, other], "id": ["id"], "en": ["en"]}
    return worded[wording]


class TestWording:
    @pytest.mark.parametrize("wording", get_args(Wording))
    def test_a_page_is_shown_as_printed_or_translated_or_both(self, wording: Wording) -> None:
        for page in PAPER.pages[::4]:
            html = sheet_html(DOCUMENT, Place(page.number, wording=wording), "id")
            here = [s for s in PAPER.sentences if s.start < page.end and s.end > page.start]
            first = [next(iter(sentences)) for _, sentences in groupby(here, key=lambda s: s.paragraph)]
            shown = [attributes for tag, attributes in Html(html).elements if tag in ("p", "h2")]
            assert [each["lang"] for each in shown] == [
                language for sentence in first for language in printed_and(wording, sentence)
            ]
            assert [each["class"].endswith(" translated") for each in shown] == [
                bool(nth) for sentence in first for nth, _ in enumerate(printed_and(wording, sentence))
            ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_in_one_language_each_sentence_stands_in_that(self, language: Language) -> None:
        html = bare(shown(DOCUMENT, Place(3, wording=language)).text)
        page = PAPER.pages[2]
        whole = [s for s in PAPER.sentences if s.start >= page.start and s.end <= page.end]
        assert whole
        for sentence in whole:
            assert bare(PAPER.texts(sentence.index).get(language, sentence.text)) in html

    def test_what_is_marked_is_marked_in_its_translation_too(self) -> None:
        sentence = next(s for s in PAPER.sentences if s.kind == "text" and len(PAPER.texts(s.index)) == 2)
        here = place_of(PAPER, sentence)
        texts = PAPER.texts(sentence.index)
        other = OTHER[sentence.language]
        expected: dict[Wording, list[Language]] = {
            "original": [sentence.language],
            other: [other],
            "both": [sentence.language, other],
        }
        for wording, marked in expected.items():
            html = shown(DOCUMENT, here._replace(wording=wording))
            assert [bare(mark) for mark in html.marked.splitlines()] == [bare(texts[each]) for each in marked]

    @pytest.mark.parametrize("wording", get_args(Wording))
    def test_a_paper_without_translations_is_shown_as_printed(self, wording: Wording) -> None:
        document = Document(read_paper("x.txt", b"Only this sentence is here."))
        assert sheet_html(document, Place(wording=wording), "id") == sheet_html(document, Place(), "id")


@pytest.mark.parametrize("wording", ["original", "en"])
def test_the_words_that_are_searched_for_are_marked_in_the_text(wording: Wording) -> None:
    (citation, *_) = DOCUMENT.catalogue.lookup("masker").sentences
    here = Place(wording=wording).at(PAPER, citation.start, citation.end)
    assert "found-word" not in sheet_html(DOCUMENT, here, "id")
    html = sheet_html(DOCUMENT, here._replace(search="masker"), "id")
    words = {word.casefold() for word in re.findall(r'<mark class="found-word">(.+?)</mark>', html)}
    assert words
    assert all(word.startswith("mask") for word in words)


@needs_recognition
def test_a_scanned_page_has_boxes_and_says_that_it_was_recognised() -> None:
    text = "Pendahuluan\n\nPerjanjian ini ditandatangani pada 17 Maret 2015. Bantuan tiba lima tahun sesudahnya."
    document = Document.read("x.pdf", scan(["Only this page is in type. " * 4, spoiled(printed(text))]))
    sentence = next(sentence for sentence in document.paper.sentences if "Maret" in sentence.text)
    for language in LANGUAGES:
        html = sheet_html(document, place_of(document.paper, sentence), language)
        assert html.count('class="box"') == 1
        assert html.count('role="status"') == 1
        assert label("recognised_page", language) in Html(html).text
        assert label("recognised_page", language) not in shown(document, Place(1), language).text
    document.close()
