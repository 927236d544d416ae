"""The one answer of several papers."""

from __future__ import annotations

from dataclasses import replace

from assistant import Answer, Citation
from assistant.answer import Status
from assistant.answering.papers import ALSO, ELSEWHERE, FromPaper, of_papers
from assistant.answering.paragraphs import LONGEST_TEXT, quoting, said
from assistant.citation import CitedPaper
from assistant.question import take
from tests.assistant.answering.small import cited

(PLACE,) = cited("Old wells")
HOW_MANY = take("How many wells did they count?", None)
WHEN = take("When were the wells dug?", None)


def quote(text: str, marker: int = 1, page: int = 1) -> Citation:
    return replace(PLACE, quote=text, passage=text, marker=marker, page=page, last_page=page)


def answer(
    paper: str, *quotes: str, short: str | None = None, confidence: float = 0.9, status: Status = "answered"
) -> FromPaper:
    citations = [replace(quote(text, n), paper=CitedPaper(paper, paper)) for n, text in enumerate(quotes, 1)]
    paragraphs = quoting(citations, (), "en")
    return FromPaper(
        paper,
        Answer(
            "?", "en", status, short=short, paragraphs=paragraphs, citations=tuple(citations), confidence=confidence
        ),
    )


def rendered(together: Answer) -> list[str]:
    return [paragraph.rendered for paragraph in together.paragraphs]


def test_papers_that_agree_have_a_line_each_below_the_best() -> None:
    papers = [answer("a.pdf", "There are 7 wells.", short="7 wells", confidence=0.8)]
    papers.append(answer("b.pdf", "They counted 7.", short="7", confidence=0.95))
    together = of_papers(HOW_MANY, papers)
    assert together.short == "7"
    assert rendered(together) == ["They counted 7. [1]", "Other papers answer it, too:", "a.pdf: 7 wells (p. 1) [2]"]
    assert [citation.paper.name for citation in together.citations] == ["b.pdf", "a.pdf"]


def test_papers_that_differ_stand_side_by_side() -> None:
    papers = [answer("a.pdf", "There are 7 wells.", short="7 wells", confidence=0.8)]
    papers += [answer("b.pdf", "They counted 8.", "Others did not.", short="8", confidence=0.95)]
    together = of_papers(HOW_MANY, papers)
    assert together.short == "The papers differ: 8 / 7 wells"
    assert together.derived_from == "compared from what each paper answers"
    assert rendered(together) == [
        "b.pdf: 8 (p. 1) [1]",
        "a.pdf: 7 wells (p. 1) [3]",
        "They counted 8. [1]",
        "There are 7 wells. [3]",
        "See also [2].",
    ]


def test_other_dates_differ_and_parts_of_one_do_not() -> None:
    for other, differs in (("1999", True), ("May 1998", False)):
        papers = [answer("a.pdf", "Dug in 1998.", short="1998"), answer("b.pdf", "x", short=other, confidence=0.8)]
        assert (of_papers(WHEN, papers).short == f"The papers differ: 1998 / {other}") is differs


def test_a_correction_keeps_its_verdict() -> None:
    corrected = answer("a.pdf", "There are 7.", short="7", status="corrected", confidence=0.99)
    papers = [corrected, answer("b.pdf", "8.", short="8"), answer("c.pdf", "9.", short="9")]
    together = of_papers(HOW_MANY, papers)
    assert (together.status, together.short) == ("corrected", "7")
    assert [each.kind for each in together.paragraphs][-3:] == ["other_papers", "by_paper", "by_paper"]


def test_only_the_nearest_answers_without_being_sure() -> None:
    papers = [answer("a.pdf", "7.", confidence=ALSO - 0.2), answer("b.pdf", "8.", confidence=ALSO - 0.1)]
    assert of_papers(HOW_MANY, papers) == papers[0].answer
    refused = FromPaper("c.pdf", replace(papers[0].answer, status="not_in_paper", related=(PLACE,), citations=()))
    together = of_papers(HOW_MANY, [refused, papers[1]])
    assert together.status == "not_in_paper"
    assert together.text == "I did not find this in any of the papers."
    alone = answer("b.pdf", "8.", confidence=ELSEWHERE)
    assert of_papers(HOW_MANY, [refused, alone]) == alone.answer


def test_beside_another_answer_one_has_to_be_surer() -> None:
    papers = [answer("a.pdf", "7.", confidence=0.9), answer("b.pdf", "7.", confidence=ELSEWHERE)]
    assert of_papers(HOW_MANY, papers) == papers[0].answer


def test_no_side_of_a_difference_is_left_out_for_want_of_room() -> None:
    papers = [answer("a.pdf", "There are 7 wells, " + "word " * 200, short="7 wells")]
    papers += [answer("b.pdf", "They counted 8, " + "word " * 200, short="8", confidence=0.95)]
    together = of_papers(HOW_MANY, papers)
    assert [citation.paper.name for citation in together.quoted] == ["b.pdf", "a.pdf"]
    assert all(len(paragraph.text) <= LONGEST_TEXT // 2 for paragraph in together.paragraphs)


def test_lines_leave_a_text_no_longer_than_one_may_be() -> None:
    long = [f"{word} " * 40 for word in ("one", "four", "five", "nine")]
    papers = [answer("a.pdf", *(text.strip() for text in long), confidence=1.0)]
    assert len(papers[0].answer.text) > LONGEST_TEXT - 50
    papers += [answer(f"{'name ' * 40}{n}.pdf", "word " * 100) for n in range(2)]
    together = of_papers(take("What is said of wells?", None), papers)
    assert len(together.text) <= LONGEST_TEXT
    assert together.paragraphs[0].text == long[0].strip()
    assert {marker for each in together.paragraphs for marker in each.markers} == set(range(1, 7))
    assert [each.kind for each in together.paragraphs][-3:] == ["other_papers", "by_paper", "by_paper"]


def test_a_fact_about_a_file_names_it() -> None:
    question = take("How many pages does the paper have?", None)
    files = [
        FromPaper(name, Answer("?", "en", "answered", "file", short, paragraphs=(said(short),), confidence=1.0))
        for name, short in (("a.pdf", "12 pages"), ("b.pdf", "8 pages"))
    ]
    for some, lines in ((files, ["a.pdf: 12 pages", "b.pdf: 8 pages"]), (files[:1], ["a.pdf: 12 pages"])):
        together = of_papers(question, some)
        assert rendered(together) == lines
        assert together.short is None
