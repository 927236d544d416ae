"""How well the reader reads texts that it has not seen: IDK-MRC's valid split, and SQuAD 2.0 across languages.

    python -m benchmarks.reading [--eval FOLDER] [--weights FILE]

A text is read window by window, as the assistant reads a paper's sentences, and counts as answering as much as its
best window. The figures: F1 of the answer's words, of the questions that are answered (Rajpurkar et al. 2016,
https://arxiv.org/abs/1606.05250); AUROC, the chance that an answered question is rated above one that is not; balanced
accuracy, at even odds. Of SQuAD 2.0, whose Indonesian half is machine-translated, those articles are read that
training left out. Exits with 1 if a figure is below its limit.
"""

from __future__ import annotations

import argparse
import re
import string
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from assistant.reader import WEIGHTS, Reader
from assistant.windows import text_windows
from training.public_sets import aligned_pairs, is_held_out, load

LIMITS = {("idk_mrc", "F1"): 0.72, ("idk_mrc", "AUROC"): 0.87, ("en on id", "AUROC"): 0.75}
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation, " "))


class Item(NamedTuple):
    """A question, a text to read for it, and the answers, none if the text does not answer."""

    question: str
    text: str
    answers: Sequence[str]


def idk_mrc(folder: Path) -> list[Item]:
    """Return the valid split of IDK-MRC."""
    texts, questions = load(folder, "idk_mrc")
    valid = (question for question in questions if question["split"] == "valid")
    return [Item(question["text"], texts[question["context_id"]]["text"], question["answers"]) for question in valid]


def squad(folder: Path, question_language: str, text_language: str) -> list[Item]:
    """Return the held-out articles of the aligned SQuAD 2.0, asked in one language and read in another."""
    return [
        Item(question["text"], text["text"], answers)
        for question, text, answers in aligned_pairs(folder)
        if is_held_out(text) and (question["lang"], text["lang"]) == (question_language, text_language)
    ]


def measure(reader: Reader, items: Sequence[Item]) -> dict[str, float]:
    """Return F1, AUROC and balanced accuracy."""
    from sklearn.metrics import balanced_accuracy_score, roc_auc_score

    windows = [[window.text for window in text_windows(item.text)] for item in items]
    pairs = [(item.question, window) for item, texts in zip(items, windows, strict=True) for window in texts]
    readings = iter([reading for part in _parts(pairs) for reading in reader.read(part)])
    scores, f1s = [], []
    for item, texts in zip(items, windows, strict=True):
        best, text = max(((next(readings), text) for text in texts), key=lambda read: read[0].answered)
        scores.append(best.answered)
        if item.answers:
            f1s.append(max(_f1(text[best.start : best.end], answer) for answer in item.answers))
    answered = np.array([bool(item.answers) for item in items])
    return {
        "F1": float(np.mean(f1s)),
        "AUROC": float(roc_auc_score(answered, scores)),
        "balanced accuracy": float(balanced_accuracy_score(answered, np.array(scores) > 0)),
    }


def _parts(pairs: Sequence[tuple[str, str]], size: int = 512) -> Iterator[Sequence[tuple[str, str]]]:
    for start in tqdm(range(0, len(pairs), size), leave=False):
        yield pairs[start : start + size]


def _f1(found: str, answer: str) -> float:
    found_words, answer_words = _words(found), _words(answer)
    common = sum((Counter(found_words) & Counter(answer_words)).values())
    return 2 * common / (len(found_words) + len(answer_words)) if common else 0.0


def _words(text: str) -> list[str]:
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return 1 if a figure is below its limit, 2 without data."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description="reading of unseen texts")
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder of evaluation data")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the reader's weights")
    options = parser.parse_args(arguments)
    if not (options.eval / "public" / "idk_mrc").is_dir():
        print(f"There is no {options.eval}/public/idk_mrc; say where the data is: --eval FOLDER", file=sys.stderr)
        return 2
    reader = Reader.load(options.weights)
    sets = {"idk_mrc": idk_mrc(options.eval)}
    sets |= {f"{asked} on {read}": squad(options.eval, asked, read) for asked in ("en", "id") for read in ("id", "en")}
    low = 0
    print("| questions and texts | number | F1 | AUROC | balanced accuracy |\n|---|---|---|---|---|")
    for name, items in sets.items():
        found = measure(reader, items)
        low += any(found[figure] < limit for (of, figure), limit in LIMITS.items() if of == name)
        print(f"| {name} | {len(items)} | " + " | ".join(f"{value:.3f}" for value in found.values()) + " |")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
