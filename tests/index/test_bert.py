"""The network by ONNX Runtime gives what transformers' own gives, whatever it is given."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertModel

from index import e5_small
from index.bert import Bert, BertTokenizer, Floats, Tokens, read_weights
from index.cache import cache_folder

from .conftest import PackedFile

TEXTS = ["apa what", "what", "apa apa apa what apa what what", ""]


@pytest.fixture(scope="module")
def folder(packed: PackedFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack a tiny model of the same kind."""
    folder = tmp_path_factory.mktemp("tiny")
    e5_small.unpack(packed.path, folder)
    return folder


@pytest.fixture(scope="module")
def bert(folder: Path) -> Bert:
    return Bert(folder, read_weights(folder / "model.safetensors"), threads=1)


@pytest.fixture(scope="module")
def tokens(folder: Path) -> Tokens:
    return BertTokenizer(folder)(TEXTS, longest=16)


def test_states_are_those_of_transformers(folder: Path, bert: Bert, tokens: Tokens) -> None:
    network = BertModel.from_pretrained(folder, add_pooling_layer=False).eval()
    with torch.inference_mode():
        ids, mask = torch.tensor(tokens.ids), torch.tensor(tokens.mask)
        expected = network(input_ids=ids, attention_mask=mask).last_hidden_state.numpy()
    is_text = tokens.mask == 1
    assert np.allclose(bert(tokens.ids, tokens.mask)[is_text], expected[is_text], atol=1e-5)


def test_padding_changes_nothing(bert: Bert, tokens: Tokens) -> None:
    together = bert(tokens.ids, tokens.mask)
    for row, count in enumerate(tokens.mask.sum(axis=1)):
        alone = bert(tokens.ids[row : row + 1, :count], tokens.mask[row : row + 1, :count])
        assert np.allclose(alone[0], together[row, :count], atol=1e-5)


def test_what_the_weights_become_later_changes_nothing(folder: Path, bert: Bert, tokens: Tokens) -> None:
    weights = {name: values.copy() for name, values in read_weights(folder / "model.safetensors").items()}
    own = Bert(folder, weights, threads=1)
    for name, values in weights.items():
        if "_embeddings" not in name:
            values[...] = 0
    assert np.array_equal(own(tokens.ids, tokens.mask), bert(tokens.ids, tokens.mask))


def test_threads_may_share_it(bert: Bert, tokens: Tokens) -> None:
    expected = bert(tokens.ids, tokens.mask)
    with ThreadPoolExecutor(4) as pool:
        for states in pool.map(lambda _: bert(tokens.ids, tokens.mask), range(20)):
            assert np.array_equal(states, expected)


def test_inputs_are_cut_and_of_a_pair_the_longer_one(folder: Path) -> None:
    tokenizer = BertTokenizer(folder)
    cut = tokenizer(["what " * 50, "apa"], longest=8)
    assert cut.ids.shape == (2, 8)
    assert cut.mask[0].all()
    (pair,) = tokenizer([("apa", "what " * 50)], longest=12).encodings
    assert pair.sequence_ids.count(0) < pair.sequence_ids.count(1)
    assert len(pair.ids) == 12
    assert len(tokenizer(["what " * 50], longest=10).encodings[0].ids) == 10


def test_weights_are_mapped_as_they_were_saved(folder: Path) -> None:
    from safetensors.numpy import load_file

    expected = load_file(folder / "model.safetensors")
    found = read_weights(folder / "model.safetensors")
    assert found.keys() == expected.keys()
    assert all(np.array_equal(found[name], expected[name]) for name in expected)
    assert all(isinstance(values, np.memmap) for values in found.values())


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux says what of a file is in memory")
def test_words_that_were_looked_up_do_not_stay_in_memory(folder: Path, tokens: Tokens) -> None:
    weights = read_weights(folder / "model.safetensors")
    words = weights["embeddings.word_embeddings.weight"]
    bert = Bert(folder, weights, threads=1)
    assert words[0].any()
    assert resident(words) > 0
    bert(tokens.ids, tokens.mask)
    assert resident(words) == 0


def resident(mapped: Floats) -> int:
    """Return the kilobytes of a mapped array's region of memory that are resident."""
    regions = re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text(), flags=re.MULTILINE)[1:]
    for region in regions:
        first, last = (int(address, 16) for address in region.split(" ", 1)[0].split("-"))
        if first <= mapped.ctypes.data < last:
            return int(re.findall(r"^Rss:\s+(\d+) kB", region, re.MULTILINE)[0])
    raise LookupError("not mapped")


def test_torch_is_not_needed() -> None:
    code = (
        "import sys; from index import Embedder; from assistant.reader import Reader\n"
        "Embedder.load().encode_queries(['apa?']); Reader.load().read([('apa?', 'itu')])\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=True, timeout=60)


def test_onnx_runtime_keeps_and_reports_nothing(tmp_path: Path) -> None:
    """Without its setting it leaves an id of the device and a database of events in the user's cache."""
    code = "from index import Embedder; Embedder.load().encode_queries(['apa?'])"
    environment = os.environ | {"HOME": str(tmp_path), "TANYA_CACHE": str(cache_folder())}
    for name in ("XDG_CACHE_HOME", "ORT_DISABLE_TELEMETRY"):
        environment.pop(name, None)
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], env=environment, check=True, timeout=60)
    assert list(tmp_path.rglob("*")) == []
