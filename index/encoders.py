"""Encoders of texts: the model that comes with the installation, and any model of sentence-transformers."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from index import e5_small
from index.bert import Bert, read_weights, shared_tokenizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]


class TextBlock(NamedTuple):
    """A text that is encoded at once. ``pieces`` are the parts to return vectors of: (start, end), in characters."""

    text: str
    pieces: tuple[tuple[int, int], ...]

    @property
    def texts(self) -> list[str]:
        """The pieces' texts."""
        return [self.text[start:end] for start, end in self.pieces]


class E5Encoder:
    """The installed model (`index.e5_small`). A text's vector is the mean of its tokens' states, as its card says.

    ``prompts`` are put before a text, by what the text is; ``dimension`` is how many numbers a vector has.
    """

    prompts: Mapping[str, str] = {"query": "query: ", "passage": "passage: "}

    def __init__(self, *, threads: int | None = None) -> None:
        """Open the model, to run in so many ``threads`` (see `Bert`). Raises ModelError."""
        folder = e5_small.model_folder()
        self._bert = Bert(folder, read_weights(folder / "model.safetensors"), threads=threads)
        self._tokenizer = shared_tokenizer(folder)
        self.dimension = self._bert.hidden

    def encode_query(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Return the vectors of questions, float32 (n, dimension), of length 1. The ``prompt`` is put before each."""
        ids, mask, _ = self._tokenizer([prompt + text for text in texts], longest=self._bert.longest)
        states = self._bert(ids, mask)
        sums = np.einsum("ijk,ij->ik", states, mask.astype(np.float32))
        # The length of the mean and that of the sum differ, their directions do not.
        vectors: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return vectors

    encode_document = encode_query

    def encode_pieces(self, blocks: Sequence[TextBlock], prompt: str) -> list[Vectors]:
        """Return the vectors of each block's pieces, float32 (pieces, dimension), the ``prompt`` put before the block.

        Each is the sum of the piece's token states. So a longer piece has a longer vector, and the sum of several has
        the direction of these pieces together. A piece beyond the longest input gets the vector of the whole block.
        """
        texts = [prompt + block.text for block in blocks]
        ids, mask, encodings = self._tokenizer(texts, longest=self._bert.longest)
        found = []
        for block, states, encoding in zip(blocks, self._bert(ids, mask), encodings, strict=True):
            ends = np.array([end for _, end in encoding.offsets]) - len(prompt)
            tokens = [(ends > start) & (ends <= end) for start, end in block.pieces]
            found.append(
                np.array([states[mask].sum(axis=0) if mask.any() else states[0] for mask in tokens], np.float32)
            )
        return found

    def digest(self) -> str:
        """Return the model's fingerprint, which is known without opening it."""
        return e5_small.FINGERPRINT


class SentenceTransformersEncoder:
    """Any model of sentence-transformers, with what `E5Encoder` has."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model

    @property
    def prompts(self) -> Mapping[str, str]:
        """The prompts that the model declares."""
        return {name: prompt or "" for name, prompt in self._model.prompts.items()}

    @property
    def dimension(self) -> int:
        """How many numbers a vector has, tried out where the model does not say."""
        found = self._model.get_embedding_dimension()
        return int(found) if found else int(self.encode_query(["a"], "").shape[1])

    def encode_query(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Return the vectors of questions."""
        return self._encoded(self._model.encode_query, texts, prompt)

    def encode_document(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Return the vectors of passages."""
        return self._encoded(self._model.encode_document, texts, prompt)

    def encode_pieces(self, blocks: Sequence[TextBlock], prompt: str) -> list[Vectors]:
        """Return each piece's vector by itself, as long as its text, since not every model pools token states."""
        texts = [text for block in blocks for text in block.texts]
        vectors = self.encode_document(texts, prompt) * np.array([[len(text)] for text in texts], np.float32)
        return np.split(vectors, np.cumsum([len(block.pieces) for block in blocks])[:-1])

    @staticmethod
    def _encoded(encode: Any, texts: Sequence[str], prompt: str) -> Vectors:
        found: Vectors = encode(
            list(texts), prompt=prompt, batch_size=len(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return found

    def digest(self) -> str:
        """Return a hash of the weights, the tokenizer, the settings and the longest input: all but the prompts."""
        import torch

        model, digest = self._model, hashlib.sha256()
        for name, tensor in sorted(model.state_dict().items()):
            digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
            digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
        tokenizer = getattr(model, "tokenizer", None)
        to_text = getattr(getattr(tokenizer, "backend_tokenizer", tokenizer), "to_str", None)
        described = json.loads(to_text()) if to_text else {}
        settings: dict[str, Any] = {
            # The tokenizer's padding and truncation are those of the latest batch.
            "tokenizer": {key: value for key, value in described.items() if key not in ("padding", "truncation")},
            "modules": [
                [type(module).__name__, getattr(module, "get_config_dict", dict)()] for module in model.children()
            ],
            "max_seq_length": model.max_seq_length,
        }
        digest.update(json.dumps(settings, sort_keys=True, default=str).encode())
        return digest.hexdigest()


Encoder = E5Encoder | SentenceTransformersEncoder
"""A model that turns texts into vectors, a batch at a time. One thread at a time may use it."""


@contextlib.contextmanager
def quiet_transformers() -> Iterator[None]:
    """Keep transformers and sentence-transformers from drawing bars and logging warnings while they open a model."""
    import transformers

    controls: Any = transformers.logging
    other = logging.getLogger("sentence_transformers")
    level = other.level
    bars, verbosity = controls.is_progress_bar_enabled(), controls.get_verbosity()
    controls.disable_progress_bar()
    controls.set_verbosity_error()
    other.setLevel(logging.ERROR)
    try:
        yield
    finally:
        other.setLevel(level)
        controls.set_verbosity(verbosity)
        if bars:
            controls.enable_progress_bar()
