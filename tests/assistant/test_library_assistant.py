"""Questions to a library, with the real models: which paper answers, what is cited, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant, LibraryAssistant, library_assistant
from assistant.library_assistant import check_not_empty
from assistant.reader import Reader
from corpus import read_paper
from corpus.library import BUNDLED, Library, LibraryError
from index import Embedder, PaperIndex
from index.library_index import LibraryIndex
from tests.corpus.pdf_maker import Look, make_pdf

TEXTS = {
    "glacier.txt": "Abstract\n\nThis study follows the Okapi glacier. Its tongue retreated by 93 metres between 1998 "
    "and 2019.\n\nMethod\n\nThe retreat was measured with aerial photographs. Fieldwork was led by Ingrid Solheim.",
    "tongkol.txt": "Abstrak\n\nPenelitian ini mengukur hasil tangkapan di Teluk Kendari. Kapal yang diteliti "
    "berjumlah 37 buah.\n\nHasil\n\nTangkapan terbanyak adalah ikan tongkol, yaitu 812 kilogram pada bulan Agustus.",
    "masks.txt": "Abstract\n\nThis paper compares mask donations between sister cities. Sichuan sent 22,000 packs of "
    "masks to partner provinces in 2020.\n\nMethod\n\nWe coded 112 press releases of city governments.",
}
MASKS = "How many packs of masks did Sichuan send?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("library")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = Library(folder / "library")
    library.add_bundled()
    assert [each.change for each in library.add([folder / name for name in TEXTS])] == ["added"] * 3
    return library


def opened(library: Library, embedder: Embedder, reader: Reader) -> LibraryAssistant:
    return LibraryAssistant(LibraryIndex.open(library, embedder), reader)


@pytest.fixture(scope="module")
def asked(library: Library, embedder: Embedder, reader: Reader, paper_index: PaperIndex) -> Iterator[LibraryAssistant]:
    """Give the assistant over the bundled paper, which ``paper_index`` has made sure is encoded, and three more."""
    assistant = opened(library, embedder, reader)
    yield assistant
    assistant.close()


@pytest.mark.parametrize(
    ("question", "name", "said"),
    [
        ("By how much did the Okapi glacier retreat?", "glacier.txt", "93 metres"),
        ("Berapa kapal yang diteliti di Teluk Kendari?", "tongkol.txt", "37 buah"),
        ("Which fish was caught most in Kendari Bay?", "tongkol.txt", "ikan tongkol"),  # the others are in English
        ("Kapan MoU sister province ditandatangani?", "paper.txt", "9 Mei 2016"),
        ("When was the sister-province agreement signed?", "paper.txt", "9 May 2016"),
    ],
)
def test_the_paper_that_answers_is_cited(asked: LibraryAssistant, question: str, name: str, said: str) -> None:
    answer = asked.ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].paper.name == name
    assert said in answer.text
    cited = answer.citations[0]
    assert cited.paper.id == next(entry.id for entry in asked.entries if entry.name == name)
    assert asked.paper(cited.paper.id).paper.text[cited.start : cited.end] == cited.quote


def test_all_papers_that_answer_are_cited_the_most_likely_first(asked: LibraryAssistant) -> None:
    answer = asked.ask(MASKS)
    alone = {name: asked.within([name]).ask(MASKS) for name in ("masks.txt", "paper.txt")}
    assert {each.status for each in alone.values()} == {"answered"}
    first, second = sorted(alone, key=lambda name: -alone[name].confidence)
    names = [citation.paper.name for citation in answer.citations]
    assert names == [first] * len(alone[first].citations) + [second]
    assert [citation.marker for citation in answer.citations] == list(range(1, len(names) + 1))
    assert answer.text == f"{alone[first].text}\n\nOther papers answer it, too: [{len(names)}]."
    assert answer.confidence == alone[first].confidence
    assert answer.citations[-1].quote == alone[second].citations[0].quote


def test_a_refusal_names_no_single_paper_and_shows_what_several_come_to(asked: LibraryAssistant) -> None:
    for question, told in (
        ("Siapa presiden Prancis?", "Tidak satu pun makalah di sini menyebutkan siapa."),
        ("How tall is Mount Everest?", "None of the papers gives that figure."),
    ):
        answer = asked.ask(question)
        assert answer.status == "not_in_paper"
        assert answer.text == told
        assert answer.citations == ()
        papers = [citation.paper.id for citation in answer.related]
        assert len(papers) == len(set(papers)) > 1
        assert [citation.marker for citation in answer.related] == list(range(1, len(papers) + 1))


def test_within_some_papers_only_these_are_asked(asked: LibraryAssistant) -> None:
    glacier, fish, _ = (next(e for e in asked.entries if e.name == name) for name in TEXTS)
    some = asked.within([glacier.id[:6], fish.name])
    assert isinstance(some, LibraryAssistant)
    assert [entry.name for entry in some.entries] == ["glacier.txt", "tongkol.txt"]
    answer = some.ask(MASKS)
    assert answer.status == "not_in_paper"
    assert {citation.paper.name for citation in answer.related} <= {"glacier.txt", "tongkol.txt"}
    with pytest.raises(LibraryError, match=r'No paper in the library is "masks\.txt"'):
        some.within(["masks.txt"])


def test_within_one_paper_it_is_that_paper_s_own(asked: LibraryAssistant, assistant: Assistant) -> None:
    one = asked.within([BUNDLED])
    assert isinstance(one, Assistant)
    assert one.identity == assistant.identity
    question = "Kapan MoU sister province ditandatangani?"
    answer, alone = one.ask(question), assistant.ask(question)
    assert (answer.text, answer.confidence) == (alone.text, alone.confidence)
    assert {citation.paper.id for citation in answer.citations} == {BUNDLED}
    assert {citation.paper.id for citation in alone.citations} == {""}
    assert one.ask("How tall is Mount Everest?").text.startswith("The paper does not")


@pytest.mark.parametrize(
    ("papers", "told"),
    [([], "No paper is named"), (["none.pdf"], '"none.pdf"'), (["glacier.txt", ""], '""'), (["../.."], r'"\.\./\.\."')],
)
def test_what_names_no_paper_is_told_in_one_line(asked: LibraryAssistant, papers: list[str], told: str) -> None:
    with pytest.raises(LibraryError, match=told) as error:
        asked.within(papers)
    assert "\n" not in str(error.value)


def test_many_at_once_are_answered_as_one_by_one(asked: LibraryAssistant) -> None:
    questions = [MASKS, "Berapa kapal yang diteliti?", "", "How tall is Mount Everest?", "Apa itu Pikobar?"]
    many = asked.ask_many(questions)
    assert [answer.status for answer in many] == ["answered", "answered", "error", "not_in_paper", "answered"]
    for question, answer in zip(questions, many, strict=True):
        if question:
            alone = asked.ask(question)
            assert (alone.text, alone.status) == (answer.text, answer.status)
            assert [(c.marker, c.paper.id, c.quote) for c in (*alone.citations, *alone.related)] == [
                (c.marker, c.paper.id, c.quote) for c in (*answer.citations, *answer.related)
            ]


def test_a_follow_up_leans_on_the_question_before(asked: LibraryAssistant) -> None:
    conversation = asked.conversation()
    conversation.ask("How many packs of masks did Sichuan send?")
    answer = conversation.ask("And when?")
    assert answer.understood_as
    assert "masks" in answer.understood_as


def test_a_paper_of_one_s_own_is_asked_beside_the_library(asked: LibraryAssistant) -> None:
    data = make_pdf(read_paper("x.txt", TEXTS["glacier.txt"].encode()), Look(running=False))
    answer = asked.over(read_paper("mine.pdf", data)).ask("Who led the fieldwork?")
    assert [citation.paper.name for citation in answer.citations] == ["mine.pdf"]
    assert "Ingrid Solheim" in answer.text
    assert "mine.pdf" not in {entry.name for entry in asked.entries}


def test_what_decides_the_answers_tells_libraries_apart(asked: LibraryAssistant) -> None:
    some = asked.within(["glacier.txt", "masks.txt"])
    same = asked.within(["masks.txt", "glacier.txt"])
    assert some.identity == same.identity != asked.identity
    assert {name for name in some.identity if some.identity[name] != asked.identity[name]} == {"papers"}


def test_what_is_removed_or_damaged_meanwhile_is_left_out(
    tmp_path: Path, embedder: Embedder, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    library = Library(tmp_path / "library")
    list(library.add([tmp_path / name for name in TEXTS]))
    ids = {entry.name: entry.id for entry in library.entries()}
    damaged = library.folder / "papers" / ids["tongkol.txt"]
    for file in damaged.iterdir():
        file.write_bytes(b"x")
    with closing(opened(library, embedder, reader)) as assistant:
        assert [entry.name for entry in assistant.entries] == ["glacier.txt", "masks.txt"]
        assert assistant.ask("By how much did the Okapi glacier retreat?").status == "answered"
        library.remove("masks.txt")
        answer = assistant.ask("How many packs of masks did Sichuan send to provinces?")
        assert answer.status == "not_in_paper"
        assert {citation.paper.name for citation in answer.related} == {"glacier.txt"}
        with pytest.raises(LibraryError, match=ids["masks.txt"]):
            assistant.within(["masks.txt"]).ask(MASKS)
    assert ids["tongkol.txt"] in caplog.text
    assert ids["masks.txt"] in caplog.text


def test_an_empty_library_is_told_before_a_model_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_assistant, "Embedder", None)
    with pytest.raises(LibraryError, match=r"There are no papers in .*: add some with `python -m corpus add") as error:
        LibraryAssistant.load(tmp_path / "none")
    assert "\n" not in str(error.value)
    with pytest.raises(LibraryError, match=str(tmp_path)):
        check_not_empty(Library(tmp_path))
