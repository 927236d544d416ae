"""How a paper's sentences are found: embedder, FAISS, BM25, fusion, and the store on disk."""

from index.backends.base import Near
from index.embedder import DEFAULT_MODEL, Embedder
from index.errors import ModelError, StoreError
from index.library_index import LibraryIndex
from index.paper_index import Found, Hit, PaperIndex
from index.store import load_index

__all__ = [
    "DEFAULT_MODEL",
    "Embedder",
    "Found",
    "Hit",
    "LibraryIndex",
    "ModelError",
    "Near",
    "PaperIndex",
    "StoreError",
    "load_index",
]
