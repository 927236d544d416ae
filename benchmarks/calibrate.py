"""Fit the weights of `assistant.relevance` to the project's own questions, and say what they achieve.

    python -m benchmarks.calibrate [--write]

Of ``benchmarks/questions.jsonl``, those that the paper answers are told from those about something else (off topic). The
questions on the paper's matters that it leaves open are only counted: these signals cannot tell them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from assistant.relevance import Relevance, Signals
from corpus import Language, load_paper
from index import Embedder, load_index

QUESTIONS = Path(__file__).with_name("questions.jsonl")
WEIGHTS = Path(__file__).parents[1] / "assistant" / "data" / "relevance.json"
THRESHOLD = 0.5
LANGUAGES: tuple[Language, ...] = ("id", "en")


def main() -> None:
    """Fit, print, and with ``--write`` keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    args = parser.parse_args()
    relevance = Relevance(index := load_index(load_paper(), Embedder.load()), {}, THRESHOLD)
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    kinds = np.array(["answered" if q["answerable"] else q["type"] for q in questions])
    weights, achieved = {}, {}
    for language in LANGUAGES:
        texts = [q[f"question_{language}"] for q in questions]
        found = index.search(texts, [language] * len(texts))
        signals = np.array([relevance.signals(text, language, f) for text, f in zip(texts, found, strict=True)])
        relation = relevance.relation(language)
        weights[relation], refused = _fit(signals, kinds)
        achieved[relation] = {
            kind: f"{refused[kinds == kind].sum()} of {(kinds == kind).sum()} refused" for kind in sorted(set(kinds))
        }
    fitted = {
        "signals": list(Signals._fields),
        "weights": weights,
        "threshold": THRESHOLD,
        "fitted_to": f"benchmarks/{QUESTIONS.name}, answered and off_topic",
        "achieved": achieved,
    }
    print(json.dumps(fitted, indent=2))
    if args.write:
        WEIGHTS.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


def _fit(signals: Any, kinds: Any) -> tuple[list[float], Any]:
    """Return intercept and weights, and for each question whether it is refused (fitted without its own fold)."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    used = np.isin(kinds, ("answered", "off_topic"))
    answered = kinds[used] == "answered"
    model = LogisticRegression(class_weight="balanced")
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    refused = np.zeros(len(kinds), dtype=bool)
    held_out = cross_val_predict(model, signals[used], answered, cv=folds, method="predict_proba")[:, 1]
    refused[used] = held_out < THRESHOLD
    model.fit(signals[used], answered)
    refused[~used] = model.predict_proba(signals[~used])[:, 1] < THRESHOLD
    return [round(float(w), 4) for w in (*model.intercept_, *model.coef_[0])], refused


if __name__ == "__main__":
    main()
