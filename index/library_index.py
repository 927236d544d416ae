"""The index of a library: of all its papers together, to find the few that a question is about, and of each by itself.

What is encoded of a paper is kept with the library, in a folder of its own for each model and paper, so that it is
encoded once, and an interrupted run goes on with the next one.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from corpus import Paper, TanyaError, load_paper
from corpus.files import sealed_folder
from corpus.library import BUNDLED, Entry, Library
from corpus.library import FORMAT as LIBRARY_FORMAT
from index.backends.base import Backend, EncodedPaper, Near, Query
from index.backends.local import LocalBackend
from index.embedder import Embedder, Model, Progress
from index.encoders import Vectors
from index.errors import StoreError
from index.language_gap import language_gap
from index.paper_index import PaperIndex
from index.sides import encoded_languages, encoded_texts
from index.store import FORMAT, is_saved, load_index, load_vectors, save_vectors

logger = logging.getLogger(__name__)

OPEN = 64
"""Papers whose indexes are kept open, the last ones asked: some 10 MB each."""

LOCAL = "local"
"""The setting for an index in files beside the papers."""

PASSAGES = "passages"
"""Where in its folder the index of all papers together is."""

Engine = Callable[[Iterable[tuple[str, Sequence[str]]]], Iterator[tuple[str, Vectors]]]
"""What encodes the passages of many papers: takes an id and texts for each, gives the id and their vectors."""


def folder_for(library: Library, model: Model) -> Path:
    """Return where the index of a library by a model is; it may not exist yet."""
    return library.folder / "index" / model.fingerprint[:12]


class LibraryIndex:
    """Finds the papers of a library that a question is about. Searching is thread-safe."""

    def __init__(self, library: Library, embedder: Embedder, bundled: PaperIndex, *, index: str = LOCAL) -> None:
        """Look at a library as it is; ``open`` brings its index up to date first.

        ``bundled`` is the index of the bundled paper by the same model, ``index`` the setting that says where the
        passages are kept: "local", or an address of Milvus. Raises LibraryError or StoreError.
        """
        self.library = library
        self.embedder = embedder
        self._bundled = bundled
        self._gap = language_gap(bundled)
        self._folder = folder_for(library, embedder)
        self._setting = index
        self._backend = self._open_backend(index)
        # After what is indexed: a paper that another process adds in between is then one to add, not one that is gone.
        self.entries = self._listed()
        self.paper = lru_cache(OPEN)(self._paper)

    @classmethod
    def open(
        cls,
        library: Library,
        embedder: Embedder,
        *,
        index: str = LOCAL,
        engine: Engine | None = None,
        progress: Progress | None = None,
    ) -> LibraryIndex:
        """Open the index of a library, encoding first what is new in it, by an ``engine``, None for this process.

        ``progress`` is called with (done, total), in sentences, and may raise to cancel. Raises StoreError or
        LibraryError; a paper that is damaged is left out, and logged.
        """
        bundled = replace(load_paper(), id=BUNDLED)  # as the library tells it, if it is in there
        opened = cls(library, embedder, load_index(bundled, embedder), index=index)
        opened._update(engine, progress)
        return opened

    def nearest(
        self, queries: Sequence[Query], *, limit: int, within: Collection[str] | None = None
    ) -> list[list[Near]]:
        """Return the papers nearest to each query, as `Backend.search` does."""
        return self._backend.search(queries, limit=limit, within=within)

    def renewed(self, *, progress: Progress | None = None) -> LibraryIndex:
        """Return the index of the library as it is by now, what is new in it encoded.

        Raises StoreError or LibraryError, as `open` does.
        """
        return LibraryIndex.open(self.library, self.embedder, index=self._setting, progress=progress)

    def over(self, paper: Paper, *, progress: Progress | None = None) -> PaperIndex:
        """Return the index of a paper that is not in the library; it is nowhere but in memory. Raises PaperError."""
        return PaperIndex.build(paper, self.embedder, self._bundled.background, progress=progress)

    def close(self) -> None:
        """Let go of files and connections."""
        self._backend.close()

    def _paper(self, paper_id: str) -> PaperIndex:
        """Open the index of a paper. Raises LibraryError or StoreError."""
        if paper_id == BUNDLED:
            return self._bundled
        return load_index(self.library.paper(paper_id), self.embedder, folder=self._folder_of(paper_id))

    def _folder_of(self, paper_id: str) -> Path:
        return self._folder / "papers" / paper_id

    def _update(self, engine: Engine | None, progress: Progress | None) -> None:
        """Make the papers that can be found the library's."""
        held = self._backend.papers()
        new = [entry for entry in self.entries.values() if entry.id not in held]
        gone = held - self.entries.keys()
        if new or gone:
            sealed_folder.tidy(self._folder / "papers")
            self._encode(new, engine, progress)
            self._backend.update(self._encoded(new), gone)

    def _encode(self, entries: Sequence[Entry], engine: Engine | None, progress: Progress | None) -> None:
        """Encode the papers that are not yet."""
        papers = self._papers(entry for entry in entries if entry.id != BUNDLED)
        missing = [entry for entry, paper in papers if not is_saved(self._folder_of(entry.id), paper, self.embedder)]
        total = sum(entry.sentences for entry in missing)
        done = 0

        def after(entry: Entry) -> Progress:
            return lambda part, of: progress(done + entry.sentences * part // of, total) if progress else None

        if engine and missing:
            texts = ((entry.id, encoded_texts(paper)) for entry, paper in self._papers(missing))
            for paper_id, vectors in engine(texts):
                paper, entry = self.library.paper(paper_id), self.entries[paper_id]
                save_vectors(self._folder_of(paper_id), paper, self.embedder, vectors)
                after(entry)(1, 1)
                done += entry.sentences
            return
        for entry, paper in self._papers(missing):
            self._vectors(entry.id, paper, after(entry))
            done += entry.sentences

    def _encoded(self, entries: Iterable[Entry]) -> Iterator[EncodedPaper]:
        for entry, paper in self._papers(entries):
            languages = encoded_languages(paper)
            vectors = self._vectors(entry.id, paper)
            for language, gap in self._gap.items():
                vectors[[of == language for of in languages]] -= gap
            yield EncodedPaper(entry.id, encoded_texts(paper), languages, vectors)

    def _vectors(self, paper_id: str, paper: Paper, progress: Progress | None = None) -> Vectors:
        """Return the vectors of a paper's texts, encoding them if they are not there, or damaged."""
        if paper_id == BUNDLED:
            vectors: Vectors = self._bundled.vectors.reconstruct_n(0, self._bundled.vectors.ntotal)
            return vectors
        folder = self._folder_of(paper_id)
        if folder.exists():
            try:
                return load_vectors(folder, paper, self.embedder)
            except StoreError as error:
                logger.warning("%s; it is built anew", error)
        vectors = self.embedder.encode_passages(encoded_texts(paper), progress=progress)
        save_vectors(folder, paper, self.embedder, vectors)
        return vectors

    def _papers(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Paper]]:
        """Yield papers, leaving out for good what turns out to be damaged."""
        for entry in list(entries):
            try:
                yield entry, self.library.paper(entry.id)
            except TanyaError as error:
                logger.warning("%s", error)
                self.entries.pop(entry.id, None)

    def _listed(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.library.entries()}

    def _again(self, papers: Collection[str]) -> Iterator[EncodedPaper]:
        """Yield papers that are laid down anew, also those that another process has added since."""
        known = self.entries if self.entries.keys() >= set(papers) else self._listed()
        return self._encoded(known[paper] for paper in papers if paper in known)

    def _open_backend(self, index: str) -> Backend:
        gap = hashlib.sha256(b"".join(self._gap[of].tobytes() for of in sorted(self._gap))).hexdigest()
        made_from = {
            "format": FORMAT,
            "library_format": LIBRARY_FORMAT,
            "model_fingerprint": self.embedder.fingerprint,
            "language_gap": gap,
        }
        if index == LOCAL:
            return LocalBackend(self._folder / PASSAGES, made_from, self._again)
        from index.backends.milvus import open_milvus

        fingerprint = hashlib.sha256(repr(sorted(made_from.items())).encode()).hexdigest()
        return open_milvus(index, dimension=self.embedder.dimension, model_fingerprint=fingerprint)
