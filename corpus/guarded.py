"""Placeholder."""

from __future__ import annotations

from corpus.loading import read_paper as read_guarded

__all__ = ["read_guarded"]
