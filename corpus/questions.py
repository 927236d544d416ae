"""Questions about a paper, written for this project in both languages: some that it answers, some that it leaves open.

A file of JSON lines, one for each question: ``id``, ``question_id``, ``question_en``, and ``sentences``, the ids of
those that answer it, the best first. Of a question that the paper answers, ``answer_id`` and ``answer_en`` are the
words that answer, as they stand in the first sentence or in its translation. Of one that it leaves open there are no
sentences; ``near`` lists those that come nearest, and ``premise`` is true where it takes something for granted that the
paper does not say.
"""

from __future__ import annotations

import json
from pathlib import Path

from corpus.entries import SentenceIds, in_both
from corpus.paper import KnownQuestion, Paper


def read_questions(path: Path, paper: Paper) -> tuple[KnownQuestion, ...]:
    """Return a paper's known questions in the file's order; raises PaperError for a sentence that is not in it."""
    ids = SentenceIds(paper, path)
    questions = []
    with path.open(encoding="utf-8") as lines:
        for entry in map(json.loads, lines):
            questions.append(
                KnownQuestion(
                    id=entry["id"],
                    text=in_both(entry, "question"),
                    sentences=ids.indexes(entry["sentences"], entry["id"]),
                    near=ids.indexes(entry.get("near", ()), entry["id"]),
                    answer=in_both(entry, "answer"),
                    has_false_premise=entry.get("premise", False),
                )
            )
    return tuple(questions)
