"""Questions to the bundled paper, put to the real model: what is answered, how, and what is refused."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, Citation, QuestionError
from assistant.answering.citing import CITED
from assistant.answering.paragraphs import LONGEST_LIST, LONGEST_TEXT
from assistant.question import LONGEST_QUESTION
from assistant.wording import say
from corpus import BUNDLED_PAPER, Language, Paper, PaperError, read_paper

ANSWERED: list[tuple[str, Language, str]] = [
    ("Kapan COVID-19 pertama kali ditemukan di Wuhan?", "id", "31 Desember 2019"),
    ("When was COVID-19 first found in Wuhan?", "en", "31 Desember 2019"),
    ("berapa masker yg dikasih sichuan ke jabar?", "id", "20.000 Paket"),
    ("How many masks did Sichuan give West Java?", "en", "20.000 Paket"),
    ("Metode apa yang digunakan riset ini?", "id", "metode kualitatif"),
    ("Which countries' vaccines did Indonesia get?", "en", "Pfizer (AS)"),
    ("paradiplomasi itu apa sih menurut Kuznetsov", "id", "bentuk komunikasi politik"),
    ("what did Sichuan donate ke Jawa Barat?", "en", "Sichuan"),
    ("masker sichuan", "id", "masker"),
]
OFF_TOPIC: list[tuple[str, Language]] = [
    ("Bagaimana cara memasak rendang?", "id"),
    ("Berapa harga tiket pesawat ke Bali?", "id"),
    ("How tall is Mount Everest?", "en"),
    ("What is the best way to train a puppy?", "en"),
]


def check_source(citation: Citation, assistant: Assistant) -> None:
    paper = assistant.paper
    assert paper.text[citation.start : citation.end] == citation.quote
    assert citation.quote in citation.passage
    (first,) = (s for s in paper.sentences if s.start == citation.start)
    (last,) = (s for s in paper.sentences if s.end == citation.end)
    pages = [p.number for p in paper.pages if p.start <= citation.start < p.end]
    assert pages == [citation.page] == [first.page]
    assert citation.last_page == last.last_page
    assert citation.section == paper.sections[first.section].title
    assert citation.language == first.language
    assert citation.passage_id in {p.id for p in paper.passages}
    assert (citation.translation, citation.translated_by) == paper.in_other_language(first.index, last.index)
    texts = " ".join(translation.text for translation in paper.annotations.translations[first.index : last.index + 1])
    assert texts in (citation.passage_translation or "")
    assert citation.section_translation == paper.translated_title(first.section)


def check_text(answer: Answer) -> None:
    """Each citation is quoted or named once; the rest says where to look, and who translated."""
    assert len(answer.text) <= (LONGEST_LIST if answer.kind in ("part", "list", "table") else LONGEST_TEXT)
    quoted = answer.quoted
    others = [citation for citation in answer.citations if citation not in quoted]
    expected = [f"{citation.text_in(answer.language)} [{citation.marker}]" for citation in quoted]
    if others:
        expected.append(say("see_also", answer.language, markers=" ".join(f"[{c.marker}]" for c in others)))
    if any(c.language != answer.language and c.translated_by == "project" for c in quoted):
        expected.append(say("translated", answer.language))
    assert answer.text.split("\n\n") == expected
    assert sorted(re.findall(r"\[(\d)\]", answer.text)) == [str(c.marker) for c in answer.citations]
    check_short(answer)


def check_short(answer: Answer) -> None:
    """What answers in a line is quoted, or it is said what it was derived from."""
    if answer.short is not None and answer.derived_from is None and answer.note is None:
        assert any(answer.short in citation.text_in(answer.language) for citation in answer.quoted)


@pytest.mark.parametrize(("question", "language", "held"), ANSWERED)
def test_answers_in_the_papers_own_words(assistant: Assistant, question: str, language: Language, held: str) -> None:
    (answer,) = assistant.ask_many([question])  # not remembered, so it takes a while
    assert (answer.question, answer.language, answer.status) == (question, language, "answered")
    assert held in " ".join(c.quote for c in answer.citations)
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert 1 <= len(answer.citations) <= CITED
    assert len({c.start for c in answer.citations}) == len(answer.citations)
    assert answer.text.startswith(f"{answer.citations[0].text_in(language)} [1]")
    assert 0.5 < answer.confidence <= 1
    assert answer.seconds > 0
    assert (answer.related, answer.error, answer.understood_as) == ((), None, None)
    for citation in answer.citations:
        check_source(citation, assistant)
    check_text(answer)


@pytest.mark.parametrize(("question", "language"), OFF_TOPIC)
def test_refuses_what_the_paper_is_not_about(assistant: Assistant, question: str, language: Language) -> None:
    answer = assistant.ask(question)
    assert (answer.language, answer.status) == (language, "not_in_paper")
    assert answer.text.startswith(say("not_found", language))
    assert (answer.citations, answer.error) == ((), None)
    assert answer.confidence < 0.5
    assert answer.related
    for citation in answer.related:
        check_source(citation, assistant)


def test_longest_sentences_are_quoted_whole(assistant: Assistant) -> None:
    for sentence in sorted(assistant.paper.sentences, key=lambda s: -len(s.text))[:4]:
        answer = assistant.ask(sentence.text[:400])
        assert sentence.text in answer.citations[0].quote
        assert f"{answer.citations[0].quote} [1]" in answer.text
        check_text(answer)


def test_language_override(assistant: Assistant) -> None:
    assert assistant.ask("Kapan MoU sister province ditandatangani?", language="en").language == "en"
    answer = assistant.ask("How tall is Mount Everest?", language="id")
    assert answer.language == "id"
    assert answer.text.startswith("Saya tidak menemukan ini di makalah. ")


def test_ask_with_context(assistant: Assistant) -> None:
    answer = assistant.ask("And to BNPB?", context="How many masks did Sichuan give?")
    assert answer.question == "And to BNPB?"
    assert answer.understood_as == "How many masks did Sichuan give? And to BNPB?"


@pytest.mark.parametrize(
    ("question", "indonesian", "english"),
    [
        ("", "kosong", "is empty"),
        (" \r\n\t", "kosong", "is empty"),
        ("x" * (LONGEST_QUESTION + 1), "1001 karakter, batasnya 1000", "1001 characters, the limit is 1000"),
        ("123 ?! 😷", "Tidak ada kata dalam pertanyaan 123 ?! 😷", "no words in the question 123 ?! 😷"),
    ],
)
def test_questions_that_cannot_be_asked(assistant: Assistant, question: str, indonesian: str, english: str) -> None:
    with pytest.raises(QuestionError) as in_indonesian:
        assistant.ask(question, language="id")
    with pytest.raises(QuestionError) as in_english:
        assistant.ask(question, language="en")
    assert indonesian in str(in_indonesian.value)
    assert english in str(in_english.value)
    assert "\n" not in f"{in_indonesian.value}{in_english.value}"


@pytest.mark.parametrize(
    ("question", "indonesian", "english"),
    [(None, "kosong", "is empty"), (7, "melainkan int", "but int"), (b"apa", "melainkan bytes", "but bytes")],
)
def test_questions_that_are_not_text(assistant: Assistant, question: object, indonesian: str, english: str) -> None:
    in_indonesian, in_english = (assistant.ask_many([question], language=of)[0] for of in ("id", "en"))
    assert in_indonesian.status == in_english.status == "error"
    assert in_indonesian.question == ("" if question is None else f"({type(question).__name__})")
    assert indonesian in str(in_indonesian.error)
    assert english in str(in_english.error)
    assert "kosong" not in str(in_english.error)


def test_error_is_in_the_questions_language(assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="terlalu panjang"):
        assistant.ask("Apa yang dikirim Sichuan? " * 60)
    with pytest.raises(QuestionError, match="too long"):
        assistant.ask("What was sent by Sichuan? " * 60)
    assert assistant.ask("x" * LONGEST_QUESTION).error is None


@pytest.mark.parametrize(
    ("question", "taken"),
    [
        ("<b>Apa itu Pikobar?</b><script>alert(1)</script>", None),
        ("Apa itu Pikobar? 😷😷", None),
        ("Apa\nitu\r\n\tPikobar?", "Apa itu Pikobar?"),
        ("Apa itu\u2028Pikobar?", "Apa itu Pikobar?"),
        ("Apa itu\0 Pikobar?", None),
        ("Apa itu {question} %s Pikobar?", None),
        ("Apa itu \ud800Pikobar?", "Apa itu ?Pikobar?"),
    ],
)
def test_odd_input(assistant: Assistant, question: str, taken: str | None) -> None:
    answer = assistant.ask(question)
    assert answer.question == (taken or question)
    assert "Pikobar" in " ".join(c.passage for c in answer.citations or answer.related)
    if answer.status == "answered":
        check_text(answer)
    else:  # between odd signs the reader may not be sure
        assert answer.text.startswith("Saya tidak menemukan ini di makalah.")


def test_a_single_letter_and_another_script_are_taken(assistant: Assistant) -> None:
    letter, *others = assistant.ask_many(["a", "新冠病毒是什么", "zxqv"])
    assert letter.status == "replied"  # it asks nothing
    for answer in others:
        assert answer.status in ("answered", "not_in_paper", "replied")


def test_ask_many(assistant: Assistant) -> None:
    questions: list[Any] = ["How tall is Mount Everest?", "", None, "Apa itu Pikobar?", 3, "???"]
    seen: list[tuple[int, int]] = []
    answers = assistant.ask_many(questions, progress=lambda done, total: seen.append((done, total)))
    assert [a.status for a in answers] == ["not_in_paper", "error", "error", "answered", "error", "error"]
    assert [a.question for a in answers] == [
        "How tall is Mount Everest?", "", "", "Apa itu Pikobar?", "(int)", "???",
    ]  # fmt: skip
    assert seen == [(done, 6) for done in range(1, 7)]
    bad = answers[1]
    assert (bad.text, bad.citations, bad.related, bad.confidence) == ("", (), (), 0.0)
    assert bad.error == say("empty", "id")
    assert assistant.ask_many([]) == []
    assert {a.language for a in assistant.ask_many(["Apa itu Pikobar?", ""], language="en")} == {"en"}


def test_one_by_one_and_together_are_the_same(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.asking._BATCH", 4)
    questions = [question for question, _, _ in ANSWERED[:3]] * 2  # more than are answered together
    together = assistant.ask_many(questions)
    assert [a.question for a in together] == questions
    for alone, answer in zip(map(assistant.ask, questions[:3]), together, strict=False):
        assert [c.quote for c in alone.citations] == [c.quote for c in answer.citations]
        assert alone.confidence == pytest.approx(answer.confidence, abs=1e-3)


def test_an_exception_of_progress_ends_the_work(assistant: Assistant) -> None:
    class EnoughError(Exception):
        pass

    calls: list[int] = []

    def stop(done: int, total: int) -> None:
        calls.append(done)
        if done == 2:
            raise EnoughError

    with pytest.raises(EnoughError):
        assistant.ask_many(["Apa itu Pikobar?"] * 3, progress=stop)
    assert calls == [1, 2]


def test_asking_from_several_threads(assistant: Assistant) -> None:
    questions = [question for question, _, _ in ANSWERED[:4]]
    expected = [assistant.ask(question).text for question in questions]
    got: dict[int, str] = {}

    def ask(number: int) -> None:
        got[number] = assistant.ask(questions[number]).text

    threads = [threading.Thread(target=ask, args=[number]) for number in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [got[number] for number in range(len(questions))] == expected


def test_identity_is_of_the_texts_and_the_model(assistant: Assistant) -> None:
    assert list(assistant.identity) == ["paper", "texts", "model", "reader"]
    assert assistant.identity["paper"] == assistant.paper.digest
    assert assistant.identity["model"]
    alone = Assistant.load(BUNDLED_PAPER).identity
    assert alone["texts"] != assistant.identity["texts"]
    assert alone | {"texts": ""} == assistant.identity | {"texts": ""}


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("How many packs of masks did Sichuan donate?", ("Page 10", "20,000", "page 11", "40,000")),
        ("Berapa paket masker yang diberikan Sichuan?", ("20.000", "hlm. 11", "40.000")),
        ("Which method does the research use?", ("qualitative", "descriptive")),
    ],
)
def test_where_the_paper_disagrees_with_itself_the_answer_notes_it(
    assistant: Assistant, question: str, held: tuple[str, ...]
) -> None:
    note = assistant.ask(question).note
    assert note is not None
    assert all(part in note for part in held)


@pytest.mark.parametrize("question", ["Kapan MoU sister province ditandatangani?", "How tall is Mount Everest?"])
def test_otherwise_nothing_is_noted(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).note is None


@pytest.mark.parametrize("question", ["What is this paper about?", "Makalah ini tentang apa sih?"])
def test_what_is_asked_of_the_paper_itself_is_never_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.confidence) == ("answered", 1.0)
    assert assistant.ask("Does this paper mention bitcoin?").status == "not_in_paper"


@pytest.fixture(scope="module")
def other() -> Paper:
    text = """Kopi dari Gayo

Kopi arabika Gayo ditanam di Aceh Tengah pada ketinggian 1.200 meter. Panennya berlangsung dari Oktober sampai Mei.

The cooperative exported 400 tonnes of coffee to Norway in 2019. Its members dry the beans on raised beds."""
    return read_paper("kopi.txt", text.encode())


def test_over_another_paper_only_that_one_answers(
    assistant: Assistant, other: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path / "cache"))
    reported: list[tuple[str, int, int]] = []
    over = assistant.over(other, progress=lambda *progress: reported.append(progress))
    assert over.paper is other
    assert {stage for stage, _, _ in reported} == {"index"}
    assert (reported[-1][1], reported == sorted(reported)) == (reported[-1][2], True)
    for question, held in (
        ("Di mana kopi arabika Gayo ditanam?", "ditanam di Aceh Tengah"),
        ("How much coffee did the cooperative export to Norway?", "400 tonnes"),
    ):
        answer = over.ask(question)
        assert answer.status == "answered"
        assert held in answer.citations[0].quote
    for question in ("Berapa paket masker yang diberikan Sichuan?", "How tall is Mount Everest?"):
        answer = over.ask(question)
        assert (answer.status, answer.citations) == ("not_in_paper", ())
        assert all(other.text[citation.start : citation.end] == citation.quote for citation in answer.related)
    assert over.lookup("masker").sentences == ()
    assert not (tmp_path / "cache").exists()
    assert over.identity | {"paper": "", "texts": ""} == assistant.identity | {"paper": "", "texts": ""}
    assert "masker" in assistant.ask("Berapa paket masker yang diberikan Sichuan?").text.casefold()


def test_going_over_to_another_paper_is_cancelled_by_its_progress(assistant: Assistant, other: Paper) -> None:
    class EnoughError(Exception):
        pass

    def stop(stage: str, done: int, total: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        assistant.over(other, progress=stop)
    assert assistant.over(other).paper is other


def test_over_a_paper_without_a_sentence_there_is_no_assistant(assistant: Assistant, other: Paper) -> None:
    with pytest.raises(PaperError, match="nothing in it can be searched"):
        assistant.over(replace(other, passages=()))
