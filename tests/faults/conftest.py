"""What tests of faults share: a cache of their own, and processes at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.cache import cache_folder
from tests.faults.papers import write_papers
from tests.faults.processes import Nursery, nurseries


@pytest.fixture(scope="session")
def users_cache() -> Path:
    """Return where the real model and index are."""
    return cache_folder()


@pytest.fixture(scope="module", autouse=True)
def cache(users_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the user's cache out of this; processes inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("TANYA_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="module")
def nursery(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nurseries(1, tmp_path_factory.mktemp("nursery")) as [one]:
        yield one


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_papers(tmp_path_factory.mktemp("papers") / "now")
