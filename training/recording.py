"""Records scores of the shipped weights when they are made, so that a test can check them."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.reader import WEIGHTS, Reader
from assistant.windows import PaperWindows
from corpus import LANGUAGES, Paper

RECORD = WEIGHTS.with_name("scores.json")
_PAIRS = 10


def record(paper: Paper, file: Path = RECORD) -> None:
    """Write the shipped reader's scores for ten questions, each with a sentence that may answer it."""
    windows = PaperWindows(paper)
    questions = paper.annotations.questions[:: len(paper.annotations.questions) // _PAIRS][:_PAIRS]
    pairs = []
    for nth, question in enumerate(questions):
        language = LANGUAGES[nth % len(LANGUAGES)]
        sentence = (question.sentences or question.near)[0]
        pairs.append((question.text[language], windows.window(sentence, language).text))
    readings = Reader.load().read(pairs)
    lines = [
        json.dumps({"question": question, "text": text, **reading._asdict()}, ensure_ascii=False)
        for (question, text), reading in zip(pairs, readings, strict=True)
    ]
    file.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
