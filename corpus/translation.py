"""A paper's translation: each of its sentences in the other language, written for this project.

A file of JSON lines, one for each sentence in the paper's order: ``id`` and ``text`` are the sentence's own,
``translation`` is what it says in the other language, and ``authors``, where there is one, lists the ids of the
sentences in which the authors say the same in that language themselves: of an abstract, those of its twin.
"""

from __future__ import annotations

import json
from pathlib import Path

from corpus.errors import PaperError
from corpus.paper import OTHER, Paper, Translation


def read_translation(path: Path, paper: Paper) -> tuple[Translation, ...]:
    """Return the translations of a paper's sentences, in their order.

    Raises PaperError where a line is not of the sentence whose turn it is, or not of that sentence's text: a
    translation that has drifted from its paper would be shown beside the wrong words.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) != len(paper.sentences):
        raise PaperError(f"{path}: {len(lines)} lines for the {len(paper.sentences)} sentences of {paper.name}")
    index = {sentence.id: sentence.index for sentence in paper.sentences}
    translations = []
    for sentence, line in zip(paper.sentences, lines, strict=True):
        read = json.loads(line)
        if (read["id"], read["text"]) != (sentence.id, sentence.text):
            raise PaperError(f"{path}: {read['id']} is not the text of {sentence.id} in {paper.name}: {read['text']!r}")
        authors = tuple(index[twin] for twin in read.get("authors", ()))
        translations.append(Translation(OTHER[sentence.language], read["translation"], authors))
    return tuple(translations)
