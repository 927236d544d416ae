"""How answers become text and HTML, without a browser."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.answer import Answer, Citation
from corpus import Language
from page.evidence import as_typed, chat_text, evidence_html

CITATION = Citation(
    marker=1,
    quote="Masker <N95> & APD tiba.",
    translation="Masks <N95> arrived.",
    passage="Sebelumnya: Masker <N95> & APD tiba. Sesudahnya.",
    page=5,
    last_page=5,
    section="Bantuan & <Hibah>",
    language="id",
    start=0,
    end=24,
    passage_id="s1",
    score=0.5,
)
ANSWER = Answer("Kapan <tiba>?", "id", "answered", f"{CITATION.quote} [1]", citations=(CITATION,), confidence=0.5)
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
    assert '<span lang="en">Masks &lt;N95&gt; arrived.' in html
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


def test_translation_is_left_out_where_there_is_none() -> None:
    assert "translation" not in evidence_html([replace(ANSWER, citations=(replace(CITATION, translation=None),))])


def test_understood_as_is_told() -> None:
    answer = replace(ANSWER, understood_as="Kapan masker tiba?")
    assert chat_text(answer).startswith("Dipahami sebagai: Kapan masker tiba?\n\n")
    assert "<q>Kapan masker tiba?</q>" in evidence_html([answer])


def test_newest_turn_is_first_and_open_unless_another_is_wanted() -> None:
    answers = [ANSWER, None, REFUSAL]
    html = evidence_html(answers)
    assert html.index('id="evidence-2" lang="id" open') < html.index('id="evidence-0" lang="id">')
    assert 'id="evidence-0" lang="id" open' in evidence_html(answers, 0)
    assert 'id="evidence-2" lang="id" open' in evidence_html(answers, 1)


def test_no_answers_no_evidence() -> None:
    assert evidence_html([None]) == ""
