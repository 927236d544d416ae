"""The reader's network and its weights on disk; importing this imports torch and transformers.

The network is transformers' BERT with a question-answering head, as for SQuAD 2.0 (Devlin et al. 2019,
https://arxiv.org/abs/1810.04805), and a second head on the first token for whether there is an answer at all (as the
"external verifier" of Zhang et al. 2021, https://arxiv.org/abs/2001.09694, but sharing one network).

Its base is the embedding model that the installation brings (`index.e5_small`), whose word embeddings stay as they are.
What training changed is kept beside the code in ``data/reader``: of each matrix the difference from the base, in 8 bits
with a scale for each row, and small tensors whole. The differences are small, so that their rounding is nothing beside
the weights themselves, which the base brings in full.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import nn
from transformers import BertConfig, BertModel, BertPreTrainedModel

from index.embedder import quiet_transformers

_CHANGE, _SCALE = ".change", ".scale"
_STEPS = 127
"""Steps of an 8-bit number to either side of 0."""


class ReaderNetwork(BertPreTrainedModel):
    """BERT with three outputs: where an answer starts and where it ends, for each token, and whether there is one."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        self.span = nn.Linear(config.hidden_size, 2)
        self.answered = nn.Linear(config.hidden_size, 1)
        self.post_init()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **labels: torch.Tensor) -> dict[str, Any]:
        """Return the logits "start" and "end", shape (batch, tokens), and "answered", shape (batch,).

        With the ``labels`` "starts" and "ends" (the span's first and last token, 0 for none, -1 for one that is not
        known) and "answers" (1.0 or 0.0), each of shape (batch,), there is also a "loss".
        """
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        start, end = self.span(states).float().unbind(-1)
        outside = attention_mask == 0
        start, end = (logits.masked_fill(outside, torch.finfo(torch.float32).min) for logits in (start, end))
        answered = self.answered(states[:, 0]).float().squeeze(-1)
        found = {"start": start, "end": end, "answered": answered}
        if not labels:
            return found
        sides = [
            nn.functional.cross_entropy(logits, labels[name], ignore_index=-1, reduction="sum")
            for logits, name in ((start, "starts"), (end, "ends"))
        ]
        known = (labels["starts"] >= 0).sum().clamp(min=1)
        whether = nn.functional.binary_cross_entropy_with_logits(answered, labels["answers"])
        return {"loss": (sides[0] + sides[1]) / (2 * known) + whether, **found}


def untrained(base: Path) -> ReaderNetwork:
    """Return the base model under heads that have learned nothing."""
    with quiet_transformers():  # it warns of heads that have no weights as yet
        network: ReaderNetwork = ReaderNetwork.from_pretrained(base)  # a plain BertModel's weights fill ``bert``
    return network


def save_changes(network: ReaderNetwork, base: Path, file: Path) -> None:
    """Write what differs from the base model."""
    before = untrained(base).state_dict()
    changes: dict[str, torch.Tensor] = {}
    for name, after in network.state_dict().items():
        change = after.float() - before[name]
        if not name.startswith("bert."):
            changes[name] = after.float().contiguous()
        elif not change.any():
            continue
        elif change.ndim == 2:
            scale = change.abs().amax(dim=1).clamp(min=torch.finfo(torch.float32).tiny) / _STEPS
            changes[name + _CHANGE] = (change / scale[:, None]).round().to(torch.int8)
            changes[name + _SCALE] = scale
        else:
            changes[name] = after.float().contiguous()
    safetensors.torch.save_file(changes, file)
    file.chmod(0o644)  # its writer lets only the owner read it


def load_network(base: Path, file: Path) -> ReaderNetwork:
    """Return the base model with the changes put in, ready to read.

    Raises OSError for a file that is not there, ValueError for one that does not hold the changes of this network.
    """
    network = untrained(base)
    weights = network.state_dict()
    try:
        changes = safetensors.torch.load_file(file)
    except safetensors.SafetensorError as error:
        raise ValueError(str(error)) from error
    if not changes:
        raise ValueError("it holds nothing")
    for name, change in changes.items():
        whole = name.removesuffix(_CHANGE).removesuffix(_SCALE)
        if whole not in weights or change.shape not in (weights[whole].shape, weights[whole].shape[:1]):
            raise ValueError(f"it is of another network, with {name} of shape {tuple(change.shape)}")
        if name.endswith(_CHANGE):
            weights[whole] += change * changes[whole + _SCALE][:, None]
        elif not name.endswith(_SCALE):
            weights[whole].copy_(change)
    network.eval()
    return network
