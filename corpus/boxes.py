"""Parts of a page as it is shown."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A part of a page as it is shown: shares of its width and height, counted from the left and the top."""

    left: float
    top: float
    width: float
    height: float

    def joined(self, other: Box) -> Box:
        """Return the box around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        right = max(self.left + self.width, other.left + other.width)
        bottom = max(self.top + self.height, other.top + other.height)
        return Box(left, top, right - left, bottom - top)
