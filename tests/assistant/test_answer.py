from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace
from typing import Any, get_args

import pytest

from assistant import Answer, Citation
from assistant.answer import AnswerParagraph, Status, Strength, strength_of
from assistant.citation import CitedPaper, checked
from assistant.wording import say
from corpus import Language

CITATION = Citation(
    marker=1, quote="Q.", translation=None, translated_by=None, passage="Q. R.", passage_translation=None, page=3,
    last_page=4, section="S", section_translation=None, language="id", start=10, end=12, passage_id="s0001-s0002",
    score=0.9, words="Q",
)  # fmt: skip
PAPER = CitedPaper("p1", "x.pdf", "0a", title="X", authors=("A. Author", "B. Author"), year=2020, doi="10.1/x")
TRANSLATED = replace(
    CITATION, marker=2, translation="T.", translated_by="project", passage_translation="T. U.", section_translation="V",
    paper=PAPER,
)  # fmt: skip
QUOTE = AnswerParagraph("quote", "Q.", (1,))
ANSWER = Answer(
    "Kapan?", "en", "answered", kind="list", short="Q", derived_from="counted",
    paragraphs=(AnswerParagraph("said", "So:"), QUOTE, AnswerParagraph("see_also", "See also [2].", (2,))),
    citations=(CITATION, TRANSLATED), related=(TRANSLATED,),
    note="N", suggestions=("A?", "B?"), confidence=0.8, seconds=1.25, understood_as="Apa? Kapan?", error=None,
)  # fmt: skip


def test_the_text_is_that_of_the_paragraphs() -> None:
    assert ANSWER.text == "So:\n\nQ. [1]\n\nSee also [2]."
    assert Answer("Apa?", "id", "error").text == ""
    assert AnswerParagraph("quote", "Q.", (1, 3)).rendered == "Q. [1] [3]"


def test_what_is_only_named_is_not_quoted() -> None:
    assert ANSWER.quoted == (CITATION,)
    assert replace(ANSWER, paragraphs=(QUOTE, AnswerParagraph("quote", "T.", (2,)))).quoted == (CITATION, TRANSLATED)
    assert replace(ANSWER, paragraphs=()).quoted == ()


@pytest.mark.parametrize(
    ("status", "is_found"),
    [("answered", True), ("corrected", True), ("not_in_paper", False), ("replied", False), ("error", False)],
)
def test_is_found(status: Status, is_found: bool) -> None:
    assert replace(ANSWER, status=status).is_found is is_found


@pytest.mark.parametrize(
    ("confidence", "strength"),
    [(1.0, "strong"), (0.8, "strong"), (0.79, "likely"), (0.6, "likely"), (0.59, "weak"), (0.0, "weak")],
)
def test_the_confidence_in_a_word(confidence: float, strength: Strength) -> None:
    assert strength_of(confidence) == strength
    for status in get_args(Status):
        answer = replace(ANSWER, status=status, confidence=confidence)
        assert answer.strength == (strength if status in ("answered", "corrected") else None)


def test_each_strength_is_a_word_in_both_languages() -> None:
    for language in get_args(Language):
        assert len({say(f"strength_{strength}", language) for strength in get_args(Strength)}) == 3


def test_record_is_plain_and_holds_the_text_as_answer() -> None:
    answer = Answer("Apa?", "id", "answered", paragraphs=(QUOTE,), citations=(CITATION,), confidence=0.8)
    record = answer.to_record()
    assert record["answer"] == "Q. [1]"
    assert "text" not in record
    loaded = json.loads(json.dumps(record))
    assert loaded["paragraphs"] == [{"kind": "quote", "text": "Q.", "markers": [1], "paper_title": ""}]
    assert (loaded["kind"], loaded["short"], loaded["derived_from"]) == ("fact", None, None)
    assert loaded["citations"] == [
        {
            "marker": 1, "quote": "Q.", "translation": None, "translated_by": None, "passage": "Q. R.",
            "passage_translation": None, "page": 3, "last_page": 4, "section": "S", "section_translation": None,
            "language": "id", "start": 10, "end": 12, "passage_id": "s0001-s0002", "score": 0.9,
            "words": "Q",
            "paper": {"id": "", "name": "", "digest": "", "title": "", "authors": [], "year": None, "doi": ""},
            "recognised": False,
        }
    ]  # fmt: skip
    assert loaded["related"] == []
    assert loaded["error"] is None
    assert answer.text == "Q. [1]"


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        Answer("Apa?", "id", "not_in_paper", paragraphs=(AnswerParagraph("said", "Tidak."),), related=(CITATION,)),
        Answer("Hai", "id", "replied", "talk", paragraphs=(AnswerParagraph("said", "Halo!"),)),
        replace(ANSWER, status="corrected", kind="claim", paragraphs=()),
        Answer("", "id", "error", error="Kosong."),
        replace(
            ANSWER, paragraphs=(AnswerParagraph("said", '"\\ \n\u2028 \x00 \U0001f600 {0} %s <b>'),), confidence=1.0
        ),
    ],
)
def test_a_record_is_read_back(answer: Answer) -> None:
    assert Answer.from_record(answer.to_record()) == answer
    read = Answer.from_record(json.loads(json.dumps(answer.to_record())))
    assert read == answer
    assert hash(read) == hash(answer)  # lists have become tuples


def test_a_float_that_javascript_wrote_as_a_whole_number() -> None:
    read = Answer.from_record(ANSWER.to_record() | {"confidence": 1, "seconds": 0})
    assert (read.confidence, read.seconds) == (1.0, 0.0)
    assert type(read.confidence) is type(read.seconds) is float


_OF = {
    "int": {"marker", "page", "last_page", "start", "end", "year"},
    "float": {"score", "confidence", "seconds"},
    "choice": {"language", "status", "kind", "translated_by"},
    "list": {"citations", "related", "suggestions", "authors", "paragraphs"},
    "or None": {
        *("translation", "translated_by", "passage_translation", "section_translation"),
        *("note", "understood_as", "error", "year", "short", "derived_from"),
    },
    "paper": {"paper"},
}


def _wrong_for(name: str) -> list[Any]:
    wrong: list[Any] = [True, object(), b"x"]
    if name in _OF["paper"]:
        return [*wrong, None, "x", 1, [], [{}], {"x": 1}]  # {} is a paper of which nothing is known
    if name == "recognised":
        return [*wrong[1:], None, "true", 1, 0.0, {}]
    wrong.append({})
    wrong += [] if name in _OF["or None"] else [None]
    if name in _OF["int"]:
        return [*wrong, "1", 1.0, [1]]
    if name in _OF["float"]:
        return [*wrong, "0.5", [0.5], float("nan"), float("inf"), float("-inf"), 10**400]
    if name in _OF["list"]:
        return [*wrong, "x", 1, [None], [1], [[]], [{}], {"0": "x"}]
    return [*wrong, 1, 0.5, ["x"], "\ud800", *(["", "de", "Answered"] if name in _OF["choice"] else [])]


_Kind = type[Answer] | type[AnswerParagraph] | type[Citation] | type[CitedPaper]


def _names(kind: _Kind) -> list[str]:
    return [field.name for field in fields(kind)]


def _defaults(kind: _Kind) -> dict[str, Any]:
    """Return what a record may leave out, and what is then taken."""
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}


@pytest.mark.parametrize("name", _names(Answer))
def test_an_answer_with_a_field_that_is_wrong(name: str) -> None:
    record = ANSWER.to_record()
    for wrong in _wrong_for(name):
        with pytest.raises(ValueError, match=rf"^Answer\.{name}|^Citation|^AnswerParagraph"):
            Answer.from_record(record | {name: wrong})
    del record[name]
    if name in _defaults(Answer):
        without = replace(ANSWER, **{name: _defaults(Answer)[name]})
        assert Answer.from_record(record | {"answer": without.text}) == without
    else:
        with pytest.raises(ValueError, match=r"^Answer has other fields$"):
            Answer.from_record(record)


@pytest.mark.parametrize("name", _names(Citation))
@pytest.mark.parametrize("among", ["citations", "related"])
def test_a_citation_with_a_field_that_is_wrong(name: str, among: str) -> None:
    record = json.loads(json.dumps(ANSWER.to_record()))
    citation = record[among][-1]
    right = citation.pop(name)
    if name in _defaults(Citation):
        assert checked(Citation, citation) == replace(TRANSLATED, **{name: _defaults(Citation)[name]})
    else:
        with pytest.raises(ValueError, match=r"^Citation has other fields$"):
            Answer.from_record(record)
    for wrong in _wrong_for(name):
        citation[name] = wrong
        with pytest.raises(ValueError, match=rf"^Citation\.{name} is of the wrong type$|^CitedPaper has other fields$"):
            Answer.from_record(record)
    citation[name] = right
    assert Answer.from_record(record) == ANSWER
    assert checked(Citation, citation) == TRANSLATED


@pytest.mark.parametrize("name", _names(CitedPaper))
def test_a_paper_with_a_field_that_is_wrong(name: str) -> None:
    record = json.loads(json.dumps(ANSWER.to_record()))
    paper = record["related"][-1]["paper"]
    right = paper.pop(name)
    (read,) = Answer.from_record(record).related
    assert read.paper == replace(PAPER, **{name: _defaults(CitedPaper)[name]})
    for wrong in _wrong_for(name):
        paper[name] = wrong
        with pytest.raises(ValueError, match=rf"^CitedPaper\.{name} is of the wrong type$"):
            Answer.from_record(record)
    paper[name] = right
    assert Answer.from_record(record) == ANSWER


@pytest.mark.parametrize("name", _names(AnswerParagraph))
def test_a_paragraph_with_a_field_that_is_wrong(name: str) -> None:
    record = json.loads(json.dumps(ANSWER.to_record()))
    paragraph = record["paragraphs"][1]
    right = paragraph.pop(name)
    wrong_markers = ["1", 1, None, [None], ["1"], [1.0], [True], [[]], {}]
    for wrong in wrong_markers if name == "markers" else _wrong_for(name):
        paragraph[name] = wrong
        with pytest.raises(ValueError, match=rf"^AnswerParagraph\.{name} is of the wrong type$"):
            Answer.from_record(record)
    paragraph[name] = right
    assert Answer.from_record(record) == ANSWER
    del paragraph[name]
    if not right:  # as an earlier version wrote it
        assert Answer.from_record(record) == ANSWER
        return
    with pytest.raises(
        ValueError, match=r"^AnswerParagraph has other fields$|^an Answer's text is that of its paragraphs$"
    ):
        Answer.from_record(record)


@pytest.mark.parametrize("text", ["", "Q.", "Q. [1]\n\nAnd this, which no paragraph says.", None, 1, ["Q. [1]"]])
def test_a_text_that_is_not_that_of_the_paragraphs(text: Any) -> None:
    with pytest.raises(ValueError, match=r"^an Answer's text is that of its paragraphs$"):
        Answer.from_record(ANSWER.to_record() | {"answer": text})
    record = ANSWER.to_record()
    del record["answer"]
    with pytest.raises(ValueError, match=r"^an Answer's text is that of its paragraphs$"):
        Answer.from_record(record)


@pytest.mark.parametrize("left_out", [("paper",), ("paper", "words")])
def test_a_record_of_an_earlier_version_knows_no_paper(left_out: tuple[str, ...]) -> None:
    record = json.loads(json.dumps(ANSWER.to_record()))
    for citation in (*record["citations"], *record["related"]):
        for name in left_out:
            del citation[name]
    read = Answer.from_record(record)
    assert {one.paper for one in (*read.citations, *read.related)} == {CitedPaper()}
    assert [one.words for one in read.citations] == ["" if "words" in left_out else "Q"] * 2
    assert [one.quote for one in read.citations] == ["Q.", "Q."]


@pytest.mark.parametrize("name", ["pages", "described", "__class__", ""])
def test_a_field_that_no_paper_has(name: str) -> None:
    record = json.loads(json.dumps(ANSWER.to_record()))
    record["citations"][0]["paper"][name] = "x"
    with pytest.raises(ValueError, match=r"^CitedPaper has other fields$"):
        Answer.from_record(record)


@pytest.mark.parametrize("name", ["id", "text", "__class__", "__init__", ""])
def test_a_field_that_no_answer_has(name: str) -> None:
    with pytest.raises(ValueError, match="other fields"):
        Answer.from_record(ANSWER.to_record() | {name: "x"})
    with pytest.raises(ValueError, match="other fields"):
        checked(Citation, ANSWER.to_record()["citations"][0] | {name: "x"})


def test_the_text_under_its_own_name() -> None:
    record = ANSWER.to_record()
    record["text"] = record.pop("answer")
    with pytest.raises(ValueError, match="other fields"):
        Answer.from_record(record)


@pytest.mark.parametrize("record", [None, "x", 1, [], [["question", "x"]], {}])
def test_what_is_no_record(record: Any) -> None:
    with pytest.raises(ValueError, match="fields"):
        Answer.from_record(record)
    with pytest.raises(ValueError, match="fields"):
        checked(Citation, record)


def test_its_lines_give_the_direct_answer_first_and_once() -> None:
    said_so = AnswerParagraph("said", "14 pages")
    counted = Answer("A?", "en", "answered", "file", "14 pages", "from the file", (said_so,))
    assert counted.lines == ("14 pages (from the file)",)
    verdict = Answer("A?", "en", "answered", "claim", "Yes", "from the quote", (said_so,))
    assert verdict.lines == ("Yes (from the quote)", "14 pages")
    assert Answer("A?", "en", "replied", "talk", paragraphs=(said_so,)).lines == ("14 pages",)
