"""What goes wrong in a way the user can mend."""

from __future__ import annotations


class TanyaError(Exception):
    """A problem shown to the user as it is: one line, saying what was wrong with which value and what to do."""


class PaperError(TanyaError):
    """A file that cannot be read as a paper."""
