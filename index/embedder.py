"""Turn passages and questions into vectors with a sentence-transformers model, without a network."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from corpus.memory import is_lack_of_memory
from corpus.paths import expand_home
from index import e5_small
from index.errors import ModelError
from index.memory import memory_for_models

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

DEFAULT_MODEL = "multilingual-e5-small"
"""The name of the model that comes with the installation."""

_BATCH = 16

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]


class Model(Protocol):
    """What decides the vectors of a model, and so what was made by it."""

    @property
    def name(self) -> str:
        """The name or folder that it is opened by."""

    @property
    def fingerprint(self) -> str:
        """A SHA-256 in hex, the same wherever and whenever the same model is opened."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def query_prefix(self) -> str:
        """What is put before a question."""

    @property
    def passage_prefix(self) -> str:
        """What is put before a passage."""


class InstalledModel(NamedTuple):
    """The `Model` that comes with the installation, as it is known without opening it."""

    name: str = DEFAULT_MODEL
    fingerprint: str = hashlib.sha256(f"{e5_small.SOURCE_SHA256} {e5_small.LAYOUT}".encode()).hexdigest()
    dimension: int = 384
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "


class Embedder:
    """A sentence-transformers model. One may be shared by threads: a lock is held for each batch."""

    def __init__(self, model: SentenceTransformer, name: str, *, fingerprint: str | None = None) -> None:
        """Wrap a model; without a ``fingerprint`` one is computed from the model's weights when asked for."""
        self._model = model
        self._name = name
        self._fingerprint = fingerprint
        # The tokenizer's padding and truncation are set for each batch, which two threads cannot do at once.
        self._lock = threading.Lock()

    @classmethod
    @memory_for_models()
    def load(cls, name: str | None = None, *, allow_download: bool = False) -> Embedder:
        """Open a model: none or ``DEFAULT_MODEL`` for the one installed, else another one's folder or name.

        A name is looked for in the local Hugging Face cache, on the hub only if ``allow_download`` is set.
        Raises ModelError. A process's first call takes seconds: it imports torch and sentence-transformers.
        """
        if not name or name == DEFAULT_MODEL:
            model = _open(str(e5_small.model_folder()), DEFAULT_MODEL, allow_download=False)
            return cls(model, DEFAULT_MODEL, fingerprint=InstalledModel().fingerprint)
        folder = expand_home(name)
        return cls(_open(str(folder) if folder.is_dir() else name, name, allow_download=allow_download), name)

    @property
    def name(self) -> str:
        """The name or folder that ``load`` opens this model by."""
        return self._name

    @functools.cached_property
    def fingerprint(self) -> str:
        """A SHA-256 in hex, the same wherever and whenever the same model is opened."""
        return self._fingerprint or _fingerprint(self._model)

    @functools.cached_property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        found = self._model.get_embedding_dimension()
        return int(found) if found else int(self._encode(["a"], "").shape[1])

    @property
    def query_prefix(self) -> str:
        """What is put before a question: the model's "query" prompt, or nothing."""
        return self._model.prompts.get("query") or ""

    @property
    def passage_prefix(self) -> str:
        """What is put before a passage: the first of the model's "document", "passage" and "corpus" prompts.

        ``encode_document`` by itself takes "document" even where it is empty, as it is in a model that calls
        its prompt "passage".
        """
        prompts = self._model.prompts
        return prompts.get("document") or prompts.get("passage") or prompts.get("corpus") or ""

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Return the vectors of passages, float32 (n, dimension), each of length 1.

        Of a passage longer than the model's longest input (512 tokens by default), the beginning is taken.
        ``progress`` is called with (done, total) after each batch; an exception raised by it ends the work.
        """
        return self._encode_all(texts, self.passage_prefix, self._model.encode_document, progress)

    def encode_queries(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Return the vectors of questions, as ``encode_passages`` does of passages."""
        return self._encode_all(texts, self.query_prefix, self._model.encode_query, progress)

    def _encode_all(
        self, texts: Sequence[str], prefix: str, encode: Callable[..., Any], progress: Progress | None
    ) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # The texts of a batch are padded to its longest, so those of a length go together; the longest first,
        # for a lack of memory then shows at once, and an estimate of the time left errs on the safe side.
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._encode([texts[index] for index in batch], prefix, encode)
            if progress:
                progress(start + len(batch), len(order))
        return vectors

    @memory_for_models()
    def _encode(self, texts: Sequence[str], prefix: str, encode: Callable[..., Any] | None = None) -> Vectors:
        # Halves of surrogate pairs, which a text may hold but UTF-8 cannot, would make the tokenizer raise.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        with self._lock:
            found: Vectors = (encode or self._model.encode)(
                clean, prompt=prefix, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return found


def _open(source: str, name: str, *, allow_download: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        with quiet_transformers():
            return SentenceTransformer(source, local_files_only=not allow_download)
    except Exception as error:  # OSError, ValueError, KeyError, ...: the libraries below raise them all
        if is_lack_of_memory(error):
            raise
        logger.debug("Opening %s failed", source, exc_info=True)
        if Path(source).exists():
            reason = str(error).strip().splitlines() or [type(error).__name__]
            message = f'"{name}" cannot be opened as a sentence-transformers model: {reason[0]}'
        elif allow_download:
            message = f'No embedding model "{name}" on this machine, nor on the hub (if it could be reached)'
        else:
            message = (
                f'No embedding model "{name}" on this machine; give the folder of a sentence-transformers '
                f'model, "{DEFAULT_MODEL}" for the one installed, or allow a download'
            )
        raise ModelError(message) from error


@contextlib.contextmanager
def quiet_transformers() -> Iterator[None]:
    """Keep transformers from drawing progress bars and writing warnings while it opens a model."""
    import transformers

    controls: Any = transformers.logging
    bars, verbosity = controls.is_progress_bar_enabled(), controls.get_verbosity()
    controls.disable_progress_bar()
    controls.set_verbosity_error()
    try:
        yield
    finally:
        controls.set_verbosity(verbosity)
        if bars:
            controls.enable_progress_bar()


def _fingerprint(model: SentenceTransformer) -> str:
    """Hash what decides a model's vectors, prompts apart: weights, tokenizer, settings, longest input."""
    import torch

    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
    tokenizer = getattr(model, "tokenizer", None)
    to_text = getattr(getattr(tokenizer, "backend_tokenizer", tokenizer), "to_str", None)
    described = json.loads(to_text()) if to_text else {}
    settings: dict[str, Any] = {
        # The tokenizer's padding and truncation are those of the latest batch.
        "tokenizer": {key: value for key, value in described.items() if key not in ("padding", "truncation")},
        "modules": [[type(module).__name__, getattr(module, "get_config_dict", dict)()] for module in model.children()],
        "max_seq_length": model.max_seq_length,
    }
    digest.update(json.dumps(settings, sort_keys=True, default=str).encode())
    return digest.hexdigest()
