"""What tests of questions to a library share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import LibraryAssistant
from assistant.reader import Reader
from corpus.library import Library
from index import Embedder, PaperIndex
from index.library_index import LibraryIndex
from tests.assistant.libraries import make_library


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
