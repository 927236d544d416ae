"""Encoders of texts, over a stand-in for a model of sentence-transformers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest

from index.encoders import SentenceTransformersEncoder, TextBlock, Vectors, quiet_transformers


class Model:
    """Turns a text into its number of letters and that of its prompt, and notes how it was asked."""

    def __init__(self, dimension: int | None = None) -> None:
        self.prompts = {"query": "q: ", "passage": None}
        self.dimension = dimension
        self.asked: list[str] = []

    def get_embedding_dimension(self) -> int | None:
        return self.dimension

    def encode_query(self, texts: Sequence[str], **options: Any) -> Vectors:
        return self._encoded("query", texts, **options)

    def encode_document(self, texts: Sequence[str], **options: Any) -> Vectors:
        return self._encoded("document", texts, **options)

    def _encoded(self, kind: str, texts: Sequence[str], *, prompt: str, batch_size: int, **options: Any) -> Vectors:
        assert options == {"normalize_embeddings": True, "show_progress_bar": False}
        assert batch_size == len(texts)
        self.asked.append(kind)
        return np.array([[len(text), len(prompt)] for text in texts], np.float32)


def encoder(dimension: int | None = None) -> tuple[SentenceTransformersEncoder, Model]:
    model = Model(dimension)
    return SentenceTransformersEncoder(cast("Any", model)), model


def test_the_pieces_of_a_block_are_parts_of_its_text() -> None:
    assert TextBlock("Title\nOne. Two.", ((6, 10), (11, 15))).texts == ["One.", "Two."]


def test_questions_and_passages_go_different_ways_with_their_prompts() -> None:
    found, model = encoder()
    assert found.encode_query(["apa"], "query: ").tolist() == [[3, 7]]
    assert found.encode_document(["apa", "ki"], "").tolist() == [[3, 0], [2, 0]]
    assert model.asked == ["query", "document"]


def test_a_prompt_that_is_none_is_empty() -> None:
    assert encoder()[0].prompts == {"query": "q: ", "passage": ""}


@pytest.mark.parametrize(("declared", "asked"), [(384, []), (None, ["query"])])
def test_the_dimension_is_tried_out_where_the_model_does_not_say(declared: int | None, asked: list[str]) -> None:
    found, model = encoder(declared)
    assert found.dimension == (declared or 2)
    assert model.asked == asked


def test_a_pieces_vector_is_as_long_as_its_text() -> None:
    blocks = [TextBlock("One. Three.", ((0, 4), (5, 11))), TextBlock("Two.", ((0, 4),))]
    one, two = encoder()[0].encode_pieces(blocks, "p: ")
    assert one.tolist() == [[4 * 4, 4 * 3], [6 * 6, 6 * 3]]
    assert two.tolist() == [[4 * 4, 4 * 3]]


def test_libraries_are_quiet_within_and_as_before_after_an_error() -> None:
    import transformers

    controls, other = cast("Any", transformers.logging), logging.getLogger("sentence_transformers")

    def settings() -> tuple[int, int, bool]:
        return other.level, controls.get_verbosity(), controls.is_progress_bar_enabled()

    before = settings()
    with pytest.raises(OSError, match="no model"), quiet_transformers():
        assert settings() == (logging.ERROR, logging.ERROR, False)
        raise OSError("no model")
    assert settings() == before
