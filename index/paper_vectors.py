"""The texts of a paper that are searched, and their vectors. Each sentence is encoded once, with its surroundings.

The model reads a run of neighbouring sentences under their section's title, and a sentence's vector is the sum of its
own tokens' states. So "this ministry" has something of the ministry that was named before. This is late chunking
(Günther et al. 2024, https://arxiv.org/abs/2409.04701). A passage of several sentences is the sum of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from corpus import LANGUAGES, OTHER, Language, Paper, Passage
from corpus.structure.headings import is_article
from index.encoders import TextBlock, Vectors

LONGEST = 300
"""Characters of the longest block of more than one sentence. In a longer one, sentences differ less."""

_LONGEST_TITLE = 200
"""Characters of a title that stand before a block: what is found as a title may be a paragraph."""


def searched_texts(paper: Paper) -> list[str]:
    """Return the texts that are searched.

    They are the passages, then their translations if there are any, then the findings' statements, all of them first in
    Indonesian and then in English.
    """
    texts = [_under_title(p, p.full_text, _title(paper, p.section)) for p in paper.passages]
    if paper.annotations.translations:
        texts += [_under_title(p, paper.translated(p), paper.translated_title(p.section)) for p in paper.passages]
    return texts + [finding.statement[language] for language in LANGUAGES for finding in paper.annotations.findings]


def searched_languages(paper: Paper) -> list[Language]:
    """Return the language of each of the `searched_texts`."""
    languages = [passage.language for passage in paper.passages]
    translated = [OTHER[language] for language in languages] if paper.annotations.translations else []
    return languages + translated + [language for language in LANGUAGES for _ in paper.annotations.findings]


def paper_blocks(paper: Paper) -> list[TextBlock]:
    """Return the blocks to encode: the sentences that are searched, in both languages if there are two, and findings.

    The findings' statements are first all in Indonesian, then all in English.
    """
    runs = [(run, paper.sentences[run[0]].section) for run in _runs(paper, _sentences(paper))]
    texts = [sentence.text for sentence in paper.sentences]
    found = [_block(_title(paper, section), [texts[s] for s in run]) for run, section in runs]
    if paper.annotations.translations:
        texts = [translation.text for translation in paper.annotations.translations]
        found += [_block(paper.translated_title(section), [texts[s] for s in run]) for run, section in runs]
    return found + [
        _block("", [finding.statement[code]]) for code in LANGUAGES for finding in paper.annotations.findings
    ]


def searched_vectors(paper: Paper, pieces: Vectors) -> Vectors:
    """Return the vectors of `searched_texts`, float32 (texts, dimension), each of length 1.

    ``pieces`` are those of the pieces of all `paper_blocks`, one after the other, by `Embedder.encode_blocks`.
    """
    sentences = _sentences(paper)
    rows = {sentence: row for row, sentence in enumerate(sentences)}
    parts = [[rows[s] for s in (*p.leads, *p.sentences)] for p in paper.passages]
    languages = 2 if paper.annotations.translations else 1
    sums = [pieces[language * len(sentences) :][part].sum(axis=0) for language in range(languages) for part in parts]
    summed = np.concatenate([np.array(sums, np.float32), pieces[languages * len(sentences) :]])
    vectors: Vectors = summed / np.linalg.norm(summed, axis=1, keepdims=True)
    return vectors


def _sentences(paper: Paper) -> list[int]:
    """Return the sentences that passages are made of, their leads included, in reading order, by index."""
    return sorted({s for p in paper.passages for s in (*p.leads, *p.sentences)})


def _runs(paper: Paper, sentences: Sequence[int]) -> Iterator[list[int]]:
    """Divide sentences into runs of neighbours in one section."""
    run: list[int] = []
    for sentence in sentences:
        if run:
            first, new = paper.sentences[run[0]], paper.sentences[sentence]
            has_room = new.section == first.section and new.end - first.start <= LONGEST
            if sentence != run[-1] + 1 or not has_room:
                yield run
                run = []
        run.append(sentence)
    if run:
        yield run


def _block(title: str, texts: Sequence[str]) -> TextBlock:
    text = f"{title[:_LONGEST_TITLE]}\n" if title else ""
    pieces = []
    for piece in texts:
        pieces.append((len(text), len(text) + len(piece)))
        text += f"{piece} "
    return TextBlock(text.rstrip(), tuple(pieces))


def _under_title(passage: Passage, text: str, title: str) -> str:
    """Return a text as it is searched: a sentence without lead or neighbours follows its section's title."""
    alone = passage.first == passage.last and not passage.lead
    return f"{title}\n{text}" if alone and title else text


def _title(paper: Paper, section: int) -> str:
    """Return a section's title. A law's article has only a number for a title, so its chapter's title precedes it."""
    title, parent = paper.sections[section].title, paper.sections[section].parent
    return title if parent is None or not is_article(title) else f"{paper.sections[parent].title}, {title}"
