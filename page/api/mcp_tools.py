"""The page's endpoints as tools over MCP, the Model Context Protocol. Gradio serves them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corpus import TanyaError

if TYPE_CHECKING:
    import gradio as gr
    from mcp.types import ImageContent, TextContent

TOOLS_PATH = "gradio_api/mcp/"
"""The path of the tools, below the page's own address."""


def answer_in_json(page: gr.Blocks) -> None:
    """Make the tools of a launched page answer in JSON; by default, Gradio answers in Python's notation.

    Raises TanyaError if Gradio could not serve the tools.
    """
    server = page.mcp_server_obj
    if server is None:
        raise TanyaError(f"--mcp: {page.mcp_error or 'no tools are served'}")
    server.postprocess_output_data = _json_of  # type: ignore[assignment, method-assign]


def _json_of(outputs: list[Any], _: str) -> list[TextContent | ImageContent]:
    from mcp.types import TextContent

    return [TextContent(type="text", text=json.dumps(output, ensure_ascii=False)) for output in outputs]
