"""The endpoints as tools over MCP, asked by the official client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from assistant import Catalogue
from corpus import load_paper
from page.api.mcp_tools import TOOLS_PATH
from tests.page.visits import FeedbackServer, Server

SIGNED = "When was the sister-province agreement signed?"


def in_session(server: Server, use: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """Use a session in a thread of its own, for Playwright keeps a loop running in this one."""

    async def session() -> Any:
        async with (
            streamable_http_client(server.url + TOOLS_PATH) as (read, write, *_),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await use(session)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, session()).result()


def called(server: Server, tool: str, given: dict[str, Any]) -> CallToolResult:
    result = in_session(server, lambda session: session.call_tool(tool, given))
    assert isinstance(result, CallToolResult)
    return result


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_only_the_endpoints_are_tools_and_all_is_described(feedback_server: FeedbackServer) -> None:
    tools = in_session(feedback_server, lambda session: session.list_tools()).tools
    needed = {tool.name: tool.inputSchema.get("required", []) for tool in tools}
    assert needed == {"ask": ["question"], "lookup": [], "batch": ["questions"]}
    for tool in tools:
        assert "Returns: A " in tool.description
        assert all(parameter["description"] for parameter in tool.inputSchema["properties"].values())
    ask = next(tool for tool in tools if tool.name == "ask")
    assert list(ask.inputSchema["properties"]) == ["question", "language", "context"]


def test_ask_answers_in_json(feedback_server: FeedbackServer) -> None:
    result = called(feedback_server, "ask", {"question": SIGNED})
    assert not result.isError
    record = json.loads(text(result))
    assert record["status"] == "answered"
    assert record["short"] == "9 May 2016"
    assert "9 May 2016" in record["answer"]
    assert record["error"] is None


def test_lookup_finds(feedback_server: FeedbackServer) -> None:
    record = json.loads(text(called(feedback_server, "lookup", {"text": "masker", "topic": "aid"})))
    assert record == json.loads(json.dumps(Catalogue(load_paper()).lookup("masker", topic="aid").to_record()))


def test_batch_answers(feedback_server: FeedbackServer) -> None:
    records = json.loads(text(called(feedback_server, "batch", {"questions": [SIGNED, ""]})))
    assert [(record["id"], record["status"]) for record in records] == [("1", "answered"), ("2", "error")]


@pytest.mark.parametrize(
    ("tool", "given", "message"),
    [
        ("ask", {"question": "", "language": "en"}, "empty"),
        ("ask", {"question": SIGNED, "language": "fr"}, "'fr' is not one of"),
        ("ask", {}, "'question' is a required property"),
        ("lookup", {"topic": "masks"}, 'There is no topic "masks"'),
        ("batch", {"questions": ["Kapan?"] * 2001}, "at most 2000 questions"),
    ],
)
def test_bad_value_is_told_in_one_line(
    feedback_server: FeedbackServer, tool: str, given: dict[str, Any], message: str
) -> None:
    before = [*feedback_server.errors]
    result = called(feedback_server, tool, given)
    assert result.isError
    assert message in text(result)
    assert "\n" not in text(result)
    assert feedback_server.errors == before
