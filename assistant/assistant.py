"""The assistant over one paper: takes a question, returns an `Answer` in the paper's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from assistant.answer import Answer
from assistant.answerability import Answerability
from assistant.answering.answerer import Answerer
from assistant.asking import Asker
from assistant.lookup import Catalogue, Lookup
from assistant.question import Question
from assistant.reader import Reader
from assistant.searching import Searcher
from corpus import Language, Paper, load_paper
from index import Embedder, PaperIndex, load_index
from index.encoders import Vectors
from index.paper_index import texts_digest

Report = Callable[[str, int, int], None]
"""What is called with (stage, done, total), the stage being "model" or "index"."""


class Assistant(Asker):
    """Answers questions about one paper. Asking is thread-safe."""

    def __init__(self, index: PaperIndex, reader: Reader, answerability: Answerability | None = None) -> None:
        """Answer from this index; ``load`` opens the right one for a paper."""
        super().__init__()
        self._index = index
        self._reader = reader
        self._searcher = Searcher(index, reader)
        self._answerer = Answerer(index, answerability or Answerability.load(index), self._searcher, reader)

    @classmethod
    def load(
        cls, paper: str | Path | Paper | None = None, *, model: str | None = None, progress: Report | None = None
    ) -> Assistant:
        """Open a paper (None: the bundled one) with an embedding model (None: the installed one).

        The first call unpacks the model and builds the index, into the user's cache; later calls open both.
        ``progress`` is called with (stage, done, total), the stage being "model" or "index". Raises TanyaError: a
        PaperError, ModelError or StoreError.
        """
        paper = paper if isinstance(paper, Paper) else load_paper(paper)
        embedder, reader = open_models(model, progress)
        return cls(load_index(paper, embedder, progress=progress and partial(progress, "index")), reader)

    def over(self, paper: Paper, *, progress: Report | None = None) -> Assistant:
        """Return an assistant over another paper, with the same models. Its index is kept in memory only.

        ``progress`` is called with ("index", done, total), and may raise to cancel. Raises PaperError.
        """
        embedder, background = self._index.embedder, self._index.background
        index = PaperIndex.build(paper, embedder, background, progress=progress and partial(progress, "index"))
        return Assistant(index, self._reader)

    @property
    def paper(self) -> Paper:
        """The paper that is asked."""
        return self._index.paper

    @property
    def identity(self) -> dict[str, str]:
        """What decides the answers: the paper's text, its searched texts, the embedding model and the reader."""
        return {
            "paper": self.paper.digest,
            "texts": texts_digest(self.paper),
            "model": self._index.embedder.fingerprint,
            "reader": self._reader.fingerprint,
        }

    def answer(self, batch: Sequence[Question], vectors: Mapping[str, Vectors] | None = None) -> list[Answer]:
        """Answer questions together. ``vectors`` maps searched texts to known vectors, shape (dimension,)."""
        answers = [self._answerer.without_search(question) for question in batch]
        unanswered = [question for question, answer in zip(batch, answers, strict=True) if answer is None]
        searched = iter(zip(unanswered, self._searcher.search(unanswered, vectors), strict=True))
        return [answer or self._answerer.from_search(*next(searched)) for answer in answers]

    def lookup(self, text: str | None = None, *, topic: str | None = None, language: Language | None = None) -> Lookup:
        """Return findings and sentences that hold a word or a phrase; see `Catalogue.lookup`. Raises TopicError."""
        return self._catalogue.lookup(text, topic=topic, language=language)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.paper)


def open_models(model: str | None, progress: Report | None) -> tuple[Embedder, Reader]:
    """Open an embedding model (None: the installed one) and the reader, as the stage "model". Raises ModelError."""
    report = progress or (lambda stage, done, total: None)
    report("model", 0, 1)
    models = Embedder.load(model), Reader.load()
    report("model", 1, 1)
    return models
