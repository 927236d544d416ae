"""Small papers, indexed without a model."""

from __future__ import annotations

from assistant.answering.citing import cite_sentences
from assistant.citation import Citation
from corpus import Paper, read_paper
from index import PaperIndex
from index.background import background_questions
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


def cited(*texts: str, index: PaperIndex | None = None) -> tuple[Citation, ...]:
    """Cite the sentences that have these words, one after the other."""
    index = index or index_of()
    sentences = [next(s.index for s in index.paper.sentences if text in s.text) for text in texts]
    return cite_sentences(index, sentences)
