"""The type each line of a PDF is set in, and whether it is stronger than the running text's."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.layout import Line

if TYPE_CHECKING:
    from pypdf import PageObject

_BOLD = re.compile(r"bold|black|heavy|semib|demi|medi\b|cmbx|cmssbx", re.IGNORECASE)
_LARGER = 1.07  # times the running text's size


def styled_lines(page: PageObject) -> Iterator[tuple[str, str]]:
    """Yield a page's lines in pypdf's reading order, each with its style: font, a space, size in points."""
    parts: list[tuple[str, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        name = str((font or {}).get("/BaseFont", "")).rsplit("+", 1)[-1].strip("/")
        scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
        parts.append((text, f"{name} {size * scale:.1f}"))

    page.extract_text(visitor_text=visit)
    line, weights = "", Counter[str]()
    for text, style in parts:
        for piece in re.split(r"(\n)", text):
            if piece == "\n":
                yield line, _heaviest(weights)
                line, weights = "", Counter()
            else:
                line += piece
                weights[style] += len(piece.strip())
    yield line, _heaviest(weights)


def mark_strong(lines: list[Line]) -> list[Line]:
    """Mark the lines in bolder or larger type than most of the text is in."""
    weights: Counter[str] = Counter()
    for line in lines:
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
