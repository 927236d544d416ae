"""A tiny model in the packed layout, so that nothing need unpack the real one."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

HIDDEN, LAYERS, HEADS, FFN, VOCAB, POSITIONS = 32, 2, 2, 64, 56, 24


class PackedFile(NamedTuple):
    """A packed file, its SHA-256, and each tensor's bytes as they stand in it."""

    path: Path
    sha256: str
    tensors: dict[str, bytes]


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> PackedFile:
    """Write a two-layer model with 54 pieces, its weights chosen at random."""
    random = np.random.default_rng(0)
    tensors: dict[str, tuple[int, int, bytes]] = {}

    def plain(name: str, size: int, around: float = 0.0) -> None:
        tensors[name] = (0, size, (around + random.normal(0, 0.1, size)).astype("<f4").tobytes())

    def blocks(name: str, size: int) -> None:
        parts = [struct.pack("<e16s", random.uniform(0.01, 0.05), random.bytes(16)) for _ in range(size // 32)]
        tensors[name] = (1, size, b"".join(parts))

    blocks("emb.word", VOCAB * HIDDEN)
    plain("emb.pos", POSITIONS * HIDDEN)
    plain("emb.type", 2 * HIDDEN)
    plain("emb.ln.w", HIDDEN, 1.0)
    plain("emb.ln.b", HIDDEN)
    for layer in range(LAYERS):
        for part, rows, columns in (
            ("q", HIDDEN, HIDDEN),
            ("k", HIDDEN, HIDDEN),
            ("v", HIDDEN, HIDDEN),
            ("ao", HIDDEN, HIDDEN),
            ("fi", FFN, HIDDEN),
            ("fo", HIDDEN, FFN),
        ):
            blocks(f"l{layer}.{part}.w", rows * columns)
            plain(f"l{layer}.{part}.b", rows)
        for part in ("aln", "oln"):
            plain(f"l{layer}.{part}.w", HIDDEN, 1.0)
            plain(f"l{layer}.{part}.b", HIDDEN)

    pieces = ["<s>", "<pad>", "</s>", "<unk>", ",", ".", "▁", "▁apa", "▁what", "query", "passage", ":", "ki"]
    pieces += [*"abcdefghijklmnopqrstuvwxyz0123456789?!()", "<mask>"]
    texts = [piece.encode() for piece in pieces]
    offsets = np.cumsum([0, *(len(text) for text in texts)])
    head = struct.pack("<4sI7ifi", b"E5S1", 1, HIDDEN, LAYERS, HEADS, FFN, VOCAB, POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(texts), 0, 2, 1, 3, int(offsets[-1]))
    head += offsets.astype("<u4").tobytes()
    head += np.array([0.0] * 4 + [-1.0 - 0.1 * i for i in range(len(texts) - 5)] + [0.0], "<f4").tobytes()
    head += b"".join(texts)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 10, 1, 32)  # the map: a newline is a space
    head += struct.pack("<i", len(tensors))
    start = len(head) + sum(2 + len(name) + struct.calcsize("<BIQQ") for name in tensors)
    body = b""
    for name, (kind, size, data) in tensors.items():
        place = start + len(body)
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, size, place, len(data))
        body += data

    path = tmp_path_factory.mktemp("packed") / "tiny-q4.bin"
    path.write_bytes(head + body)
    digest = hashlib.sha256(head + body).hexdigest()
    return PackedFile(path, digest, {name: data for name, (_, _, data) in tensors.items()})
