"""Examples from sets on science, contracts and everyday texts, which the evaluation folder does not hold.

The public sets are encyclopedia and news; papers and laws are written otherwise. Each set is a file ``NAME.jsonl`` in
one folder, with a question on each line: question, language, context, answerable, answers as they stand in the context,
and ``"span": false`` if the answers are whole sentences. The model card, `assistant/data/reader/README.md`, names the
sets that the shipped weights were trained on.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.windows import Window, text_windows
from corpus.structure.sentences import split_sentences
from index.words import split_words, stems
from training.examples import Example
from training.lexicon import Lexicon
from training.noise import as_met, as_typed
from training.public_sets import PublicQuestion, examples_of_windows

_MOST = 2500
"""Questions of one set, so that none outweighs the others."""
_OF_A_TEXT = 3
"""Questions on one text."""
_LONGEST_QUESTION = 300
_LONGEST_TEXT = 2000
_LONGEST_SENTENCE = 600
"""Characters. A text with a longer sentence is a table, or badly extracted."""
_OTHERS = 12
"""Other texts of a set that are searched for a window that does not answer."""
_MIXED = 0.3
"""The share of questions with half of their words replaced by the other language's: these sets have but one."""


def further_examples(folder: Path, lexicon: Lexicon, seed: int) -> list[Example]:
    """Return the examples of all sets in a folder, in a random order.

    A window that does not answer is one that shares the most words with the question: of the same text, and of some
    others of the same set.
    """
    chance = random.Random(seed)
    examples = []
    for file in sorted(folder.glob("*.jsonl")):
        questions = list(_questions(file, chance))
        rarity = _rarity([question.text for question in questions])
        for question in questions:
            windows = _nearest(question, text_windows(question.text), rarity)
            found = list(examples_of_windows(question, windows, chance))
            found += _elsewhere(question, questions, rarity, chance)
            asked = question.question
            if chance.random() < _MIXED:
                asked = lexicon.mixed(asked, question.language, chance)
            examples += [as_met(as_typed(example._replace(question=asked), chance), chance) for example in found]
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
        is_odd = any(end - start > _LONGEST_SENTENCE for start, end in split_sentences(text))
        is_long = len(line["question"]) > _LONGEST_QUESTION
        if is_cut_off or is_odd or is_long or counts[text] >= _OF_A_TEXT or counts.total() >= _MOST:
            continue
        counts[text] += 1
        yield PublicQuestion(line["question"], line["language"], text, answers, line.get("span", True))


def _rarity(texts: Sequence[str]) -> dict[str, float]:
    """Return the inverse document frequency of each stem."""
    counts = Counter(stem for text in dict.fromkeys(texts) for stem in set(stems(split_words(text), "en")))
    return {stem: math.log(1 + len(texts) / count) for stem, count in counts.items()}


def _elsewhere(
    question: PublicQuestion, questions: Sequence[PublicQuestion], rarity: dict[str, float], chance: random.Random
) -> Iterator[Example]:
    """Yield a question with the nearest window of some other texts, which does not answer it."""
    texts = {other.text for other in chance.sample(questions, min(_OTHERS, len(questions)))} - {question.text}
    windows = [window for text in texts for window in text_windows(text)]
    windows = [window for window in windows if not any(answer in window.text for answer in question.answers)]
    if windows:
        yield Example(question.question, _nearest(question, windows, rarity)[0].text, False)


def _nearest(question: PublicQuestion, windows: Sequence[Window], rarity: dict[str, float]) -> list[Window]:
    """Return windows, those that share the most and the rarest words with the question first."""
    asked = set(stems(split_words(question.question), "en"))

    def shared(window: Window) -> float:
        return sum(rarity.get(stem, 0.0) for stem in asked & set(stems(split_words(window.text[window.at :]), "en")))

    return sorted(windows, key=shared, reverse=True)
