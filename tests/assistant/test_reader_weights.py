"""The reader's weights: the base model's, the changes of a file applied, and the heads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from assistant.reader_weights import BASE, Changes, changes_of, read_reader
from index.bert import Floats

EMBEDDINGS = "embeddings.word_embeddings.weight"
NAMES = (EMBEDDINGS, "layer.weight", "layer.bias")


@pytest.fixture
def base() -> dict[str, Floats]:
    values = np.random.default_rng(0)
    shapes = {EMBEDDINGS: (5, 3), "layer.weight": (3, 3), "layer.bias": (3,)}
    return {name: values.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}


@pytest.fixture
def trained(base: dict[str, Floats]) -> dict[str, Floats]:
    """Give weights after training: a matrix and a bias have changed, and there are heads."""
    weights = {f"{BASE}{name}": values for name, values in base.items()}
    weights[f"{BASE}layer.weight"] = weights[f"{BASE}layer.weight"] + np.array([[0.5], [0.0], [-0.1]], np.float32)
    weights[f"{BASE}layer.bias"] = weights[f"{BASE}layer.bias"] + np.float32(1)
    heads = {"span.weight": (2, 3), "span.bias": (2,), "answered.weight": (1, 3), "answered.bias": (1,)}
    return weights | {name: np.ones(shape, np.float32) for name, shape in heads.items()}


def saved(folder: Path, base: dict[str, Floats], changes: Changes) -> Path:
    """Write the base model and the changes, and return the latter's file."""
    safetensors.numpy.save_file(base, folder / "model.safetensors")
    safetensors.numpy.save_file(changes, folder / "changes.safetensors")
    return folder / "changes.safetensors"


def changed(base: dict[str, Floats], trained: dict[str, Floats]) -> Changes:
    return changes_of({f"{BASE}{name}": values for name, values in base.items()}, trained)


def test_changes_are_small_and_give_the_trained_weights_back(
    tmp_path: Path, base: dict[str, Floats], trained: dict[str, Floats]
) -> None:
    changes = changed(base, trained)
    assert f"{BASE}{EMBEDDINGS}" not in {name.rsplit(".change")[0] for name in changes}  # unchanged, so not written
    assert changes[f"{BASE}layer.weight.change"].dtype == np.int8
    read = read_reader(tmp_path, saved(tmp_path, base, changes))
    assert read.keys() == trained.keys()
    for name, values in trained.items():
        np.testing.assert_allclose(read[name], values, atol=0.5 / 127)


def test_changes_of_another_network(tmp_path: Path, base: dict[str, Floats], trained: dict[str, Floats]) -> None:
    changes = changed(base, trained) | {f"{BASE}layer.bias": np.ones(4, np.float32)}
    with pytest.raises(ValueError, match=r"of another network, with bert\.layer\.bias of shape \(4,\)"):
        read_reader(tmp_path, saved(tmp_path, base, changes))


def test_a_file_without_a_head(tmp_path: Path, base: dict[str, Floats], trained: dict[str, Floats]) -> None:
    changes = changed(base, trained)
    del changes["span.bias"]
    with pytest.raises(ValueError, match=r"it lacks span\.bias"):
        read_reader(tmp_path, saved(tmp_path, base, changes))


def test_a_file_that_holds_no_weights(tmp_path: Path, base: dict[str, Floats]) -> None:
    file = saved(tmp_path, base, {})
    file.write_bytes(b"no weights")
    with pytest.raises(ValueError, match="header"):
        read_reader(tmp_path, file)
    with pytest.raises(OSError, match="No such file"):
        read_reader(tmp_path, tmp_path / "none")
