"""The reader's weights on disk: the changes of the base model, and the weights of the heads.

The network is BERT with a question-answering head, as for SQuAD 2.0 (Devlin et al. 2019,
https://arxiv.org/abs/1810.04805), and a second head on the first token for whether there is an answer at all (as the
"external verifier" of Zhang et al. 2021, https://arxiv.org/abs/2001.09694, but sharing one network).

Its base is the installed embedding model (`index.e5_small`), whose word embeddings stay as they are. The changes are
beside the code, in ``data/reader``: each matrix as its difference from the base, in 8 bits with a scale for each row;
small tensors whole. The differences are small, so their rounding errors are negligible beside the weights.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from index.bert import Floats, read_weights

BASE: Final = "bert."
"""The prefix of the base model's tensors in the reader."""

HEADS: Final = {"span": 2, "answered": 1}
"""The heads, with their numbers of logits.

"span" scores each token as the start and as the end of the answer, "answered" scores whether there is an answer.
"""

_CHANGE, _SCALE = ".change", ".scale"
_STEPS = 127  # steps of an 8-bit number to either side of 0

Changes = dict[str, npt.NDArray[Any]]


def read_reader(base: Path, file: Path) -> dict[str, Floats]:
    """Return the reader's weights by name: the base model's with the changes of a file applied, and the heads'.

    Raises OSError for a file that is not there, ValueError for one that does not hold the changes of this network.
    """
    import safetensors.numpy

    try:
        changes: Changes = safetensors.numpy.load_file(file)
    except safetensors.SafetensorError as error:
        raise ValueError(str(error)) from error
    weights = {f"{BASE}{name}": values for name, values in read_weights(base / "model.safetensors").items()}
    hidden = weights[f"{BASE}embeddings.word_embeddings.weight"].shape[1]
    shapes = {name: values.shape for name, values in weights.items()}
    shapes |= {f"{head}.weight": (numbers, hidden) for head, numbers in HEADS.items()}
    shapes |= {f"{head}.bias": (numbers,) for head, numbers in HEADS.items()}
    for name, change in changes.items():
        whole = name.removesuffix(_CHANGE).removesuffix(_SCALE)
        if whole not in shapes or change.shape not in (shapes[whole], shapes[whole][:1]):
            raise ValueError(f"it is of another network, with {name} of shape {tuple(change.shape)}")
        if name.endswith(_CHANGE):
            weights[whole] = weights[whole] + change * changes[whole + _SCALE][:, None]
        elif not name.endswith(_SCALE):
            weights[whole] = change
    if missing := shapes.keys() - weights.keys():
        raise ValueError(f"it lacks {min(missing)}")
    return weights


def changes_of(before: dict[str, Floats], after: dict[str, Floats]) -> Changes:
    """Return the changes to write: from the base model's weights to those ``after`` training, both by name."""
    changes: Changes = {}
    for name, values in after.items():
        if name in before and np.array_equal(values, before[name]):
            continue
        if name in before and values.ndim == 2:
            change = values - before[name]
            scale = np.maximum(np.abs(change).max(axis=1), np.finfo(np.float32).tiny) / _STEPS
            changes[name + _CHANGE] = np.round(change / scale[:, None]).astype(np.int8)
            changes[name + _SCALE] = scale
        else:
            changes[name] = values
    return changes
