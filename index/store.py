"""A paper's index on disk: one folder, written whole or not at all, that records what it was made from.

``manifest.json`` names the format, the model with its prefixes and dimension, the paper and a digest of every text that
is searched. It seals the other files, in FAISS's format: ``vectors.faiss``, and ``questions-*.faiss`` with the known
questions. The background, which is the same for all papers, has a folder of its own.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from corpus import LANGUAGES, Language, Paper
from corpus.files import sealed_folder
from index.background import background_questions
from index.cache import cache_folder
from index.embedder import Embedder, Model, Progress
from index.encoders import Vectors
from index.errors import StoreError
from index.nearest import write_nearest
from index.paper_index import PaperIndex, texts_digest

logger = logging.getLogger(__name__)

FORMAT = 5
"""Raise it whenever the files, or how passages are made, change: older indexes are then built again."""


def index_folder(paper: Paper, model: Model) -> Path:
    """Return the folder in the user's cache for the index of this paper by this model; it may not exist yet."""
    languages = "both" if paper.annotations.translations else "own"
    return cache_folder() / "indexes" / f"{paper.digest[:12]}-{languages}-{model.fingerprint[:12]}"


def load_index(
    paper: Paper, embedder: Embedder, *, folder: Path | None = None, progress: Progress | None = None
) -> PaperIndex:
    """Open the index of a paper, building it first if it is absent, old or damaged.

    ``folder`` is its own, None for one in the user's cache. ``progress`` is called with (done, total) while the index
    is built, and may raise to cancel. Raises StoreError.
    """
    folder = folder or index_folder(paper, embedder)
    if _exists(folder):
        try:
            return open_index(folder, paper, embedder)
        except StoreError as error:
            logger.warning("%s; it is built anew", error)
    built = PaperIndex.build(paper, embedder, load_background(embedder), progress=progress)
    save_index(built, folder)
    return built


def save_index(index: PaperIndex, folder: Path) -> None:
    """Write an index into a folder, replacing it whole if it exists. Raises StoreError."""
    known = {language: side.known_questions.vectors for language, side in index.sides.items()}
    vectors = index.vectors.reconstruct_n(0, index.vectors.ntotal)
    save_vectors(folder, index.paper, index.embedder, vectors, known if index.paper.annotations.questions else None)


def save_vectors(
    folder: Path, paper: Paper, embedder: Embedder, vectors: Vectors, known: Mapping[Language, Vectors] | None = None
) -> None:
    """Write the vectors of `searched_texts` and of known questions, which an index is made of, as `save_index` does."""

    def fill(target: Path) -> None:
        _write(vectors, target / "vectors.faiss")
        for language, encoded in (known or {}).items():
            _write(encoded, target / f"questions-{language}.faiss")

    try:
        sealed_folder.build(folder, _made_from(paper, embedder), fill)
    except OSError as error:
        raise _unwritable(folder, error) from error


def load_vectors(folder: Path, paper: Paper, embedder: Embedder) -> Vectors:
    """Return the vectors that `save_vectors` wrote, (texts, dimension). Raises StoreError as `open_index` does."""
    _check(folder, paper, embedder)
    return _read(folder / "vectors.faiss")


def is_saved(folder: Path, paper: Paper, embedder: Embedder) -> bool:
    """Return whether a folder holds, whole, the vectors that the index of this paper is made of."""
    return sealed_folder.is_intact(folder, _made_from(paper, embedder), thorough=True)


def open_index(folder: Path, paper: Paper, embedder: Embedder) -> PaperIndex:
    """Open an index. Raises StoreError unless it is whole, and of this paper by this model."""
    import faiss

    _check(folder, paper, embedder)
    vectors = faiss.read_index(str(folder / "vectors.faiss"))
    none = np.empty((0, embedder.dimension), np.float32)
    has_questions = bool(paper.annotations.questions)
    known = {code: _read(folder / f"questions-{code}.faiss") if has_questions else none for code in LANGUAGES}
    return PaperIndex(paper, embedder, vectors, load_background(embedder), known)


def load_background(embedder: Embedder) -> dict[Language, Vectors]:
    """Return the vectors of the questions on everyday matters, by language. They are encoded once and cached.

    Raises StoreError.
    """
    folder, made_from = _background(embedder)

    def fill(target: Path) -> None:
        for language, texts in background_questions().items():
            _write(embedder.encode_queries(texts), target / f"background-{language}.faiss")

    try:
        problem = sealed_folder.problem(folder, made_from, thorough=True)
        if problem:  # building takes a lock, which a read-only cache does not allow
            if folder.exists():
                logger.warning("The background in %s cannot be used: %s; it is built anew", folder, problem)
            sealed_folder.build(folder, made_from, fill)
        return {language: _read(folder / f"background-{language}.faiss") for language in LANGUAGES}
    except OSError as error:
        raise _unwritable(folder, error) from error


def kept_problems(paper: Paper, model: Model) -> list[str]:
    """Return what is wrong with a paper's index and the background in the cache, whose files are all hashed.

    Raises StoreError if one of them has not been built.
    """
    problems = []
    for folder, made_from in ((index_folder(paper, model), _made_from(paper, model)), _background(model)):
        if not _exists(folder):
            raise StoreError(f"the index is not built in {folder}")
        problem = sealed_folder.problem(folder, made_from, thorough=True)
        if problem:
            problems.append(f"{folder}: {problem}")
    return problems


def _background(model: Model) -> tuple[Path, dict[str, Any]]:
    folder = cache_folder() / "indexes" / f"background-{model.fingerprint[:12]}"
    questions = json.dumps(background_questions(), sort_keys=True)
    return folder, {**_model(model), "background": hashlib.sha256(questions.encode()).hexdigest()}


def _check(folder: Path, paper: Paper, embedder: Embedder) -> None:
    problem = sealed_folder.problem(folder, _made_from(paper, embedder), thorough=True)
    if problem:
        raise StoreError(f"The index in {folder} cannot be used: {problem}")


def _exists(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError as error:  # such as for a folder that may not be entered
        raise _unwritable(folder, error) from error


def _read(file: Path) -> Vectors:
    import faiss

    index = faiss.read_index(str(file))
    vectors: Vectors = index.reconstruct_n(0, index.ntotal)
    return vectors


def _write(vectors: Vectors, file: Path) -> None:
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    write_nearest(index, file)


def _unwritable(folder: Path, error: OSError) -> StoreError:
    in_cache = folder.is_relative_to(cache_folder())
    elsewhere = "set TANYA_CACHE to a folder" if in_cache else "keep the library in a folder"
    return StoreError(
        f"The index cannot be written to {folder}: {error.strerror or error}; free some room there, "
        f"or {elsewhere} that can be written"
    )


def _made_from(paper: Paper, model: Model) -> dict[str, Any]:
    return {**_model(model), "paper": paper.digest, "texts": texts_digest(paper)}


def _model(model: Model) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "model": model.name,
        "model_fingerprint": model.fingerprint,
        "query_prefix": model.query_prefix,
        "passage_prefix": model.passage_prefix,
        "dimension": model.dimension,
    }
