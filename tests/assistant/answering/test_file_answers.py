"""Facts about the document itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.answering.file_answers import file_answer
from assistant.question import take
from corpus import Annotations, read_paper
from corpus.metadata import Metadata
from index import PaperIndex
from tests.assistant.answering.small import WELLS, index_of

PAPER = read_paper("wells.txt", WELLS.encode())


@pytest.fixture(scope="module")
def wells() -> PaperIndex:
    return index_of(PAPER)


@pytest.fixture(scope="module")
def described() -> PaperIndex:
    """Give the index of a paper whose file says what it is."""
    metadata = Metadata("Wells of Arden", ("A. Lea", "B. Lea"), 2001)
    return index_of(replace(PAPER, metadata=metadata, annotations=Annotations(doi="10.1/x")))


def asked(index: PaperIndex, text: str) -> Answer:
    question = take(text, None)
    assert question.kind == "file", text
    return file_answer(question, index)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("What sections are there?", "; ".join(section.title for section in PAPER.sections)),
        ("On which page is Table 1?", "Table 1: page 1"),
        ("Di halaman berapa Gambar 2?", "Gambar 2: halaman 1"),
        ("On which page is section Methods?", "2. Methods: page 1"),
        ("Does the paper have a reference list?", "Yes: “References”, from page 1"),
        ("Which language is it in?", "English"),
        ("Makalah ini ditulis dalam bahasa apa?", "bahasa Inggris"),
        ("Is there an abstract?", "Yes: “Abstract” in English (p. 1)"),
        ("Berapa halamannya?", "1 halaman"),
        ("Ada berapa tabel?", "1 tabel"),
        ("Berapa gambarnya?", "1 gambar"),
    ],
)
def test_what_the_file_holds_is_said_and_said_to_be_no_quote(wells: PaperIndex, question: str, fact: str) -> None:
    answer = asked(wells, question)
    assert (answer.status, answer.kind, answer.confidence) == ("answered", "file", 1.0)
    assert answer.short == answer.text == fact
    assert answer.derived_from in ("from the file itself, not a quote", "dari berkasnya, bukan kutipan")
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("What is the title of this paper?", "Wells of Arden"),
        ("Who wrote this paper?", "A. Lea; B. Lea"),
        ("Siapa penulisnya?", "A. Lea; B. Lea"),
        ("When was this paper published?", "2001"),
    ],
)
def test_what_the_file_says_of_its_origin(described: PaperIndex, question: str, fact: str) -> None:
    assert asked(described, question).text == fact


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the title of this paper?", "The file does not hold the paper's title."),
        ("Siapa penulisnya?", "Berkas ini tidak memuat nama penulis."),
        ("When was this paper published?", "The file does not say when or where the paper was published."),
        ("What is the DOI?", "The file holds no DOI."),
        ("On which page is Table 9?", "I did not find that in the file."),
    ],
)
def test_what_the_file_does_not_hold_is_not_made_up(wells: PaperIndex, question: str, text: str) -> None:
    answer = asked(wells, question)
    assert (answer.status, answer.kind, answer.text) == ("not_in_paper", "file", text)
    assert (answer.short, answer.derived_from) == (None, None)


def test_of_a_bare_text_there_is_nothing_to_say() -> None:
    bare = index_of("The wells of Arden are old. They are still in use.")
    for question, text in (
        ("What sections are there?", "I found no section titles in the file."),
        ("Does the paper have a reference list?", "The file holds no list of references."),
        ("Kata kuncinya apa?", "Berkas ini tidak memuat kata kunci."),
        ("Is there an abstract?", "The file holds no abstract."),
    ):
        answer = asked(bare, question)
        assert (answer.status, answer.text, answer.citations) == ("not_in_paper", text, ())


def test_a_doi_that_is_known_from_elsewhere_is_said_to_be_so(described: PaperIndex) -> None:
    answer = asked(described, "What is the DOI?")
    assert answer.status == "not_in_paper"
    assert answer.text == "The file holds no DOI. Tanya knows it from elsewhere: 10.1/x."


def test_keywords_are_quoted_and_counted(wells: PaperIndex) -> None:
    answer = asked(wells, "What are the keywords?")
    assert (answer.status, answer.short) == ("answered", "3: wells; water; Arden")
    assert answer.text == "Keywords: wells; water; Arden [1]"
    (quoted,) = answer.quoted
    assert PAPER.text[quoted.start : quoted.end] == quoted.quote


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("How many pages does this paper have?", "pages"),
        ("On which page is Table 1?", "Table 1: page"),
        ("Apakah makalah ini punya abstrak?", "Ya: “"),
    ],
)
def test_the_assistant_says_it_of_the_bundled_paper(assistant: Assistant, question: str, fact: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.kind) == ("answered", "file")
    assert fact in answer.text
