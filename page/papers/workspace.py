"""Which paper a session works on: the one that the page is served for, or one that the visitor opened."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import gradio as gr

from page.papers.desks import Desks
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.shelf import Shelf
from page.ui_text import labelled_error


class Workspace:
    """The papers of all sessions.

    Every request of a browser names the paper that it works on. ``at`` is the digest of the visitor's own paper, or ""
    for the paper or library that the page is served for. So, if the server has lost a paper, no other one answers for
    it.
    """

    def __init__(self, base: Loader, shelf: Shelf | None = None) -> None:
        """Serve the paper of ``base``, which may still be loading, or the library on a ``shelf``."""
        self.base = base
        self.shelf = shelf
        self.desks = Desks()

    def loader(self, at: str, request: gr.Request) -> Loader:
        """Return the loader of the paper that a session works on. Raises TanyaError if the paper is open no more."""
        if not at:
            return self.base
        loader = self.desks.loader(session_of(request))
        if loader.document.paper.digest != at:
            raise labelled_error("own_lost")
        return loader

    def opened_in(self, request: gr.Request) -> str:
        """Return the digest of the paper that the visitor has opened in a session, "" for none."""
        desk = self.desks.find(session_of(request))
        return desk.loader.document.paper.digest if desk and desk.loader else ""

    def document(self, at: str, paper: str, request: gr.Request) -> Document:
        """Return the paper that is shown; in a library, the one with the id ``paper``. Raises TanyaError."""
        if self.shelf and not at:
            return self.shelf.document(paper) if paper else self.shelf.first
        return self.loader(at, request).document

    def in_use(self, at: str, request: gr.Request) -> AbstractContextManager[None]:
        """Keep the paper that a session works on open while it answers."""
        return self.desks.in_use(session_of(request)) if at else nullcontext()


def session_of(request: gr.Request) -> str:
    """Return the key of a session."""
    return request.session_hash or ""
