"""Whether a PDF's lines are set in stronger type than the running text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from corpus.layout import Line

_BOLD = re.compile(r"bold|black|heavy|semib|demi|medi\b|cmbx|cmssbx", re.IGNORECASE)
_LARGER = 1.07  # times the running text's size


def mark_strong(lines: list[Line]) -> list[Line]:
    """Mark the lines in bolder or larger type than most of the text is in."""
    weights: Counter[str] = Counter()
    for line in lines:
        if line.style:  # what is recognised in a picture has none
            weights[line.style] += len(line.text)
    body = _heaviest(weights)
    bold, size = _look(body)
    stronger = {style for style in weights if _look(style)[1] > _LARGER * size or (_look(style)[0] and not bold)}
    return [replace(line, strong=line.style in stronger) for line in lines]


def _heaviest(weights: Counter[str]) -> str:
    return weights.most_common(1)[0][0] if weights else ""


def _look(style: str) -> tuple[bool, float]:
    """Return whether a style is bold, and its size in points."""
    name, _, size = style.rpartition(" ")
    return _BOLD.search(name) is not None, float(size or 0)
