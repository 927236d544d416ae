"""Trains the reader with transformers' Trainer, in 16-bit floats, which are slow on processors without them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from transformers import DataCollatorWithPadding, PreTrainedTokenizerFast, Trainer, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

from training.examples import Example, encode
from training.network import ReaderNetwork

SEED = 1
"""The seed of every draw."""

logger = logging.getLogger(__name__)


def train(
    network: ReaderNetwork,
    tokenizer: PreTrainedTokenizerFast,
    examples: Sequence[Example],
    work: Path,
    *,
    passes: float,
    rate: float,
    seed: int,
) -> None:
    """Train a network in place. An interrupted training resumes from the last checkpoint in the folder ``work``.

    The word embeddings stay as they are. They are most of the model's size, and mostly of other languages.
    """
    network.bert.embeddings.requires_grad_(requires_grad=False)
    arguments = TrainingArguments(
        output_dir=str(work),
        per_device_train_batch_size=32,
        num_train_epochs=passes,
        learning_rate=rate,
        lr_scheduler_type="linear",
        warmup_steps=0.05,  # below 1: a share of all steps
        weight_decay=0.01,
        bf16=True,
        use_cpu=True,
        seed=seed,
        data_seed=seed,
        train_sampling_strategy="group_by_length",
        save_steps=300,
        save_total_limit=1,
        logging_steps=50,
        report_to="none",
        remove_unused_columns=False,
    )
    trainer = Trainer(
        model=network,
        args=arguments,
        train_dataset=encode(examples, tokenizer),
        data_collator=DataCollatorWithPadding(tokenizer),
    )
    last = get_last_checkpoint(str(work)) if work.is_dir() else None
    logger.info("%d examples, %s", len(examples), f"from {last}" if last else "from the beginning")
    trainer.train(resume_from_checkpoint=last)
