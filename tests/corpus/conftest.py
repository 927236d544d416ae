"""What tests of papers and their processes share."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from tests.corpus.children import Started


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Started:
    """Return the processes that are started, in a list that fills."""
    started: Started = []
    really = subprocess.Popen

    def start(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(really(*args, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return started
