"""The memory that the models need, and the error if there is too little."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator
from typing import Final

from corpus.errors import is_lack_of_memory
from index.errors import ModelError

NEEDED_MB: Final = 1_200
"""Memory of a process with both models loaded, with some room."""

NEEDED: Final = f"{NEEDED_MB:,} MB"
"""The same as text."""


_LIMITS: Final = ((resource.RLIMIT_DATA, "ulimit -d", 1_500), (resource.RLIMIT_AS, "ulimit -v", 2_600))
"""Limits of a process, the commands that set them, and the MB that both models needed on two cores. They are more than
`NEEDED_MB`, since memory that is reserved and never used counts as well."""


@contextlib.contextmanager
def memory_for_models() -> Iterator[None]:
    """Raise ModelError, which says how much memory is needed, if there is too little for the work within.

    Limits of the process are checked first, because one of the libraries would end the process.
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
