"""How answers become text and HTML, without a browser."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest

from assistant import Answer, Citation
from corpus import Language
from page.evidence import as_typed, chat_text, evidence_html

CITATION = Citation(
    marker=1,
    quote="Masker <N95> & APD tiba.",
    translation="Masks <N95> arrived.",
    translated_by="project",
    passage="Sebelumnya: Masker <N95> & APD tiba. Sesudahnya.",
    passage_translation="Before: Masks <N95> arrived. After.",
    page=5,
    last_page=5,
    section="Bantuan & <Hibah>",
    section_translation="Aid & <Grants>",
    language="id",
    start=0,
    end=24,
    passage_id="s1",
    score=0.5,
)
TOLD = f"{CITATION.quote} [1]"
ANSWER = Answer("Kapan <tiba>?", "id", "answered", TOLD, citations=(CITATION,), told=1, confidence=0.5)
REFUSAL = replace(ANSWER, status="not_in_paper", text="Tidak ada.", citations=(), related=(CITATION,))


class Text(HTMLParser):
    """What a browser would show of some HTML, and the tags it would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "</div>",
        "<!-- x -->",
        "<?x?>",
        "&lt;b&gt;",
        "&copy 2020",
        "&#60;",
        "a < b & c",
        "<",
        "&",
        "3<4",
        "",
    ],
)
def test_chat_shows_text_as_it_is(text: str) -> None:
    shown = Text(as_typed(text))
    assert shown.text == text
    assert shown.tags == []


def test_chat_leaves_a_papers_own_text_alone() -> None:
    text = "Setiap negara (McInnes & Lee, 2012: 49-50), p < 0,05."
    assert as_typed(text) == text


def test_quote_is_marked_in_its_passage_and_escaped() -> None:
    html = evidence_html([ANSWER])
    assert "Sebelumnya: <mark>Masker &lt;N95&gt; &amp; APD tiba.</mark> Sesudahnya." in html
    assert "Bantuan &amp; &lt;Hibah&gt;" in html
    assert "Kapan &lt;tiba&gt;?" in html
    assert '<blockquote lang="id">' in html
    assert '<blockquote lang="en"><mark>Masks &lt;N95&gt; arrived.</mark></blockquote>' in html
    in_english = evidence_html([replace(ANSWER, language="en")])
    assert '<blockquote lang="en">Before: <mark>Masks &lt;N95&gt; arrived.</mark> After.' in in_english
    assert "n95" not in Text(html).tags


def test_quote_missing_from_its_passage_is_still_shown() -> None:
    html = evidence_html([replace(ANSWER, citations=(replace(CITATION, passage="Lain."),))])
    assert "<mark>Masker &lt;N95&gt; &amp; APD tiba.</mark> Lain." in html


@pytest.mark.parametrize(
    ("last_page", "language", "shown"), [(5, "id", "hlm. 5"), (6, "id", "hlm. 5-6"), (6, "en", "p. 5-6")]
)
def test_pages(last_page: int, language: Language, shown: str) -> None:
    answer = replace(ANSWER, language=language, citations=(replace(CITATION, last_page=last_page),))
    assert f">{shown}<" in evidence_html([answer])


def test_refusal_offers_related_passages_without_markers() -> None:
    html = evidence_html([REFUSAL])
    assert "Bagian terkait (bukan jawaban)" in html
    assert "[1]" not in html
    assert "<mark>" in html
    assert chat_text(REFUSAL).startswith("Tidak ada.\n\n")


UNTRANSLATED = replace(
    CITATION, translation=None, translated_by=None, passage_translation=None, section_translation=None
)


@pytest.mark.parametrize("language", ["id", "en"])
def test_translation_is_left_out_where_there_is_none(language: Language) -> None:
    answer = replace(ANSWER, language=language, citations=(UNTRANSLATED,))
    html = evidence_html([answer])
    assert "translation" not in html
    assert f'<span lang="id">{escape(CITATION.section)}</span></span>' in html
    assert chat_text(answer) == ANSWER.text


def test_the_readers_language_comes_first_and_the_translation_is_said_to_be_tanyas() -> None:
    indonesian, english = (evidence_html([replace(ANSWER, language=of)]) for of in ("id", "en"))
    assert indonesian.index("<mark>Masker") < indonesian.index("Terjemahan dari Tanya, bukan dari penulis makalah:")
    assert indonesian.index("bukan dari penulis makalah:") < indonesian.index("<mark>Masks")
    assert english.index("Tanya&#x27;s translation, not the authors&#x27;:") < english.index("<mark>Masks")
    assert english.index("<mark>Masks") < english.index("The original, word for word:") < english.index("<mark>Masker")
    assert "Aid &amp; &lt;Grants&gt;" in english
    assert "Aid &amp; &lt;Grants&gt;" not in indonesian


def test_what_the_authors_wrote_in_both_languages_is_said_to_be_theirs() -> None:
    theirs = replace(CITATION, translation="Masks came.", translated_by="authors")
    html = evidence_html([replace(ANSWER, language="en", citations=(theirs,))])
    assert "The authors&#x27; own words, from their abstract in the other language:" in html
    assert '<blockquote lang="en"><mark>Masks came.</mark></blockquote>' in html
    assert "Tanya" not in html


def test_chat_shows_the_original_under_its_translation() -> None:
    answer = replace(ANSWER, language="en", text=f"{CITATION.translation} [1]\n\nSee also [2].")
    assert chat_text(answer) == f"{CITATION.translation} [1]\nOriginal: “{CITATION.quote}”\n\nSee also [2]."
    assert "Aslinya" not in chat_text(ANSWER)
    named = replace(answer, text=f"In Indonesian it is called “masker”.\n\n{answer.text}")
    assert chat_text(named) == f"In Indonesian it is called “masker”.\n\n{chat_text(answer)}"


def test_understood_as_is_told() -> None:
    answer = replace(ANSWER, understood_as="Kapan masker tiba?")
    assert chat_text(answer).startswith("Dipahami sebagai: Kapan masker tiba?\n\n")
    assert "<q>Kapan masker tiba?</q>" in evidence_html([answer])


def test_a_note_is_said_to_be_tanyas() -> None:
    assert chat_text(replace(ANSWER, note="Dua angka.")).endswith("\n\nCatatan dari Tanya: Dua angka.")


def test_newest_turn_is_first_and_open_unless_another_is_wanted() -> None:
    answers = [ANSWER, None, REFUSAL]
    html = evidence_html(answers)
    assert html.index('id="evidence-2" lang="id" open') < html.index('id="evidence-0" lang="id">')
    assert 'id="evidence-0" lang="id" open' in evidence_html(answers, 0)
    assert 'id="evidence-2" lang="id" open' in evidence_html(answers, 1)


def test_no_answers_no_evidence() -> None:
    assert evidence_html([None]) == ""
