"""How often the follow-up of a conversation finds its evidence, or is refused where the paper leaves it open.

    python -m benchmarks.followups [FILE] [--misses]

A file has one JSON object a line: ``id``, ``lang``, ``turns`` (a question and its follow-up), ``evidence`` and, where
follow-ups are counted by kind, ``kind``. ``evidence`` has, for the follow-up or for each turn, the quotes any one of
which answers it; none where the paper does not. ``--misses`` lists the follow-ups that went wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from benchmarks.data import read_lines

FOLLOWUPS = Path(__file__).with_name("followups.jsonl")
"""The project's own conversations about the bundled paper."""


def main(arguments: list[str] | None = None) -> int:
    """Print the share of follow-ups that went right, by kind and language."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.followups", description="follow-up questions")
    parser.add_argument("file", nargs="?", type=Path, default=FOLLOWUPS)
    parser.add_argument("--misses", action="store_true", help="list those that went wrong")
    options = parser.parse_args(arguments)
    assistant = Assistant.load()
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for each in read_lines(options.file):
        first, follow_up = each["turns"]
        conversation = assistant.conversation()
        conversation.ask(first, language=each["lang"])
        answer = conversation.ask(follow_up, language=each["lang"])
        evidence = _evidence(each)
        is_right = _finds(answer, evidence) if evidence else answer.status != "answered"
        kind = each.get("kind", "follow-up") if evidence else "not in the paper"
        right[kind, each["lang"]].append(is_right)
        if options.misses and not is_right:
            print(f"{each['id']}  {answer.understood_as}\n      {answer.status}: {answer.text[:100]}")
    for (kind, language), results in sorted(right.items()):
        print(f"{kind:18} {language}  {sum(results):3} of {len(results)}")
    return 0


def _evidence(each: dict[str, Any]) -> list[str]:
    evidence: list[Any] = each["evidence"]
    return evidence[-1] if evidence and isinstance(evidence[-1], list) else evidence


def _finds(answer: Answer, evidence: list[str]) -> bool:
    """Return whether one of the first three passages holds the evidence, in an answer or beside a refusal."""
    cited = answer.citations or answer.related
    return any(quote in citation.passage for quote in evidence for citation in cited[:3])


if __name__ == "__main__":
    sys.exit(main())
