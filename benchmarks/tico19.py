"""How well passages are found across languages without a translation, as in most papers, on TICO-19.

    python -m benchmarks.tico19 [--eval FOLDER]

589 parallel passages about COVID-19 in Indonesian and English, a sentence of each as the question (Anastasopoulos et
al. 2020, https://arxiv.org/abs/2007.01788). A question seeks the passage in the other language: once among that
language's passages only, and once among both languages', its own language's twin left out, where a model is drawn to
its own language and `index.languages.language_offset` takes that advantage away. The figures are reported; there is no
limit to miss.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from benchmarks.belebele import ndcg_at_10
from benchmarks.data import read_lines
from corpus import LANGUAGES, OTHER, TanyaError
from index import Embedder
from index.encoders import Vectors
from index.languages import language_offset


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return 2 without data or model."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tico19", description="cross-lingual search on TICO-19")
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder of evaluation data")
    options = parser.parse_args(arguments)
    data = options.eval / "public" / "tico19"
    if not (data / "corpus.jsonl").is_file():
        print(f"There is no {data / 'corpus.jsonl'}; say where the evaluation data is: --eval FOLDER", file=sys.stderr)
        return 2
    try:
        embedder = Embedder.load()
    except TanyaError as error:
        print(error, file=sys.stderr)
        return 2
    _compare(embedder, data)
    return 0


def _compare(embedder: Embedder, data: Path) -> None:
    corpus, queries = read_lines(data / "corpus.jsonl"), read_lines(data / "queries.jsonl")
    passages = embedder.encode_passages([passage["text"] for passage in corpus])
    questions = embedder.encode_queries([query["text"] for query in queries])
    languages = np.array([passage["lang"] for passage in corpus])
    offsets = language_offset(passages, [passage["lang"] for passage in corpus])
    print("| questions | passages | found first | nDCG@10 |\n|---|---|---|---|")
    for language in LANGUAGES:
        rows = [row for row, query in enumerate(queries) if query["lang"] == language]
        relevant = np.array([[passage["id"] in queries[row]["relevant"] for passage in corpus] for row in rows])
        cosines = questions[rows] @ passages.T
        # An advantage is only taken away, never given, as in search.
        unfair = np.stack([np.maximum(0, questions[rows] @ offsets[code]) for code in LANGUAGES])
        fair = cosines - np.array([unfair[LANGUAGES.index(code)] for code in languages]).T
        other = languages == OTHER[language]
        twin = relevant & ~other
        _report(language, f"{OTHER[language]} only", cosines[:, other], relevant[:, other])
        _report(language, "both, as they are", np.where(twin, -np.inf, cosines), relevant & other)
        _report(language, "both, offset taken away", np.where(twin, -np.inf, fair), relevant & other)


def _report(language: str, passages: str, scores: Vectors, relevant: np.typing.NDArray[np.bool_]) -> None:
    first = np.take_along_axis(relevant, scores.argmax(axis=1)[:, None], axis=1).mean()
    print(f"| {language} | {passages} | {100 * first:.1f}% | {ndcg_at_10(scores, relevant):.3f} |")


if __name__ == "__main__":
    sys.exit(main())
