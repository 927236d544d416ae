"""How papers and words are named in Milvus."""

from __future__ import annotations

import pytest

from corpus import Language
from index.backend import Query
from index.cluster.milvus_schema import (
    LONGEST_TEXT,
    counted_words,
    key_of,
    one_of,
    papers_collection,
    passages_collection,
    sought_words,
)
from tests.index.encoded_papers import vector


def test_a_key_needs_no_escaping_whatever_the_id_is() -> None:
    keys = {key_of(paper) for paper in ("masks", 'a" or ""="', "\udcff", "")}
    assert len(keys) == 4
    assert all(len(key) == 32 and set(key) <= set("0123456789abcdef") for key in keys)
    assert key_of("masks") == key_of("masks")
    assert one_of("paper", ["a", "b"]) == 'paper in ["a", "b"]'


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("The masks came.", "en", "enthe enmask encame"),
        ("Kapal-kapal besar", "id", "idkapal idkapal idbesar"),
        ("12.500 RSUD", "id", "id12500 idrsud"),
        ("", "en", ""),
    ],
)
def test_words_are_counted_as_stems_with_their_language(text: str, language: Language, words: str) -> None:
    assert counted_words(text, language) == words


def test_a_text_of_more_words_than_milvus_takes_is_cut_between_two() -> None:
    words = counted_words("kapal " * 20_000, "id")
    assert LONGEST_TEXT - 10 < len(words.encode()) <= LONGEST_TEXT
    assert set(words.split(" ")) == {"idkapal"}


def test_a_question_seeks_its_words_in_its_language_and_its_codes_in_both() -> None:
    assert sought_words(Query("masker RSUD 2020", "id", vector(1))).split() == [
        "idmasker", "idrsud", "id2020", "enrsud", "en2020"
    ]  # fmt: skip


def test_a_form_of_a_word_finds_another() -> None:
    assert sought_words(Query("masked", "en", vector(1))) == counted_words("Masks", "en") == "enmask"
    assert sought_words(Query("dibayar", "id", vector(1))) == counted_words("membayar", "id") == "idbayar"


def test_the_collections_are_those_that_the_backend_fills() -> None:
    pytest.importorskip("pymilvus", reason="pymilvus is not installed: pip install -r requirements-cluster.txt")
    (papers, in_papers), (passages, in_passages) = papers_collection(), passages_collection(16)
    assert [field.name for field in papers.fields] == ["key", "id", "model", "passages", "whole", "place"]
    assert [field.name for field in passages.fields] == ["key", "paper", "language", "words", "vector", "counted"]
    assert [field.name for field in passages.fields if field.is_partition_key] == ["paper"]
    assert next(field for field in passages.fields if field.name == "vector").params["dim"] == 16
    assert [index.field_name for index in (*in_papers, *in_passages)] == ["place", "vector", "counted"]
