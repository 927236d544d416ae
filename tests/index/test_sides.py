"""A paper's texts as a question in one language or the other sees them."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import BUNDLED_PAPER, LANGUAGES, OTHER, Language, load_paper
from index import Embedder, PaperIndex, load_index
from index.languages import SAME
from index.paper_vectors import searched_texts


@pytest.fixture(scope="module")
def untranslated(embedder: Embedder) -> PaperIndex:
    return load_index(load_paper(BUNDLED_PAPER), embedder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_side_sees_each_text_in_its_language(paper_index: PaperIndex, language: Language) -> None:
    paper, texts = paper_index.paper, searched_texts(paper_index.paper)
    seen = [texts[row] for row in paper_index.sides[language].rows]
    assert len(seen) == len(paper.passages) + len(paper.annotations.findings)
    for text, passage in zip(seen, paper.passages, strict=False):
        assert text.endswith(passage.text if passage.language == language else paper.translated(passage))
    assert seen[len(paper.passages) :] == [finding.statement[language] for finding in paper.annotations.findings]
    assert paper_index.sides[language].words.main_language == language


def test_a_question_weighs_both_texts_its_own_language_more(paper_index: PaperIndex) -> None:
    side, other = paper_index.sides["en"], paper_index.sides["id"]
    question = np.zeros(384, np.float32)
    similarities = np.random.default_rng(0).random(paper_index.vectors.ntotal, np.float32)
    fair = side.fair(question, similarities)
    assert fair == pytest.approx(SAME * similarities[side.rows] + (1 - SAME) * similarities[other.rows])


def test_without_a_translation_both_sides_see_the_one_text(untranslated: PaperIndex) -> None:
    count = len(untranslated.paper.passages)
    assert untranslated.vectors.ntotal == count
    for language in LANGUAGES:
        assert untranslated.sides[language].rows.tolist() == list(range(count))
        assert untranslated.sides[language].words.main_language == "id"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_found_by_either_of_its_texts(paper_index: PaperIndex, language: Language) -> None:
    paper = paper_index.paper
    alone = [s for s in paper.sentences if s.kind == "text" and len(s.text) > 60][::6]
    texts = [s.text if s.language == language else paper.annotations.translations[s.index].text for s in alone]
    found = paper_index.search(texts, [language] * len(texts))
    for sentence, result in zip(alone, found, strict=True):
        shown = [
            within
            for hit in paper_index.best(result.scores, 2)
            for s in hit.passage.sentences
            for within in (s, *paper.twins(s))
        ]
        assert sentence.index in shown, (OTHER[language], sentence.id)


def test_what_the_authors_wrote_twice_is_one_result(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    english = next(s for s in paper.sentences if s.text.startswith("The occurrence of the COVID-19"))
    (result,) = paper_index.search([english.text], ["en"])
    hits = paper_index.best(result.scores, 5)
    shown = [within for hit in hits for within in hit.passage.sentences]
    twins = {twin for sentence in shown for twin in paper.twins(sentence)}
    assert english.index in shown or english.index in twins
    assert not {hit.sentence.index for hit in hits[1:]} & set(paper.twins(english.index))
