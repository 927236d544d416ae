"""Train the reader on the public sets and the project's own questions. `training.distilling` then makes it better.

    python -m training [--eval ../shared/eval] [--work FOLDER]

Three stages, each beginning with what the one before learned:

1. "public": the public sets, to read at all (an hour on two cores that compute in 16-bit floats).
2. "validation": the project's own questions about four fifths of the paper's sentences, mixed with some of the public
   ones. These weights can be measured on the other fifth.
3. "shipped": the remaining fifth, mixed with as many of the others.

Finished stages are not repeated, and an interrupted one resumes from its last checkpoint, all in the folder ``--work``.
The last stage's weights are copied to where the assistant looks for them.
"""

from __future__ import annotations

import argparse
import logging
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from transformers import PreTrainedTokenizerFast

from assistant.reader import WEIGHTS
from corpus import load_paper
from corpus.files.whole import replaced
from index import Embedder, e5_small, load_index
from index.cache import cache_folder
from training.examples import Example, kept_examples
from training.network import load_network, save_changes, untrained
from training.own_questions import elsewhere_examples, held_out_sentences, is_held_out, own_examples
from training.public_sets import training_examples, unrelated_questions
from training.recording import record
from training.trainer import SEED, train


class Stage(NamedTuple):
    """A round of training: its examples, the number of epochs, and the highest learning rate."""

    name: str
    examples: Callable[[], list[Example]]
    passes: float
    rate: float


def main() -> None:
    """Run the stages that have not been run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder of the public sets")
    parser.add_argument("--work", type=Path, default=cache_folder() / "training", help="where checkpoints are kept")
    args = parser.parse_args()
    if not (args.eval / "public").is_dir():
        parser.exit(2, f"{args.eval}/public is absent: give the folder of the public sets with --eval\n")
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    weights = None
    for stage in _stages(args.eval, args.work):
        weights = _run(stage, weights, args.work)
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(weights or "", WEIGHTS)
    record(load_paper())


def _stages(folder: Path, work: Path) -> Sequence[Stage]:
    embedder = Embedder.load()

    def public() -> list[Example]:  # to find what does not answer takes minutes
        return kept_examples(work / "public.jsonl", lambda: training_examples(folder, SEED, embedder))

    def own(*, validation: bool) -> list[Example]:
        index = load_index(load_paper(), embedder)
        held_out = held_out_sentences(index.paper)
        trained = [question for question in index.paper.annotations.questions if not is_held_out(question, held_out)]
        rest = [question for question in index.paper.annotations.questions if is_held_out(question, held_out)]
        if validation:
            examples = own_examples(index, trained, SEED, without=held_out)
            examples += elsewhere_examples(index, unrelated_questions(folder, SEED), without=held_out)
            return examples + _drawn(public(), len(examples) // 2)
        examples = own_examples(index, rest, SEED)
        return examples + _drawn(own_examples(index, trained, SEED), len(examples))

    return (
        Stage("public", public, passes=1.6, rate=1e-4),
        Stage("validation", lambda: own(validation=True), passes=2, rate=7e-5),
        Stage("shipped", lambda: own(validation=False), passes=2, rate=4e-5),
    )


def _drawn(examples: list[Example], count: int) -> list[Example]:
    return random.Random(SEED).sample(examples, min(count, len(examples)))


def _run(stage: Stage, before: Path | None, work: Path) -> Path:
    """Return the file of a stage's weights, training them if it is not there."""
    done = work / f"{stage.name}.safetensors"
    if not done.exists():
        base = e5_small.model_folder()
        network = load_network(base, before) if before else untrained(base)
        tokenizer = PreTrainedTokenizerFast.from_pretrained(base)
        examples = stage.examples()
        train(network, tokenizer, examples, work / stage.name, passes=stage.passes, rate=stage.rate, seed=SEED)
        with replaced(done) as scratch:
            save_changes(network, base, scratch)
        shutil.rmtree(work / stage.name)  # checkpoints of half a gigabyte
    return done


if __name__ == "__main__":
    main()
