"""How much memory the models take, and saying so where there is too little."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator
from typing import Final

from corpus.memory import is_lack_of_memory
from index.errors import ModelError

NEEDED_MB: Final = 1_500
"""What a process takes that has both models loaded, with some room."""

NEEDED: Final = f"{NEEDED_MB:,} MB"
"""The same as text."""


@contextlib.contextmanager
def memory_for_models() -> Iterator[None]:
    """Raise ModelError, which says how much is needed, where there is too little memory for what is done with them.

    Where the process may not have that much, this is said at once: the libraries would fail in many ways.
    """
    limits = {resource.getrlimit(limit)[0] for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA)}
    allowed = min((limit for limit in limits if limit != resource.RLIM_INFINITY), default=None)
    if allowed is not None and allowed < NEEDED_MB * 1_000_000:
        raise _too_little(f"this process may have {allowed // 1_000_000:,} MB (ulimit)")
    try:
        yield
    except Exception as error:
        if is_lack_of_memory(error):
            raise _too_little("close other programs") from error
        raise


def _too_little(why: str) -> ModelError:
    return ModelError(
        f"There is too little memory for the models, {NEEDED} are needed: {why}",
        indonesian=f"Memori tidak cukup untuk model; yang diperlukan {NEEDED_MB} MB",
    )
