"""The page as it is served, with a small assistant in place of the model, in this process."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

import ui
from page.loader import Loader
from page.login import Accounts
from tests.ui.stand_ins import loaded
from tests.ui.visits import free_port

SMALL_PDF = b"%PDF-1.4\n%%EOF\n"


@contextmanager
def served(*options: str, loader: Loader | None = None, accounts: Accounts | None = None) -> Iterator[httpx.Client]:
    """Serve the page, as `ui.py` does with these options, to a client that is given."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("GRADIO_TEMP_DIR", "FORWARDED_ALLOW_IPS", "GRADIO_ANALYTICS_ENABLED", "no_proxy"):
            patch.setenv(variable, "")
            patch.delenv(variable)  # what serving sets is taken back at the end
        read = ui._read_options(["--port", str(free_port()), *options])
        with ThreadPoolExecutor(1) as pool:  # of its own, for Playwright keeps a loop running in this one
            page = pool.submit(ui.serve, loader or loaded(), read, None, accounts).result()
        try:
            with httpx.Client(base_url=page.local_url, timeout=30, trust_env=False) as client:
                yield client
        finally:
            page.close()


def ask(client: httpx.Client, *given: object, endpoint: str = "ask") -> httpx.Response:
    """Ask at an endpoint, and return what is told at the end."""
    posted = client.post(f"gradio_api/call/{endpoint}", json={"data": list(given)})
    posted.raise_for_status()
    return client.get(f"gradio_api/call/{endpoint}/{posted.json()['event_id']}")
