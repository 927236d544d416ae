"""The optional packages that a cluster needs, imported when they are first needed."""

from __future__ import annotations

import importlib
import logging
from typing import Any

from index.errors import StoreError


def import_package(name: str, *, needed_for: str) -> Any:
    """Import a package, and keep it from logging its failures: a StoreError reports them.

    Raises StoreError if it is not installed; ``needed_for`` begins the message.
    """
    try:
        package = importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{needed_for} needs the package {error.name}, which is not installed; "
            "run: pip install -r requirements-cluster.txt"
        ) from error
    logging.getLogger(name).setLevel(logging.CRITICAL)
    return package
