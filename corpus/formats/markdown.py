"""Markdown files, by way of HTML: CommonMark with tables, and what stands before it in YAML."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any, Final

from corpus.formats.html_lines import lines_of, marked, parse_html
from corpus.formats.text import decode_text
from corpus.metadata import NOT_TOLD, Metadata, given_title, year_of
from corpus.structure.layout import Manuscript

SUFFIXES: Final = (".md", ".markdown")

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def is_markdown(name: str) -> bool:
    """Tell whether a file is named as Markdown is; nothing else tells it from a text."""
    return PurePath(name).suffix.casefold() in SUFFIXES


def read_markdown(name: str, data: bytes) -> Manuscript:
    """Read a Markdown file's bytes; all of it is page 1, as of a text without pages.

    Raises PaperError where they are no text, as `read_text` does, or lie too deep in each other.
    """
    from markdown_it import MarkdownIt

    text = decode_text(name, data).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    metadata = _metadata(front[1]) if front else NOT_TOLD
    # As a text without YAML between them, the two lines are a rule and a heading's underline.
    body = text[front.end() :] if front and metadata is not None else text
    markup = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    lines = lines_of(parse_html(name, f"<body>{markup}</body>"))
    return marked(name, lines, metadata or NOT_TOLD)


def _metadata(front: str) -> Metadata | None:
    """Return what YAML before a text tells of it, as Pandoc and most others name things; None if it is no YAML."""
    import yaml

    try:
        told = yaml.safe_load(front)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(told, dict):
        return None
    return Metadata(
        title=given_title(next(iter(_texts(told.get("title"))), "")),
        authors=tuple(_texts(told.get("author", told.get("authors")))),
        year=year_of(told.get("date")) if isinstance(told.get("date"), str | int) or _is_date(told) else None,
    )


def _is_date(told: dict[Any, Any]) -> bool:
    return hasattr(told.get("date"), "year")


def _texts(value: Any) -> list[str]:
    """Return a text, or those of a list of texts or of names ("name: ..."), without what is neither."""
    each = value if isinstance(value, list) else [value]
    named = (one.get("name") if isinstance(one, dict) else one for one in each)
    return [" ".join(one.split()) for one in named if isinstance(one, str) and one.strip()]
