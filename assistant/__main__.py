"""Ask from the command line: ``python -m assistant ask "..."``.

Also ``batch QUESTIONS ANSWERS``, ``table QUESTION TABLE --library``, ``lookup "masker"``, ``evaluate QUESTIONS``,
``feedback FEEDBACK SET`` and ``doctor``.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

from assistant import Answer, Assistant, Citation, LibraryAssistant
from assistant.answer import Status
from assistant.asking import Asker
from assistant.batch import check_batch, run_batch
from assistant.evaluation import evaluate, read_set, report
from assistant.feedback import to_be_labelled, write_set
from assistant.library_assistant import check_not_empty
from assistant.lookup import Catalogue
from assistant.lookup_rendering import print_tables, to_csv
from assistant.paper_table import TABLE_SUFFIXES, print_table, run_table
from assistant.partial_file import check_target
from assistant.question import check_question
from assistant.wording import say
from corpus import LANGUAGES, TanyaError, command_line, load_paper
from corpus.library import Library, only_one
from corpus.printing import print_data, print_json, print_text
from index.backend_choice import LOCAL
from index.embedder import Progress
from index.model_memory import NEEDED
from index.options import add_index_option, add_library_option


def main(arguments: Sequence[str] | None = None, *, prog: str = "python -m assistant") -> int:
    """Run a command; return 0, 1 where doctor finds a problem, or what `command_line.run` returns."""

    def work() -> int:
        args = _parser(prog).parse_args(arguments)
        status: int = args.run(args) or 0
        return status

    return command_line.run(work, needs=NEEDED)


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = command_line.Parser(prog=prog, description="Ask a paper, get its own words back.")
    commands = parser.add_subparsers(dest="command", required=True)
    paper = command_line.Parser(add_help=False)
    paper.add_argument("--paper", type=command_line.path, help="a paper's file (default: the bundled paper)")
    asking = command_line.Parser(add_help=False)
    asking.add_argument("--language", choices=LANGUAGES, help="the questions' language (default: recognised in each)")
    asking.add_argument("--model", help="a sentence-transformers model, by name or folder (default: the one installed)")
    choosing = command_line.Parser(add_help=False)
    choosing.add_argument(
        "--within", action="append", metavar="PAPER", help="only this paper of the library, by id or name; repeatable"
    )
    add_index_option(choosing)
    common = command_line.Parser(add_help=False, parents=[asking, choosing])
    source = common.add_mutually_exclusive_group()
    source.add_argument("--paper", type=command_line.path, help="a paper's file (default: the bundled paper)")
    add_library_option(source, "the papers of a library")

    ask = commands.add_parser("ask", parents=[common], help="answer one question")
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.set_defaults(run=_ask)

    batch = commands.add_parser(
        "batch",
        parents=[common],
        help="answer a file of questions",
        description="Answer a file of questions. If it is interrupted, the same command takes it up where it stopped.",
    )
    batch.add_argument(
        "questions", type=command_line.path, help='.csv or .jsonl with a "question" column, or text, one on each line'
    )
    batch.add_argument("answers", type=command_line.path, help="the .jsonl, .csv or .xlsx file to write")
    batch.set_defaults(run=_batch)

    table = commands.add_parser(
        "table",
        parents=[asking, choosing],
        help="ask every paper of a library one question",
        description="Ask every paper of a library one question: a table with one row a paper. If it is interrupted, "
        "the same command takes it up where it stopped, if there is a file to write.",
    )
    table.add_argument("question")
    table.add_argument(
        "table", type=command_line.path, nargs="?", help="the .csv or .xlsx file to write (default: it is printed)"
    )
    add_library_option(table, "the papers of this library")
    table.set_defaults(run=_table)

    evaluate = commands.add_parser(
        "evaluate",
        parents=[paper, asking],
        help="measure how well a set of questions is answered",
        description="Ask a set of questions, print how many are answered or refused rightly, and list the failures.",
    )
    evaluate.add_argument("questions", type=command_line.path, help=".jsonl, as assistant/evaluation.py describes it")
    evaluate.set_defaults(run=_evaluate)

    feedback = commands.add_parser(
        "feedback",
        parents=[paper],
        help="make a set of questions of what the page's users found good",
        description="Make a set of questions of what the page's users think of its answers. Those found good go in, as "
        "answered or left open by the paper; what would be right instead of an answer found bad is unknown, so these "
        "questions are printed, with the notes, to be labelled. A question is in the language it was written in only: "
        "what asks all questions of a set in one language wants a set made with --language.",
    )
    feedback.add_argument("feedback", type=command_line.path, help="the .jsonl file that tanya serve --feedback wrote")
    feedback.add_argument("set", type=command_line.path, help="the .jsonl file to write, as evaluate reads it")
    feedback.add_argument("--language", choices=LANGUAGES, help="only the questions written in this language")
    feedback.set_defaults(run=_feedback)

    doctor = commands.add_parser(
        "doctor",
        help="check the installation, and say what to do about what is wrong",
        description="Look at the model, the index, versions, disk and memory, and at a library if one is named. "
        "Nothing is mended or changed. The exit code is 1 if there is a problem, 0 otherwise.",
    )
    add_library_option(doctor, "a library, too")
    add_index_option(doctor)
    doctor.add_argument("--json", action="store_true", help="print as JSON")
    doctor.set_defaults(run=_doctor)

    lookup = commands.add_parser(
        "lookup",
        parents=[paper],
        help="list findings and sentences that hold a word or a phrase",
        description="List the findings and sentences that hold every word of a text, in either language.",
    )
    lookup.add_argument("text", nargs="?", help="a word or a phrase (default: all findings)")
    lookup.add_argument("--topic", help="only this topic's findings, such as aid or economy")
    lookup.add_argument("--language", choices=LANGUAGES, help="look in one language's texts only")
    shape = lookup.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print as JSON")
    shape.add_argument("--csv", action="store_true", help="print as CSV")
    lookup.set_defaults(run=_lookup)
    return parser


def _load(args: argparse.Namespace) -> Asker:
    """Open what is asked: a paper, a library, or some papers of a library. Raises TanyaError."""
    if args.library is None:
        if args.within or args.index != LOCAL:
            raise TanyaError("--within and --index are about a library: give --library, too")
        return Assistant.load(args.paper, model=args.model)
    assistant, chosen = _open_library(args)
    return assistant.within(chosen) if chosen else assistant


def _open_library(args: argparse.Namespace) -> tuple[LibraryAssistant, list[str] | None]:
    """Open a library. Return it with the ids of the papers that are named, None for all. Raises TanyaError."""
    library = Library(args.library)
    check_not_empty(library)
    chosen = [only_one(paper, library.entries()).id for paper in args.within or ()]
    with _bar("sentence", desc="new in the library", leave=False, delay=1) as show:

        def show_index(stage: str, done: int, total: int) -> None:
            if stage == "index":
                show(done, total)

        assistant = LibraryAssistant.load(library, model=args.model, index=args.index, progress=show_index)
    return assistant, chosen or None


def _ask(args: argparse.Namespace) -> None:
    check_question(args.question, args.language)  # an error shows before the model is loaded
    answer = _load(args).ask(args.question, language=args.language)
    if args.json:
        print_json(answer.to_record(), indent=2)
    else:
        print_text(_readable(answer))


def _readable(answer: Answer) -> str:
    parts = [textwrap.fill(line, 100) for line in answer.lines]
    if answer.note:
        parts.append(textwrap.fill(say("noted", answer.language, note=answer.note), 100))
    if answer.related:
        parts.append(say("related", answer.language))
    cited = answer.citations or answer.related
    of_library = any(citation.paper.id for citation in cited)
    parts += [_source(citation, answer, of_library=of_library) for citation in cited]
    return "\n\n".join(parts)


def _source(citation: Citation, answer: Answer, *, of_library: bool) -> str:
    mark = f"[{citation.marker}]" if answer.citations else "-"
    section, printed = citation.section_in(answer.language), citation.section
    section = section if section == printed else f"{section} ({printed})"
    place = say("place", answer.language, pages=citation.pages, section=section or "-")
    place = f"{place} ({say('recognised', answer.language)})" if citation.recognised else place
    place = f"{citation.paper.described}: {place}" if of_library else place
    return f"{mark} {place}\n{textwrap.indent(textwrap.fill(citation.quote, 94), '    ')}"


def _lookup(args: argparse.Namespace) -> None:
    found = Catalogue(load_paper(args.paper)).lookup(args.text, topic=args.topic, language=args.language)
    if args.json:
        print_json(found.to_record(), indent=2)
    elif args.csv:
        print_data(to_csv(found))
    else:
        print_tables(found)


def _evaluate(args: argparse.Namespace) -> None:
    languages = (args.language,) if args.language else LANGUAGES
    questions = read_set(args.questions, languages)  # an error shows before the model is loaded
    assistant = Assistant.load(args.paper, model=args.model)
    with _bar("question", leave=False) as show:
        judged = evaluate(assistant, questions, languages=languages, progress=show)
    for line in report(judged):
        print_text(line)


def _feedback(args: argparse.Namespace) -> int:
    made = write_set(args.feedback, args.set, load_paper(args.paper), language=args.language)
    for line in to_be_labelled(made):
        print_text(line)
    summary = f"{len(made.questions)} questions, {len(made.unlabelled)} more need a label"
    summary += f", {made.elsewhere} verdicts are on other papers" if made.elsewhere else ""
    print_text(f"{args.set}: {summary if made.questions else f'not written ({summary})'}", file=sys.stderr)
    return 0 if made.questions else 2


def _doctor(args: argparse.Namespace) -> int:
    from assistant.doctor import examine

    checks = []
    for check in examine(Library(args.library) if args.library else None, index=args.index):
        checks.append(check)
        if not args.json:
            print_text(check, flush=True)
    if args.json:
        print_json([check.to_record() for check in checks], indent=2)
    return int(any(check.state == "problem" for check in checks))


def _batch(args: argparse.Namespace) -> None:
    check_batch(args.questions, args.answers)  # an error shows before the model is loaded
    assistant = _load(args)
    with _bar("question", "Interrupted after {n} answers: the same command takes it up from there.") as show:
        counts = run_batch(assistant, args.questions, args.answers, language=args.language, progress=show)
    _print_counts(args.answers, counts)


def _table(args: argparse.Namespace) -> None:
    if args.library is None:
        raise TanyaError("A table has a row for each paper of a library: give --library, too")
    check_question(args.question, args.language)
    if args.table:
        check_target(args.table, TABLE_SUFFIXES)
    assistant, papers = _open_library(args)
    if args.table:
        with _bar("paper", "Interrupted after {n} papers: the same command takes it up from there.") as show:
            rows = run_table(assistant, args.question, args.table, papers=papers, language=args.language, progress=show)
        _print_counts(args.table, Counter(row["status"] for row in rows))
        return
    rows, total = [], len(assistant.named(papers))
    with _bar("paper", "Interrupted after {n} papers.", leave=False) as show:
        show(0, total)
        for answered in assistant.ask_each(args.question, papers=papers, language=args.language):
            rows.append(answered.to_record())
            show(len(rows), total)
    print_table(rows)


@contextmanager
def _bar(unit: str, interrupted: str = "", **options: Any) -> Iterator[Progress]:
    """Show a bar of what is done. On Ctrl-C, add ``interrupted`` to the error, its ``{n}`` the number done."""
    from tqdm import tqdm

    with tqdm(unit=unit, dynamic_ncols=True, **options) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        try:
            yield show
        except KeyboardInterrupt as interrupt:
            if interrupted:
                interrupt.add_note(interrupted.format(n=bar.n))
            raise


def _print_counts(path: Path, counts: Mapping[str, int]) -> None:
    """Print how many answers of a file have each status."""
    summary = ", ".join(f"{counts[status]} {status}" for status in get_args(Status) if counts.get(status))
    print_text(f"{path}: {summary}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
