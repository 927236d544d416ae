from __future__ import annotations

import math

import numpy as np
import pytest

from assistant import Assistant
from assistant.answerability import MOST_KNOWN, Answerability, Signals
from assistant.question import Question, take
from assistant.reader import Reader, Reading
from assistant.searching import ReadSentence, Searched
from corpus import BUNDLED_PAPER, LANGUAGES, Language, load_paper
from index import Embedder, Found, PaperIndex, load_index
from index.known_questions import Resemblance

WEIGHTS = {
    "id": [0.5, 1.0, 0.1, 2.0, -1.0, -3.0, 0.5, -2.0, 0.0, 0.0],
    "en": [0.0, 1.0, 0.1, 2.0, -1.0, -3.0, 0.5, -2.0, 0.0, 0.0],
    "own": [-0.5, 1.0, 0.1, 0.0, -1.0, -3.0, 0.5, -2.0, 0.0, 0.0],
    "other": [-1.0, 1.0, 0.1, 0.0, -1.0, 0.0, 0.5, -2.0, 0.0, 0.0],
}
HALF = dict.fromkeys(WEIGHTS, 0.5)
NOTHING = Signals(*[0.0] * len(Signals._fields))


def asked(language: Language, text: str = "Sichuan") -> Question:
    return take(text, language, None)


def searched(
    text: str, *logits: float, everyday: float = 0.0, answered: float = 0.9, left_open: float = 0.8
) -> Searched:
    scores = np.zeros(1, dtype=np.float32)
    found = Found(scores, 1.5, everyday, Resemblance(scores, answered, left_open, None, 0.0, (), None), text)
    read = [ReadSentence(0, "", Reading(logit, 0, 0, 0.5)) for logit in logits]
    return Searched(found, found.scores, read)


@pytest.fixture
def answerability(paper_index: PaperIndex) -> Answerability:
    return Answerability(paper_index, WEIGHTS, HALF)


@pytest.mark.parametrize(
    ("question", "language", "strange"),
    [
        ("Sichuan Pikobar BNPB", "en", 0.0),
        ("Sichuan kwzxq", "id", 0.0),
        ("qwzx kwzxq", "id", 1.0),
        ("apa", "id", 1.0),
        ("???", "id", 1.0),
    ],
)
def test_a_question_is_strange_of_which_the_paper_has_no_word(
    answerability: Answerability, question: str, language: Language, strange: float
) -> None:
    assert answerability.signals(asked(language), searched(question)).strange == strange


def test_signals_are_taken_from_what_was_found_and_read(answerability: Answerability) -> None:
    signals = answerability.signals(asked("id"), searched("Sichuan", -2.0, 3.0, 0.5, everyday=0.5))
    assert (signals.reading, signals.mean) == (3.0, 0.5)
    assert signals.known == pytest.approx(MOST_KNOWN)  # of the 0.1 that there is
    assert answerability.signals(asked("id"), searched("Sichuan", left_open=0.92)).known == pytest.approx(-0.02)
    assert (signals.nearness, signals.everyday) == (1.5, 0.5)
    nothing_read = answerability.signals(asked("id"), searched("Sichuan"))
    assert (nothing_read.reading, nothing_read.mean) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many masks did Sichuan give?", (1.0, 0.0)),
        ("Why did Sichuan give masks?", (0.0, 1.0)),
        ("What is paradiplomacy?", (0.0, 0.0)),
    ],
)
def test_what_kind_of_question_it_is_is_a_signal(
    answerability: Answerability, question: str, kinds: tuple[float, float]
) -> None:
    signals = answerability.signals(asked("en", question), searched(question))
    assert (signals.exact, signals.unexplained) == kinds


def test_a_reason_is_explained_if_the_best_sentence_gives_one(answerability: Answerability) -> None:
    because = next(s.index for s in load_paper().sentences if "karena" in s.text)
    question = asked("en", "Why did Sichuan give masks?")
    found = searched("Sichuan", 2.0, 1.0)
    for sentences, unexplained in (((because, 0), 0.0), ((0, because), 1.0)):
        read = [read._replace(sentence=index) for read, index in zip(found.read, sentences, strict=True)]
        assert answerability.signals(question, found._replace(read=read)).unexplained == unexplained


def test_to_be_far_from_everyday_questions_says_nothing(answerability: Answerability) -> None:
    assert answerability.signals(asked("id"), searched("Sichuan", everyday=-0.5)).everyday == 0.0


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Did Indonesia obtain Moderna or Sinovac?", ["Moderna"]),
        ("Kenapa Sichuan mengirim 123.456 masker pada tahun 2016?", ["123456"]),
        ("Is the vaccine of the PRC (Moderna) safe?", ["Moderna"]),
        ("Moderna", []),  # a first word is always written large
        ("Who signed for Chengdu and for Bandung?", ["Chengdu"]),
        ("Berapa paket masker, 20.000 atau 20,000?", []),
        ("Then Why can I visit Sichuan, Kalau boleh?", []),
    ],
)
def test_names_and_numbers_that_the_paper_lacks(
    answerability: Answerability, question: str, unknown: list[str]
) -> None:
    assert answerability.unknown_names(question) == unknown


def test_weights_follow_the_paper_and_the_language(paper_index: PaperIndex, embedder: Embedder) -> None:
    known = Answerability(paper_index, WEIGHTS, HALF)
    assert [known.relation(of) for of in LANGUAGES] == ["id", "en"]
    alone = Answerability(load_index(load_paper(BUNDLED_PAPER), embedder), WEIGHTS, HALF)
    assert [alone.relation(of) for of in LANGUAGES] == ["own", "other"]
    signals = NOTHING._replace(reading=1.0, unknown=2.0)
    assert known.probability(signals, "id") == pytest.approx(1 / (1 + math.exp(0.5)))
    assert alone.probability(signals, "en") == pytest.approx(1 / (1 + math.exp(2.0)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_fitted_weights_have_the_signs_they_should(paper_index: PaperIndex, language: Language) -> None:
    fitted = Answerability.load(paper_index)

    def probability(**of: float) -> float:
        return fitted.probability(NOTHING._replace(**of), language)

    assert probability(reading=2.0) > probability(reading=-2.0)
    assert probability(mean=2.0) > probability(mean=-2.0)
    assert probability(known=0.05) > probability(known=-0.05)
    assert probability(unknown=2.0) < probability(unknown=0.0)
    assert probability(strange=1.0) < probability(strange=0.0)
    assert probability(everyday=1.0) < probability(everyday=0.0)
    assert fitted.is_enough(1.0, language)
    assert not fitted.is_enough(0.0, language)


def test_threshold_decides(paper_index: PaperIndex, reader: Reader) -> None:
    questions = ["Siapa yang meluncurkan Pikobar?", "How tall is Mount Everest?"]
    for threshold, status in ((0.0, "answered"), (1.01, "not_in_paper")):
        answerability = Answerability(paper_index, WEIGHTS, dict.fromkeys(WEIGHTS, threshold))
        answers = Assistant(paper_index, reader, answerability).ask_many(questions)
        assert [a.status for a in answers] == [status, status]
