"""The reader's network as it is trained: transformers' BERT and the reader's heads (see `assistant.reader_weights`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import safetensors.numpy
import torch
from torch import nn
from transformers import BertConfig, BertModel, BertPreTrainedModel

from assistant.reader_weights import HEADS, changes_of, read_reader
from index.encoders import quiet_transformers


class ReaderNetwork(BertPreTrainedModel):
    """BERT with three outputs: where an answer starts and where it ends, for each token, and whether there is one."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        self.span = nn.Linear(config.hidden_size, HEADS["span"])
        self.answered = nn.Linear(config.hidden_size, HEADS["answered"])
        self.post_init()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **labels: torch.Tensor) -> dict[str, Any]:
        """Return the logits "start" and "end", shape (batch, tokens), and "answered", shape (batch,).

        With the ``labels`` "starts" and "ends" (the span's first and last token, 0 for none, -1 for one that is not
        known) and "answers" (0.0 to 1.0), each of shape (batch,), there is also a "loss".
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
    """Return the base model with untrained heads."""
    with quiet_transformers():  # it warns of heads that have no weights as yet
        network: ReaderNetwork = ReaderNetwork.from_pretrained(base)  # a plain BertModel's weights fill ``bert``
    return network


def save_changes(network: ReaderNetwork, base: Path, file: Path) -> None:
    """Write the changes from the base model."""
    before = {name: values.numpy() for name, values in untrained(base).bert.state_dict(prefix="bert.").items()}
    after = {name: values.detach().float().numpy() for name, values in network.state_dict().items()}
    safetensors.numpy.save_file(changes_of(before, after), file)
    file.chmod(0o644)  # its writer lets only the owner read it


def load_network(base: Path, file: Path) -> ReaderNetwork:
    """Return the base model with the changes applied. Raises OSError and ValueError as `read_reader` does."""
    network = untrained(base)
    weights = read_reader(base, file)
    network.load_state_dict({name: torch.tensor(values) for name, values in weights.items()})
    network.eval()
    return network
