"""The project's own questions about the bundled paper, as data and as a file that may be wrong."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus import LANGUAGES, KnownQuestion, Language, Paper, PaperError, language_of, load_paper
from corpus.annotations import read_questions

MOST_TOLD_APART = 0.93
"""Chatty questions and those of two languages mixed are at times taken for the other language."""


@pytest.fixture(scope="module")
def paper() -> Paper:
    return load_paper()


def answered(paper: Paper) -> list[KnownQuestion]:
    return [question for question in paper.annotations.questions if question.sentences]


def left_open(paper: Paper) -> list[KnownQuestion]:
    return [question for question in paper.annotations.questions if not question.sentences]


def test_every_sentence_that_says_something_has_two_questions_or_more(paper: Paper) -> None:
    asked = Counter(sentence for question in answered(paper) for sentence in question.sentences)
    few = [s.id for s in paper.sentences if s.kind in ("text", "item", "row") and asked[s.index] < 2]
    assert few == []


def test_there_are_questions_that_the_paper_leaves_open_and_false_premises_among_them(paper: Paper) -> None:
    assert len(left_open(paper)) >= 300
    assert sum(question.has_false_premise for question in left_open(paper)) >= 100
    assert all(question.near for question in left_open(paper))
    assert not any(question.has_false_premise or question.near for question in answered(paper))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_answer_stand_in_the_first_sentence(paper: Paper, language: Language) -> None:
    for question in answered(paper):
        assert question.answer[language] in paper.texts(question.sentences[0])[language], question.id
    answers = [question.answer[language] for question in answered(paper)]
    assert sum(map(bool, answers)) > 0.95 * len(answers)
    assert not any(question.answer[language] for question in left_open(paper))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_stands_twice_and_each_is_in_its_language(paper: Paper, language: Language) -> None:
    texts = [" ".join(question.text[language].casefold().split()) for question in paper.annotations.questions]
    assert [text for text, count in Counter(texts).items() if count > 1] == []
    assert all(texts)
    in_language = [language_of(text) == language for text in texts]
    assert sum(in_language) / len(texts) > MOST_TOLD_APART


def test_ids_are_told_once(paper: Paper) -> None:
    assert len({question.id for question in paper.annotations.questions}) == len(paper.annotations.questions)


@pytest.mark.parametrize("field", ["sentences", "near"])
def test_a_sentence_that_is_not_there_is_named(paper: Paper, tmp_path: Path, field: str) -> None:
    file = tmp_path / "questions.jsonl"
    entry = {"id": "a1", "question_id": "Apa?", "question_en": "What?", "sentences": [], field: ["s0002", "s9999"]}
    file.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    with pytest.raises(PaperError, match=r"questions\.jsonl: a1: there is no s9999"):
        read_questions(file, paper)
