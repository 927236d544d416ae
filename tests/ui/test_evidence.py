"""How an answer's evidence becomes HTML, without a browser."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest

from assistant import Answer
from assistant.citation import CitedPaper
from assistant.exporting import quote_citation
from corpus import LANGUAGES, Language
from page.evidence import evidence_html
from page.markup import card, copy_button
from tests.ui.stand_ins import ANSWER, CITATION, CORRECTION, REFUSAL, REPLY, SPOIL, Html, spoiled


def html_of(answer: Answer) -> str:
    return evidence_html([answer])


def test_a_quote_is_marked_in_its_passage_and_escaped() -> None:
    html = html_of(ANSWER)
    assert "Sebelumnya: <mark>Masker &lt;N95&gt; &amp; APD tiba.</mark> Sesudahnya." in html
    assert "Bantuan &amp; &lt;Hibah&gt;" in html
    assert "Kapan &lt;tiba&gt;?" in html
    assert '<blockquote lang="id">' in html
    assert '<blockquote lang="en"><mark>Masks &lt;N95&gt; arrived.</mark></blockquote>' in html
    in_english = html_of(replace(ANSWER, language="en"))
    assert '<blockquote lang="en">Before: <mark>Masks &lt;N95&gt; arrived.</mark> After.' in in_english
    assert "n95" not in Html(html).tags


@pytest.mark.parametrize(
    ("language", "words", "marked"),
    [
        ("id", "<N95>", "<mark>Masker <strong>&lt;N95&gt;</strong> &amp; APD tiba.</mark>"),
        ("en", "<N95>", "<mark>Masks <strong>&lt;N95&gt;</strong> arrived.</mark>"),
        ("id", CITATION.quote, "<mark><strong>Masker &lt;N95&gt; &amp; APD tiba.</strong></mark>"),
        ("id", "tidak di sini", "<mark>Masker &lt;N95&gt; &amp; APD tiba.</mark>"),
    ],
)
def test_the_words_that_answer_stand_out_in_the_readers_language(language: Language, words: str, marked: str) -> None:
    html = html_of(replace(ANSWER, language=language, citations=(replace(CITATION, words=words),)))
    assert marked in html
    assert html.count("<strong>") == marked.count("<strong>")


def test_a_quote_missing_from_its_passage_is_still_shown() -> None:
    html = html_of(replace(ANSWER, citations=(replace(CITATION, passage="Lain."),)))
    assert "<mark>Masker &lt;N95&gt; &amp; APD tiba.</mark> Lain." in html


@pytest.mark.parametrize(
    ("last_page", "language", "shown"), [(5, "id", "hlm. 5"), (6, "id", "hlm. 5-6"), (6, "en", "p. 5-6")]
)
def test_pages(last_page: int, language: Language, shown: str) -> None:
    answer = replace(ANSWER, language=language, citations=(replace(CITATION, last_page=last_page),))
    assert f">{shown}<" in html_of(answer)


def test_each_card_has_the_marker_that_the_chat_names() -> None:
    citations = tuple(replace(CITATION, marker=marker) for marker in (1, 2, 3))
    html = Html(html_of(replace(ANSWER, citations=citations)))
    assert [(each["data-marker"], each["tabindex"]) for each in html.having("data-marker")] == [
        ("1", "-1"), ("2", "-1"), ("3", "-1"),
    ]  # fmt: skip
    assert html.tags.count("article") == 3


def test_how_sure_the_answer_is_and_what_the_figures_mean() -> None:
    html = html_of(replace(ANSWER, confidence=0.876))
    assert "peluang terjawab: 88%" in html
    assert "skor 0.50" in html
    titles = [element["title"] for element in Html(html).having("title")]
    assert titles[0].startswith("Taksiran peluang")
    assert titles[1].startswith("Mengurutkan kutipan")


def test_a_refusal_offers_related_passages_without_markers() -> None:
    html = html_of(REFUSAL)
    assert "Bagian terkait (bukan jawaban)" in html
    assert "[1]" not in html
    assert "data-marker" not in html
    assert "peluang terjawab" not in html
    assert "<mark>" in html


def test_a_correction_has_its_evidence_as_an_answer_has() -> None:
    html = Html(html_of(CORRECTION))
    assert [each["data-marker"] for each in html.having("data-marker")] == ["1"]
    assert "peluang terjawab: 50%" in html.text
    assert "bukan jawaban" not in html.text


def test_a_reply_has_no_evidence() -> None:
    assert evidence_html([REPLY]) == ""
    turns = Html(evidence_html([ANSWER, REPLY], 1)).having("data-turn")
    assert [(turn["data-turn"], "open" in turn) for turn in turns] == [("0", True)]


@pytest.mark.parametrize(
    ("language", "told"), [("id", "Jawaban ini tidak mengutip apa pun."), ("en", "This answer quotes nothing.")]
)
@pytest.mark.parametrize("answer", [replace(ANSWER, kind="file", citations=()), replace(REFUSAL, related=())])
def test_an_answer_that_quotes_nothing_says_so(answer: Answer, language: Language, told: str) -> None:
    html = Html(html_of(replace(answer, language=language)))
    assert html.text == f"{answer.question}{told}"


UNTRANSLATED = replace(
    CITATION, translation=None, translated_by=None, passage_translation=None, section_translation=None
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_is_left_out_where_there_is_none(language: Language) -> None:
    html = html_of(replace(ANSWER, language=language, citations=(UNTRANSLATED,)))
    assert "ranslation" not in html
    assert "erjemahan" not in html
    assert f'<span lang="id">{escape(CITATION.section)}</span></span>' in html
    assert html.count("<blockquote") == 1


def test_the_readers_language_comes_first_and_the_translation_is_said_to_be_tanyas() -> None:
    indonesian, english = (html_of(replace(ANSWER, language=of)) for of in LANGUAGES)
    assert indonesian.index("<mark>Masker") < indonesian.index("Terjemahan dari Tanya, bukan dari penulis makalah:")
    assert indonesian.index("bukan dari penulis makalah:") < indonesian.index("<mark>Masks")
    assert english.index("Tanya&#x27;s translation, not the authors&#x27;:") < english.index("<mark>Masks")
    assert english.index("<mark>Masks") < english.index("The original, word for word:") < english.index("<mark>Masker")
    assert "Aid &amp; &lt;Grants&gt;" in english
    assert "Aid &amp; &lt;Grants&gt;" not in indonesian


def test_what_the_authors_wrote_in_both_languages_is_said_to_be_theirs() -> None:
    theirs = replace(CITATION, translation="Masks came.", translated_by="authors")
    html = html_of(replace(ANSWER, language="en", citations=(theirs,)))
    assert "The authors&#x27; own words, from their abstract in the other language:" in html
    assert '<blockquote lang="en"><mark>Masks came.</mark></blockquote>' in html
    assert "Tanya" not in html


def test_what_a_follow_up_was_understood_as_is_told() -> None:
    assert "<q>Kapan &lt;masker&gt; tiba?</q>" in html_of(replace(ANSWER, understood_as="Kapan <masker> tiba?"))
    assert "<q>" not in html_of(ANSWER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", [ANSWER, REFUSAL, spoiled(ANSWER), spoiled(REFUSAL)])
def test_a_quote_can_be_seen_on_its_page_and_copied(answer: Answer, language: Language) -> None:
    answer = replace(answer, language=language)
    (citation,) = answer.citations or answer.related
    html = Html(html_of(answer))
    assert [(each["data-start"], each["data-end"]) for each in html.having("data-show")] == [("100", "124")]
    assert [each["data-copy"] for each in html.having("data-copy")] == [quote_citation(citation, language)]
    assert html.having("data-done")[0]["data-done"] == {"id": "Tersalin ✓", "en": "Copied ✓"}[language]
    assert {attributes.get("type") for tag, attributes in html.elements if tag == "button"} == {"button"}


def test_a_paper_without_a_doi_is_cited_by_its_name() -> None:
    own = replace(CITATION, paper=CitedPaper(name='my "own" <paper>.pdf'))
    copied = Html(card(own, "id")).having("data-copy")[0]["data-copy"]
    assert copied.endswith('; my "own" <paper>.pdf)')


def test_a_paper_of_a_library_is_named_and_shown_by_its_id() -> None:
    paper = CitedPaper("<p>", "x.pdf", title="Masks & <Aid>", authors=("A. Author",), year=2020)
    html = Html(card(replace(CITATION, paper=paper), "id"))
    assert [each["data-paper"] for each in html.having("data-show")] == ["<p>"]
    assert html.text.startswith("Masks & <Aid>hlm. 5")
    assert [each["title"] for each in html.having("title")] == ["A. Author (2020). Masks & <Aid>"]
    alone = Html(card(replace(CITATION, paper=replace(paper, id="")), "id"))
    assert [each["data-paper"] for each in alone.having("data-show")] == [""]
    assert "Author" not in alone.text


def test_what_is_copied_keeps_its_lines() -> None:
    button = Html(copy_button(f"a\n\n{SPOIL}", SPOIL, "id"))
    assert button.having("data-copy")[0]["data-copy"] == f"a\n\n{SPOIL}"
    assert button.text == SPOIL


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", [ANSWER, REFUSAL])
def test_all_that_is_shown_is_escaped(answer: Answer, language: Language) -> None:
    html = Html(html_of(spoiled(replace(answer, language=language))))
    assert not {"script", "img"} & set(html.tags)
    names = {name for _, attributes in html.elements for name in attributes}
    data = {f"data-{name}" for name in ("turn", "marker", "show", "paper", "start", "end", "copy", "done")}
    assert names <= {"class", "lang", "open", "title", "type", "tabindex", *data}
    assert SPOIL in html.marked
    for text in {"id": (f"a {SPOIL} b", SPOIL), "en": (f"c {SPOIL} d", f"{SPOIL} e")}[language]:
        assert text in html.text


def test_the_newest_turn_is_first_and_open_unless_another_is_wanted() -> None:
    answers = [ANSWER, None, REFUSAL]

    def opened(shown: int | None = None) -> list[tuple[str, bool]]:
        turns = Html(evidence_html(answers, shown)).having("data-turn")
        return [(turn["data-turn"], "open" in turn) for turn in turns]

    assert opened() == opened(2) == [("2", True), ("0", False)]
    assert opened(0) == [("2", False), ("0", True)]
    assert opened(1) == opened(99) == opened(-1) == opened()


def test_of_a_long_conversation_the_last_answers_and_the_one_that_is_wanted_are_at_hand() -> None:
    def turns(shown: int | None = None) -> list[str]:
        return [turn["data-turn"] for turn in Html(evidence_html([ANSWER] * 40, shown)).having("data-turn")]

    newest = [str(turn) for turn in range(39, 9, -1)]
    assert turns() == newest
    assert turns(3) == [*newest, "3"]


@pytest.mark.parametrize("answers", [[], [None], [None, None]])
def test_no_answers_no_evidence(answers: list[Answer | None]) -> None:
    assert evidence_html(answers) == ""


@pytest.mark.parametrize(("language", "mark"), [("id", "teks hasil pengenalan"), ("en", "recognised text")])
def test_recognised_text_is_marked_as_such(language: Language, mark: str) -> None:
    answer = replace(ANSWER, language=language, citations=(replace(CITATION, recognised=True),))
    assert f'<span class="recognised">{mark}</span></header>' in html_of(answer)
    assert mark not in html_of(replace(ANSWER, language=language))
