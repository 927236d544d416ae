"""Uploads: only the sender knows the name of one, and the name reveals no path."""

from __future__ import annotations

import atexit
import json
import re
import secrets
import shutil
import tempfile
from collections import deque
from contextlib import suppress
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus import Language
from page.door.guard import refuse
from page.door.limits import read_body
from page.door.open_paths import API
from page.door.whole_response import hold_back
from page.page_language import preferred_language
from page.ui_text import label

_AT_MOST = 50
"""Uploads that wait to be read. Each is read soon, unless its sender has left. The oldest is deleted first."""

_BYTES_AT_MOST = 400_000_000
"""Bytes of those uploads together: twice what all papers that are read, or wait for it, can have."""


class _Upload(NamedTuple):
    """An upload that is being received: the files that Gradio has begun to write, and the sender's language."""

    begun: list[str]
    language: Language


_in_hand: ContextVar[_Upload] = ContextVar("in_hand")

_NAME = re.compile(r"(?P<key>[0-9a-f]{32})/(?P<file>[^/\\\0]+)")


def upload_folder() -> Path:
    """Make a folder for uploads that only this user can read. It is deleted when the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="tanya-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class HideUploads:
    """ASGI middleware: replaces the path of each upload by a name in responses, and the name by the path in requests.

    Gradio would send the path, and give the file to anyone who knows it. The name holds a key that cannot be guessed:
    only the sender can use it. Any other path, and any address that Gradio would fetch, is refused.
    """

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        """Hide the uploads that Gradio stores in ``folder``."""
        _patch_parser()
        self._app = app
        self._folder = folder
        self._waiting: deque[tuple[Path, int]] = deque()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on; of those that are posted, exchange the names and the paths."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
        elif scope["path"].rstrip("/") == f"{API}/upload":
            await self._take(scope, receive, send)
        else:
            await self._pass_on(scope, receive, send)

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_names(start: Message, body: bytes) -> None:
            if start["status"] == 200:
                await JSONResponse([self._hidden(Path(path)) for path in json.loads(body)])(scope, receive, send)
            else:
                await PlainTextResponse(body, start["status"])(scope, receive, send)

        upload = _Upload([], preferred_language(Request(scope)))
        before = _in_hand.set(upload)
        try:
            await self._app(scope, receive, hold_back(send_names))
        finally:
            for path in upload.begun:  # whole files were moved; Gradio would keep those that broke off
                Path(path).unlink(missing_ok=True)
            _in_hand.reset(before)

    def _hidden(self, path: Path) -> str:
        """Move an upload into a folder with a secret name, and return the upload's new name."""
        folder = self._folder / secrets.token_hex(16)
        folder.mkdir(mode=0o700)
        self._waiting.append((folder, path.stat().st_size))
        while len(self._waiting) > _AT_MOST or sum(size for _, size in self._waiting) > _BYTES_AT_MOST:
            shutil.rmtree(self._waiting.popleft()[0], ignore_errors=True)
        path.rename(folder / path.name)
        with suppress(OSError):  # an upload of the same content is being stored there
            path.parent.rmdir()
        return f"{folder.name}/{path.name}"

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        language = preferred_language(Request(scope))
        body = await read_body(receive)
        if body is None:
            await refuse(413, label("too_much", language))(scope, receive, send)
            return
        if not scope["path"].startswith("/login"):  # a form, which holds no paths
            try:
                body = self._with_paths(body, scope)
            except (ValueError, RecursionError):
                await refuse(400, label("unreadable", language))(scope, receive, send)
                return
        unsent: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def resend() -> Message:
            return unsent.pop() if unsent else await receive()  # which returns when the client has gone

        length = (b"content-length", str(len(body)).encode())
        headers = [header for header in scope["headers"] if header[0] not in (b"content-length", b"transfer-encoding")]
        await self._app({**scope, "headers": [*headers, length]}, resend, send)

    def _with_paths(self, body: bytes, scope: Scope) -> bytes:
        """Return the JSON of a request with paths in place of uploads' names, for the parts that take a file.

        Raises ValueError for a wrong name, and for a name anywhere else: there, the path would be shown as text.
        """
        if not body:
            return body
        with_path: list[dict[str, Any]] = []

        def noted(value: dict[str, Any]) -> dict[str, Any]:
            if isinstance(value.get("path"), str):
                with_path.append(value)
            return value

        request = json.loads(body, object_hook=noted)
        files = {id(file) for file in _files(request, scope)}
        for value in with_path:
            if id(value) not in files:
                raise ValueError(value["path"])
            value["path"] = self._path(value["path"])
        # Encoded anew even if nothing was replaced, so that Gradio reads exactly what was checked.
        return json.dumps(request).encode()

    def _path(self, name: str) -> str:
        found = _NAME.fullmatch(name)
        if found is None or found["file"] in (".", ".."):
            raise ValueError(name)
        return str(self._folder / found["key"] / found["file"])


def _files(request: Any, scope: Scope) -> list[Any]:
    """Return the files of a page's event: the values of its parts that take one file, or a list of them."""
    import gradio as gr

    if scope["path"].rstrip("/") != f"{API}/queue/join" or not isinstance(request, dict):
        return []
    number, given = request.get("fn_index"), request.get("data")
    event = scope["app"].get_blocks().fns.get(number) if isinstance(number, int) else None
    if event is None or not isinstance(given, list):
        return []
    values = [value for value, part in zip(given, event.inputs, strict=False) if isinstance(part, gr.File)]
    return [file for value in values for file in (value if isinstance(value, list) else [value])]


@cache
def _patch_parser() -> None:
    """Patch Gradio's parser of uploads: record the files it begins to write, and refuse files without a name."""
    from gradio import route_utils
    from gradio.route_utils import GradioMultiPartParser
    from python_multipart.multipart import parse_options_header
    from starlette.formparsers import MultiPartException

    def named(**given: Any) -> Any:
        file = tempfile.NamedTemporaryFile(**given)  # noqa: SIM115, Gradio closes it
        _in_hand.get().begun.append(file.name)
        return file

    class NamedParts(GradioMultiPartParser):
        """Refuses a file without a usable name."""

        def on_headers_finished(self) -> None:
            _, options = parse_options_header(self._current_part.content_disposition or b"")
            given = options.get(b"filename", b"").decode(errors="replace")
            if Path(given).name in ("", ".."):
                raise MultiPartException(label("upload_unnamed", _in_hand.get().language))
            super().on_headers_finished()

    route_utils.NamedTemporaryFile = named  # type: ignore[assignment, attr-defined]
    route_utils.GradioMultiPartParser = NamedParts  # type: ignore[misc]
