"""The index of a library: of all its papers together, to find the few that a question is about, and of each paper.

The vectors of a paper are kept with the library, in a folder for each model and paper. So a paper is encoded once, and
the run after an interrupted one goes on with the next paper.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from corpus import Paper, TanyaError, load_paper
from corpus.files import sealed_folder
from corpus.library import BUNDLED, Entry, Library
from corpus.library import FORMAT as LIBRARY_FORMAT
from index.backend import EncodedPaper, Near, Query
from index.backend_choice import LOCAL, Engine, open_backend
from index.embedder import Embedder, Model, Progress
from index.encoders import TextBlock, Vectors
from index.errors import StoreError
from index.languages import language_gap
from index.paper_index import PaperIndex
from index.paper_vectors import paper_blocks, searched_languages, searched_texts, searched_vectors
from index.store import FORMAT, is_saved, load_index, load_vectors, save_vectors

logger = logging.getLogger(__name__)

OPEN = 64
"""How many papers' indexes stay open, those that were asked last: some 10 MB each."""

PASSAGES = "passages"
"""The folder, in that of the index, of all papers' passages together."""


def folder_for(library: Library, model: Model) -> Path:
    """Return the folder of a library's index by a model; it may not exist yet."""
    return library.folder / "index" / model.fingerprint[:12]


class LibraryIndex:
    """Finds the papers of a library that a question is about. Searching is thread-safe."""

    def __init__(self, library: Library, embedder: Embedder, bundled: PaperIndex, *, index: str = LOCAL) -> None:
        """Open the index as it is; ``open`` brings it up to date first.

        ``bundled`` is the index of the bundled paper by the same model, ``index`` the address of a back-end
        (`index.backend_choice`). Raises LibraryError or StoreError.
        """
        self.library = library
        self.embedder = embedder
        self._bundled = bundled
        self._address = index
        self._folder = folder_for(library, embedder)
        self._paper_folders = self._folder / "papers"
        count = len(bundled.paper.passages)
        self._gap = language_gap(
            own=bundled.vectors.reconstruct_n(0, count),
            translated=bundled.vectors.reconstruct_n(count, count),
            languages=[passage.language for passage in bundled.paper.passages],
        )
        gap = b"".join(self._gap[language].tobytes() for language in sorted(self._gap))
        made_from = {
            "format": FORMAT,
            "library_format": LIBRARY_FORMAT,
            "model_fingerprint": embedder.fingerprint,
            "language_gap": hashlib.sha256(gap).hexdigest(),
        }
        self._backend = open_backend(
            index,
            folder=self._folder / PASSAGES,
            made_from=made_from,
            source=self._encoded_again,
            dimension=embedder.dimension,
        )
        # Listed after the back-end is opened: a paper that another process adds in between is then new, not gone.
        self.entries = self._listed()
        self._open_paper = lru_cache(OPEN)(partial(_open_paper, library, embedder, bundled, self._paper_folders))

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
        """Open the index of a library, encoding first what is new in it with an ``engine``, None for this process.

        ``progress`` is called with (done, total), in sentences, and may raise to cancel. A damaged paper is left out,
        and logged. Raises LibraryError or StoreError.
        """
        bundled = replace(load_paper(), id=BUNDLED)  # the id that the library gives it
        opened = cls(library, embedder, load_index(bundled, embedder), index=index)
        opened._update(engine, progress)
        return opened

    def nearest(
        self, queries: Sequence[Query], *, limit: int, within: Collection[str] | None = None
    ) -> list[list[Near]]:
        """Return the papers nearest to each query, as `Backend.search` does."""
        return self._backend.search(queries, limit=limit, within=within)

    def paper(self, paper_id: str) -> PaperIndex:
        """Return the index of a paper. The last `OPEN` papers stay open. Raises LibraryError or StoreError."""
        return self._open_paper(paper_id)

    def renewed(self, *, progress: Progress | None = None) -> LibraryIndex:
        """Return the index of the library as it is now, encoding what is new in it, as `open` does."""
        return LibraryIndex.open(self.library, self.embedder, index=self._address, progress=progress)

    def over(self, paper: Paper, *, progress: Progress | None = None) -> PaperIndex:
        """Return the index, in memory only, of a paper that is not in the library. Raises PaperError."""
        return PaperIndex.build(paper, self.embedder, self._bundled.background, progress=progress)

    def close(self) -> None:
        """Release files and connections."""
        self._backend.close()

    def _listed(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.library.entries()}

    def _update(self, engine: Engine | None, progress: Progress | None) -> None:
        """Let the back-end hold just the papers of the library."""
        held = self._backend.papers()
        new = [entry for entry in self.entries.values() if entry.id not in held]
        gone = held - self.entries.keys()
        if new or gone:
            sealed_folder.tidy(self._paper_folders)
            self._encode(new, engine, progress)
            self._backend.update(self._encoded(new), gone)

    def _encode(self, entries: Sequence[Entry], engine: Engine | None, progress: Progress | None) -> None:
        """Encode the papers without stored vectors, and store these."""
        papers = self._papers(entry for entry in entries if entry.id != BUNDLED)
        missing = [
            entry for entry, paper in papers if not is_saved(self._paper_folders / entry.id, paper, self.embedder)
        ]
        sentences = {entry.id: entry.sentences for entry in missing}
        done, total = 0, sum(sentences.values())
        under_way: dict[str, Paper] = {}

        def to_encode() -> Iterator[tuple[str, Sequence[TextBlock]]]:
            for entry, paper in self._papers(missing):
                under_way[entry.id] = paper
                yield entry.id, paper_blocks(paper)

        def report(paper_id: str, part: int, whole: int) -> None:
            if progress:
                progress(done + sentences[paper_id] * part // whole, total)

        def encode_here(papers: Iterable[tuple[str, Sequence[TextBlock]]]) -> Iterator[tuple[str, Vectors]]:
            for paper_id, blocks in papers:
                yield paper_id, self.embedder.encode_blocks(blocks, progress=partial(report, paper_id))

        if missing:
            for paper_id, pieces in (engine or encode_here)(to_encode()):
                paper = under_way.pop(paper_id)
                save_vectors(self._paper_folders / paper_id, paper, self.embedder, searched_vectors(paper, pieces))
                report(paper_id, 1, 1)
                done += sentences[paper_id]

    def _encoded(self, entries: Iterable[Entry]) -> Iterator[EncodedPaper]:
        """Yield papers as the back-end takes them, encoding those whose stored vectors are absent or damaged."""
        for entry, paper in self._papers(entries):
            languages = searched_languages(paper)
            vectors = self._vectors(entry.id, paper)
            for language, gap in self._gap.items():
                vectors[[text_language == language for text_language in languages]] -= gap
            yield EncodedPaper(entry.id, searched_texts(paper), languages, vectors)

    def _encoded_again(self, papers: Collection[str]) -> Iterator[EncodedPaper]:
        """Yield papers that the back-end merges, also those that another process has added since."""
        known = self.entries if self.entries.keys() >= set(papers) else self._listed()
        return self._encoded(known[paper] for paper in papers if paper in known)

    def _vectors(self, paper_id: str, paper: Paper) -> Vectors:
        if paper_id == BUNDLED:
            bundled: Vectors = self._bundled.vectors.reconstruct_n(0, self._bundled.vectors.ntotal)
            return bundled
        folder = self._paper_folders / paper_id
        try:
            return load_vectors(folder, paper, self.embedder)
        except StoreError as error:
            logger.warning("%s; it is built anew", error)
        vectors = searched_vectors(paper, self.embedder.encode_blocks(paper_blocks(paper)))
        save_vectors(folder, paper, self.embedder, vectors)
        return vectors

    def _papers(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Paper]]:
        """Yield papers, and drop from `entries` those that turn out to be damaged."""
        for entry in list(entries):
            try:
                yield entry, self.library.paper(entry.id)
            except TanyaError as error:
                logger.warning("%s", error)
                self.entries.pop(entry.id, None)


def _open_paper(library: Library, embedder: Embedder, bundled: PaperIndex, folder: Path, paper_id: str) -> PaperIndex:
    """Open a paper's index. It is no method: its cache would keep a library's index that is no longer used."""
    return bundled if paper_id == BUNDLED else load_index(library.paper(paper_id), embedder, folder=folder / paper_id)
