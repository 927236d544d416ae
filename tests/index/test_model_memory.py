"""Too little memory for the models: one line says how much is needed."""

from __future__ import annotations

import errno
import os
import resource

import onnxruntime
import pytest

from assistant.reader import Reader
from index.embedder import Embedder
from index.errors import ModelError
from index.model_memory import memory_for_models

TOO_LITTLE = r"^There is too little memory for the models: 1,200 MB are needed; close other programs$"
LACKS = [
    MemoryError(),
    OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)),
    RuntimeError("unable to mmap 470045872 bytes from file <x>: Cannot allocate memory (12)"),
]


@pytest.mark.parametrize(("limit", "needed"), [(resource.RLIMIT_AS, 2600), (resource.RLIMIT_DATA, 1500)])
def test_a_process_that_may_not_have_so_much_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, limit: int, needed: int
) -> None:
    allowed = {limit: needed * 1_000_000}
    monkeypatch.setattr(resource, "getrlimit", lambda which: (allowed.get(which, resource.RLIM_INFINITY),) * 2)
    with memory_for_models():
        pass
    allowed[limit] -= 1
    message = f"this process may have {needed - 1} MB, and needs {needed}"
    with pytest.raises(ModelError, match=message), memory_for_models():
        pytest.fail("nothing is to be begun")


@pytest.mark.parametrize("error", LACKS)
@pytest.mark.parametrize("what", ["embedder", "reader"])
def test_models_that_do_not_fit(monkeypatch: pytest.MonkeyPatch, what: str, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(onnxruntime, "InferenceSession", fail)
    with pytest.raises(ModelError, match=TOO_LITTLE) as caught:
        Embedder.load() if what == "embedder" else Reader.load()
    assert "1200 MB" in caught.value.in_language("id")


def test_other_errors_pass() -> None:
    with pytest.raises(ValueError, match="something else"), memory_for_models():
        raise ValueError("something else")
