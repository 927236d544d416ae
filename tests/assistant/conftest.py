"""What tests of questions to a library, and of what is taken away, share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant import Citation, LibraryAssistant
from assistant.reader import Reader
from corpus import Paper, load_paper
from corpus.library import Library
from corpus.metadata import Metadata
from index import Embedder, PaperIndex
from index.library_index import LibraryIndex
from tests.assistant.libraries import make_library
from tests.assistant.quotes import cited


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give the small library; it is not to be changed."""
    return make_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def over_library(
    library: Library, embedder: Embedder, reader: Reader, paper_index: PaperIndex
) -> Iterator[LibraryAssistant]:
    """Give the assistant over the small library, whose bundled paper ``paper_index`` has made sure is encoded."""
    assistant = LibraryAssistant(LibraryIndex.open(library, embedder), reader)
    yield assistant
    assistant.close()


@pytest.fixture(scope="session")
def bundled() -> Paper:
    """Give the bundled paper, whose file has no title, no authors and no year."""
    return load_paper()


@pytest.fixture(scope="session")
def own(bundled: Paper) -> Paper:
    """Give a paper of which nothing is known but its file's name."""
    annotations = replace(bundled.annotations, doi="", translations=())
    return replace(bundled, name="my_100% {own} paper.pdf", annotations=annotations)


@pytest.fixture(scope="session")
def dated(own: Paper) -> Paper:
    """Give a paper whose file has title, authors and year."""
    return replace(own, metadata=Metadata("100% {Masks} & Aid", ("A. Author", "B. Author"), 2020, made=2021))


@pytest.fixture(scope="session")
def citations(bundled: Paper) -> tuple[Citation, ...]:
    """Give an Indonesian sentence, one of the English abstract that the authors wrote twice, and another."""
    twins = (s for s in bundled.sentences if s.language == "en" and bundled.twins(s.index) and s.kind == "text")
    masks = [s for s in bundled.sentences if s.kind == "text" and "masker" in s.text and s.page >= 10]
    chosen = (masks[0], next(twins), masks[1])
    return tuple(cited(bundled, sentence.index, marker) for marker, sentence in enumerate(chosen, 1))
