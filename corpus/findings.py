"""A paper's findings, stated in both languages, each with the sentences it rests on.

A TOML file: ``[topics.ID]`` names each topic in both languages, in the order in which they are shown, and each
``[[finding]]`` has the fields of `corpus.Finding`, those in two languages as ``NAME_id`` and ``NAME_en``.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from corpus.entries import SentenceIds, in_both
from corpus.errors import PaperError
from corpus.paper import Finding, Paper, Topic


def read_findings(path: Path, paper: Paper) -> tuple[Finding, ...]:
    """Return a paper's findings in the file's order.

    Raises PaperError for a topic or sentence that is not there, and for key findings that are not ranked 1, 2, 3 ...
    """
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    topics = {key: Topic(key, name) for key, name in read["topics"].items()}
    ids = SentenceIds(paper, path)
    findings = []
    for entry in read["finding"]:
        if entry["topic"] not in topics:
            raise PaperError(f"{path}: finding {entry['id']}: there is no {entry['topic']}")
        findings.append(
            Finding(
                id=entry["id"],
                topic=topics[entry["topic"]],
                statement=in_both(entry, "statement"),
                sentences=ids.indexes(entry["sentences"], f"finding {entry['id']}"),
                value=entry.get("value"),
                unit=in_both(entry, "unit"),
                note=in_both(entry, "note"),
                chart=entry.get("chart", ""),
                label=in_both(entry, "label"),
                status=entry.get("status", ""),
                rank=entry.get("rank"),
            )
        )
    ranks = sorted(finding.rank for finding in findings if finding.rank is not None)
    if ranks != list(range(1, len(ranks) + 1)):
        raise PaperError(f"{path}: the key findings have the ranks {ranks}; number them from 1, each rank once")
    return tuple(findings)
