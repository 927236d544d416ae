"""The folder of files that Tanya makes once and opens later."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from corpus.files.paths import folder_from_environment


def cache_folder() -> Path:
    """Return the user's cache folder for Tanya, or the one that ``TANYA_CACHE`` names; it may not exist yet.

    Raises TanyaError if that name begins with a home folder that does not exist.
    """
    return folder_from_environment("TANYA_CACHE", platformdirs.user_cache_path("tanya"))
