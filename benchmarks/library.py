"""What it costs to ask the bundled paper amid other papers: exits with 1 if too much.

    python -m benchmarks.library [--eval ../shared/eval] [--papers 20]

The other papers are made of encyclopedia texts, half of them in Indonesian and half in English (the contexts of
squad2_en_id_aligned, fifteen to a paper, no context in both languages). The project's own questions are asked of the
bundled paper alone, and of the library.

1. Of the questions that the bundled paper answers, it is among the papers asked for at least 97 of 100.
2. Of all questions, at most 3 of 100 fewer are answered or refused rightly than alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant import Answer, Assistant, LibraryAssistant
from assistant.evaluation import Judged, figures, judge, read_set
from assistant.library_assistant import ASKED
from benchmarks.data import QUESTIONS, read_lines
from corpus import LANGUAGES, Language
from corpus.library import BUNDLED, Library
from index.backend import Query
from index.cache import cache_folder
from index.spelling import written_out

LEAST_ROUTED = 0.97
MOST_LOST = 0.03
_CONTEXTS = 15


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.library", description="Ask one paper amid others.")
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), metavar="FOLDER", help="evaluation data")
    parser.add_argument("--papers", type=int, default=20, metavar="N", help="how many other papers (20)")
    options = parser.parse_args(arguments)
    source = options.eval / "public" / "squad2_en_id_aligned" / "corpus.jsonl"
    if not source.is_file():
        print(f"There is no {source}: give the folder of the evaluation data (--eval)", file=sys.stderr)
        return 2
    library = _library(source, options.papers)
    amid, alone = LibraryAssistant.load(library), Assistant.load()
    questions = read_set(QUESTIONS)
    ok = True
    print("| questions | bundled paper asked | right alone | right in the library | answered from another paper |")
    print("|---|---|---|---|---|")
    for language in LANGUAGES:
        texts = [question[f"question_{language}"] for question in questions]
        routed = _routed(amid, texts, language)
        answerable = [is_in for is_in, question in zip(routed, questions, strict=True) if question["answerable"]]
        judged = {
            name: [
                Judged(question, language, answer, judge(question, answer))
                for question, answer in zip(questions, answers, strict=True)
            ]
            for name, answers in (("alone", alone.ask_many(texts)), ("amid", amid.ask_many(texts)))
        }
        right = {name: _success(results) for name, results in judged.items()}
        elsewhere = sum(_is_elsewhere(result.answer) for result in judged["amid"])
        share = sum(answerable) / len(answerable)
        print(
            f"| {language} | {share:.1%} of {len(answerable)} | {right['alone']:.1%} | {right['amid']:.1%} "
            f"| {elsewhere} of {len(texts)} |"
        )
        ok = ok and share >= LEAST_ROUTED and right["amid"] >= right["alone"] - MOST_LOST
    return 0 if ok else 1


def _library(source: Path, papers: int) -> Library:
    """Return the library, made where it is not there; what is in it is encoded only once."""
    folder = cache_folder() / "benchmarks" / f"library-{papers}"
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    library = Library(folder / "library")
    library.add_bundled()
    made = []
    for number, text in enumerate(_papers(source, papers)):
        file = files / f"{number}.txt"
        file.write_text(text, encoding="utf-8")
        made.append(file)
    for outcome in library.add(made):
        if outcome.problem:
            raise outcome.problem
    return library


def _papers(source: Path, papers: int) -> Iterator[str]:
    contexts = {code: [line["text"] for line in read_lines(source) if line["lang"] == code] for code in LANGUAGES}
    for number in range(papers):
        # The same place in both lists is the same text: so one language takes the odd stretches, the other the even.
        some = contexts[LANGUAGES[number % 2]][number * _CONTEXTS : (number + 1) * _CONTEXTS]
        yield "\n\n".join(" ".join(text.split()) for text in some) + "\n"


def _routed(assistant: LibraryAssistant, texts: Sequence[str], language: Language) -> list[bool]:
    index = assistant.index
    asked = [written_out(text, language) for text in texts]
    vectors = index.embedder.encode_queries(asked)
    queries = [Query(text, language, vector) for text, vector in zip(asked, vectors, strict=True)]
    return [any(near.paper == BUNDLED for near in found) for found in index.nearest(queries, limit=ASKED)]


def _success(judged: Sequence[Judged]) -> float:
    right, total = figures(judged)["all"]["success"]
    return right / total


def _is_elsewhere(answer: Answer) -> bool:
    return any(citation.paper.id != BUNDLED for citation in answer.citations[:1])


if __name__ == "__main__":
    sys.exit(main())
