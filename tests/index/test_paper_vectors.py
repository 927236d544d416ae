"""What is searched of a paper, and the vectors of it."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import BUNDLED_PAPER, Paper, load_paper
from index import Embedder, PaperIndex
from index.encoders import TextBlock
from index.paper_vectors import LONGEST, paper_blocks, searched_languages, searched_texts, searched_vectors

UNTRANSLATED = load_paper(BUNDLED_PAPER)


def test_searched_are_both_texts_of_each_passage_and_the_statements(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    texts = searched_texts(paper)
    passages, findings = len(paper.passages), len(paper.annotations.findings)
    assert len(texts) == 2 * passages + 2 * findings == paper_index.vectors.ntotal
    assert all(text.endswith(p.text) for text, p in zip(texts, paper.passages, strict=False))
    assert all(text.endswith(paper.translated(p)) for text, p in zip(texts[passages:], paper.passages, strict=False))
    assert texts[2 * passages] == paper.annotations.findings[0].statement["id"]
    assert texts[-1] == paper.annotations.findings[-1].statement["en"]


def test_each_searched_text_has_its_language(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    languages = searched_languages(paper)
    assert len(languages) == len(searched_texts(paper))
    passages = len(paper.passages)
    assert languages[:passages] == [passage.language for passage in paper.passages]
    assert all(a != b for a, b in zip(languages[:passages], languages[passages : 2 * passages], strict=True))


@pytest.mark.parametrize("paper", [UNTRANSLATED, load_paper()], ids=["untranslated", "translated"])
def test_each_sentence_is_a_piece_of_one_block(paper: Paper) -> None:
    made = paper_blocks(paper)
    texts = [text for block in made for text in block.texts]
    searched = sorted({s for p in paper.passages for s in (*p.leads, *p.sentences)})
    assert texts[: len(searched)] == [paper.sentences[sentence].text for sentence in searched]
    if translations := paper.annotations.translations:
        assert texts[len(searched) : 2 * len(searched)] == [translations[sentence].text for sentence in searched]
    assert all(block.pieces[-1][1] == len(block.text) for block in made)


def test_a_block_is_a_run_of_sentences_under_their_title() -> None:
    made = paper_blocks(UNTRANSLATED)
    several = [block for block in made if len(block.pieces) > 1]
    assert len(several) > 30  # the paper's sentences are long: most have a block of their own
    assert all(block.pieces[-1][1] - block.pieces[0][0] <= LONGEST for block in several)
    titles = {section.title for section in UNTRANSLATED.sections}
    assert {block.text[: block.pieces[0][0]].rstrip("\n") for block in made} <= titles | {""}


def test_a_passage_is_the_sum_of_its_sentences() -> None:
    paper = UNTRANSLATED
    searched = sorted({s for p in paper.passages for s in (*p.leads, *p.sentences)})
    pieces = np.random.default_rng(0).standard_normal((len(searched), 8)).astype(np.float32)
    vectors = searched_vectors(paper, pieces)
    assert vectors.shape == (len(searched_texts(paper)), 8)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for passage, vector in zip(paper.passages, vectors, strict=True):
        parts = [searched.index(s) for s in (*passage.leads, *passage.sentences)]
        assert vector @ pieces[parts].sum(axis=0) == pytest.approx(np.linalg.norm(pieces[parts].sum(axis=0)), rel=1e-5)


def test_a_sentence_has_something_of_what_stands_before_it(embedder: Embedder) -> None:
    """After a sentence that names a ministry, "it" is nearer to a question about that ministry."""
    [question] = embedder.encode_queries(["What did the Ministry of Health decide?"])
    alone, amid = "It closed the schools.", "The Ministry of Health met. It closed the schools."
    nearness = []
    for text in (alone, amid):
        [vector] = embedder.encode_blocks([TextBlock(text, ((len(text) - len(alone), len(text)),))])
        nearness.append(vector @ question / np.linalg.norm(vector))
    assert nearness[1] > nearness[0] + 0.01
