"""How far apart a model places what is the same in two languages.

A multilingual model draws a question to texts in its own language, whatever they say. Within one paper that is measured
on the paper itself (`index.fusion`). Over many papers, of which some are in one language only, it is measured on the
bundled paper, of which each passage stands in both, and taken away from every passage (Libovicky et al. 2020,
https://arxiv.org/abs/2004.05160).
"""

from __future__ import annotations

import numpy as np

from corpus import Language
from index.encoders import Vectors
from index.paper_index import PaperIndex


def language_gap(bundled: PaperIndex) -> dict[Language, Vectors]:
    """Return what is to be taken away from the vectors of each language's passages, shape (dimension,)."""
    paper = bundled.paper
    count = len(paper.passages)
    own = bundled.vectors.reconstruct_n(0, count)
    other = bundled.vectors.reconstruct_n(count, count)
    is_english = np.array([passage.language == "en" for passage in paper.passages])[:, None]
    half: Vectors = np.where(is_english, own - other, other - own).mean(axis=0) / 2
    return {"en": half, "id": -half}
