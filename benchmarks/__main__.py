"""Run five benchmarks of speed and of quality, and write what they print into ``benchmarks/RESULTS.md``.

    python -m benchmarks [--eval FOLDER]

The file names the commit, the processor, and the versions of what computes. It also has the load before and after: a
high load shows that the figures of speed were measured beside other work.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import ablation, belebele, reading, speed, tico19
from benchmarks.conditions import commit, load, processor, versions

RESULTS = Path(__file__).with_name("RESULTS.md")

COMPUTING = ("onnxruntime", "numpy", "faiss-cpu", "torch", "sentence-transformers")
"""The packages whose versions decide how long a figure takes."""


def main() -> int:
    """Write the file; return 1 if a benchmark misses a limit, 2 if one could not be run, which its section says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="the benchmarks, in one file")
    parser.add_argument("--eval", default="../shared/eval", help="folder of evaluation data")
    options = parser.parse_args()
    runs: dict[str, tuple[Callable[[list[str]], int], list[str]]] = {
        "Speed": (speed.main, []),
        "What each part of the assistant adds, on the project's own questions": (ablation.main, []),
        "Reading of unseen texts": (reading.main, ["--eval", options.eval]),
        "Retrieval across languages, TICO-19": (tico19.main, ["--eval", options.eval]),
        "Retrieval, nDCG@10 on Belebele": (belebele.main, ["--eval", options.eval]),
    }
    sections, worst, before = [], 0, load()
    for title, (run, arguments) in runs.items():
        print(title, file=sys.stderr)
        with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.redirect_stderr(io.StringIO()) as problem:
            result = run(arguments)
        worst = max(worst, result)
        text = printed.getvalue() if result < 2 else f"Not run: {problem.getvalue()}"
        sections.append(f"## {title}\n\n`python -m {run.__module__}`\n\n{text.strip()}")
    conditions = f"{processor()}. {versions(COMPUTING)}. Load before {before}, after {load()}."
    head = f"# Results\n\nWritten by `python -m benchmarks` at commit {commit()}.\n\n{conditions}"
    RESULTS.write_text("\n\n".join([head, *sections]) + "\n", encoding="utf-8")
    return worst


if __name__ == "__main__":
    sys.exit(main())
