"""A paper's findings, stated in both languages, each with the sentences it rests on.

A TOML file: ``[topics.ID]`` names each topic in both languages, in the order in which they are shown, and each
``[[finding]]`` has the fields of `corpus.Finding`, those in two languages as ``NAME_id`` and ``NAME_en``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import PaperError
from corpus.paper import Finding, Language, Paper, Topic


def read_findings(path: Path, paper: Paper) -> tuple[Finding, ...]:
    """Return a paper's findings in the file's order; raises PaperError for a topic or sentence that is not there."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    topics = {key: Topic(key, name) for key, name in read["topics"].items()}
    index = {sentence.id: sentence.index for sentence in paper.sentences}
    findings = []
    for entry in read["finding"]:
        unknown = [id for id in entry["sentences"] if id not in index]
        if unknown or entry["topic"] not in topics:
            raise PaperError(f"{path}: finding {entry['id']}: there is no {', '.join(unknown) or entry['topic']}")
        findings.append(
            Finding(
                id=entry["id"],
                topic=topics[entry["topic"]],
                statement=in_both(entry, "statement"),
                sentences=tuple(index[id] for id in entry["sentences"]),
                value=entry.get("value"),
                unit=in_both(entry, "unit"),
                note=in_both(entry, "note"),
                chart=entry.get("chart", ""),
                label=in_both(entry, "label"),
                status=entry.get("status", ""),
            )
        )
    return tuple(findings)


def in_both(entry: Mapping[str, Any], name: str) -> dict[Language, str]:
    """Return what an entry has under a name in both languages, "" where it has nothing."""
    return {"id": entry.get(f"{name}_id", ""), "en": entry.get(f"{name}_en", "")}
