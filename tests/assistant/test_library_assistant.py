"""Questions to a library, with the real models: which paper answers, what is cited, and what is refused."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant, LibraryAssistant, library_assistant
from assistant.answering.papers import ALSO
from assistant.library_assistant import check_not_empty
from assistant.reader import Reader
from corpus import read_paper
from corpus.library import BUNDLED, Library, LibraryError
from index import Embedder
from index.library_index import LibraryIndex
from tests.assistant.libraries import TEXTS, make_library
from tests.corpus.pdf.pdf_maker import Look, make_pdf

MASKS = "How many packs of masks did Sichuan send?"


@pytest.mark.parametrize(
    ("question", "name", "said"),
    [
        ("By how much did the Okapi glacier retreat?", "glacier.txt", "93 metres"),
        ("Berapa kapal yang diteliti di Teluk Kendari?", "tongkol.txt", "37 buah"),
        ("How many ships did the study examine?", "tongkol.txt", "37 buah"),  # the others are in English
        ("Kapan MoU sister province ditandatangani?", "paper.txt", "9 Mei 2016"),
        ("When was the sister-province agreement signed?", "paper.txt", "9 May 2016"),
    ],
)
def test_the_paper_that_answers_is_cited(over_library: LibraryAssistant, question: str, name: str, said: str) -> None:
    answer = over_library.ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].paper.name == name
    assert said in answer.text
    cited = answer.citations[0]
    assert cited.paper.id == next(entry.id for entry in over_library.entries if entry.name == name)
    assert over_library.paper(cited.paper.id).paper.text[cited.start : cited.end] == cited.quote


def test_papers_that_give_different_numbers_stand_side_by_side(over_library: LibraryAssistant) -> None:
    answer = over_library.ask(MASKS)
    alone = {name: over_library.within([name]).ask(MASKS) for name in ("masks.txt", "paper.txt")}
    assert {each.status for each in alone.values()} == {"answered"}
    first, second = sorted(alone, key=lambda name: -alone[name].confidence)
    names = [citation.paper.name for citation in answer.citations]
    assert names == [first] * len(alone[first].citations) + [second]
    assert [citation.marker for citation in answer.citations] == list(range(1, len(names) + 1))
    assert answer.short == f"The papers differ: {alone[first].short} / {alone[second].short}"
    assert [paragraph.rendered for paragraph in answer.paragraphs[:2]] == [
        f"{name}: {alone[name].short} (p. {alone[name].citations[0].pages}) [{marker}]"
        for name, marker in ((first, 1), (second, len(names)))
    ]
    assert [citation.paper.name for citation in answer.quoted] == [first, second]
    assert answer.confidence == alone[first].confidence
    assert answer.citations[-1].quote == alone[second].citations[0].quote


def test_each_other_paper_that_answers_has_a_line(over_library: LibraryAssistant) -> None:
    question = "What is this paper about?"
    answer = over_library.ask(question)
    heading = next(nth for nth, each in enumerate(answer.paragraphs) if each.kind == "other_papers")
    assert answer.paragraphs[heading].rendered == "Other papers answer it, too:"
    lines = answer.paragraphs[heading + 1 :]
    assert lines
    assert {line.kind for line in lines} == {"by_paper"}
    first = answer.citations[0].paper.name
    for line in lines:
        (marker,) = line.markers
        cited = answer.citations[marker - 1]
        assert line.paper_title == cited.paper.name != first
        assert line.text.endswith(f" (p. {cited.pages})")
        assert cited.quote == over_library.within([cited.paper.id]).ask(question).citations[0].quote


def test_a_fact_about_each_file_is_told_of_each(over_library: LibraryAssistant) -> None:
    answer = over_library.ask("How many pages does the paper have?")
    assert answer.short is None
    assert {line.rendered for line in answer.paragraphs} <= {
        "paper.txt: 14 pages", "glacier.txt: 1 page", "masks.txt: 1 page", "tongkol.txt: 1 page",
    }  # fmt: skip
    assert len(answer.paragraphs) == 3


def test_what_another_paper_may_say_is_not_told_as_an_answer(over_library: LibraryAssistant) -> None:
    question = "By how much did the tongue of the Okapi glacier retreat?"
    assert over_library.within(["tongkol.txt"]).ask(question).confidence < ALSO
    answer = over_library.ask(question)
    assert {citation.paper.name for citation in answer.citations} == {"glacier.txt"}
    assert "Other papers" not in answer.text


def test_a_refusal_names_no_single_paper_and_shows_what_several_come_to(over_library: LibraryAssistant) -> None:
    for question, message in (
        ("Siapa presiden Prancis?", "Saya tidak menemukan ini di satu pun makalah."),
        ("How tall is Mount Everest?", "I did not find this in any of the papers."),
    ):
        answer = over_library.ask(question)
        assert answer.status == "not_in_paper"
        assert answer.text == message
        assert answer.citations == ()
        papers = [citation.paper.id for citation in answer.related]
        assert len(papers) == len(set(papers)) > 1
        assert [citation.marker for citation in answer.related] == list(range(1, len(papers) + 1))


def test_within_some_papers_only_these_are_asked(over_library: LibraryAssistant) -> None:
    glacier, fish, _ = (next(e for e in over_library.entries if e.name == name) for name in TEXTS)
    some = over_library.within([glacier.id[:6], fish.name])
    assert isinstance(some, LibraryAssistant)
    assert [entry.name for entry in some.entries] == ["glacier.txt", "tongkol.txt"]
    answer = some.ask(MASKS)
    assert answer.status == "not_in_paper"
    assert {citation.paper.name for citation in answer.related} <= {"glacier.txt", "tongkol.txt"}
    with pytest.raises(LibraryError, match=r'No paper in the library is "masks\.txt"'):
        some.within(["masks.txt"])


def test_within_one_paper_it_is_that_paper_s_own(over_library: LibraryAssistant, assistant: Assistant) -> None:
    one = over_library.within([BUNDLED])
    assert isinstance(one, Assistant)
    assert one.identity == assistant.identity
    question = "Kapan MoU sister province ditandatangani?"
    answer, alone = one.ask(question), assistant.ask(question)
    assert (answer.text, answer.confidence) == (alone.text, alone.confidence)
    assert {citation.paper.id for citation in answer.citations} == {BUNDLED}
    assert {citation.paper.id for citation in alone.citations} == {""}
    assert one.ask("How tall is Mount Everest?").text.startswith("I did not find this in the paper.")


@pytest.mark.parametrize(
    ("papers", "message"),
    [([], "No paper is named"), (["none.pdf"], '"none.pdf"'), (["glacier.txt", ""], '""'), (["../.."], r'"\.\./\.\."')],
)
def test_what_names_no_paper_is_told_in_one_line(
    over_library: LibraryAssistant, papers: list[str], message: str
) -> None:
    with pytest.raises(LibraryError, match=message) as error:
        over_library.within(papers)
    assert "\n" not in str(error.value)


def test_many_at_once_are_answered_as_one_by_one(over_library: LibraryAssistant) -> None:
    questions = [MASKS, "Berapa kapal yang diteliti?", "", "How tall is Mount Everest?", "Apa itu Pikobar?"]
    many = over_library.ask_many(questions)
    assert [answer.status for answer in many] == ["answered", "answered", "error", "not_in_paper", "answered"]
    for question, answer in zip(questions, many, strict=True):
        if question:
            alone = over_library.ask(question)
            assert (alone.text, alone.status) == (answer.text, answer.status)
            assert [(c.marker, c.paper.id, c.quote) for c in (*alone.citations, *alone.related)] == [
                (c.marker, c.paper.id, c.quote) for c in (*answer.citations, *answer.related)
            ]


def test_a_follow_up_leans_on_the_question_before(over_library: LibraryAssistant) -> None:
    conversation = over_library.conversation()
    conversation.ask("How many packs of masks did Sichuan send?")
    answer = conversation.ask("And when?")
    assert answer.understood_as
    assert "masks" in answer.understood_as


def test_a_paper_of_one_s_own_is_asked_beside_the_library(over_library: LibraryAssistant) -> None:
    data = make_pdf(read_paper("x.txt", TEXTS["glacier.txt"].encode()), Look(running=False))
    answer = over_library.over(read_paper("mine.pdf", data)).ask("Who led the fieldwork?")
    assert {citation.paper.name for citation in answer.citations} == {"mine.pdf"}
    assert "Ingrid Solheim" in answer.text
    assert "mine.pdf" not in {entry.name for entry in over_library.entries}


def test_what_decides_the_answers_tells_libraries_apart(over_library: LibraryAssistant) -> None:
    some = over_library.within(["glacier.txt", "masks.txt"])
    same = over_library.within(["masks.txt", "glacier.txt"])
    assert some.identity == same.identity != over_library.identity
    assert {name for name in some.identity if some.identity[name] != over_library.identity[name]} == {"papers"}


def test_what_is_removed_or_damaged_meanwhile_is_left_out(
    tmp_path: Path, embedder: Embedder, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    library = make_library(tmp_path, bundled=False)
    ids = {entry.name: entry.id for entry in library.entries()}
    damaged = library.folder / "papers" / ids["tongkol.txt"]
    for file in damaged.iterdir():
        file.write_bytes(b"x")
    with closing(LibraryAssistant(LibraryIndex.open(library, embedder), reader)) as assistant:
        assert [entry.name for entry in assistant.entries] == ["glacier.txt", "masks.txt"]
        library.remove("masks.txt")
        assert assistant.ask("By how much did the Okapi glacier retreat?").status == "answered"
        answer = assistant.ask(MASKS)
        assert answer.status == "not_in_paper"
        assert {citation.paper.name for citation in answer.related} == {"glacier.txt"}
        with pytest.raises(LibraryError, match=ids["masks.txt"]):
            assistant.within(["masks.txt"]).ask(MASKS)
    assert ids["tongkol.txt"] in caplog.text
    assert ids["masks.txt"] in caplog.text


def test_an_empty_library_is_told_before_a_model_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_assistant, "open_models", None)
    with pytest.raises(LibraryError, match=r"There are no papers in .*: add some with `tanya add") as error:
        LibraryAssistant.load(tmp_path / "none")
    assert "\n" not in str(error.value)
    with pytest.raises(LibraryError, match=str(tmp_path)):
        check_not_empty(Library(tmp_path))
