"""Fit the weights of `assistant.relevance`, and say what they achieve.

    python -m benchmarks.calibrate [--eval ../shared/eval] [--write]

Questions that the paper answers are told from questions about something else. The former are those of
``benchmarks/questions.jsonl``; the latter its off-topic ones and, so that knowledge of the world is among them and
not only small talk, questions about encyclopedia articles: IDK-MRC (Indonesian) and SQuAD 2.0 (English), half of the
sample to fit, half to check. The questions on the paper's matters that it leaves open are only counted: these signals
cannot tell them.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import numpy as np

from assistant.relevance import Relevance, Signals
from assistant.spelling import as_searched
from benchmarks.data import QUESTIONS, read_lines
from corpus import BUNDLED_PAPER, Glossary, Language, load_paper
from index import Embedder, PaperIndex, load_index

WEIGHTS = Path(__file__).parents[1] / "assistant" / "data" / "relevance.json"
SETS: dict[Language, str] = {"id": "idk_mrc", "en": "squad2_en"}
SAMPLE = 600
THRESHOLD = 0.45


def main() -> None:
    """Fit, print, and with ``--write`` keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder of the public sets")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    args = parser.parse_args()
    if not (args.eval / "public").is_dir():
        parser.exit(2, f"{args.eval}/public is absent: give the folder of the public sets with --eval\n")
    own = read_lines(QUESTIONS)
    embedder = Embedder.load()
    both, alone = (load_index(load_paper(path), embedder) for path in (None, BUNDLED_PAPER))
    # A paper is read in both languages where it has a translation, or else in its own.
    readers: dict[str, list[tuple[PaperIndex, Language]]] = {
        "id": [(both, "id"), (alone, "id")],
        "en": [(both, "en")],
        "other": [(alone, "en")],
    }
    weights, achieved = {}, {}
    for relation, read in readers.items():
        kinds = np.array(["answered" if q["answerable"] else q["type"] for q in own] + ["fit", "check"] * (SAMPLE // 2))
        signals = np.concatenate([_signals(index, language, own, args.eval) for index, language in read])
        weights[relation], refused = _fit(signals, np.tile(kinds, len(read)), np.tile(np.arange(len(kinds)), len(read)))
        for (index, language), decided in zip(read, np.split(refused, len(read)), strict=True):
            translated = "with its translation" if index is both else "without"
            achieved[f"{language}, {translated}"] = {
                kind: f"{decided[kinds == kind].sum()} of {(kinds == kind).sum()} refused"
                for kind in sorted(set(kinds))
            }
    fitted = {
        "signals": list(Signals._fields),
        "weights": weights,
        "threshold": THRESHOLD,
        "fitted_to": [
            f"benchmarks/{QUESTIONS.name}: answered, off_topic",
            f"{SAMPLE // 2} questions each of IDK-MRC and SQuAD 2.0",
        ],
        "achieved": achieved,
    }
    print(json.dumps(fitted, indent=2))
    if args.write:
        WEIGHTS.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


def _signals(index: PaperIndex, language: Language, own: list[dict[str, Any]], folder: Path) -> Any:
    """Return the signals of the project's own questions and of a sample of others, shape (questions, signals)."""
    relevance = Relevance(index, {}, THRESHOLD)
    glossary = Glossary(index.paper.glossary)
    asked = [*(q[f"question_{language}"] for q in own), *_sample(folder, language)]
    texts = [as_searched(question, language, glossary) for question in asked]
    found = index.search(texts, [language] * len(texts))
    return np.array([relevance.signals(text, language, f) for text, f in zip(texts, found, strict=True)])


def _sample(folder: Path, language: Language) -> list[str]:
    """Return questions about other texts, the same ones in every run."""
    path = folder / "public" / SETS[language] / "queries.jsonl"
    return random.Random(0).sample([question["text"] for question in read_lines(path)], SAMPLE)


def _fit(signals: Any, kinds: Any, question: Any) -> tuple[list[float], Any]:
    """Return intercept and weights, and for each question whether it is refused (fitted without its own fold)."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

    used = np.isin(kinds, ("answered", "off_topic", "fit"))
    answered = kinds[used] == "answered"
    model = LogisticRegression(class_weight="balanced")
    folds = StratifiedGroupKFold(10, shuffle=True, random_state=0)  # all forms of a question in one fold
    refused = np.zeros(len(kinds), dtype=bool)
    held_out = cross_val_predict(
        model, signals[used], answered, groups=question[used], cv=folds, method="predict_proba"
    )[:, 1]
    refused[used] = held_out < THRESHOLD
    model.fit(signals[used], answered)
    refused[~used] = model.predict_proba(signals[~used])[:, 1] < THRESHOLD
    return [round(float(w), 4) for w in (*model.intercept_, *model.coef_[0])], refused


if __name__ == "__main__":
    main()
