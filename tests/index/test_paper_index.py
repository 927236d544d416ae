"""Finding sentences in the bundled paper, with the real model."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import BUNDLED_PAPER, Language, Paper, PaperError, load_paper
from index import Embedder, Found, PaperIndex, load_index
from index.background import background_questions
from index.encoders import Vectors

LANGUAGES: tuple[Language, ...] = ("id", "en")
QUESTIONS = Path(__file__).parents[2] / "benchmarks" / "questions.jsonl"
UNRELATED = ["How do I cook rendang?", "Gimana cara reset router Wi-Fi?", "Who sings Bohemian Rhapsody?"]


@cache
def sample() -> list[dict[str, Any]]:
    """Return every fifth of the project's questions that the paper answers."""
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [question for question in questions if question["answerable"]][::5]


@pytest.fixture(scope="module")
def found(paper_index: PaperIndex) -> dict[Language, list[Found]]:
    """Search for the sample in either language."""
    return {of: paper_index.search([q[f"question_{of}"] for q in sample()], [of] * 30) for of in LANGUAGES}


def is_evidence(paper: Paper, question: dict[str, Any], sentence: int) -> bool:
    """Return whether a sentence holds any of a question's evidence."""
    span = paper.sentences[sentence]
    for evidence in question["evidence"]:
        start = paper.text.find(" ".join(evidence.split()))
        if start >= 0 and span.start < start + len(evidence) and start < span.end:
            return True
    return False


def answered(index: PaperIndex, scores: list[Vectors]) -> int:
    """Count the sample's questions that have their evidence among the first three hits."""
    return sum(
        any(is_evidence(index.paper, question, hit.sentence.index) for hit in index.best(of, 3))
        for question, of in zip(sample(), scores, strict=True)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_questions_find_their_evidence_and_more_than_by_one_way_alone(
    paper_index: PaperIndex, found: dict[Language, list[Found]], language: Language
) -> None:
    alone = [(row, p.first) for row, p in enumerate(paper_index.paper.passages) if p.first == p.last]
    rows, sentences = map(list, zip(*alone, strict=True))

    def sentence_scores(passages: Vectors) -> Vectors:
        scores = np.full(len(paper_index.paper.sentences), -np.inf, np.float32)
        scores[sentences] = passages[rows]
        return scores

    questions = [question[f"question_{language}"] for question in sample()]
    vectors = paper_index.vectors.reconstruct_n(0, len(paper_index.paper.passages))
    dense = [sentence_scores(vectors @ v) for v in paper_index.embedder.encode_queries(questions)]
    words = [sentence_scores(paper_index.sides[language].words.scores(question, language)) for question in questions]
    fused = answered(paper_index, [of.scores for of in found[language]])
    assert fused >= 22
    assert fused > answered(paper_index, dense)
    assert fused > answered(paper_index, words)


@pytest.mark.parametrize(
    ("question", "language", "evidence"),
    [
        ("covid tuh awal munculnya dmn sih?", "id", "pertama kali ditemukan di kota Wuhan"),
        ("Bagaimana paradiplomasi didefinisikan oleh Kuznetsov?", "id", "bagi Kuznetsov (2016) merupakan"),
        ("Dari mana asal AstraZeneca?", "id", "AstraZeneca (Inggris)"),
        ("How does Kuznetsov define paradiplomacy?", "en", "bagi Kuznetsov (2016) merupakan"),
        ("which city got indonesia's very first covid case?", "en", "warga Depok"),
        ("What did Retno Marsudi say about diplomacy in January 2021?", "en", "Retno LP Marsudi menyebutkan"),
    ],
)
def test_known_questions(paper_index: PaperIndex, question: str, language: Language, evidence: str) -> None:
    result = paper_index.search([question], [language])[0]
    assert any(evidence in hit.sentence.text for hit in paper_index.best(result.scores, 3))


@pytest.fixture(scope="module")
def untranslated(embedder: Embedder) -> PaperIndex:
    """Index the bundled paper as one without a translation."""
    return load_index(load_paper(BUNDLED_PAPER), embedder)


@pytest.mark.long
def test_the_english_abstract_does_not_drown_what_an_untranslated_body_says(
    untranslated: PaperIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = untranslated.paper
    english = [sentence.index for sentence in paper.sentences if sentence.language == "en"]
    of_body = [not any(is_evidence(paper, question, s) for s in english) for question in sample()]
    assert sum(of_body) >= 25

    def drowned(results: list[Found]) -> int:
        best = [untranslated.best(result.scores, 1)[0] for result in results]
        return sum(hit.sentence.language == "en" and body for hit, body in zip(best, of_body, strict=True))

    questions = [question["question_en"] for question in sample()]
    fair = drowned(untranslated.search(questions, ["en"] * 30))
    assert fair <= 1
    monkeypatch.setattr(PaperIndex, "in_own_words", lambda self, question, language: question)
    as_asked = drowned(untranslated.search(questions, ["en"] * 30))
    assert as_asked > fair
    monkeypatch.setattr(untranslated.sides["en"], "_offsets", {of: np.zeros(384, np.float32) for of in LANGUAGES})
    assert drowned(untranslated.search(questions, ["en"] * 30)) > as_asked


def test_questions_about_the_paper_are_nearer_to_it(
    paper_index: PaperIndex, found: dict[Language, list[Found]]
) -> None:
    languages: list[Language] = ["en", "id", "en"]
    unrelated = paper_index.search(UNRELATED, languages)
    for of in LANGUAGES:
        assert np.median([result.nearness for result in found[of]]) > max(r.nearness for r in unrelated) + 0.5


def test_questions_on_everyday_matters_are_known_for_that(
    paper_index: PaperIndex, found: dict[Language, list[Found]]
) -> None:
    for of in LANGUAGES:
        everyday = paper_index.search(background_questions()[of][:3], [of] * 3)
        assert min(r.everyday for r in everyday) > max(r.everyday for r in found[of])


def test_best_shows_no_sentence_that_a_better_ones_passage_shows(
    paper_index: PaperIndex, found: dict[Language, list[Found]]
) -> None:
    for result in (*found["id"], *found["en"]):
        hits = paper_index.best(result.scores, 10)
        assert len(hits) == 10
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert hits[0].score == result.scores.max()
        shown: set[int] = set()
        for hit in hits:
            assert hit.passage.first <= hit.sentence.index <= hit.passage.last
            assert hit.score == result.scores[hit.sentence.index]
            assert hit.sentence.index not in shown
            shown.update(hit.passage.sentences)


def test_headings_are_never_found(paper_index: PaperIndex, found: dict[Language, list[Found]]) -> None:
    sentences = paper_index.paper.sentences
    alone = {passage.first for passage in paper_index.paper.passages if passage.first == passage.last}
    unsearched = [s.index not in alone for s in sentences]
    assert all(no for s, no in zip(sentences, unsearched, strict=True) if s.kind in ("heading", "table-header"))
    for result in found["id"]:
        assert result.scores.shape == (len(sentences),)
        assert np.isneginf(result.scores).tolist() == unsearched
    assert len(paper_index.best(found["id"][0].scores, 1000)) < unsearched.count(False)


def test_sentences_are_shown_amid_their_neighbours(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    scores = np.full(len(paper.sentences), -np.inf, np.float32)
    in_lists = {s for p in paper.passages if p.last - p.first > 2 for s in p.sentences}
    amid = [p for p in paper.passages if p.last - p.first == 2 and p.first + 1 not in in_lists]
    assert len(amid) > 100
    for passage in amid:
        scores[:] = -np.inf
        scores[passage.first + 1] = 1.0
        (hit,) = paper_index.best(scores, 3)
        assert hit == (paper.sentences[passage.first + 1], passage, 1.0)


def test_searching_alone_or_together_or_in_threads_is_the_same(
    paper_index: PaperIndex, found: dict[Language, list[Found]]
) -> None:
    assert paper_index.search([], []) == []
    questions = [question["question_id"] for question in sample()[:6]]
    with ThreadPoolExecutor(3) as pool:
        alone = list(pool.map(lambda question: paper_index.search([question], ["id"])[0], questions))
    for one, together in zip(alone, found["id"], strict=False):
        assert np.allclose(one.scores, together.scores, atol=1e-4)
        assert one[1:3] == pytest.approx(together[1:3], abs=1e-2)
        assert one.known[1:3] == pytest.approx(together.known[1:3], abs=1e-2)
        assert one.known.alike[:3] == together.known.alike[:3]


def test_a_paper_of_headings_only_is_refused(embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("1. Introduction\n\n2. Methods\n", encoding="utf-8")
    with pytest.raises(PaperError, match=r"^bare\.txt: nothing in it can be searched") as caught:
        PaperIndex.build(load_paper(tmp_path / "bare.txt"), embedder, {})
    assert caught.value.in_language("id").startswith("bare.txt: tidak ada yang dapat dicari di dalamnya")
