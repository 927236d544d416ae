"""Small papers, indexed without a model."""

from __future__ import annotations

from functools import cache

import numpy as np

from assistant.answering.citing import cite_sentences
from assistant.answering.table_reading import TableQuestion, View
from assistant.citation import Citation
from assistant.question import take
from corpus import Glossary, Paper, read_paper
from corpus.structure.tables import find_tables
from index import PaperIndex
from index.background import background_questions
from index.encoders import Vectors
from tests.index.stand_in import StandIn

WELLS = """Abstract

The aim of this study is to count the wells of Arden. The results show that most wells are in use.

Keywords: wells; water; Arden

1. Introduction

Arden has eleven villages in the hills and the plain. Nobody has counted their wells before this year.

2. Methods

The study uses a qualitative method with interviews of clerks. The data were collected in every village during spring.

Table 1. Wells of the villages
No Village Wells
1 Corby 7
2 Stoke 12
Source: Council of Arden

3. Results

3.1 Old Wells

Old wells stand beside the church in every village. They were dug by hand in 1898 by the farmers themselves.

Figure 2. A well
Source: Council of Arden

4. Conclusion

The wells of Arden are old and still in use. The council should repair the wells before winter comes.

References

Lea, A. (2001). Wells. Arden: Press.
"""


def index_of(text: str | Paper = WELLS) -> PaperIndex:
    """Index a text, or a paper, with the stand-in for a model."""
    paper = text if isinstance(text, Paper) else read_paper("small.txt", text.encode())
    embedder = StandIn()
    background = {of: embedder.encode_queries(questions[:20]) for of, questions in background_questions().items()}
    return PaperIndex.build(paper, embedder, background)


def level_scores(index: PaperIndex) -> Vectors:
    """Return equal scores for all sentences that are searched, shape (sentences,)."""
    found = index.search(["wells"], ["en"])[0].scores
    return np.where(np.isfinite(found), np.float32(0), found)


def cited(*texts: str, index: PaperIndex | None = None) -> tuple[Citation, ...]:
    """Cite the sentences that have these words, one after the other."""
    index = index or index_of()
    sentences = [next(s.index for s in index.paper.sentences if text in s.text) for text in texts]
    return cite_sentences(index, sentences)


COUNCIL = """1. Introduction

The council of Arden keeps a record of all that was built in its villages over the last ten years.

Table 2. Wells dug in the villages
No Village Wells Cost
1 Upper Lea 12 340
2 Corby 7 95
3 Stoke 12 210
4 Wick 3 40
Source: Council of Arden

The wells were paid for by the council, and all of them are in use by the people who live there.

Table 3. Projects of the council
No Project Status
1 New mill Done
2 School roof In process
3 Church tower Done
4 Stone bridge In process

There were 4 partners: Stoke with 22 meetings, Wick 9 meetings, Corby 11 meetings and Lea 48 meetings.

The council meets in these places:
1. the town hall
2. the old school
3. the inn
"""
NO_TERMS = Glossary(())
WELLS_DUG, PROJECTS, MEETINGS, PLACES = range(4)
"""The tables of `COUNCIL`: one of numbers, one of states, an enumeration and a list."""


@cache
def view(nth: int) -> View:
    """Return one of the tables of `COUNCIL`."""
    paper = read_paper("council.txt", COUNCIL.encode())
    return View(find_tables(paper)[nth], paper, NO_TERMS)


def table_question(text: str, context: str | None = None) -> TableQuestion:
    """Return a question in the form that tables are compared with."""
    return TableQuestion(take(text, None, context), NO_TERMS)
