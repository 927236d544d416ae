"""Ask from the command line: ``python -m assistant ask "..."``.

Also ``batch QUESTIONS ANSWERS``, ``lookup "masker"``, ``evaluate QUESTIONS``, ``feedback FEEDBACK SET`` and ``doctor``.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import textwrap
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant, Citation, LibraryAssistant
from assistant.asking import Asker
from assistant.batch import check_batch, run_batch
from assistant.evaluation import evaluate, read_set, report
from assistant.feedback import to_be_labelled, write_set
from assistant.lookup import Catalogue
from assistant.tables import print_tables, to_csv
from assistant.wording import say
from corpus import LANGUAGES, TanyaError, load_paper
from corpus.library import Library
from index.embedder import Progress
from index.library_index import LOCAL
from index.options import add_index_option, add_library_option


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0, 2 for what the user can mend (one line on stderr), or 130 when interrupted."""
    args = _parser().parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    try:
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except TanyaError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Ask a paper, get its own words back.")
    commands = parser.add_subparsers(dest="command", required=True)
    paper = argparse.ArgumentParser(add_help=False)
    paper.add_argument("--paper", help="a paper's PDF or text file (default: the bundled paper)")
    asked = argparse.ArgumentParser(add_help=False)
    asked.add_argument("--language", choices=["id", "en"], help="the questions' language (default: told from each)")
    asked.add_argument("--model", help="a sentence-transformers model, by name or folder (default: the one installed)")
    common = argparse.ArgumentParser(add_help=False, parents=[asked])
    which = common.add_mutually_exclusive_group()
    which.add_argument("--paper", help="a paper's PDF or text file (default: the bundled paper)")
    add_library_option(which, "the papers of a library")
    common.add_argument(
        "--within", action="append", metavar="PAPER", help="only this paper of the library, by id or name; repeatable"
    )
    add_index_option(common)

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
        "questions", type=Path, help='.csv or .jsonl with a "question" column, or text, one on each line'
    )
    batch.add_argument("answers", type=Path, help="the .jsonl, .csv or .xlsx file to write")
    batch.set_defaults(run=_batch)

    evaluate = commands.add_parser(
        "evaluate",
        parents=[paper, asked],
        help="tell how well a set of questions is answered",
        description="Ask a set of questions, print how many are answered or refused rightly, and list the failures.",
    )
    evaluate.add_argument("questions", type=Path, help=".jsonl, as assistant/evaluation.py describes it")
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
    feedback.add_argument("feedback", type=Path, help="the .jsonl file that ui.py --feedback wrote")
    feedback.add_argument("set", type=Path, help="the .jsonl file to write, as evaluate reads it")
    feedback.add_argument("--language", choices=["id", "en"], help="only the questions written in this language")
    feedback.set_defaults(run=_feedback)

    doctor = commands.add_parser(
        "doctor",
        help="tell what of the installation is fine, and what to do about the rest",
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
    lookup.add_argument("--language", choices=["id", "en"], help="look in one language's texts only")
    shape = lookup.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print as JSON")
    shape.add_argument("--csv", action="store_true", help="print as CSV")
    lookup.set_defaults(run=_lookup)
    return parser


def _load(args: argparse.Namespace) -> Asker:
    """Open what is to be asked: a paper, or a library or some of its papers. Raises TanyaError."""
    if args.library is None:
        if args.within or args.index != LOCAL:
            raise TanyaError("--within and --index are about a library: give --library, too")
        return Assistant.load(args.paper, model=args.model)
    from tqdm import tqdm

    with tqdm(unit="sentence", desc="new in the library", dynamic_ncols=True, leave=False, delay=1) as bar:
        show = _shown_on(bar)

        def tell(stage: str, done: int, total: int) -> None:
            if stage == "index":
                show(done, total)

        library = LibraryAssistant.load(args.library, model=args.model, index=args.index, progress=tell)
    return library.within(args.within) if args.within else library


def _ask(args: argparse.Namespace) -> int:
    assistant = _load(args)
    answer = assistant.ask(args.question, language=args.language)
    print(json.dumps(answer.to_record(), ensure_ascii=False, indent=2) if args.json else _readable(answer))
    return 0


def _readable(answer: Answer) -> str:
    parts = [textwrap.fill(paragraph, 100) for paragraph in answer.text.split("\n\n")]
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
    place = f"{citation.paper.described}: {place}" if of_library else place
    return f"{mark} {place}\n{textwrap.indent(textwrap.fill(citation.quote, 94), '    ')}"


def _lookup(args: argparse.Namespace) -> int:
    found = Catalogue(load_paper(args.paper)).lookup(args.text, topic=args.topic, language=args.language)
    if args.json:
        print(json.dumps(found.to_record(), ensure_ascii=False, indent=2))
    elif args.csv:
        print(to_csv(found), end="")
    else:
        print_tables(found)
    return 0


def _shown_on(bar: Any) -> Progress:
    def show(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return show


def _evaluate(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    languages = (args.language,) if args.language else LANGUAGES
    questions = read_set(args.questions, languages)  # what is wrong with a file is said before the model is loaded
    assistant = Assistant.load(args.paper, model=args.model)
    with tqdm(unit="question", dynamic_ncols=True, leave=False) as bar:
        judged = evaluate(assistant, questions, languages=languages, progress=_shown_on(bar))
    print(*report(judged), sep="\n")
    return 0


def _feedback(args: argparse.Namespace) -> int:
    made = write_set(args.feedback, args.set, load_paper(args.paper), language=args.language)
    for line in to_be_labelled(made):
        print(line)
    told = f"{len(made.questions)} questions, {len(made.unlabelled)} more need a label"
    told += f", {made.elsewhere} verdicts are on other papers" if made.elsewhere else ""
    print(f"{args.set}: {told if made.questions else f'not written ({told})'}", file=sys.stderr)
    return 0 if made.questions else 2


def _doctor(args: argparse.Namespace) -> int:
    from assistant.doctor import examine

    findings = []
    for finding in examine(Library(args.library) if args.library else None, index=args.index):
        findings.append(finding)
        if not args.json:
            print(finding, flush=True)
    if args.json:
        print(json.dumps([finding._asdict() for finding in findings], indent=2))
    return int(any(finding.state == "problem" for finding in findings))


def _batch(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    check_batch(args.questions, args.answers)  # what is wrong with a file is said before the model is loaded
    assistant = _load(args)
    with tqdm(unit="question", dynamic_ncols=True) as bar:
        show = _shown_on(bar)
        try:
            counts = run_batch(assistant, args.questions, args.answers, language=args.language, progress=show)
        except KeyboardInterrupt:
            bar.close()
            print(
                f"Interrupted after {bar.n} answers: the same command takes it up from there.",
                file=sys.stderr,
            )
            return 130
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    print(f"{args.answers}: {told}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
