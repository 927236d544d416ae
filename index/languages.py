"""How far a model sets the texts of two languages apart.

A multilingual model places texts of one language near each other, so that a question is drawn to the texts in its own
language, whatever they say (Libovicky et al. 2020, https://arxiv.org/abs/2004.05160, who subtract a language's mean).
For a single paper, this is measured on the paper itself (`language_offset`). For a library, in which papers may be in
one language only, it is measured on the bundled paper, which has each passage in both (`language_gap`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus import Language
from index.encoders import Vectors

SAME = 0.6
"""The weight of a text in the question's language against its counterpart in the other language.

The mean of two texts that say the same ranks better than either, since their errors differ. Any value from .5 to .8
does nearly as well."""

NEIGHBOURS = 3
"""The number of nearest passages in the other language that stand for a passage's translation."""


def language_offset(vectors: Vectors, languages: Sequence[Language]) -> dict[Language, Vectors]:
    """Return the offset of each language: what its vectors have in common beyond meaning, shape (dimension,).

    The means of two languages also differ if their texts say different things. So each passage is compared with the
    nearest ones in the other language; for one of two abstracts, that is its translation.
    """
    of_row = np.array(languages)
    offsets = {language: np.zeros(vectors.shape[1], dtype=np.float32) for language in languages}
    for language in offsets if len(offsets) > 1 else ():
        own, other = vectors[of_row == language], vectors[of_row != language]
        nearest = np.argsort(-(own @ other.T), axis=1)[:, :NEIGHBOURS]
        offsets[language] = (own - other[nearest].mean(axis=1)).mean(axis=0)
    return offsets


def language_gap(own: Vectors, translated: Vectors, languages: Sequence[Language]) -> dict[Language, Vectors]:
    """Return the vector to subtract from those of texts in each language, shape (dimension,).

    ``own`` and ``translated`` are the vectors of passages and of their translations, of shape (passages, dimension),
    ``languages`` those of the passages.
    """
    is_english = np.array([language == "en" for language in languages])[:, None]
    half: Vectors = np.where(is_english, own - translated, translated - own).mean(axis=0) / 2
    return {"en": half, "id": -half}
