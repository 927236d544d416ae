"""A stand-in for the embedding model: without torch, without weights, at once, and the same everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import faiss
import numpy as np

from index.embedder import Embedder, Progress
from index.encoders import TextBlock, Vectors
from index.paper_vectors import searched_texts

if TYPE_CHECKING:
    from corpus import Paper
    from index import PaperIndex

DIMENSION = 32
_BATCH = 16


class StandIn(Embedder):
    """Gives each word a direction by its hash, and a text the sum of its words': what shares words is near."""

    def __init__(self, name: str = "stand-in") -> None:
        without_prompts = cast("Any", SimpleNamespace(prompts={}))
        super().__init__(without_prompts, name)
        self.fingerprint = hashlib.sha256(name.encode()).hexdigest()
        self.dimension = DIMENSION
        self.encoded = 0

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        vectors = np.empty((len(texts), DIMENSION), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            vectors[start : start + len(batch)] = [_vector(text) for text in batch]
            self.encoded += len(batch)
            if progress:
                progress(start + len(batch), len(texts))
        return vectors

    def encode_blocks(self, blocks: Sequence[TextBlock], *, progress: Progress | None = None) -> Vectors:
        return self.encode_passages([text for block in blocks for text in block.texts], progress=progress)

    def encode_queries(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        return self.encode_passages(texts, progress=progress)


def _vector(text: str) -> Vectors:
    total = sum((_direction(word) for word in text.casefold().split()), start=_direction(""))
    return np.asarray(total / np.linalg.norm(total), np.float32)


@lru_cache(20_000)
def _direction(word: str) -> Vectors:
    digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=DIMENSION).digest()
    return np.frombuffer(digest, np.int8).astype(np.float32)


def bundled_for(embedder: Embedder, paper: Paper | None = None) -> PaperIndex:
    """Return what a library's index needs of the bundled paper's; without the paper, of one of two passages."""
    texts = searched_texts(paper) if paper else ["masks came", "beras mahal", "masker datang", "dear rice"]
    vectors = faiss.IndexFlatIP(DIMENSION)
    vectors.add(embedder.encode_passages(texts))
    given = paper or SimpleNamespace(passages=[SimpleNamespace(language="en"), SimpleNamespace(language="id")])
    return cast("PaperIndex", SimpleNamespace(paper=given, vectors=vectors, background={}))
