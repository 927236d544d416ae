"""How a paper's sentences are found: embedder, FAISS, BM25, fusion, and the store on disk."""

import corpus.quiet_start  # noqa: F401

# isort: split
from index.embedder import DEFAULT_MODEL, Embedder
from index.errors import ModelError, StoreError
from index.paper_index import Found, Hit, PaperIndex
from index.store import load_index

__all__ = [
    "DEFAULT_MODEL",
    "Embedder",
    "Found",
    "Hit",
    "ModelError",
    "PaperIndex",
    "StoreError",
    "load_index",
]
