"""Where the files are kept that Tanya makes once and opens ever after."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from corpus.files.paths import folder_from_environment


def cache_folder() -> Path:
    """Return the user's cache folder for Tanya, or what ``TANYA_CACHE`` names; it may not exist yet.

    Raises TanyaError where that begins with a home folder that there is none of.
    """
    return folder_from_environment("TANYA_CACHE", platformdirs.user_cache_path("tanya"))
