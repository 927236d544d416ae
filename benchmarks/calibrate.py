"""Fit the weights of `assistant.answerability`, and report how well they separate questions.

    python -m benchmarks.calibrate [--eval FOLDER] [--write]

The weights separate questions that a paper answers from questions that it leaves open, whether these are on its own
matters or on something else.

For a paper with known questions ("id" and "en", by the question's language) the questions of
``benchmarks/questions.jsonl``, on which the reader is never trained, are asked of the bundled paper. What is about
something else is of IDK-MRC's valid split and, in English, of SQuAD 2.0's held-out articles.

For any other paper ("own" and "other", by whether the question is in its language) they are asked of strangers'
documents (`benchmarks.strangers`): what was fitted to one domain does not hold in the next (Kamath et al. 2020,
https://arxiv.org/abs/2006.09462).

The figures are those of weights fitted without the question's fold, in ten folds; for strangers' documents, without
the question's document. The thresholds are chosen by hand from the trade-offs that are printed, and stand in
`THRESHOLDS`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.answerability import Answerability, Relation, Signals
from assistant.question import take
from assistant.reader import Reader
from assistant.searching import Searcher
from benchmarks.data import QUESTIONS, read_lines
from benchmarks.reading import idk_mrc, squad
from benchmarks.strangers import strangers
from corpus import LANGUAGES, Language, load_paper
from index import Embedder, PaperIndex, load_index
from index.encoders import Vectors
from index.store import load_background

FITTED = Path(__file__).parents[1] / "assistant" / "data" / "answerability.json"
THRESHOLDS = {"id": 0.51, "en": 0.51, "own": 0.44, "other": 0.5}
_ELSEWHERE = 300
_SIGNS = {"reading": 1, "mean": 1, "known": 1, "unknown": -1, "strange": -1, "nearness": 1, "everyday": -1}
"""The sign that each signal must have by its meaning. One that is fitted with the other sign is left out, as chance."""
_REGULARISED = 0.03
"""The regression's C: the less, the less any one signal weighs. It separates as well as 1 (AUROC within .005). But
these sets have many questions for a number or a reason without an answer, and so none is refused for being one."""


class Case(NamedTuple):
    """A question with its kind, "answered" or the reason why it is not, and the document that it is asked of."""

    text: str
    kind: str
    document: str = ""


def main() -> None:
    """Fit, print, and with ``--write`` keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder of the evaluation data")
    parser.add_argument("--write", action="store_true", help=f"write {FITTED.name}")
    args = parser.parse_args()
    for path in (args.eval / "papers", args.eval / "public"):
        if not path.exists():
            parser.exit(2, f"{path} is absent: give the folder of the evaluation data with --eval\n")
    embedder, reader = Embedder.load(), Reader.load()
    measured = _strangers(args.eval, embedder, load_background(embedder), reader)
    index = load_index(load_paper(), embedder)
    measured |= {language: _measured(index, language, reader, args.eval) for language in LANGUAGES}
    weights, achieved = {}, {}
    for relation, (cases, signals) in measured.items():
        weights[relation], probabilities = fit(signals, cases)
        achieved[relation] = trade_off(cases, probabilities)
    fitted = {
        "signals": list(Signals._fields),
        "weights": weights,
        "thresholds": THRESHOLDS,
        "refused_by_threshold": achieved,
    }
    print(json.dumps(fitted, indent=2))
    if args.write:
        FITTED.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


def _strangers(
    folder: Path, embedder: Embedder, background: dict[Language, Vectors], reader: Reader
) -> dict[Relation, tuple[list[Case], NDArray[np.float64]]]:
    """Return the cases of strangers' documents, and the signals of each, in the document's language and in another."""
    cases: dict[Relation, list[Case]] = {"own": [], "other": []}
    signals: dict[Relation, list[NDArray[np.float64]]] = {"own": [], "other": []}
    for stranger in tqdm(list(strangers(folder)), desc="documents"):
        index = PaperIndex.build(stranger.paper, embedder, background)
        answerability = Answerability(index, {}, {})
        for language in LANGUAGES:
            asked = [question for question in stranger.questions if question.language == language]
            chosen = [Case(question.text, question.kind, stranger.paper.name) for question in asked]
            relation = answerability.relation(language)
            cases[relation] += chosen
            signals[relation].append(_signals(index, reader, language, chosen))
    return {relation: (cases[relation], np.concatenate(signals[relation])) for relation in cases}


def _measured(
    index: PaperIndex, language: Language, reader: Reader, folder: Path
) -> tuple[list[Case], NDArray[np.float64]]:
    """Return the cases of the bundled paper in a language and the signals of each, shape (cases, signals)."""
    own = [
        Case(question[f"question_{language}"], "answered" if question["answerable"] else question["type"])
        for question in read_lines(QUESTIONS)
    ]
    items = idk_mrc(folder) if language == "id" else squad(folder, "en", "en")
    elsewhere = [Case(item.question, "elsewhere") for item in random.Random(0).sample(items, _ELSEWHERE)]
    cases = [*own, *elsewhere]
    return cases, _signals(index, reader, language, cases)


def _signals(index: PaperIndex, reader: Reader, language: Language, cases: Sequence[Case]) -> NDArray[np.float64]:
    answerability = Answerability(index, {}, {})
    questions = [take(case.text, language, None) for case in cases]
    searched = Searcher(index, reader).search(questions)
    return np.array([answerability.signals(*pair) for pair in zip(questions, searched, strict=True)])


def fit(signals: NDArray[np.float64], cases: Sequence[Case]) -> tuple[list[float], NDArray[np.float64]]:
    """Return intercept and weights, and the probability of each case by weights fitted without its fold.

    A fold holds whole documents, where there are several.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    answered = np.array([case.kind == "answered" for case in cases])
    # On one scale, so that the penalty on great weights does not weigh on the signals that vary little.
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_REGULARISED, class_weight="balanced"))
    documents = [case.document for case in cases]
    if len(set(documents)) > 1:
        folds = GroupKFold(10).split(signals, answered, documents)
    else:
        folds = StratifiedKFold(10, shuffle=True, random_state=0).split(signals, answered)
    held_out = cross_val_predict(model, signals, answered, cv=folds, method="predict_proba")[:, 1]
    scaler, regression = model.fit(signals, answered)
    weights = regression.coef_[0] / scaler.scale_
    wrong = [weight * _SIGNS.get(name, 0) < 0 for name, weight in zip(Signals._fields, weights, strict=True)]
    if any(wrong):
        return fit(np.where(wrong, 0.0, signals), cases)
    intercept = regression.intercept_[0] - weights @ scaler.mean_
    return [round(float(weight), 4) for weight in (intercept, *weights)], held_out


def trade_off(cases: Sequence[Case], probabilities: NDArray[np.float64]) -> dict[str, dict[str, Any]]:
    """Return, by threshold, the share of each kind of question that is refused."""
    kinds = np.array([case.kind for case in cases])
    return {
        f"{threshold:.2f}": {
            kind: round(float((probabilities[kinds == kind] < threshold).mean()), 3) for kind in sorted(set(kinds))
        }
        for threshold in np.arange(0.2, 0.81, 0.05)
    }


if __name__ == "__main__":
    main()
