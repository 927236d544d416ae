"""Command line: ``python -m corpus show [FILE]`` and ``python -m corpus sentences [FILE]``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import TanyaError
from corpus.loading import MAX_BYTES, load_paper
from corpus.paper import Paper

_MEGABYTE = 1_000_000


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code: 0, or 2 for a file that cannot be read as a paper."""
    options = _parser().parse_args(argv)
    try:
        paper = load_paper(options.file, max_bytes=int(options.max_mb * _MEGABYTE))
        for line in options.lines(paper):
            print(line)
        sys.stdout.flush()
    except TanyaError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader has seen enough; what is still buffered must not be complained about when Python exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def outline(paper: Paper) -> Iterator[str]:
    """Yield the lines of a paper's outline: pages, sections, totals."""
    yield f"{paper.name}: {_count(len(paper.pages), 'page')}, {len(paper.text):,} characters"
    if paper.pages_without_text:
        numbers = ", ".join(map(str, paper.pages_without_text))
        yield f"no text found on page {numbers}: a picture, or an empty page"
    yield ""
    paragraphs = Counter(paragraph.section for paragraph in paper.paragraphs)
    sentences = Counter(sentence.section for sentence in paper.sentences)
    yield "page  level  paragraphs  sentences  section"
    for section in paper.sections:
        counts = f"{paragraphs[section.index]:10}  {sentences[section.index]:9}"
        title = "  " * (section.level - 1) + (section.title or "(no heading)")
        yield f"{section.page:4}  {section.level:5}  {counts}  {title}"
    yield ""
    parts = {"section": paper.sections, "paragraph": paper.paragraphs, "sentence": paper.sentences}
    yield ", ".join(_count(len(found), part) for part, found in parts.items())
    for kind, count in Counter(sentence.kind for sentence in paper.sentences).most_common():
        yield f"{count:6}  {kind}"
    for paragraph in paper.paragraphs:
        if paragraph.kind == "caption":
            yield f"caption: {paragraph.text}"


def sentence_lines(paper: Paper) -> Iterator[str]:
    """Yield one line of JSON for each sentence."""
    for sentence in paper.sentences:
        fields = {
            "id": sentence.id,
            "page": sentence.page,
            "section": paper.sections[sentence.section].title,
            "kind": sentence.kind,
            "language": sentence.language,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
        }
        if paper.translations:
            fields["translation"] = paper.translations[sentence.index].text
        yield json.dumps(fields, ensure_ascii=False)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _megabytes(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError(text)
    return value


_megabytes.__name__ = "number of megabytes"  # what argparse calls it in its message


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="Show what is read from a paper's file.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, lines, purpose in (
        ("show", outline, "outline: pages, sections, counts"),
        ("sentences", sentence_lines, "every sentence with its page and section, one line of JSON each"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("file", nargs="?", type=Path, help="text file (UTF-8) or PDF; left out: the bundled paper")
        command.add_argument(
            "--max-mb",
            type=_megabytes,
            default=MAX_BYTES / _MEGABYTE,
            metavar="N",
            help="largest file read (default 50)",
        )
        command.set_defaults(lines=lines)
    return parser


if __name__ == "__main__":
    sys.exit(main())
