"""Turns passages and questions into vectors, offline."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from corpus.errors import is_lack_of_memory
from corpus.files.paths import expand_home
from index import e5_small
from index.batches import batches
from index.encoders import E5Encoder, Encoder, SentenceTransformersEncoder, TextBlock, Vectors, quiet_transformers
from index.errors import ModelError
from index.model_memory import memory_for_models

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

DEFAULT_MODEL = "multilingual-e5-small"
"""The name of the model that comes with the installation."""

Progress = Callable[[int, int], None]
Input = TypeVar("Input")


class InstalledModel(NamedTuple):
    """What decides the vectors of the model that comes with the installation, known without opening it."""

    name: str = DEFAULT_MODEL
    fingerprint: str = e5_small.FINGERPRINT
    dimension: int = 384
    query_prefix: str = E5Encoder.prompts["query"]
    passage_prefix: str = E5Encoder.prompts["passage"]


class Embedder:
    """An embedding model. Threads may share it: it locks for each batch.

    ``name`` is the name or folder that `load` opens it by. ``query_prefix`` and ``passage_prefix`` are put before a
    question and before a passage.
    """

    def __init__(self, model: Encoder, name: str) -> None:
        self._model = model
        self.name = name
        self._lock = threading.Lock()
        prompts = model.prompts
        self.query_prefix = prompts.get("query") or ""
        # sentence-transformers' encode_document takes "document" even where it is empty, as it is in a model that calls
        # its prompt "passage".
        self.passage_prefix = prompts.get("document") or prompts.get("passage") or prompts.get("corpus") or ""

    @classmethod
    @memory_for_models()
    def load(cls, name: str | None = None, *, threads: int | None = None) -> Embedder:
        """Open a model by folder or name; None and ``DEFAULT_MODEL`` stand for the installed one.

        A name is looked for in the local Hugging Face cache; nothing is downloaded. The installed model runs in
        ``threads`` threads, None for one on each processor. Opening any other takes seconds, since it needs torch and
        sentence-transformers. Raises ModelError.
        """
        if not name or name == DEFAULT_MODEL:
            return cls(E5Encoder(threads=threads), DEFAULT_MODEL)
        return cls(SentenceTransformersEncoder(_open(name)), name)

    @functools.cached_property
    def fingerprint(self) -> str:
        """A SHA-256 in hex, the same wherever and whenever the same model is opened."""
        return self._model.digest()

    @functools.cached_property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._model.dimension

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Return the vectors of passages, float32 (n, dimension), each of length 1.

        A passage longer than the model's longest input (512 tokens by default) is cut.
        ``progress`` is called with (done, total) after each batch; an exception raised by it ends the work.
        """
        return self._encode_texts(texts, partial(self._model.encode_document, prompt=self.passage_prefix), progress)

    def encode_queries(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Return the vectors of questions, as ``encode_passages`` does of passages."""
        return self._encode_texts(texts, partial(self._model.encode_query, prompt=self.query_prefix), progress)

    def encode_blocks(self, blocks: Sequence[TextBlock], *, progress: Progress | None = None) -> Vectors:
        """Return the vectors of all blocks' pieces, one block after the other, float32 (pieces, dimension).

        They are not of length 1, so that the sum of several has the direction of these pieces together. ``progress`` is
        called with (blocks done, blocks).
        """
        clean = [TextBlock(_clean(block.text), block.pieces) for block in blocks]
        encode = partial(self._model.encode_pieces, prompt=self.passage_prefix)
        found = self._in_batches(clean, [len(block.text) for block in clean], encode, progress)
        return np.concatenate([np.empty((0, self.dimension), np.float32), *found])

    def _encode_texts(
        self, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors], progress: Progress | None
    ) -> Vectors:
        found = self._in_batches([_clean(text) for text in texts], [len(text) for text in texts], encode, progress)
        return np.array(found, np.float32).reshape(len(texts), self.dimension)

    def _in_batches(
        self,
        inputs: Sequence[Input],
        lengths: Sequence[int],
        encode: Callable[[Sequence[Input]], Iterable[Vectors]],
        progress: Progress | None,
    ) -> list[Vectors]:
        """Return the result for each input, in their order."""
        found: dict[int, Vectors] = {}
        for batch in batches(lengths):
            with memory_for_models(), self._lock:
                found.update(zip(batch, encode([inputs[index] for index in batch]), strict=True))
            if progress:
                progress(len(found), len(inputs))
        return [found[index] for index in range(len(inputs))]


Model = Embedder | InstalledModel
"""A model as far as an index on disk depends on it."""


def _clean(text: str) -> str:
    """Return a text without halves of surrogate pairs, which UTF-8 cannot hold: they would make the tokenizer raise."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _open(name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    path = expand_home(name)
    try:
        with quiet_transformers():
            return SentenceTransformer(str(path) if path.is_dir() else name, local_files_only=True)
    except Exception as error:  # OSError, ValueError, KeyError, ...: the libraries below raise them all
        if is_lack_of_memory(error):
            raise
        logger.debug("Opening %s failed", name, exc_info=True)
        if path.exists():
            reason = str(error).strip().splitlines() or [type(error).__name__]
            message = f'"{name}" cannot be opened as a sentence-transformers model: {reason[0]}'
        else:
            message = (
                f'No embedding model "{name}" on this machine; give the folder of a sentence-transformers model, '
                f'or "{DEFAULT_MODEL}" for the one installed'
            )
        raise ModelError(message) from error
