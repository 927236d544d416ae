"""An index on disk: one folder, made whole or not at all, and known for what it was made from.

``manifest.json`` says from what (format, paper, model, prefixes, dimension, texts) and seals the other files:
``vectors.faiss`` in FAISS's own format, ``background-*.faiss`` and ``questions-*.faiss`` (the known ones), and
``texts.jsonl``, every text that is searched.
"""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import LANGUAGES, Language, Paper, sealed_folder
from index.background import background_questions
from index.cache import cache_folder
from index.embedder import Embedder, Progress, Vectors
from index.errors import StoreError
from index.paper_index import PaperIndex, searched_texts

if TYPE_CHECKING:
    import faiss

logger = logging.getLogger(__name__)

FORMAT = 3
"""To be raised when what is written, or how passages are made, changes, so that older indexes are built anew."""


def index_folder(paper: Paper, embedder: Embedder) -> Path:
    """Return the folder in the user's cache for the index of this paper by this model; it may not exist yet."""
    languages = "both" if paper.translations else "own"
    return cache_folder() / "indexes" / f"{paper.digest[:12]}-{languages}-{embedder.fingerprint[:12]}"


def load_index(paper: Paper, embedder: Embedder, *, progress: Progress | None = None) -> PaperIndex:
    """Open the index of a paper from the user's cache, building it first where it is absent, old or damaged.

    ``progress`` is called with (done, total) while it is built, and may raise to cancel. Raises StoreError.
    """
    folder = index_folder(paper, embedder)
    try:
        exists = folder.exists()
    except OSError as error:  # such as a folder that may not be entered
        raise _unwritable(folder, error) from error
    if exists:
        try:
            return open_index(folder, paper, embedder)
        except StoreError as error:
            logger.warning("%s; it is built anew", error)
    built = PaperIndex.build(paper, embedder, progress=progress)
    save_index(built, folder)
    return built


def save_index(index: PaperIndex, folder: Path) -> None:
    """Write an index into a folder, which is replaced whole if it exists; raises StoreError."""
    import faiss

    def fill(target: Path) -> None:
        _write(index.vectors, target / "vectors.faiss")
        for language, side in index.sides.items():
            for name, vectors in (
                ("background", side.background.questions),
                ("questions", side.known_questions.vectors),
            ):
                questions = faiss.IndexFlatIP(index.embedder.dimension)
                questions.add(vectors)
                _write(questions, target / f"{name}-{language}.faiss")
        (target / "texts.jsonl").write_text(_texts(index.paper), encoding="utf-8")

    def holds(target: Path) -> bool:
        return _holds_texts(target, index.paper)

    try:
        sealed_folder.build(folder, _made_from(index.paper, index.embedder), fill, thorough=True, holds=holds)
    except OSError as error:
        raise _unwritable(folder, error) from error


def open_index(folder: Path, paper: Paper, embedder: Embedder) -> PaperIndex:
    """Open an index, making sure that it is whole and of this paper by this model; raises StoreError otherwise."""
    import faiss

    problem = sealed_folder.problem(folder, _made_from(paper, embedder), thorough=True)
    if problem:
        raise StoreError(f"The index in {folder} cannot be used: {problem}")
    if not _holds_texts(folder, paper):
        raise StoreError(f"The index in {folder} cannot be used: its texts are not what this version makes")

    def read(name: str) -> dict[Language, Vectors]:
        indexes = {of: faiss.read_index(str(folder / f"{name}-{of}.faiss")) for of in LANGUAGES}
        return {of: index.reconstruct_n(0, index.ntotal) for of, index in indexes.items()}

    vectors = faiss.read_index(str(folder / "vectors.faiss"))
    return PaperIndex(paper, embedder, vectors, read("background"), read("questions"))


def _holds_texts(folder: Path, paper: Paper) -> bool:
    return (folder / "texts.jsonl").read_text(encoding="utf-8") == _texts(paper)


def _write(vectors: faiss.Index, file: Path) -> None:
    """Write a FAISS index as its own writer does, which on a full disk raises no OSError, or nothing at all."""
    import faiss

    file.write_bytes(faiss.serialize_index(vectors).tobytes())


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The index cannot be written to {folder}: {error.strerror or error}; free some room there, "
        "or set TANYA_CACHE to a folder that can be written"
    )


def _made_from(paper: Paper, embedder: Embedder) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "paper": paper.digest,
        "model": embedder.name,
        "model_fingerprint": embedder.fingerprint,
        "query_prefix": embedder.query_prefix,
        "passage_prefix": embedder.passage_prefix,
        "dimension": embedder.dimension,
        "texts": len(searched_texts(paper)),
        "background": _digest(background_questions()),
    }


def _digest(questions: dict[Language, list[str]]) -> str:
    return hashlib.sha256(json.dumps(questions, sort_keys=True).encode()).hexdigest()


def _texts(paper: Paper) -> str:
    return "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in searched_texts(paper))
