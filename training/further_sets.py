"""Examples from sets on science, contracts, laws and everyday texts, which the evaluation folder does not hold.

The public sets are encyclopedia and news; papers and laws are written otherwise. Each set is a file ``NAME.jsonl`` in
one folder, with a question on each line: question, language, context, answerable, answers as they stand in the context,
and ``"span": false`` if these are whole sentences. Where there is one, ``"crossed"`` is the same question in the other
language, and ``"near"`` the words of a sentence that nearly answers. The model card,
`assistant/data/reader/README.md`, names the sets that the shipped weights were trained on.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assistant.windows import PaperWindows, Window, text_windows
from corpus.loading import read_paper
from index import Embedder
from training.examples import Example
from training.noise import as_met, as_typed, word_by_word
from training.public_sets import PublicQuestion, SearchedTexts, examples_of

_MOST = 3000
"""Questions of one set, so that none outweighs the others."""
_OF_A_TEXT = 10
"""Questions on one text."""
_LONGEST_QUESTION = 300
_LONGEST_TEXT = 2500
_LONGEST_SENTENCE = 600
"""Characters. A text with a longer sentence is a table, or badly extracted."""
_TOGETHER = 30
"""Texts of a set that stand in one document."""
_CROSSED = 0.3
"""The share of questions without a translation that are put into the other language, word by word."""


def further_examples(folder: Path, seed: int, embedder: Embedder) -> list[Example]:
    """Return the examples of all sets in a folder, in a random order that the seed decides."""
    chance = random.Random(seed)
    examples = []
    for file in sorted(folder.glob("*.jsonl")):
        questions = list(_questions(file, chance))
        texts = dict.fromkeys(question.text for question in questions)
        documents = {text: str(nth // _TOGETHER) for nth, text in enumerate(texts)}
        searched = SearchedTexts(documents, embedder, _windows)
        vectors = embedder.encode_queries([question.question for question in questions])
        for question, vector in zip(questions, vectors, strict=True):
            asked = question.question
            if question.crossed is None and chance.random() < _CROSSED:
                asked = word_by_word(asked, question.language)
            for example in examples_of(question, vector, searched, chance):
                found = example._replace(question=asked, crossed=question.crossed)
                examples.append(as_met(as_typed(found, chance), chance))
    chance.shuffle(examples)
    return examples


def _questions(file: Path, chance: random.Random) -> Iterator[PublicQuestion]:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    chance.shuffle(lines)
    counts: Counter[str] = Counter()
    for line in lines:
        text = line["context"][:_LONGEST_TEXT]
        answers = [answer for answer in line["answers"] if answer in text] if line["answerable"] else []
        is_cut_off = line["answerable"] and not answers
        is_odd = any(len(window.text) - window.at > _LONGEST_SENTENCE for window in _windows(text))
        is_long = len(line["question"]) > _LONGEST_QUESTION
        if is_cut_off or is_odd or is_long or counts[text] >= _OF_A_TEXT or counts.total() >= _MOST:
            continue
        counts[text] += 1
        is_exact = line.get("span", True)
        crossed, near = line.get("crossed"), line.get("near")
        yield PublicQuestion(line["question"], line["language"], text, answers, is_exact, crossed, near)


@cache  # several questions are read with one text
def _windows(text: str) -> list[Window]:
    """Return the windows of a text. One with line breaks has articles and lists, and is read as a paper is."""
    if "\n" not in text:
        return text_windows(text)
    paper = read_paper("text.txt", text.encode())
    windows = PaperWindows(paper)
    return [windows.window(number, sentence.language) for number, sentence in enumerate(paper.sentences)]
