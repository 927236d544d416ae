"""The glossary's terms as HTML, without a browser."""

from __future__ import annotations

import pytest

from corpus import LANGUAGES, OTHER, Language
from page.views.glossary_terms import terms_html
from tests.page.stand_ins import DOCUMENT

CATALOGUE = DOCUMENT.catalogue


def test_terms_say_what_is_not_explained() -> None:
    html = terms_html(CATALOGUE.terms("BNPB"), "en")
    assert "The paper does not explain it." in html
    assert "<b>BNPB</b>" in html
    spelling = terms_html([one for one in CATALOGUE.terms() if one.term.kind == "spelling"], "en")
    assert "does not explain" not in spelling


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_stands_in_the_page_s_language_then_in_the_other(language: Language) -> None:
    here, there = {"id": ("paradiplomasi", "paradiplomacy"), "en": ("paradiplomacy", "paradiplomasi")}[language]
    (term,) = (found for found in CATALOGUE.terms() if found.term.id == "paradiplomacy")
    html = terms_html([term], language)
    other = OTHER[language]
    assert f'lang="{language}"><b>{here}</b> <span class="other-form" lang="{other}">{there}</span>' in html
    assert term.term.meaning[language] in html
    assert term.term.meaning[other] not in html
    assert '<span lang="id">para-diplomasi</span>; <span lang="en">para-diplomacy</span>' in html


def test_a_term_written_alike_in_both_languages_is_written_once() -> None:
    (term,) = (found for found in CATALOGUE.terms("BNPB") if found.term.id == "bnpb")
    assert term.term.forms["id"][0] == term.term.forms["en"][0]
    assert "other-form" not in terms_html([term], "en")
