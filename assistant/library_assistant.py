"""An assistant over a library: finds the few papers that a question is about, and asks each of them.

Each paper answers as it does when it is asked alone. The most likely answer comes first, beside those of other papers
(`assistant.answering.papers`).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from assistant.answer import Answer
from assistant.answering.papers import FromPaper, of_papers
from assistant.answering.talk import reply
from assistant.asking import Asker, joined, parts_of
from assistant.assistant import Assistant, Report, open_models
from assistant.errors import QuestionError
from assistant.paper_table import PaperAnswer
from assistant.question import Question, take
from assistant.reader import Reader
from corpus import Language, Paper, TanyaError
from corpus.library import Entry, Library, LibraryError, only_one
from index.backend import Query
from index.backend_choice import LOCAL, Engine
from index.encoders import Vectors
from index.library_index import OPEN, LibraryIndex
from index.spelling import written_out

logger = logging.getLogger(__name__)

ASKED: Final = 3
"""How many papers are asked a question, the nearest first. Asking more hardly finds the right one more often."""


class LibraryAssistant(Asker):
    """Answers questions about the papers of a library. Asking is thread-safe."""

    def __init__(self, index: LibraryIndex, reader: Reader) -> None:
        """Answer from this index; ``load`` opens the right one for a library."""
        super().__init__()
        self.index = index
        self._reader = reader
        self._papers: frozenset[str] | None = None
        self._open_paper = lru_cache(OPEN)(lambda paper_id: Assistant(index.paper(paper_id), reader))

    @classmethod
    def load(
        cls,
        library: str | Path | Library | None = None,
        *,
        model: str | None = None,
        index: str = LOCAL,
        engine: Engine | None = None,
        progress: Report | None = None,
    ) -> LibraryAssistant:
        """Open a library (None: the user's own) with an embedding model (None: the installed one).

        New papers are encoded first, by an ``engine``, None for this process. ``index`` is where passages are kept:
        "local", or an address of Milvus (`index.backend_choice`). ``progress`` is called with (stage, done, total), the
        stage being "model" or "index". Raises TanyaError: a LibraryError, ModelError or StoreError.
        """
        library = library if isinstance(library, Library) else Library(Path(library) if library else None)
        check_not_empty(library)
        embedder, reader = open_models(model, progress)
        show = progress and partial(progress, "index")
        return cls(LibraryIndex.open(library, embedder, index=index, engine=engine, progress=show), reader)

    def renewed(self, progress: Report | None = None) -> LibraryAssistant:
        """Return an assistant over the library as it is now, with new papers encoded. This one stays as it is.

        Raises TanyaError, as `load` does.
        """
        return LibraryAssistant(self.index.renewed(progress=progress and partial(progress, "index")), self._reader)

    @property
    def entries(self) -> list[Entry]:
        """The papers that are asked, by name."""
        entries = self.index.entries.values()
        return [entry for entry in entries if self._papers is None or entry.id in self._papers]

    @property
    def identity(self) -> dict[str, str]:
        """What decides the answers: the papers, the embedding model, the reader."""
        papers = "\n".join(sorted(entry.id for entry in self.entries))
        return {
            "papers": hashlib.sha256(papers.encode()).hexdigest(),
            "model": self.index.embedder.fingerprint,
            "reader": self._reader.fingerprint,
        }

    def within(self, papers: Collection[str]) -> Asker:
        """Return an assistant over some of the papers, each named by its id, the beginning of its id, or its file.

        For a single paper it is that paper's own. Raises LibraryError for no paper, and for a name that fits none or
        several.
        """
        chosen = {entry.id for entry in self.named(papers)}
        if len(chosen) == 1:
            return self.paper(chosen.pop())
        part = LibraryAssistant(self.index, self._reader)
        part._papers, part._open_paper = frozenset(chosen), self._open_paper  # both share the open papers
        return part

    def paper(self, paper_id: str) -> Assistant:
        """Return the assistant over one paper. The last `OPEN` papers stay open. Raises LibraryError or StoreError."""
        return self._open_paper(paper_id)

    def named(self, papers: Collection[str] | None) -> list[Entry]:
        """Return the papers that are named, as in `within`; None stands for all.

        Raises LibraryError for no paper, and for a name that fits none or several.
        """
        if papers is None:
            return self.entries
        known = {entry.id for entry in self.entries}
        chosen = {paper if paper in known else only_one(paper, self.entries).id for paper in papers}
        if not chosen:
            raise LibraryError("No paper is named: name one, or ask them all")
        return [entry for entry in self.entries if entry.id in chosen]

    def over(self, paper: Paper, *, progress: Report | None = None) -> Assistant:
        """Return an assistant over a paper that is not in the library, as `Assistant.over` does. Raises PaperError."""
        return Assistant(self.index.over(paper, progress=progress and partial(progress, "index")), self._reader)

    def answer(self, batch: Sequence[Question]) -> list[Answer]:
        """Answer questions together. Each paper is asked all the questions that it is near to, at once."""
        if not batch:
            return []
        known = self._encoded(batch)
        queries = [Query(text, q.language, known[text]) for q in batch for text in [_searched(q)]]
        found = self.index.nearest(queries, limit=ASKED, within=self._papers)
        near = [[hit.paper for hit in hits] for hits in found]
        titles = {entry.id: entry.title for entry in self.entries}
        answers: list[dict[str, Answer]] = [{} for _ in batch]
        for paper in dict.fromkeys(paper for papers in near for paper in papers):
            rows = [row for row, papers in enumerate(near) if paper in papers]
            try:
                given = self.paper(paper).answer([batch[row] for row in rows], known)
            except TanyaError as error:  # the paper was damaged or removed since; the others still answer
                logger.warning("%s", error)
                continue
            for row, answer in zip(rows, given, strict=True):
                answers[row][paper] = answer
        return [
            reply(question)
            if question.kind == "talk"
            else of_papers(question, [FromPaper(titles[paper], given[paper]) for paper in papers if paper in given])
            for question, papers, given in zip(batch, near, answers, strict=True)
        ]

    def ask_each(
        self, question: str, *, papers: Collection[str] | None = None, language: Language | None = None
    ) -> Iterator[PaperAnswer]:
        """Ask every paper one question, or those named as in `within`. Yield each answer as soon as it is there.

        Each paper answers as it does alone, in the order of `entries`. The question is encoded once, and papers are
        closed as in `paper`. A paper that can no longer be opened gets an answer with the status "error". Raises
        QuestionError or LibraryError, at once.
        """
        asked = take(question, language)
        if asked.error is not None:
            raise QuestionError(asked.error)
        return self._each(asked, self.named(papers))

    def close(self) -> None:
        """Let go of files and connections."""
        self.index.close()

    def _each(self, question: Question, entries: Sequence[Entry]) -> Iterator[PaperAnswer]:
        parts = parts_of(question)
        known = self._encoded(parts)
        for entry in entries:
            try:
                answer = joined(question, self.paper(entry.id).answer(parts, known))
            except TanyaError as error:  # the paper was damaged or removed since; the others still answer
                logger.warning("%s", error)
                message = error.in_language(question.language)
                answer = Answer(question.text, question.language, "error", question.kind, error=message)
            yield PaperAnswer(entry, answer)

    def _encoded(self, questions: Sequence[Question]) -> Mapping[str, Vectors]:
        """Return the vector of each question by its text as it is searched, shape (dimension,)."""
        texts = list(dict.fromkeys(map(_searched, questions)))
        return dict(zip(texts, self.index.embedder.encode_queries(texts), strict=True))


def _searched(question: Question) -> str:
    """Return a question's text as a paper without a glossary searches it."""
    return written_out(question.searched, question.language)


def check_not_empty(library: Library) -> None:
    """Raise LibraryError for a library without papers."""
    if not library.entries():
        raise LibraryError(f"There are no papers in {library.folder}: add some with `tanya add FILE|FOLDER`")
