"""The page's endpoints as tools over MCP, the Model Context Protocol, which Gradio serves if it is told to."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from corpus import TanyaError

if TYPE_CHECKING:
    import gradio as gr
    from mcp.types import ImageContent, TextContent

TOOLS_PATH = "gradio_api/mcp/"
"""Where they are, below the page's own address."""


def check_mcp() -> None:
    """Raise TanyaError where what is needed to serve tools is not installed."""
    if find_spec("mcp") is None:
        raise TanyaError("--mcp needs the Python package mcp: pip install -r requirements.txt")


def tell_json(page: gr.Blocks) -> None:
    """Let the tools of a page that was launched answer in JSON; Gradio would answer in Python's own notation.

    Raises TanyaError if Gradio could not serve them.
    """
    server = page.mcp_server_obj
    if server is None:
        raise TanyaError(f"--mcp: {page.mcp_error or 'no tools are served'}")
    server.postprocess_output_data = _told  # type: ignore[assignment, method-assign]


def _told(outputs: list[Any], _: str) -> list[TextContent | ImageContent]:
    from mcp.types import TextContent

    return [TextContent(type="text", text=json.dumps(output, ensure_ascii=False)) for output in outputs]
