"""Distil readers into one, which reads better than any of them and as fast.

    python -m training.distilling READER [READER ...] [--eval ../shared/eval] [--further FOLDER] [--work FOLDER]

Readers that were trained apart err apart: the mean of their logits separates better than any one's, in as many times
the time (Lakshminarayanan et al. 2017, https://arxiv.org/abs/1612.01474). So the first reader is trained a little
further, towards that mean (Hinton et al. 2015, https://arxiv.org/abs/1503.02531), on public sets, sets on science and
laws, and the project's own questions. A reader errs less where question and text are in one language. So what is said
of a question in the text's language is learned for its translation as well. At last the weights are averaged with those
that the reader began with (Wortsman et al. 2022, https://arxiv.org/abs/2109.01903), so that it forgets nothing of the
bundled paper. They are put where the assistant looks for them; measure, and fit the answerability anew.

Examples and checkpoints are kept in the folder ``--work``, and an interrupted training resumes there. So would one with
other readers or sets: give each a folder of its own.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedTokenizerFast

from assistant.reader import WEIGHTS, Reader
from corpus import load_paper
from corpus.files.whole import replaced
from corpus.language import language_of
from index import Embedder, e5_small, load_index
from index.cache import cache_folder
from training.examples import Example, kept_examples
from training.further_sets import further_examples
from training.network import ReaderNetwork, load_network, save_changes
from training.noise import word_by_word
from training.own_questions import elsewhere_examples, own_examples
from training.public_sets import training_examples, unrelated_questions
from training.recording import record
from training.trainer import SEED, train

PUBLIC, FURTHER, OWN = 3_500, 25_000, 5_000
"""The number of examples of each kind."""

TAUGHT_KNOWN, TAUGHT_OTHER = 0.15, 0.4
"""The weight of what the readers say, against what the example says. It is more for a window without the answer's
words, since that may answer in others, unless somebody checked."""

RATE = 5e-5
KEPT = 0.4
"""The weight of what the reader began with in the final average."""


def main() -> None:
    """Distil, or resume an interrupted training from its last checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "readers", type=Path, nargs="+", metavar="READER", help="weights of readers; the first one is trained further"
    )
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder of the public sets")
    parser.add_argument("--further", type=Path, default=cache_folder() / "further-sets", help="folder of further sets")
    parser.add_argument("--work", type=Path, default=cache_folder() / "training", help="where checkpoints are kept")
    args = parser.parse_args()
    for folder, needed in ((args.eval / "public", "--eval"), (args.further, "--further")):
        if not folder.is_dir():
            parser.exit(2, f"{folder} is absent: give the folder with {needed}\n")
    logging.basicConfig(format="%(message)s", level=logging.INFO)

    def make() -> list[Example]:
        embedder, chance = Embedder.load(), random.Random(SEED)
        index = load_index(load_paper(), embedder)
        own = own_examples(index, index.paper.annotations.questions, SEED)
        own += elsewhere_examples(index, unrelated_questions(args.eval, SEED))
        public = chance.sample(training_examples(args.eval, SEED, embedder), PUBLIC)
        further = further_examples(args.further, SEED, embedder)
        further = chance.sample(further, min(FURTHER, len(further)))
        readers = [Reader.load(file) for file in args.readers]
        # Only the first reader knows the bundled paper.
        examples = taught(public + further, readers) + taught(chance.sample(own, OWN), readers[:1])
        chance.shuffle(examples)
        return examples

    base, first = e5_small.model_folder(), args.readers[0]
    network = load_network(base, first)
    examples = kept_examples(args.work / "distilled.jsonl", make)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(base)
    train(network, tokenizer, examples, args.work / "distilled", passes=1, rate=RATE, seed=SEED)
    average(network, load_network(base, first))
    with replaced(WEIGHTS) as scratch:
        save_changes(network, base, scratch)
    record(load_paper())


def taught(examples: Sequence[Example], readers: Sequence[Reader]) -> list[Example]:
    """Return the examples with a chance that is a mean of what they say and of what the readers say together.

    One with a translated question stands there three times with the same chance: with its own question, the translated
    one, and the translated one put back word by word.
    """
    pairs = [(example.question, example.window) for example in examples]
    logits = np.mean([[reading.answered for reading in reader.read(pairs)] for reader in readers], axis=0)
    answered = np.array([example.is_answered for example in examples])
    known = answered | np.array([example.is_checked for example in examples])
    weights = np.where(known, TAUGHT_KNOWN, TAUGHT_OTHER)
    chances = weights / (1 + np.exp(-logits)) + (1 - weights) * answered
    learned = [example._replace(chance=float(chance)) for example, chance in zip(examples, chances, strict=True)]
    crossed = [
        example._replace(question=question, crossed=None)
        for example in learned
        if example.crossed
        for question in (example.crossed, word_by_word(example.crossed, language_of(example.crossed)))
    ]
    return [*(example._replace(crossed=None) for example in learned), *crossed]


def average(network: ReaderNetwork, other: ReaderNetwork) -> None:
    """Set a network's weights to the average of its own and those of another, which weigh `KEPT`."""
    others = other.state_dict()
    network.load_state_dict({name: torch.lerp(own, others[name], KEPT) for name, own in network.state_dict().items()})


if __name__ == "__main__":
    main()
