"""The views of batches and of the table of every paper: what they show in each phase, and the rows."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from typing import Any, get_args

import gradio as gr
import pytest

from assistant.answer import AnswerParagraph
from assistant.batch import BatchQuestion, answers_file
from assistant.citation import CitedPaper
from assistant.paper_table import PaperAnswer, table_file
from assistant.wording import say
from corpus import LANGUAGES, Language, TanyaError
from corpus.library import BUNDLED, Entry
from corpus.metadata import Metadata
from page.batch.batch_view import BatchView, _on_row
from page.batch.batch_work import Batch
from page.batch.table_view import PaperTableView
from page.batch.table_work import PaperTable
from page.batch.work import Phase
from page.batch.work_queue import WorkQueue
from page.layout import all_words
from page.papers.loader import Loader
from page.ui_text import label
from tests.page.stand_ins import (
    ANSWER,
    CITATION,
    DOCUMENT,
    REFUSAL,
    SPOIL,
    Html,
    in_a_thread,
    laid_out,
    request_of,
    spoiled,
)

ERROR = replace(ANSWER, question="?", status="error", paragraphs=(), citations=(), error="No words.")
ANSWERS = [replace(ANSWER, short="9 Mei", confidence=0.9), REFUSAL, ERROR]


@pytest.fixture(scope="module")
def batches() -> BatchView:
    with laid_out():
        return BatchView(Loader(DOCUMENT), all_words(), WorkQueue())


@pytest.fixture(scope="module")
def tables() -> PaperTableView:
    with laid_out():
        return PaperTableView(Loader(DOCUMENT), all_words(), WorkQueue())


def batch_of(phase: Phase = "done", **fields: Any) -> Batch:
    """Return a batch of four questions of which three are answered."""
    questions = [BatchQuestion(str(n), answer.question, None) for n, answer in enumerate([*ANSWERS, ANSWER], 1)]
    return Batch(phase=phase, name="soal.csv", asked=questions, answers=[*ANSWERS], **fields)


def table_of(phase: Phase = "done", **fields: Any) -> PaperTable:
    """Return a table of three papers of which two were asked."""
    entries = [
        Entry(BUNDLED, "paper.txt", "", 14, 1, Metadata()),
        Entry("x", "x.pdf", "Judul", 1, 1, Metadata("Judul")),
    ]
    answers = [PaperAnswer(entry, answer) for entry, answer in zip(entries, ANSWERS[::2], strict=True)]
    return PaperTable(phase=phase, question="Kapan?", asked=["a", "b", "c"], answers=answers, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phase", get_args(Phase))
class TestPhases:
    def test_a_batch_says_what_becomes_of_it(self, batches: BatchView, phase: Phase, language: Language) -> None:
        state, progress, problem, downloads, rows, file, start, cancel, _ = batches._view(batch_of(phase), language)
        assert Html(state).text == label(f"batch_{phase}", language, name="soal.csv", total=4)
        assert Html(progress.value).text.strip() == label("batch_progress", language, done=3, total=4)
        assert (problem.visible, downloads.visible, rows.visible) == (False, True, True)
        waits = phase in ("in_line", "loading", "running", "stopping")
        assert (file.visible, cancel.visible, start.visible) == (not waits, waits, phase in ("ready", "stopped"))
        assert start.value == label("batch_resume", language)
        assert cancel.interactive == (phase != "stopping")

    def test_a_table_says_what_becomes_of_it(self, tables: PaperTableView, phase: Phase, language: Language) -> None:
        if phase == "ready":  # which a table never is: it is asked at once
            return
        state, progress, problem, downloads, rows, start, resume, cancel = tables._view(table_of(phase), language)
        kind = "table" if phase in ("empty", "running", "stopped", "done") else "batch"
        assert Html(state).text == label(f"{kind}_{phase}", language, name="Kapan?")
        assert Html(progress.value).text.strip() == label("table_progress", language, done=2, total=3)
        assert (problem.visible, downloads.visible, rows.visible) == (False, True, True)
        waits = phase in ("in_line", "loading", "running", "stopping")
        assert (start.visible, resume.visible, cancel.visible) == (not waits, phase == "stopped", waits)


@pytest.mark.parametrize("language", LANGUAGES)
class TestBatch:
    def test_before_a_file_is_given_there_is_nothing_to_do(self, batches: BatchView, language: Language) -> None:
        _, progress, _, downloads, rows, file, start, cancel, shown = batches._view(Batch(), language)
        seen = (progress, downloads, rows, start, cancel, shown)
        assert [part.visible for part in seen] == [False] * 6
        assert file.visible
        ready = batches._own_values(Batch(phase="ready", asked=[BatchQuestion("1", "Kapan?", None)]), language)
        assert ready[1].value == label("batch_start", language)

    def test_each_question_has_a_row(self, batches: BatchView, language: Language) -> None:
        page, strong = {"id": "hlm. 5", "en": "p. 5"}[language], say("strength_strong", language)
        table = batches._table(batch_of(), language)
        assert table["headers"][0] == "ID"
        assert table["data"] == [
            ["1", ANSWER.question, label("batch_answered", language), "9 Mei", page, strong],
            ["2", REFUSAL.question, label("batch_not_in_paper", language), REFUSAL.text, "", ""],
            ["3", "?", label("batch_error", language), "No words.", "", ""],
            ["4", ANSWER.question, label("batch_waiting", language), "", "", ""],
        ]  # fmt: skip
        assert [row[0] for row in batches._table(batch_of(shown="error"), language)["data"]] == ["3"]
        choices = batches._own_values(batch_of(), language)[3].choices
        assert [value for _, value in choices] == ["all", "answered", "corrected", "not_in_paper", "replied", "error"]
        assert [text.rpartition(" ")[2] for text, _ in choices] == ["(4)", "(1)", "(0)", "(1)", "(0)", "(1)"]

    def test_of_several_papers_each_has_its_pages(self, batches: BatchView, language: Language) -> None:
        papers = [CitedPaper("a", "a.pdf"), CitedPaper("b", "b.pdf", title="B")]
        cited = tuple(replace(CITATION, marker=n, page=n, last_page=n, paper=papers[n > 2]) for n in (1, 2, 3))
        batch = Batch(asked=[BatchQuestion("1", "?", None)], answers=[replace(ANSWER, citations=cited)])
        page = {"id": "hlm.", "en": "p."}[language]
        assert batches._table(batch, language)["data"][0][4] == f"a.pdf, {page} 1, 2; B, {page} 3"

    def test_what_is_wrong_is_said(self, batches: BatchView, language: Language) -> None:
        problem = TanyaError("no <room>", indonesian="tidak ada <tempat>")
        problem_part = batches._view(batch_of(problem=problem), language)[2]
        assert problem_part.visible
        assert Html(problem_part.value).text == problem.in_language(language)


class TestRow:
    def opened(self, index: object, **fields: Any) -> str:
        event = gr.SelectData(None, {"index": index, "value": ""})
        html: str = in_a_thread(_on_row(batch_of(**fields), event))
        return html

    def test_it_opens_its_question_and_answer(self) -> None:
        html = Html(self.opened([0, 3]))
        assert html.text.startswith(f"{ANSWER.question}9 Mei")
        assert [each["data-start"] for each in html.having("data-show")] == ["100"]

    def test_among_those_that_are_shown(self) -> None:
        assert Html(self.opened([0, 0], shown="not_in_paper")).text.startswith(f"{REFUSAL.question}{REFUSAL.text}")

    @pytest.mark.parametrize("index", [[3, 0], [99, 0], [-1, 0], 0])
    def test_what_is_not_answered_opens_nothing(self, index: object) -> None:
        assert self.opened(index) == ""

    def test_its_question_is_escaped(self) -> None:
        batch = Batch(asked=[BatchQuestion("1", SPOIL, None)], answers=[spoiled(ANSWER)])
        html = Html(in_a_thread(_on_row(batch, gr.SelectData(None, {"index": [0, 0], "value": ""}))))
        assert html.text.startswith(SPOIL)
        assert not {"script", "img"} & set(html.tags)


@pytest.mark.parametrize("language", LANGUAGES)
class TestTable:
    def test_each_paper_has_a_row(self, tables: PaperTableView, language: Language) -> None:
        page = {"id": "hlm. 5", "en": "p. 5"}[language]
        table = tables._table(table_of(), language)
        assert table["data"] == [
            [
                label("bundled_name", language), label("batch_answered", language), "9 Mei", page, CITATION.quote,
                say("strength_strong", language),
            ],
            ["Judul", label("batch_error", language), "No words.", "", "", ""],
        ]  # fmt: skip
        assert len(table["headers"]) == 6

    def test_before_a_question_there_is_no_table(self, tables: PaperTableView, language: Language) -> None:
        _, progress, _, downloads, rows, start, resume, cancel = tables._view(PaperTable(), language)
        assert [part.visible for part in (progress, downloads, rows, resume, cancel)] == [False] * 5
        assert start.visible


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phase", ["done", "running"])
def test_what_is_saved_is_marked_as_saved(
    batches: BatchView, tables: PaperTableView, phase: Phase, language: Language
) -> None:
    batch, table, request = batch_of(phase), table_of(phase), request_of("one", language)
    for view, work, name, data in (
        (batches, batch, f"soal-{label('batch_answers_name', language)}.csv", answers_file(batch.records(), ".csv")),
        (tables, table, f"{label('table_file_name', language)}.csv", table_file(table.records(), ".csv")),
    ):
        assert "data-unsaved" in view._view(work, language)[0]  # type: ignore[arg-type]
        file, state = in_a_thread(view._saver(".csv")(work, request))
        assert (file["name"], b64decode(file["base64"])) == (name, data)
        assert "data-unsaved" not in view._view(work, language)[0]  # type: ignore[arg-type]
        # While it is worked on, that alone shows how far it has come.
        assert state == (gr.skip() if phase == "running" else view._state_html(work, language))  # type: ignore[arg-type]


def test_a_quote_of_a_table_is_the_first(tables: PaperTableView) -> None:
    paragraphs = (AnswerParagraph("quote", CITATION.quote, (1,)),)
    answer = replace(ANSWER, paragraphs=paragraphs, citations=(CITATION, replace(CITATION, marker=2, quote="Dua.")))
    row = PaperAnswer(Entry("x", "x.pdf", "", 1, 1, Metadata()), answer)
    assert tables._table(PaperTable(answers=[row]), "id")["data"][0][4] == CITATION.quote
