"""Command line: ``python -m corpus show [FILE]`` and ``sentences``; of a library ``add``, ``list`` and ``remove``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tqdm import tqdm

from corpus import command_line
from corpus.errors import TanyaError
from corpus.formats.file import MAX_BYTES
from corpus.library import Entry, Library, Outcome, default_library, find_files
from corpus.loading import load_paper
from corpus.paper import Paper
from corpus.pdf.recognition import INSTALL, is_installed
from corpus.printing import print_json, print_text

_FIELDS = ("id", "page", "section", "kind", "language", "start", "end", "text")
"""Fields of a sentence that `sentence_records` gives, in this order."""


def main(arguments: Sequence[str] | None = None, *, prog: str = "python -m corpus") -> int:
    """Run a command; return 0, 1 where some files could not be added, or what `command_line.run` returns."""

    def work() -> int:
        options = _parser(prog).parse_args(arguments)
        return int(options.run(options))

    interrupted = "Interrupted: what was added stays; the same command goes on from there."
    return command_line.run(work, prefix="error: ", interrupted=interrupted)


def _show(options: argparse.Namespace) -> int:
    for line in outline(load_paper(options.file, max_bytes=options.max_mb)):
        print_text(line)
    return 0


def _sentences(options: argparse.Namespace) -> int:
    for record in sentence_records(load_paper(options.file, max_bytes=options.max_mb)):
        print_json(record)
    return 0


def _add(options: argparse.Namespace) -> int:
    if not options.files and not options.bundled:
        raise TanyaError("nothing to add: name files or folders, or give --bundled for the bundled paper")
    library, files = Library(options.library), find_files(options.files)
    outcomes = [library.add_bundled()] if options.bundled else []
    with tqdm(total=len(files), unit="file", dynamic_ncols=True, leave=False, disable=len(files) < 2) as bar:
        for outcome in library.add(files, max_bytes=options.max_mb):
            outcomes.append(outcome)
            for line in _lines(outcome):
                with bar.external_write_mode():
                    print_text(line, flush=True)
            bar.update()
    counts = Counter(outcome.change for outcome in outcomes)
    changes = ", ".join(f"{count} {change}" for change, count in counts.items())
    print_text(f"{library.folder}: {changes}; {_count(len(library.entries()), 'paper')} in all")
    failed = [outcome for outcome in outcomes if outcome.problem]
    if failed:
        print_text(f"Not added: {_count(len(failed), 'file')}", file=sys.stderr)
        for outcome in failed:
            print_text(f"  {outcome.problem}", file=sys.stderr)
    return 1 if failed else 0


def _lines(outcome: Outcome) -> Iterator[str]:
    """Yield a line for a file that changed the library; files that failed are listed at the end."""
    if outcome.change == "duplicate" and outcome.entry:
        yield f"{outcome.path}: the same as {outcome.entry.path}"
    elif outcome.change not in ("unchanged", "failed") and outcome.entry:
        yield f"{outcome.path}: {outcome.change}, {_count(outcome.entry.pages, 'page')}"


def _list(options: argparse.Namespace) -> int:
    library = Library(options.library)
    entries = library.entries()
    if options.json:
        for entry in entries:
            print_json(entry.to_record())
        return 0
    print_text(f"{library.folder}: {_count(len(entries), 'paper')}")
    for entry in entries:
        print_text(f"{entry.id}  {entry.pages:5} pages  {_described(entry)}")
    return 0


def _described(entry: Entry) -> str:
    """Return a paper's file name, and what the file's metadata say."""
    known = entry.metadata
    name = f"{entry.name}:" if known.title or known.authors else entry.name
    authors = f"{'; '.join(known.authors)}," if known.authors else ""
    year = f"({known.year})" if known.year else f"(file made {known.made})" if known.made else ""
    return " ".join(filter(None, (name, authors, known.title, year)))


def _remove(options: argparse.Namespace) -> int:
    library = Library(options.library)
    for wanted in options.papers:
        entry = library.remove(wanted)
        print_text(f"{entry.name} ({entry.id}) is no longer in {library.folder}")
    return 0


def outline(paper: Paper) -> Iterator[str]:
    """Yield the lines of a paper's outline: pages, sections, totals."""
    yield f"{paper.name}: {_count(len(paper.pages), 'page')}, {len(paper.text):,} characters"
    if paper.recognised:
        numbers = ", ".join(str(page.number) for page in paper.recognised)
        yield f"text recognised in the picture of page {numbers}"
    if paper.pages_without_text:
        numbers = ", ".join(map(str, paper.pages_without_text))
        remedy = "" if is_installed() else f"; to have text in pictures recognised: {INSTALL}"
        yield f"no text found on page {numbers}: a picture, or an empty page{remedy}"
    if paper.unquotable:
        which = _count(len(paper.unquotable), "sentence")
        yield f"{which} with characters that the file does not say (\ufffd): shown, and never quoted"
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


def sentence_records(paper: Paper) -> Iterator[dict[str, Any]]:
    """Yield each sentence as plain values."""
    for sentence in paper.sentences:
        fields = {name: getattr(sentence, name) for name in _FIELDS}
        fields["section"] = paper.sections[sentence.section].title  # in place of its index
        if paper.is_recognised(sentence.page, sentence.last_page):
            fields["recognised"] = True
        if paper.annotations.translations:
            fields["translation"] = paper.annotations.translations[sentence.index].text
        yield fields


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _megabytes(text: str) -> int:
    """Return the bytes in a number of megabytes."""
    size = float(text) * 1_000_000
    if not 1 <= size < float("inf"):
        raise ValueError(text)
    return int(size)


_megabytes.__name__ = "number of megabytes"  # what argparse calls it in its message


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = command_line.Parser(
        prog=prog, description="Show what is read from a paper's file, and keep a library of papers."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    library = command_line.Parser(add_help=False)
    library.add_argument(
        "--library", type=command_line.path, metavar="FOLDER", help=f"the library ({default_library()})"
    )
    limit = command_line.Parser(add_help=False)
    limit.add_argument(
        "--max-mb", type=_megabytes, default=MAX_BYTES, metavar="N", help="largest file read (default 50)"
    )

    def command(name: str, run: Callable[..., int], purpose: str, **settings: Any) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name, **{"help": purpose, "description": purpose, "parents": [library], **settings}
        )
        made.set_defaults(run=run)
        return made

    reading = command_line.Parser(add_help=False, parents=[limit])
    reading.add_argument(
        "file",
        nargs="?",
        type=command_line.path,
        help="a paper (PDF, DOCX, EPUB, HTML, Markdown, text); left out: the bundled paper",
    )
    command("show", _show, "outline: pages, sections, counts", parents=[reading])
    sentences = "every sentence with its page and section, one line of JSON each"
    command("sentences", _sentences, sentences, parents=[reading])

    add = command(
        "add",
        _add,
        "add papers to the library",
        parents=[library, limit],
        description="Add papers to the library. What is there already costs nothing; if this is interrupted, the same "
        "command goes on from there. Files that cannot be read are listed at the end.",
    )
    add.add_argument(
        "files",
        nargs="*",
        type=command_line.path,
        metavar="FILE|FOLDER",
        help="PDF, DOCX, EPUB, HTML, Markdown and text files, or folders",
    )
    add.add_argument("--bundled", action="store_true", help="add the bundled paper, with its translation")

    listing = command("list", _list, "list the papers of the library")
    listing.add_argument("--json", action="store_true", help="one line of JSON for each")

    remove = command("remove", _remove, "remove papers from the library; the files they were added from stay")
    remove.add_argument(
        "papers", nargs="+", metavar="PAPER", help="an id as listed, its first 4 characters or more, or a name"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
