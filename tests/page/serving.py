"""The page, served in this process, with a small assistant in place of the model."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import gradio
import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

import ui
from assistant.feedback import FeedbackFile
from page.door.login import SignIn
from page.papers.loader import Loader
from tests.page.stand_ins import in_a_thread, loaded
from tests.page.visits import ROOT, free_port


class Page:
    """A served page: a client of it, and the folder of its uploads."""

    def __init__(self, client: httpx.Client, folder: Path) -> None:
        self.client = client
        self.folder = folder

    @property
    def file_boxes(self) -> list[int]:
        """The components that take a file."""
        return [part["id"] for part in self.client.get("config").json()["components"] if part["type"] == "file"]

    def part(self, name: str) -> int:
        """Return the component whose element has this id."""
        parts = self.client.get("config").json()["components"]
        (number,) = (part["id"] for part in parts if part["props"].get("elem_id") == name)
        return int(number)

    @property
    def uploads(self) -> list[bytes]:
        """The contents of the uploads on the disk. Gradio leaves an empty file for each one that was read."""
        contents = []
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with suppress(FileNotFoundError):  # the server has just read it, or moved it
                    contents.append(Path(folder, name).read_bytes())
        return [content for content in contents if content]

    def upload(self, name: str, data: bytes) -> httpx.Response:
        return self.client.post("gradio_api/upload", files={"files": (name, data)})

    def dropped(self, component: int, name: str, data: bytes) -> httpx.Response:
        """Do as the page does when a file is dropped, and return the response."""
        (path,) = self.upload(name, data).json()
        return self.given(component, path)

    def given(self, component: int, path: str, session: str | None = None) -> httpx.Response:
        """Send the event of an upload, and return the response."""
        return self.sent(component, self.file(path), session)

    def sent(self, component: int, value: object, session: str | None = None) -> httpx.Response:
        """Send a value as the file of a component, and return the response."""
        return self.sent_event(component, "upload", [value], session)

    def file(self, path: str) -> dict[str, object]:
        """Return an upload as the page sends it."""
        return {"path": path, "orig_name": path.rpartition("/")[2], "meta": {"_type": "gradio.FileData"}}

    def sent_event(
        self, component: int, event: str, data: list[object], session: str | None = None, **sent: str
    ) -> httpx.Response:
        """Send an event of a component, as the front end does, and return the response.

        ``sent`` are the data attributes of the button.
        """
        session = session or f"session-{component}"
        joined = self.joined(component, event, data, session, **sent)
        if joined.status_code != 200:
            return joined
        return self.client.get("gradio_api/queue/data", params={"session_hash": session})

    def joined(self, component: int, event: str, data: list[object], session: str, **sent: str) -> httpx.Response:
        """Send an event of a component, and do not wait for what it returns."""
        events = self.client.get("config").json()["dependencies"]
        happened = next(each for each in events if [component, event] in each["targets"])
        data = [*data, *[None] * (len(happened["inputs"]) - len(data))]
        request = {"data": data, "fn_index": happened["id"], "session_hash": session, "event_data": sent or None}
        return self.client.post("gradio_api/queue/join", json=request)


@contextmanager
def served(
    *options: str, loader: Loader | None = None, sign_in: SignIn | None = None, feedback: FeedbackFile | None = None
) -> Iterator[Page]:
    """Serve the page as `ui.py` does with these options."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("GRADIO_TEMP_DIR", "FORWARDED_ALLOW_IPS", "no_proxy"):
            patch.setenv(variable, "")
            patch.delenv(variable)  # what serving sets is taken back at the end
        read = ui._read_options(["--port", str(free_port()), *options])
        with ThreadPoolExecutor(1) as pool:  # of its own, for Playwright keeps a loop running in this one
            page = pool.submit(ui.serve, loader or loaded(), read, feedback, sign_in).result()
        try:
            with httpx.Client(base_url=str(page.local_url), timeout=30, trust_env=False) as client:
                yield Page(client, Path(os.environ["GRADIO_TEMP_DIR"]))
        finally:
            page.close(verbose=False)


def ask(client: httpx.Client, *given: object, endpoint: str = "ask") -> httpx.Response:
    """Ask at an endpoint, and return the last event of the answer."""
    return client.get(asked(client, *given, endpoint=endpoint))


def asked(client: httpx.Client, *given: object, endpoint: str = "ask") -> str:
    """Ask at an endpoint, and return the path of the answer's events."""
    posted = client.post(f"gradio_api/call/{endpoint}", json={"data": list(given)})
    posted.raise_for_status()
    return f"gradio_api/call/{endpoint}/{posted.json()['event_id']}"


def tools_of(page: Page, **client: Any) -> list[str]:
    """Return the names of a page's tools, as an MCP client lists them that asks with a ``client`` of httpx.

    Raises an exception of that client, in a group, if it is refused.
    """

    async def names() -> list[str]:
        async with (
            httpx.AsyncClient(trust_env=False, timeout=30, **client) as http,
            streamable_http_client(f"{page.client.base_url}gradio_api/mcp/", http_client=http) as (read, write, *_),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return [tool.name for tool in (await session.list_tools()).tools]

    found: list[str] = in_a_thread(asyncio.wait_for(names(), 30))
    return found


def secrets_of_the_disk() -> list[str]:
    """Return what no response may hold: the folders of this program, its packages, its user and its uploads."""
    cache = Path(os.environ.get("TANYA_CACHE") or Path.home() / ".cache")
    packages = Path(gradio.__file__).parents[1]
    places = [ROOT, packages, Path.home(), cache, Path(os.environ["GRADIO_TEMP_DIR"])]
    return [str(place) for place in places]
