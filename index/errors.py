"""The errors with a model or an index that a user can correct."""

from __future__ import annotations

from corpus.errors import TanyaError


class ModelError(TanyaError):
    """An embedding model that cannot be found, unpacked or opened."""


class StoreError(TanyaError):
    """An index on disk that is absent, damaged, or built from another paper or by another model."""
