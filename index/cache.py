"""Where the files are kept that Tanya makes once and opens ever after."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """Return the user's cache folder for Tanya, or what ``TANYA_CACHE`` names; it may not exist yet."""
    chosen = os.environ.get("TANYA_CACHE", "").strip()
    return Path(chosen).expanduser().absolute() if chosen else platformdirs.user_cache_path("tanya")
