"""Pieces of HTML that parts of the page share, without a browser: places, quotes, marks, and names of papers."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest

from assistant import Citation
from assistant.citation import CitedPaper
from assistant.exporting import quote_citation
from corpus import LANGUAGES, Language, read_paper
from corpus.library import BUNDLED
from corpus.metadata import Metadata
from page.markup import about, card, copy_button, marker_button, paper_name, place, quote, with_bold, with_marks
from page.ui_text import label
from tests.page.stand_ins import ANSWER, CITATION, DOCUMENT, SPOIL, Html, spoiled

UNTRANSLATED = replace(
    CITATION, translation=None, translated_by=None, passage_translation=None, section_translation=None
)


class TestQuote:
    def test_it_is_marked_in_its_passage_and_by_itself_in_the_other_language(self) -> None:
        html = quote(CITATION, "id")
        assert '<blockquote lang="id">Sebelumnya: <mark>Masker &lt;N95&gt; &amp; APD tiba.</mark> Sesudahnya.' in html
        assert '<blockquote lang="en"><mark>Masks &lt;N95&gt; arrived.</mark></blockquote>' in html
        in_english = quote(CITATION, "en")
        assert '<blockquote lang="en">Before: <mark>Masks &lt;N95&gt; arrived.</mark> After.' in in_english
        assert '<blockquote lang="id"><mark>Masker &lt;N95&gt; &amp; APD tiba.</mark></blockquote>' in in_english

    @pytest.mark.parametrize(
        ("language", "words", "marked"),
        [
            ("id", "<N95>", "<mark>Masker <strong>&lt;N95&gt;</strong> &amp; APD tiba.</mark>"),
            ("en", "<N95>", "<mark>Masks <strong>&lt;N95&gt;</strong> arrived.</mark>"),
            ("id", CITATION.quote, "<mark><strong>Masker &lt;N95&gt; &amp; APD tiba.</strong></mark>"),
            ("id", "tidak di sini", "<mark>Masker &lt;N95&gt; &amp; APD tiba.</mark>"),
        ],
    )
    def test_the_words_that_answer_stand_out_in_the_readers_language(
        self, language: Language, words: str, marked: str
    ) -> None:
        html = quote(replace(CITATION, words=words), language)
        assert marked in html
        assert html.count("<strong>") == marked.count("<strong>")

    def test_one_that_its_passage_lacks_is_still_shown(self) -> None:
        assert "<mark>Masker &lt;N95&gt; &amp; APD tiba.</mark> Lain." in quote(
            replace(CITATION, passage="Lain."), "id"
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_without_a_translation_it_stands_alone(self, language: Language) -> None:
        html = Html(quote(UNTRANSLATED, language))
        assert html.tags == ["blockquote", "mark"]
        assert html.text == CITATION.passage

    def test_the_readers_language_comes_first_and_the_translation_is_said_to_be_tanyas(self) -> None:
        indonesian, english = (Html(quote(CITATION, language)).text for language in LANGUAGES)
        assert indonesian == (
            f"{CITATION.passage}Terjemahan dari Tanya, bukan dari penulis makalah:{CITATION.translation}"
        )
        assert english == (
            f"Tanya's translation, not the authors':{CITATION.passage_translation}"
            f"The original, word for word:{CITATION.quote}"
        )

    def test_what_the_authors_wrote_in_both_languages_is_said_to_be_theirs(self) -> None:
        html = quote(replace(CITATION, translation="Masks came.", translated_by="authors"), "en")
        assert "The authors&#x27; own words, from their abstract in the other language:" in html
        assert '<blockquote lang="en"><mark>Masks came.</mark></blockquote>' in html
        assert "Tanya" not in html


class TestPlace:
    @pytest.mark.parametrize(
        ("last_page", "language", "shown"), [(5, "id", "hlm. 5"), (6, "id", "hlm. 5-6"), (6, "en", "p. 5-6")]
    )
    def test_it_begins_with_the_pages(self, last_page: int, language: Language, shown: str) -> None:
        html = place(replace(CITATION, last_page=last_page), language)
        assert html.startswith(f'<span class="page">{shown}</span><span class="section">')

    def test_a_section_is_named_in_the_readers_language_then_as_printed(self) -> None:
        assert Html(place(CITATION, "id")).text == "hlm. 5Bantuan & <Hibah>"
        assert Html(place(CITATION, "en")).text == "p. 5Aid & <Grants> (Bantuan & <Hibah>)"
        untranslated = place(UNTRANSLATED, "en")
        assert f'<span class="section"><span lang="id">{escape(CITATION.section)}</span></span>' in untranslated

    @pytest.mark.parametrize(("language", "mark"), [("id", "teks hasil pengenalan"), ("en", "recognised text")])
    def test_recognised_text_is_said_to_be(self, language: Language, mark: str) -> None:
        html = place(replace(CITATION, recognised=True), language)
        assert html.endswith(f'<span class="recognised">{mark}</span>')
        assert mark not in place(CITATION, language)


class TestStandingOut:
    @pytest.mark.parametrize(
        ("text", "words", "html"),
        [
            ("15.000 paket, 5 peti", "5", "15.000 paket, <strong>5</strong> peti"),
            ("1,5 juta", "5", "1,5 juta"),
            ("2015", "5", "2015"),
            ("Masker & masker", "masker", "Masker &amp; <strong>masker</strong>"),
            ("5 atau 5", "5", "<strong>5</strong> atau 5"),
            ("a (b)", "(b)", "a <strong>(b)</strong>"),
            ("a <b>", "", "a &lt;b&gt;"),
            (f"a {SPOIL}", SPOIL, f"a <strong>{escape(SPOIL)}</strong>"),
        ],
    )
    def test_words_stand_out_once_and_only_whole(self, text: str, words: str, html: str) -> None:
        assert with_bold(text, words) == html


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([], "a &lt;b&gt; c"),
        ([(0, 1)], '<mark class="found-word">a</mark> &lt;b&gt; c'),
        ([(2, 5), (6, 7)], 'a <mark class="found-word">&lt;b&gt;</mark> <mark class="found-word">c</mark>'),
    ],
)
def test_spans_of_a_text_are_marked(spans: list[tuple[int, int]], html: str) -> None:
    assert with_marks("a <b> c", spans) == html


class TestCard:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("citation", [CITATION, *spoiled(ANSWER).citations])
    def test_a_quote_can_be_seen_on_its_page_and_copied(self, citation: Citation, language: Language) -> None:
        html = Html(card(citation, language))
        assert [(each["data-start"], each["data-end"]) for each in html.having("data-show")] == [("100", "124")]
        assert [each["data-copy"] for each in html.having("data-copy")] == [quote_citation(citation, language)]
        assert html.having("data-done")[0]["data-done"] == {"id": "Tersalin ✓", "en": "Copied ✓"}[language]
        assert {attributes.get("type") for tag, attributes in html.elements if tag == "button"} == {"button"}

    def test_a_paper_without_a_doi_is_cited_by_its_name(self) -> None:
        own = replace(CITATION, paper=CitedPaper(name='my "own" <paper>.pdf'))
        copied = Html(card(own, "id")).having("data-copy")[0]["data-copy"]
        assert copied.endswith('; my "own" <paper>.pdf)')

    def test_a_paper_of_a_library_is_named_and_shown_by_its_id(self) -> None:
        paper = CitedPaper("<p>", "x.pdf", title="Masks & <Aid>", authors=("A. Author",), year=2020)
        html = Html(card(replace(CITATION, paper=paper), "id"))
        assert [each["data-paper"] for each in html.having("data-show")] == ["<p>"]
        assert html.text.startswith("Masks & <Aid>hlm. 5")
        assert [each["title"] for each in html.having("title")] == ["A. Author (2020). Masks & <Aid>"]
        alone = Html(card(replace(CITATION, paper=replace(paper, id="")), "id"))
        assert [each["data-paper"] for each in alone.having("data-show")] == [""]
        assert "Author" not in alone.text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_all_that_is_shown_is_escaped(self, language: Language) -> None:
        (citation,) = spoiled(ANSWER).citations
        html = Html(card(citation, language))
        assert not {"script", "img"} & set(html.tags)
        names = {name for _, attributes in html.elements for name in attributes}
        data = {f"data-{name}" for name in ("show", "paper", "start", "end", "copy", "done")}
        assert names <= {"class", "lang", "title", "type", *data}
        assert SPOIL in html.marked
        for text in {"id": (f"a {SPOIL} b", SPOIL), "en": (f"c {SPOIL} d", f"{SPOIL} e")}[language]:
            assert text in html.text


class TestMarker:
    @pytest.mark.parametrize(
        ("language", "preview"),
        [
            ("id", f"hlm. 5, {CITATION.section}: “{CITATION.quote}”"),
            ("en", f"p. 5, {CITATION.section_translation}: “{CITATION.translation}”"),
        ],
    )
    def test_it_names_its_place_and_previews_what_is_quoted(self, language: Language, preview: str) -> None:
        html = Html(marker_button(CITATION, language))
        (button,) = html.having("data-show")
        assert button["data-cite"] == "1"
        assert (button["data-start"], button["data-end"], button["data-paper"]) == ("100", "124", "")
        assert button["data-preview"] == preview
        page = {"id": "hlm. 5", "en": "p. 5"}[language]
        assert html.text == f"[1] {page}"
        assert button["aria-label"] == f"{label('source', language)} [1] {page}"

    def test_it_can_be_its_page_alone(self) -> None:
        assert Html(marker_button(CITATION, "id", with_number=False)).text == "hlm. 5"

    def test_of_a_text_without_sections_the_preview_names_none(self) -> None:
        bare = replace(UNTRANSLATED, section="")
        assert Html(marker_button(bare, "en")).having("data-preview")[0]["data-preview"].startswith("p. 5: “")

    def test_what_it_names_is_escaped(self) -> None:
        (citation,) = spoiled(ANSWER).citations
        html = Html(marker_button(citation, "id"))
        assert html.tags == ["button"]
        assert html.having("data-paper")[0]["data-paper"] == SPOIL


def test_what_is_copied_keeps_its_lines() -> None:
    button = Html(copy_button(f"a\n\n{SPOIL}", SPOIL, "id"))
    assert button.having("data-copy")[0]["data-copy"] == f"a\n\n{SPOIL}"
    assert button.text == SPOIL


@pytest.mark.parametrize("language", LANGUAGES)
class TestAbout:
    TEXT = read_paper("kapal.txt", b"Kapal yang diteliti berjumlah 37 buah.")

    def test_the_bundled_paper_has_a_name_in_each_language(self, language: Language) -> None:
        known = about(DOCUMENT.paper, language)
        assert known.name == label("bundled_name", language)
        assert DOCUMENT.paper.annotations.description[language] in known.line
        assert known.line.endswith(f"14 {label('pages', language)}")

    def test_another_is_called_by_its_file_with_its_pages(self, language: Language) -> None:
        assert about(self.TEXT, language) == ("kapal.txt", f"1 {label('pages_one', language)}")

    @pytest.mark.parametrize(
        ("metadata", "made"),
        [
            (Metadata("Kapal", ("A. Satu", "B. Dua"), 2020), "A. Satu, B. Dua (2020) · "),
            (Metadata("Kapal", ("A. Satu",)), "A. Satu · "),
            (Metadata("Kapal", (), 2020), "2020 · "),
            (Metadata("Kapal"), ""),
        ],
    )
    def test_what_its_file_says_of_it_is_said(self, metadata: Metadata, made: str, language: Language) -> None:
        paper = replace(self.TEXT, metadata=metadata)
        assert about(paper, language) == ("Kapal", f"{made}1 {label('pages_one', language)}")


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        (CitedPaper("p", "x.pdf", title="Judul"), "Judul"),
        (CitedPaper("p", "x.pdf"), "x.pdf"),
        (CitedPaper(BUNDLED, "paper.txt"), label("bundled_name", "en")),
    ],
)
def test_a_paper_of_a_library_goes_by_its_title_or_its_file(paper: CitedPaper, name: str) -> None:
    assert paper_name(paper, "en") == name
