"""Examples from public question sets: IDK-MRC, SQuAD 2.0 in English and in both languages aligned, FacQA.

Each text stands in a document, as a paragraph of a paper does: of SQuAD all texts of an article, of the other sets
`_TOGETHER` texts that follow each other. A window that does not answer is taken from those that search would bring up:
the nearest of the same text and the nearest of the whole document (hard negatives, Karpukhin et al. 2020,
https://arxiv.org/abs/2004.04906).

What is held out: IDK-MRC's valid split, and of both SQuAD sets three of the sixteen articles.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assistant.windows import Window, text_windows
from corpus import LANGUAGES, Language
from index import Embedder
from index.background import background_questions
from training.examples import Example
from training.noise import as_met, as_typed, word_by_word

HELD_OUT_ARTICLES = frozenset({"Steam_engine", "Warsaw", "Yuan_dynasty"})

_TOGETHER = 40
"""Texts of a set without articles that stand in one document."""
_NEAREST = 12
"""Windows of a document among which those that do not answer are looked for."""
_LONGER = 0.15
"""The share of windows that hold the sentence after as well."""
_CROSSED = 0.15
"""The share of questions that are put into the other language, word by word."""
_EVERYDAY = 8
"""Windows of some text that each question on everyday matters is read with."""
_UNRELATED = 750
"""Questions about something else, in each language, that are read with the bundled paper's sentences."""

Questions = list[dict[str, Any]]


class PublicQuestion(NamedTuple):
    """A question, its language, the text it is read with, and the answers as they stand there (none: no answer).

    ``is_exact``: the answers are the words that answer, and not whole sentences that hold them. ``crossed``: the same
    question in the other language. ``near``: words of the sentence that comes nearest to an answer and is none.
    """

    question: str
    language: Language
    text: str
    answers: Sequence[str]
    is_exact: bool = True
    crossed: str | None = None
    near: str | None = None


class TextWindows(NamedTuple):
    """The windows of a text, the document that it stands in, and where among the windows of all texts they begin."""

    windows: list[Window]
    document: str
    first: int


class SearchedTexts:
    """The windows of all texts, with their vectors, each text by itself or amid its document."""

    def __init__(
        self,
        texts: Mapping[str, str],
        embedder: Embedder,
        windows_of: Callable[[str], list[Window]] = text_windows,
    ) -> None:
        """Encode the windows' sentences; ``texts`` holds the document of each text."""
        self._texts: dict[str, TextWindows] = {}
        self._windows: list[Window] = []
        documents: dict[str, list[int]] = {}
        for text, document in texts.items():
            windows = windows_of(text)
            self._texts[text] = TextWindows(windows, document, len(self._windows))
            documents.setdefault(document, []).extend(range(len(self._windows), len(self._windows) + len(windows)))
            self._windows += windows
        self._documents = {document: np.array(rows) for document, rows in documents.items()}
        self._vectors = embedder.encode_passages([window.text[window.at :] for window in self._windows])

    def near(self, question: np.ndarray[Any, Any], text: str) -> list[Window]:
        """Return a text's windows, the nearest to the question's vector first."""
        own = self._texts[text]
        similarities = self._vectors[own.first : own.first + len(own.windows)] @ question
        return [own.windows[row] for row in np.argsort(-similarities)]

    def near_in_document(self, question: np.ndarray[Any, Any], text: str) -> list[Window]:
        """Return the nearest windows of the other texts of a text's document, the nearest first."""
        own = self._texts[text]
        rows = self._documents[own.document]
        rows = rows[(rows < own.first) | (rows >= own.first + len(own.windows))]
        return [self._windows[row] for row in rows[np.argsort(-(self._vectors[rows] @ question))][:_NEAREST]]

    def longer(self, window: Window, text: str) -> Window:
        """Return a window of a text with the sentence after it, if there is one."""
        windows = self._texts[text].windows
        after = windows.index(window) + 1 if window in windows else len(windows)
        if after >= len(windows):
            return window
        return Window(f"{window.text} {windows[after].text[windows[after].at :]}", window.at)

    def any(self, chance: random.Random) -> Window:
        """Return a window of some text."""
        return chance.choice(self._windows)


def is_held_out(text: Mapping[str, Any]) -> bool:
    """Return whether a text of either SQuAD set is of an article held out; one set writes titles with spaces."""
    return text["title"].replace(" ", "_") in HELD_OUT_ARTICLES


def load(folder: Path, name: str) -> tuple[dict[str, dict[str, Any]], Questions]:
    """Return a set's texts by id, and its questions."""
    texts, questions = (
        [json.loads(line) for line in (folder / "public" / name / f"{part}.jsonl").read_text("utf-8").splitlines()]
        for part in ("corpus", "queries")
    )
    return {text["id"]: text for text in texts}, questions


def training_examples(folder: Path, seed: int, embedder: Embedder) -> list[Example]:
    """Return all examples to train on, in a random order that the seed decides."""
    chance = random.Random(seed)
    questions, documents = _read(folder)
    searched = SearchedTexts(documents, embedder)
    vectors = embedder.encode_queries([question.question for question in questions])
    examples = []
    for question, vector in zip(questions, vectors, strict=True):
        asked = question.question
        if chance.random() < _CROSSED:
            asked = word_by_word(asked, question.language)
        for example in examples_of(question, vector, searched, chance):
            examples.append(as_met(as_typed(example._replace(question=asked), chance), chance))
    examples += _of_other_texts(examples, chance)
    everyday = [text for language in LANGUAGES for text in background_questions()[language]]
    examples += [Example(text, searched.any(chance).text, False) for text in everyday * _EVERYDAY]
    chance.shuffle(examples)
    return examples


def unrelated_questions(folder: Path, seed: int) -> list[tuple[str, Language]]:
    """Return questions that are trained on, `_UNRELATED` in each language: the bundled paper answers none of them."""
    indonesian = [question["text"] for question in load(folder, "idk_mrc")[1] if question["split"] == "train"]
    texts, questions = load(folder, "squad2_en")
    english = [question["text"] for question in questions if not is_held_out(texts[question["context_id"]])]
    chance = random.Random(seed)
    return [
        *((text, "id") for text in chance.sample(indonesian, _UNRELATED)),
        *((text, "en") for text in chance.sample(english, _UNRELATED)),
    ]


def _read(folder: Path) -> tuple[list[PublicQuestion], dict[str, str]]:
    """Return the questions to train on, and the document of each of their texts."""
    questions: list[PublicQuestion] = []
    documents: dict[str, str] = {}
    for name in ("idk_mrc", "facqa"):
        texts, asked = load(folder, name)
        trained = [question for question in asked if question["split"] == "train"]
        order = list(dict.fromkeys(question["context_id"] for question in trained))
        documents |= {texts[context]["text"]: f"{name} {nth // _TOGETHER}" for nth, context in enumerate(order)}
        for question in trained:
            text = texts[question["context_id"]]["text"]
            questions.append(PublicQuestion(question["text"], "id", text, question["answers"]))
    texts, asked = load(folder, "squad2_en")
    for question in asked:
        text = texts[question["context_id"]]
        if not is_held_out(text):
            documents[text["text"]] = f"en {text['title']}".replace(" ", "_")
            questions.append(PublicQuestion(question["text"], "en", text["text"], question["answers"]))
    for question, text, answers in aligned_pairs(folder):
        if not is_held_out(text) and not question["lang"] == text["lang"] == "en":
            documents.setdefault(text["text"], f"{text['lang']} {text['title']}".replace(" ", "_"))
            questions.append(PublicQuestion(question["text"], question["lang"], text["text"], answers))
    return questions, documents


def aligned_pairs(folder: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any], list[str]]]:
    """Yield each question of the aligned set with its text in each language, and the answers in the text's."""
    texts, questions = load(folder, "squad2_en_id_aligned")
    by_id = {question["id"]: question for question in questions}
    for question in questions:
        for text in (texts[context] for context in question["context_ids"]):
            source = question if question["lang"] == text["lang"] else by_id[question["parallel"]]
            yield question, text, source["answers"]


def examples_of(
    question: PublicQuestion, vector: np.ndarray[Any, Any], searched: SearchedTexts, chance: random.Random
) -> Iterator[Example]:
    """Yield the examples of a question: its answer, and windows that look like one and are not."""

    def longer(window: Window) -> Window:
        return searched.longer(window, question.text)

    yield from _of_windows(question, searched.near(vector, question.text), chance, longer)
    near = searched.near_in_document(vector, question.text)
    elsewhere = [window for window in near if not _holds(window, question)]
    if elsewhere and chance.random() < 0.5:
        yield Example(question.question, elsewhere[0 if chance.random() < 0.5 else -1].text, False)


def _of_windows(
    question: PublicQuestion,
    windows: Sequence[Window],
    chance: random.Random,
    longer: Callable[[Window], Window] = lambda window: window,
) -> Iterator[Example]:
    """Yield the examples of a question with the windows of its text, the nearest first; some are made ``longer``."""

    def read(window: Window) -> Window:
        return longer(window) if chance.random() < _LONGER else window

    has_answer = bool(question.answers)
    checked = [window for window in windows if question.near and question.near in window.text[window.at :]][:1]
    for window in checked:
        yield Example(question.question, read(window).text, False, is_checked=True)
    for window in [window for window in windows if _holds(window, question)][:2]:
        span = _span(window, question.answers) if question.is_exact else (None, None)
        yield Example(question.question, read(window).text, True, *span)
    others = [window for window in windows if not _holds(window, question) and window not in checked]
    # A window without the answer's words may still answer in others, so fewer such windows are taken.
    if others and (not has_answer or chance.random() < 0.5):
        yield Example(question.question, (others[0] if has_answer else read(others[0])).text, False)
    if not has_answer and len(others) > 1 and chance.random() < 0.4:
        yield Example(question.question, others[1].text, False)


def _holds(window: Window, question: PublicQuestion) -> bool:
    """Return whether a window has an answer in it, or is itself one sentence of an answer that has several."""
    sentence = window.text[window.at :]
    return any(
        answer in window.text or (not question.is_exact and sentence in answer)
        for answer in question.answers
        if answer in question.text
    )


def _span(window: Window, answers: Sequence[str]) -> tuple[int, int]:
    """Return where the first answer stands in a window, by characters."""
    answer = next(answer for answer in answers if answer in window.text)
    start = window.text.index(answer)
    return start, start + len(answer)


def _of_other_texts(examples: Sequence[Example], chance: random.Random) -> list[Example]:
    """Return questions with windows that have nothing to do with them, one for each twelve examples."""
    drawn = chance.sample(examples, len(examples) // 12), chance.sample(examples, len(examples) // 12)
    return [Example(one.question, other.window, False) for one, other in zip(*drawn, strict=True)]
