"""What each way of finding a passage finds by itself, and what their fusion finds.

    python -m benchmarks.retrieval

The questions are the project's own, ``benchmarks/questions.jsonl``, which the fusion's weights were chosen on.
evidence@k: of those the paper answers, the share whose first k passages hold a sentence that answers. Exits with 1 if
the fusion is not the best.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.data import QUESTIONS, read_lines
from corpus import LANGUAGES, Language, load_paper
from index import Embedder, PaperIndex, load_index
from index.encoders import Vectors
from index.fusion import Fusion


def main() -> int:
    """Print the table."""
    index = load_index(load_paper(), Embedder.load())
    questions = [question for question in read_lines(QUESTIONS) if question["answerable"]]
    print(f"{len(questions)} questions     " + "".join(f"{language} @1    {language} @3    " for language in LANGUAGES))
    figures = {}
    for name, score in _ways(index).items():
        figures[name] = [figure for language in LANGUAGES for figure in _evidence(index, questions, language, score)]
        print(f"{name:16}" + "".join(f"{100 * figure:8.1f}" for figure in figures[name]))
    fused = figures.pop("fusion")
    return 0 if all(np.greater_equal(fused, other).all() for other in figures.values()) else 1


def _ways(index: PaperIndex) -> dict[str, Callable[[str, Language], Vectors]]:
    """Return, by name, how each way scores the sentences for a question."""
    passages = index.paper.passages
    fusion = Fusion(passages, len(index.paper.sentences))
    nothing = np.zeros(len(passages), dtype=np.float32)
    vectors = index.vectors.reconstruct_n(0, len(passages))

    def similarity(question: str, language: Language) -> Vectors:
        vector = index.embedder.encode_queries([question])[0]
        alone = np.full(len(index.paper.sentences), -np.inf, dtype=np.float32)
        for passage, cosine in zip(passages, vectors @ vector, strict=True):
            if passage.first == passage.last:
                alone[passage.first] = cosine
        return alone

    def words(question: str, language: Language) -> Vectors:
        return fusion.scores(nothing, index.sides[language].words.scores(question, language)[: len(passages)])

    return {
        "similarity": similarity,
        "words": words,
        "fusion": lambda question, language: index.search([question], [language])[0].scores,
    }


def _evidence(
    index: PaperIndex, questions: list[dict[str, Any]], language: Language, score: Callable[[str, Language], Vectors]
) -> tuple[float, float]:
    """Return evidence@1 and evidence@3; the first of three passages is what one passage alone would be."""
    first = among = 0
    for question in questions:
        hits = index.best(score(question[f"question_{language}"], language), 3)
        holds = [any(quote in hit.passage.full_text for quote in question["evidence"]) for hit in hits]
        first += holds[0]
        among += any(holds)
    return first / len(questions), among / len(questions)


if __name__ == "__main__":
    sys.exit(main())
