"""Back-ends and engines are chosen by name, and nothing of a cluster is needed until it is chosen."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import TanyaError
from index.backend_choice import LOCAL, check_address, open_backend, open_engine
from index.local_backend import LocalBackend

ROOT = Path(__file__).parents[2]
FROM_CLUSTER = re.compile(r"^\s*(?:from|import) index\.cluster\b", re.MULTILINE)


def test_only_the_choice_imports_the_cluster() -> None:
    modules = [path for package in ("corpus", "index", "assistant", "page") for path in (ROOT / package).rglob("*.py")]
    outside = [path for path in (*modules, ROOT / "ui.py") if path.parent != ROOT / "index" / "cluster"]
    assert [path.name for path in outside if FROM_CLUSTER.search(path.read_text("utf-8"))] == ["backend_choice.py"]


def test_nothing_of_it_is_imported_before_it_is_chosen() -> None:
    code = "import sys, index.backend_choice; print([name for name in sys.modules if name.startswith('index.cluster')])"
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_local_back_end(tmp_path: Path) -> None:
    check_address(LOCAL)
    opened = open_backend(LOCAL, folder=tmp_path, made_from={}, source=lambda papers: [], dimension=4)
    assert isinstance(opened, LocalBackend)
    assert open_engine("local", fingerprint="a model") is None


@pytest.mark.parametrize("address", ["", "locally", "milvus://", "postgres://host"])
def test_an_address_of_nothing(address: str) -> None:
    with pytest.raises(TanyaError, match="it has the form milvus://HOST:PORT/COLLECTION"):
        check_address(address)
