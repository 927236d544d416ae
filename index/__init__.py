"""How a paper's sentences are found: embedder, FAISS, BM25, fusion, and the index on disk.

A paper:    `paper_index`, with `sides`, `words`, `fusion`, `languages`, `background`, `known_questions`, `spelling`
A library:  `library_index`, over a `backend` by `backend_choice`: `local_backend` with `segment`, or `cluster`
Vectors:    `embedder`, with `encoders`, `bert`, `e5_small`, `model_memory`; `nearest` searches them
On disk:    `store`, `cache`
"""

from index.backend import Near
from index.embedder import DEFAULT_MODEL, Embedder
from index.errors import ModelError, StoreError
from index.known_questions import Resemblance
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
    "Resemblance",
    "StoreError",
    "load_index",
]
