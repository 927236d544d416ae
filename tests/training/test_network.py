from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import BertModel

from training.network import ReaderNetwork, load_network, save_changes, untrained


@pytest.fixture
def network(base: Path) -> ReaderNetwork:
    torch.manual_seed(1)
    return untrained(base)


def inputs() -> tuple[torch.Tensor, torch.Tensor]:
    ids = torch.tensor([[1, 7, 9, 2], [1, 8, 2, 0]])
    return ids, (ids > 0).long()


def test_it_begins_as_the_base(base: Path, network: ReaderNetwork) -> None:
    plain = BertModel.from_pretrained(base, add_pooling_layer=False).state_dict()
    found = network.bert.state_dict()
    assert plain.keys() == found.keys()
    assert all(torch.equal(plain[name], found[name]) for name in plain)


def test_outputs_and_loss(network: ReaderNetwork) -> None:
    ids, mask = inputs()
    found = network.eval()(ids, mask)
    assert found["start"].shape == found["end"].shape == (2, 4)
    assert found["answered"].shape == (2,)
    assert found["start"][1, 3] < -1e30  # padding is no place for an answer
    assert "loss" not in found
    spans = {"starts": torch.tensor([1, -1]), "ends": torch.tensor([2, -1])}
    loss = network(ids, mask, **spans, answers=torch.tensor([1.0, 0.0]))["loss"]
    unknown = {"starts": torch.tensor([-1, -1]), "ends": torch.tensor([-1, -1])}
    without = network(ids, mask, **unknown, answers=torch.tensor([1.0, 0.0]))["loss"]
    assert torch.isfinite(loss)
    assert loss > without > 0


def test_changes_are_kept_and_nothing_else(base: Path, network: ReaderNetwork, tmp_path: Path) -> None:
    weights = network.state_dict()
    matrix = weights["bert.encoder.layer.1.output.dense.weight"]
    matrix += 0.01 * torch.randn_like(matrix)
    weights["bert.encoder.layer.1.output.dense.bias"] += 0.5
    weights["answered.weight"] += 1.0
    file = tmp_path / "changes.safetensors"
    save_changes(network, base, file)
    loaded = load_network(base, file)
    assert not loaded.training
    for (name, one), (_, other) in zip(network.state_dict().items(), loaded.state_dict().items(), strict=True):
        assert torch.allclose(one, other, atol=3e-4), name
    ids, mask = inputs()
    assert torch.allclose(network.eval()(ids, mask)["answered"], loaded(ids, mask)["answered"], atol=1e-2)
    assert file.stat().st_size < 4000  # a matrix in 8 bits, a bias, the heads


def test_a_file_of_another_network_is_not_taken(base: Path, tmp_path: Path) -> None:
    from safetensors.torch import save_file

    file = tmp_path / "changes.safetensors"
    save_file({"elsewhere.weight": torch.zeros(2)}, file)
    with pytest.raises(ValueError, match=r"another network, with elsewhere\.weight of shape \(2,\)"):
        load_network(base, file)
