"""Run the benchmarks of quality, and write what they print into one file, with the commit they were run at.

python -m benchmarks [--eval FOLDER] [--work FOLDER]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import ablation, belebele, reading, tico19
from benchmarks.conditions import commit
from index.cache import cache_folder

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Write the file; return 1 if a benchmark misses a limit, 2 if one could not be run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="all benchmarks of quality, in one file")
    parser.add_argument("--eval", default="../shared/eval", help="folder of evaluation data")
    parser.add_argument("--work", default=str(cache_folder() / "training"), help="where training left its weights")
    options = parser.parse_args()
    runs: dict[str, tuple[Callable[[list[str]], int], list[str]]] = {
        "What each part of the assistant adds, on the project's own questions": (
            ablation.main,
            ["--work", options.work],
        ),
        "Reading of unseen texts": (reading.main, ["--eval", options.eval]),
        "Retrieval across languages, TICO-19": (tico19.main, ["--eval", options.eval]),
        "Retrieval, nDCG@10 on Belebele": (belebele.main, ["--eval", options.eval]),
    }
    sections, worst = [f"# Results\n\nWritten by `python -m benchmarks` at commit {commit()}."], 0
    for title, (run, arguments) in runs.items():
        print(title, file=sys.stderr)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            worst = max(worst, run(arguments))
        command = f"python -m {run.__module__}"
        sections.append(f"## {title}\n\n`{command}`\n\n{printed.getvalue().strip()}")
    if worst < 2:
        RESULTS.write_text("\n\n".join(sections) + "\n", encoding="utf-8")
    return worst


if __name__ == "__main__":
    sys.exit(main())
