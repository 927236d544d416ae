"""Examples from public question sets: IDK-MRC, SQuAD 2.0 in English and in both languages aligned, FacQA.

What is held out: IDK-MRC's valid split, and of both SQuAD sets three of the sixteen articles.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.windows import text_windows
from index.words import split_words
from training.examples import Example

HELD_OUT_ARTICLES = frozenset({"Steam_engine", "Warsaw", "Yuan_dynasty"})

Questions = list[dict[str, Any]]


def is_held_out(text: Mapping[str, Any]) -> bool:
    """Tell whether a text of either SQuAD set is of an article that is held out; one writes titles with spaces."""
    return text["title"].replace(" ", "_") in HELD_OUT_ARTICLES


def load(folder: Path, name: str) -> tuple[dict[str, dict[str, Any]], Questions]:
    """Return a set's texts by id, and its questions."""
    texts, questions = (
        [json.loads(line) for line in (folder / "public" / name / f"{part}.jsonl").read_text("utf-8").splitlines()]
        for part in ("corpus", "queries")
    )
    return {text["id"]: text for text in texts}, questions


def training_examples(folder: Path, seed: int) -> list[Example]:
    """Return all examples to train on, in a random order that the seed decides."""
    chance = random.Random(seed)
    examples = [
        example
        for question, text, answers in _read_pairs(folder)
        for example in _examples(question, text, answers, chance)
    ]
    examples += _of_other_texts(examples, chance)
    chance.shuffle(examples)
    return examples


def _read_pairs(folder: Path) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield each question to train on, a text to read for it, and the answers as they stand there (none: no answer)."""
    for name in ("idk_mrc", "facqa"):
        texts, questions = load(folder, name)
        for question in questions:
            if question["split"] == "train":
                yield question["text"], texts[question["context_id"]]["text"], question["answers"]
    texts, questions = load(folder, "squad2_en")
    for question in questions:
        text = texts[question["context_id"]]
        if not is_held_out(text):
            yield question["text"], text["text"], question["answers"]
    for question, text, answers in aligned_pairs(folder):
        if not is_held_out(text) and not question["lang"] == text["lang"] == "en":
            yield question["text"], text["text"], answers


def aligned_pairs(folder: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any], list[str]]]:
    """Yield each question of the aligned set with its text in each language, and the answers in the text's."""
    texts, questions = load(folder, "squad2_en_id_aligned")
    by_id = {question["id"]: question for question in questions}
    for question in questions:
        for text in (texts[context] for context in question["context_ids"]):
            told = question if question["lang"] == text["lang"] else by_id[question["parallel"]]
            yield question, text, told["answers"]


def _examples(question: str, text: str, answers: Sequence[str], chance: random.Random) -> Iterator[Example]:
    """Yield what one question teaches about one text: where the answer is, and what looks like one and is not."""
    windows = text_windows(text)
    chance.shuffle(windows)
    asked = {word.lower() for word in split_words(question)}
    windows.sort(key=lambda window: -len(asked & {word.lower() for word in split_words(window.text)}))
    answers = [answer for answer in answers if answer in text]
    holding = [window for window in windows if any(answer in window.text for answer in answers)]
    others = [window for window in windows if window not in holding]
    for window in holding[:2]:
        answer = next(answer for answer in answers if answer in window.text)
        start = window.text.index(answer)
        yield Example(question, window.text, True, start, start + len(answer))
    # Of a question with an answer, a window without it teaches less: it may still say the same in other words.
    for window in others[:1]:
        if not answers or chance.random() < 0.5:
            yield Example(question, window.text, False)
    if not answers and len(others) > 1 and chance.random() < 0.5:
        yield Example(question, chance.choice(others[1:]).text, False)


def _of_other_texts(examples: Sequence[Example], chance: random.Random) -> list[Example]:
    """Return questions with windows that have nothing to do with them, one for each seven examples."""
    drawn = chance.sample(examples, len(examples) // 7), chance.sample(examples, len(examples) // 7)
    return [Example(one.question, other.window, False) for one, other in zip(*drawn, strict=True)]
