"""Files that the browser saves or uploads. None of them stays on the server's disk."""

from __future__ import annotations

import mimetypes
from base64 import b64encode
from contextlib import suppress
from pathlib import Path

from gradio.utils import get_upload_folder

SAVE_FILE_JS = """(file) => {
    if (!file) return;
    const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], {type: file.mime}));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}"""
"""Saves the file that `file_to_save` returned, for ``event.then(None, file, None, js=SAVE_FILE_JS)``."""

_MIME = {
    ".jsonl": "application/jsonl",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".md": "text/markdown",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_to_save(name: str, data: bytes) -> dict[str, str]:
    """Return a file for the browser to save, as the value of a hidden gr.JSON."""
    suffix = Path(name).suffix
    mime = _MIME.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    return {"name": name, "mime": mime, "base64": b64encode(data).decode()}


def take_upload(path: str, *, max_bytes: int) -> tuple[str, bytes | None]:
    """Return the name and the bytes of an uploaded file, and delete it. The bytes are None if there are too many.

    ``path`` is the value of a gr.File. Raises OSError if the file cannot be read.
    """
    file = Path(path)
    try:
        return file.name, file.read_bytes() if file.stat().st_size <= max_bytes else None
    finally:
        drop_upload(path)


def drop_upload(path: str) -> None:
    """Delete an uploaded file and the folder that was made for it."""
    file = Path(path)
    file.unlink(missing_ok=True)
    if file.parent.parent == Path(get_upload_folder()):
        with suppress(OSError):  # the same file was uploaded again meanwhile
            file.parent.rmdir()
