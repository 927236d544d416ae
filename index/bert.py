"""BERT by ONNX Runtime: the network of the models that come with Tanya (Devlin et al. 2019, https://arxiv.org/abs/1810.04805).

It is built here from its weights, with the operators that ONNX Runtime has for it (Attention,
SkipLayerNormalization and BiasGelu in https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md).
It computes what transformers' `BertModel` computes, in 32-bit floats, in about half the time, and neither torch nor
transformers is imported for it.

Four fifths of the weights are the words' embeddings. They stay in their file, and are looked up there by row.
"""

from __future__ import annotations

import functools
import json
import mmap
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

Weights = Mapping[str, npt.NDArray[np.float32]]
"""Tensors by their names in transformers' `BertModel`."""

Floats = npt.NDArray[np.float32]

_FUSED: Final = "com.microsoft"
"""The domain of ONNX Runtime's own operators."""

_ERRORS: Final = 3
"""The level of ONNX Runtime's log: errors, without warnings about the machine."""

_OPSETS: Final = (("", 17), (_FUSED, 1))
_IR_VERSION: Final = 9


class Tokens(NamedTuple):
    """Texts as tokens: ids and mask (0 for padding), each of shape (texts, tokens), and the tokenizer's encodings."""

    ids: npt.NDArray[np.int64]
    mask: npt.NDArray[np.int32]
    encodings: Sequence[Encoding]


class BertTokenizer:
    """A model folder's tokenizer. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Open it. Raises OSError or ValueError for a folder without one."""
        from tokenizers import Tokenizer

        settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        pad = settings["pad_token"]
        self._tokenizer.enable_padding(pad_id=self._tokenizer.token_to_id(pad), pad_token=pad)
        # The longest input is set for each batch, which two threads must not do at once.
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str] | Sequence[tuple[str, str]], *, longest: int) -> Tokens:
        """Return texts, or pairs of texts, as at most ``longest`` tokens each. The longer text of a pair is cut."""
        with self._lock:
            self._tokenizer.enable_truncation(longest, strategy="longest_first")
            encodings = self._tokenizer.encode_batch(list(texts))
        ids = np.array([encoding.ids for encoding in encodings], np.int64)
        return Tokens(ids, np.array([encoding.attention_mask for encoding in encodings], np.int32), encodings)


class Bert:
    """The network: takes token ids, returns the states of its last layer. Threads may share it.

    A state is ``hidden`` numbers; a text may have ``longest`` tokens.
    """

    def __init__(self, folder: Path, weights: Weights, *, threads: int | None = None) -> None:
        """Build it from ``weights``, by the folder's ``config.json``, to run in ``threads`` threads.

        None stands for a thread on each processor that this process may use. Raises OSError or KeyError for an
        incomplete folder.
        """
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it would keep an id of the device
        import onnxruntime

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.hidden: int = config["hidden_size"]
        self.longest: int = config["max_position_embeddings"]
        self._embeddings = [weights[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position")]
        self._kind = np.asarray(weights["embeddings.token_type_embeddings.weight"][0])
        onnxruntime.set_default_logger_severity(_ERRORS)
        options = onnxruntime.SessionOptions()
        allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
        options.intra_op_num_threads = threads or len(allowed)
        # Else the threads of one network would spin after each batch, and slow down those of the other.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        model, tensors = _model(config, weights)
        # Values written into the model are copied four times on their way, which takes a second. These are copied once:
        # AddExternalInitializers in https://onnxruntime.ai/docs/api/c/struct_ort_api.html
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(tensor) for tensor in tensors.values()]
        options.add_external_initializers(list(tensors), values)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def __call__(self, ids: npt.NDArray[np.int64], mask: npt.NDArray[np.int32]) -> Floats:
        """Return the states, float32 of shape (texts, tokens, hidden), those of padding included."""
        words, positions = self._embeddings
        embedded = words[ids] + positions[: ids.shape[1]] + self._kind
        _release(words)
        states: Floats
        (states,) = self._session.run(None, {"embedded": embedded, "mask": mask})
        return states


@functools.cache
def shared_tokenizer(folder: Path) -> BertTokenizer:
    """Return a folder's tokenizer. It is opened only once, since that takes half a second."""
    return BertTokenizer(folder)


def read_weights(file: Path) -> dict[str, Floats]:
    """Return the tensors of a safetensors file of 32-bit floats, mapped into memory. Raises OSError or ValueError.

    The layout is that of https://github.com/huggingface/safetensors: the length of a header, the header, the data.
    """
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        header: dict[str, Any] = json.loads(opened.read(length))
    header.pop("__metadata__", None)
    return {
        name: np.memmap(file, np.float32, "r", 8 + length + tensor["data_offsets"][0], tuple(tensor["shape"]))
        for name, tensor in header.items()
    }


def _release(weights: Floats) -> None:
    """Release the memory of mapped weights that were read: the process's would grow with each new word."""
    if isinstance(weights.base, mmap.mmap):
        weights.base.madvise(mmap.MADV_DONTNEED)


def _model(config: Mapping[str, Any], weights: Weights) -> tuple[bytes, dict[str, Floats]]:
    """Return the network after its embeddings as an ONNX model without its tensors' values, and those by name."""
    from onnx import TensorProto, helper

    graph = _Graph(weights, epsilon=config["layer_norm_eps"], heads=config["num_attention_heads"])
    states = graph.normalised("embedded", "embeddings.LayerNorm")
    for layer in range(config["num_hidden_layers"]):
        states = graph.layer(states, f"encoder.layer.{layer}")
    shape = ["texts", "tokens", config["hidden_size"]]
    described = helper.make_tensor_value_info
    inputs = [described("embedded", TensorProto.FLOAT, shape), described("mask", TensorProto.INT32, shape[:2])]
    outputs = [described(states, TensorProto.FLOAT, shape)]
    tensors = [_described(name, tensor) for name, tensor in graph.tensors.items()]
    made = helper.make_graph(graph.nodes, "bert", inputs, outputs, tensors)
    opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS]
    model: bytes = helper.make_model(made, opset_imports=opsets, ir_version=_IR_VERSION).SerializeToString()
    return model, graph.tensors


def _described(name: str, tensor: Floats) -> Any:
    """Return a tensor's description in an ONNX model, where its values are external."""
    from onnx import TensorProto

    made = TensorProto(name=name, dims=tensor.shape, data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL)
    made.external_data.add(key="location", value="memory")
    return made


class _Graph:
    """An ONNX graph that is being built. Each step returns the name of its output."""

    def __init__(self, weights: Weights, *, epsilon: float, heads: int) -> None:
        self.nodes: list[Any] = []
        self.tensors: dict[str, Floats] = {}
        self._weights = weights
        self._epsilon = epsilon
        self._heads = heads

    def layer(self, states: str, name: str) -> str:
        """Add one layer: attention and a feed-forward network, each with a residual connection and normalisation."""
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([self._weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        given = [states, self._tensor(f"{name}.qkv", matrix), self._tensor(f"{name}.qkv.bias", bias), "mask"]
        attended = self._node("Attention", given, f"{name}.attended", domain=_FUSED, num_heads=self._heads)
        states = self._added(attended, states, f"{name}.attention.output")
        wide = self._product(states, f"{name}.intermediate.dense")
        biased = [wide, self._weight(f"{name}.intermediate.dense.bias")]
        wide = self._node("BiasGelu", biased, f"{name}.gelu", domain=_FUSED)
        return self._added(wide, states, f"{name}.output")

    def normalised(self, states: str, name: str) -> str:
        """Add a layer normalisation."""
        given = [states, self._weight(f"{name}.weight"), self._weight(f"{name}.bias")]
        return self._node("LayerNormalization", given, f"{name}.out", axis=-1, epsilon=self._epsilon)

    def _added(self, states: str, before: str, name: str) -> str:
        """Add a matrix with its bias, the states before it, and a layer normalisation."""
        norm = [self._weight(f"{name}.LayerNorm.{part}") for part in ("weight", "bias")]
        given = [self._product(states, f"{name}.dense"), before, *norm, self._weight(f"{name}.dense.bias")]
        return self._node("SkipLayerNormalization", given, f"{name}.out", domain=_FUSED, epsilon=self._epsilon)

    def _product(self, states: str, name: str) -> str:
        matrix = self._tensor(f"{name}.weight", self._weights[f"{name}.weight"].T)
        return self._node("MatMul", [states, matrix], f"{name}.out")

    def _node(self, operator: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def _weight(self, name: str) -> str:
        return self._tensor(name, self._weights[name])

    def _tensor(self, name: str, values: Floats) -> str:
        self.tensors[name] = np.ascontiguousarray(values)
        return name
