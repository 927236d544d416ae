"""Answers from tables: a cell, the rows that meet a condition, their number, the most, the fewest or the sum.

A table answers a question only if it has every content word, in its caption, its header or a row. If the question says
"table", one word may be missing. Any other question is left to the ordinary search.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer
from assistant.answering import table_words as words
from assistant.answering.citing import cite_sentences
from assistant.answering.paragraphs import LONGEST_TEXT, quoting
from assistant.answering.table_numbers import NumberTable
from assistant.answering.table_reading import TableQuestion, View
from assistant.answering.table_rows import TableAnswer
from assistant.answering.table_states import StateTable
from assistant.asking_words import REASON
from assistant.question import Question
from assistant.windows import text_in
from assistant.wording import say
from corpus.structure.tables import find_tables
from index import PaperIndex


class TableAnswers:
    """Answers from the tables of one paper."""

    def __init__(self, index: PaperIndex) -> None:
        self._index = index
        self._paper = index.paper
        self._views = [View(table, index.paper, index.glossary) for table in find_tables(index.paper)]

    def answer(self, question: Question) -> Answer | None:
        """Return a table's answer to a question, None if no table surely has one."""
        asked = TableQuestion(question, self._index.glossary)
        if source := self._source(question, asked):
            return source
        if question.expected == "date" or asked.says(REASON):  # no table gives a date or a reason
            return None
        most_strange = 1 if asked.table is not None else 0
        views = (view for view in self._views if view.is_meant(asked) and len(view.strange(asked)) <= most_strange)
        for view in sorted(views, key=lambda view: len(view.strange(asked))):
            if found := _answer_of(view, asked):
                return self._answer(question, found)
        return None

    def _source(self, question: Question, asked: TableQuestion) -> Answer | None:
        """Return the source below a table or a figure, if a question asks for it."""
        label = words.LABEL.search(asked.plain)
        if label is None or not asked.says(words.SOURCE):
            return None
        for source in (s for s in self._paper.sentences if s.kind == "source"):
            lead = self._paper.paragraphs[source.paragraph].lead
            caption = self._paper.sentences[lead].text if lead is not None else ""
            if words.label_of_caption(caption) == words.table_or_figure(label):
                text = text_in(self._paper, source.index, question.language)
                return self._answer(question, TableAnswer(text.partition(":")[2].strip(), [source.index]))
        return None

    def _answer(self, question: Question, found: TableAnswer) -> Answer:
        """Return an answer that quotes the sentences, as many as it has room for."""
        citations = cite_sentences(self._index, list(dict.fromkeys(found.sentences)))
        count = len(citations)
        while (paragraphs := quoting(citations[:count], citations[count:], question.language)) and count > 1:
            if sum(len(paragraph.rendered) + 2 for paragraph in paragraphs) <= found.longest:
                break
            count -= 1
        return replace(
            Answer.to(question, "answered"),
            kind=found.kind,
            short=found.short,
            derived_from=found.derived_from,
            paragraphs=paragraphs,
            citations=citations,
            confidence=1.0,
        )


def _answer_of(view: View, asked: TableQuestion) -> TableAnswer | None:
    """Return a table's answer to a question whose words it has."""
    if view.table.is_list:
        return _counted(view, asked)
    table: NumberTable | StateTable = NumberTable(view, asked) if view.is_numeric else StateTable(view, asked)
    return table.answer()


def _counted(view: View, asked: TableQuestion) -> TableAnswer | None:
    """Return how many items a list has. The ordinary search finds the items themselves."""
    if asked.expected != "number" or not view.is_counted(asked) or view.named(asked.concepts):
        return None
    where = say("table_list", asked.language, page=view.paper.sentences[view.table.caption].page)
    sentences = [view.table.caption, *(row.sentence for row in view.table.rows)]
    derived_from = say("table_counted", asked.language, where=where)
    return TableAnswer(str(len(view.table.rows)), sentences, derived_from, longest=LONGEST_TEXT)
