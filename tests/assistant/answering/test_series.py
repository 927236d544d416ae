"""Numbers given in a row are each its own name's, and one of them is the most or the fewest."""

from __future__ import annotations

from assistant.answering.series import extreme, series
from assistant.answering.specifics import specifics
from corpus import Glossary

TEXT = "It works with 3 partners, Japan with 22 projects, Morocco 9 projects, Sudan 11 projects and China 48 projects."


def _labels(statement: str) -> list[str]:
    members = series(TEXT, specifics(TEXT, Glossary(())))
    return [TEXT[one.start : one.end] for one in extreme(statement, members)]


def test_the_most_and_the_fewest_are_found() -> None:
    assert _labels("Japan has the most projects") == ["China 48 projects."]
    assert _labels("Japan mitra dengan proyek paling sedikit") == ["It works with 3 partners"]


def test_a_statement_about_neither_has_none() -> None:
    assert _labels("Japan has at least 22 projects") == []
    assert series("Japan 22 projects and Morocco 9", specifics("Japan 22 projects and Morocco 9", Glossary(()))) == []
