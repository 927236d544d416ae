"""Markdown files: CommonMark with tables, converted to HTML, after metadata in YAML."""

from __future__ import annotations

import re
from typing import Any

from corpus.formats.file import File
from corpus.formats.html_lines import lines_of, one_page, parse_html
from corpus.formats.text import decode_text
from corpus.metadata import NO_METADATA, Metadata, given_title, year_of
from corpus.structure.manuscript import Manuscript

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(file: File) -> Manuscript:
    """Read a Markdown file, all of which is page 1.

    Raises PaperError where it is no text, as `read_text` does, or its elements are nested too deep.
    """
    from markdown_it import MarkdownIt

    text = decode_text(file)
    front = _FRONT.match(text)
    metadata = _metadata(front[1]) if front else NO_METADATA
    # Without YAML between them, the two lines of hyphens are Markdown: a rule, and the underline of a heading.
    body = text[front.end() :] if front and metadata is not None else text
    markup = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    lines = lines_of(parse_html(file.name, f"<body>{markup}</body>"))
    return one_page(file.name, lines, metadata or NO_METADATA)


def _metadata(front: str) -> Metadata | None:
    """Return what the YAML before a text says, by the names that Pandoc and most others use; None if it is no YAML."""
    import yaml

    try:
        given = yaml.safe_load(front)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(given, dict):
        return None
    date = given.get("date")
    return Metadata(
        title=given_title(next(iter(_texts(given.get("title"))), "")),
        authors=tuple(_texts(given.get("author", given.get("authors")))),
        year=year_of(date) if isinstance(date, str | int) or hasattr(date, "year") else None,
    )


def _texts(value: Any) -> list[str]:
    """Return a text, or those in a list of texts and of names ("name: ..."); anything else is left out."""
    items = value if isinstance(value, list) else [value]
    texts = (item.get("name") if isinstance(item, dict) else item for item in items)
    return [" ".join(text.split()) for text in texts if isinstance(text, str) and text.strip()]
