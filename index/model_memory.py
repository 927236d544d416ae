"""How much memory the models take, and saying so where there is too little."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator
from typing import Final

from corpus.memory_errors import is_lack_of_memory
from index.errors import ModelError

NEEDED_MB: Final = 1_200
"""What a process takes that has both models loaded, with some room."""

NEEDED: Final = f"{NEEDED_MB:,} MB"
"""The same as text."""


_LIMITS: Final = ((resource.RLIMIT_DATA, "ulimit -d", 1_500), (resource.RLIMIT_AS, "ulimit -v", 2_600))
"""What a process may be limited to, how that is set, and the MB with which both models were loaded on two cores: more
than the above, since what is set aside and never used counts as well."""


@contextlib.contextmanager
def memory_for_models() -> Iterator[None]:
    """Raise ModelError, which says how much is needed, where there is too little memory for what is done with them.

    Where the process may not have that much, this is said at once: one of the libraries would end the process.
    """
    for limit, setting, needed in _LIMITS:
        allowed = resource.getrlimit(limit)[0]
        if allowed != resource.RLIM_INFINITY and allowed < needed * 1_000_000:
            raise ModelError(
                f"There is too little memory for the models: this process may have {allowed // 1_000_000} MB, "
                f"and needs {needed}; raise the limit ({setting})",
                indonesian=f"Memori tidak cukup untuk model: proses ini dibatasi {allowed // 1_000_000} MB, "
                f"padahal perlu {needed}; naikkan batasnya ({setting})",
            )
    try:
        yield
    except Exception as error:
        if is_lack_of_memory(error):
            raise ModelError(
                f"There is too little memory for the models: {NEEDED} are needed; close other programs",
                indonesian=f"Memori tidak cukup untuk model: perlu {NEEDED_MB} MB; tutup program lain",
            ) from error
        raise
