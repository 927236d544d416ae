"""The page's own texts: each in both languages, and all of them used."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from string import Formatter
from typing import get_args

import pytest

from assistant.answer import Status
from corpus import LANGUAGES, Writer
from page import bar
from page.batch import batch_view, table_view
from page.batch.work import Phase
from page.chat.chat_pane import SAVED_AS
from page.chat.first_screen import IN_SHORT
from page.reading.sheet import Wording
from page.ui_text import LABELS, STARTERS, label
from page.views.charts import CHARTS
from tests.page.visits import ROOT

LOOKUPS = ("label", "labelled_error", "words")
STAGES = ("starting", "model", "index", "ready", "failed")
GRADIOS = ("upload_text.drop_file",)
"""Words that Gradio looks for itself."""


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_each_stands_in_both_languages_with_the_same_values_to_put_in() -> None:
    assert list(LABELS) == list(LANGUAGES)
    assert LABELS["id"].keys() == LABELS["en"].keys()
    for key, indonesian in LABELS["id"].items():
        english = LABELS["en"][key]
        assert placeholders(indonesian) == placeholders(english), key
        assert indonesian.strip() == indonesian != ""
        assert english.strip() == english != ""


def families() -> Iterator[str]:
    """Yield the keys that are made of a value's name."""
    findings = ("done", "in-process")
    tables = [f"table_{column}" for column in ("paper", "page", "quote")]
    phases = [f"batch_{phase}" for phase in get_args(Phase)]
    yield from (*STAGES, *GRADIOS, *findings, *tables, *phases, "batch_all", "batch_waiting")
    yield from (f"{name}_{part}" for name in ("batch", "table") for part in ("empty", "progress", "rows"))
    yield from (f"table_{phase}" for phase in ("empty", "running", "stopped", "done"))
    yield from (
        f"batch_{column}" for column in {*batch_view._COLUMNS, *table_view._COLUMNS} - {"paper", "page", "quote"}
    )
    yield from (f"batch_{status}" for status in get_args(Status))
    yield from (f"batch_{problem}" for problem in ("full", "full_of_one", "left", "too_big", "too_many"))
    yield from (f"view_{view}" for view in (*bar._FIRST, "glossary", "table", "batch"))
    yield from (f"wording_{wording}" for wording in get_args(Wording))
    yield from (f"chart_{chart}" for chart in CHARTS)
    yield from (f"part_{each}" for each in IN_SHORT)
    yield from (f"save_{suffix}" for suffix in SAVED_AS)
    yield from (f"translated_by_{writer}" for writer in get_args(Writer))
    yield from (f"{name}_note" for name in ("findings", "glossary"))
    yield from ("verdict_good", "verdict_bad")
    yield from (f"{things}_one" for things in ("findings", "pages", "papers", "programmes", "sentences", "terms"))


def nodes() -> Iterator[ast.AST]:
    """Yield all of the page's code but the table of labels."""
    for file in (ROOT / "page").rglob("*.py"):
        if file.name != "ui_text.py":
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def texts(within: Iterable[ast.AST]) -> Iterator[str]:
    constants = (each for part in within for each in ast.walk(part) if isinstance(each, ast.Constant))
    yield from (each.value for each in constants if isinstance(each.value, str))


def literals() -> Iterator[str]:
    """Yield the texts that the page's code hands to a function, or gives a name."""
    for node in nodes():
        if isinstance(node, ast.Call | ast.Assign):
            yield from texts(node.args if isinstance(node, ast.Call) else [node.value])


def named() -> Iterator[str]:
    """Yield the keys by which the page's code names a label outright, or one of two."""
    for node in nodes():
        if (
            isinstance(node, ast.Call)
            and node.args
            and ast.unparse(node.func).endswith(("label", "labelled_error", "words"))
        ):
            key = node.args[0]
            yield from texts(
                [key.body, key.orelse] if isinstance(key, ast.IfExp) else [key] * isinstance(key, ast.Constant)
            )


def test_all_are_there_that_something_shows() -> None:
    keys = set(named())
    assert len(keys) > 100
    assert keys - LABELS["id"].keys() == set()


def test_none_is_there_that_nothing_shows() -> None:
    made = set(families())
    assert made <= LABELS["id"].keys()
    assert LABELS["id"].keys() - made - set(literals()) == set()


def test_values_are_put_in() -> None:
    assert label("page_of", "en", last=14) == "Page (of 14)"
    assert label("asked_about", "en") == "What is meant by “{text}”?"  # in which the browser puts the text
    with pytest.raises(KeyError):
        label("page_of", "id", first=1)


def test_there_are_as_many_questions_to_begin_with_in_both_languages() -> None:
    for questions in STARTERS.values():
        assert questions.keys() == set(LANGUAGES)
        assert len(questions["id"]) == len(questions["en"]) <= 4
