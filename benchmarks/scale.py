"""How search holds up as a library grows: 1 thousand to 1 million passages, on two cores.

    python -m benchmarks.scale [--eval FOLDER] [--sizes N ...] [--crossover] [--kinds N ...] [--write] [--work FOLDER]

The first 20 thousand passages are real sentences, the others synthetic (`benchmarks.scale_vectors` says how
they are made; that they behave alike is measured first). Questions are real. For each size one process builds and
writes the index, and another opens it, searches, and only then loads all vectors to search them exactly, question by
question in turn with the index and with the encoder, so that all are timed under the same load. Exits with 1 if an aim
is missed:

- recall@10 against exact search of at least 0.97;
- at 1 million, at most 1/30 of the time of exact search (median by median);
- open in less than a second, and less than 1.5 GB resident after all questions;
- less time for the search than for encoding the question.

``--crossover`` and ``--kinds`` measure what the choice of `index.nearest` rests on; ``--write`` puts what is measured
into ``benchmarks/SCALE.md``, where the rest stays as it is, and draws ``docs/scale.png``. Vectors and figures by size
that lie in the folder ``--work``, which has to exist, are taken from there.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from benchmarks import scale_kinds
from benchmarks.conditions import commit, load, processor
from benchmarks.scale_vectors import (
    SETS,
    Synthetic,
    encoded,
    intrinsic_dimension,
    nearest_exactly,
    real_questions,
    real_texts,
)
from benchmarks.timing import in_turn, seconds_of
from corpus.errors import TanyaError
from index import Embedder
from index.cache import cache_folder
from index.encoders import Vectors
from index.nearest import EXACT_UP_TO, build_nearest, open_nearest, search, write_nearest

SIZES = (1_000, 10_000, 100_000, 1_000_000)
CROSSOVER_SIZES = (10_000, 20_000, 35_000, 50_000, 100_000)
PASSAGES = 20_000
"""How many real passages there are; encoding them takes ten minutes, the first time."""

QUESTIONS = 1_000
TIMED = 200
"""How many of the questions are timed one by one, three ways in turn."""

LEAST_RECALL, MOST_OF_EXACT, MOST_TO_OPEN, MOST_RESIDENT = 0.97, 1 / 30, 1.0, 1.5e9

RESULTS = Path(__file__).with_name("SCALE.md")
PLOT = Path(__file__).parents[1] / "docs" / "scale.png"

Figures = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; return 1 if an aim is missed, 2 without data or model."""
    options = _options(arguments)
    if options.role:
        print(json.dumps(_ROLES[options.role](options.work, options.sizes[0])))
        return 0
    data = options.eval / "public"
    if not all((data / name / "corpus.jsonl").is_file() for name in SETS):
        print(f"There are no public sets in {data}; say where the evaluation data is: --eval FOLDER", file=sys.stderr)
        return 2
    try:
        embedder = Embedder.load()
    except TanyaError as error:
        print(error, file=sys.stderr)
        return 2
    before = load()
    asked = real_questions(data, QUESTIONS)
    passages, questions = _real(data, embedder, asked)
    del embedder
    alike = _alike(passages, questions)
    print("\n".join(alike), flush=True)
    (cache_folder() / "benchmarks").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_folder() / "benchmarks") as folder:
        work = options.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        _write_vectors(work, passages, questions, asked, max(*options.sizes, *options.kinds, *CROSSOVER_SIZES))
        figures = [_child("build", work, size) | _child("serve", work, size) for size in options.sizes]
        sections = {"Are the synthetic passages like the real ones?": alike}
        if figures:
            conditions = f"Commit {commit()}. {processor()}. Load before {before}, after {load()}."
            sections["Size by size"] = [conditions, "", *_table(figures, len(passages))]
            print("\n".join(sections["Size by size"]), flush=True)
        if options.crossover:
            sections["Where one by one ends"] = _crossover(work)
        for size in options.kinds:
            sections[f"Other kinds, {size:,} passages"] = _kinds(work, size)
    if options.write:
        _write(sections)
        if figures:
            _plot(figures)
    missed = [aim for measured in figures for aim in _missed(measured)]
    print("\n".join(missed) or "All aims are met.")
    return 1 if missed else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description="search by number of passages")
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder of evaluation data")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="numbers of passages")
    parser.add_argument("--kinds", type=int, nargs="*", default=[], help="numbers at which to compare other kinds")
    parser.add_argument("--crossover", action="store_true", help="measure where the graph is worth its while")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} and draw {PLOT.name}")
    parser.add_argument("--work", type=Path, help="folder to keep vectors and indexes in; else they are removed")
    parser.add_argument("--role", choices=_ROLES, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _real(data: Path, embedder: Embedder, asked: list[str]) -> tuple[Vectors, Vectors]:
    """Return the vectors of the real passages and of the questions."""
    with tqdm(desc="passages", leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        encode = partial(embedder.encode_passages, progress=show)
        passages = encoded("passages", real_texts(data, PASSAGES), embedder.fingerprint, encode)
    return passages, encoded("questions", asked, embedder.fingerprint, embedder.encode_queries)


def _write_vectors(work: Path, passages: Vectors, questions: Vectors, texts: list[str], size: int) -> None:
    """Write the questions, as texts and vectors, and ``vectors.npy``: the real passages, then synthetic ones."""
    np.save(work / "questions.npy", questions)
    (work / "questions.json").write_text(json.dumps(texts), encoding="utf-8")
    file = work / "vectors.npy"
    if file.exists() and len(np.load(file, mmap_mode="r")) >= size:
        return
    vectors = np.lib.format.open_memmap(file, "w+", np.float32, (max(size, len(passages)), passages.shape[1]))
    vectors[: len(passages)] = passages
    at = len(passages)
    for made in Synthetic(passages).make(len(vectors) - at):
        vectors[at : at + len(made)] = made
        at += len(made)
    vectors.flush()


def _alike(passages: Vectors, questions: Vectors) -> list[str]:
    """Compare half of the real passages with as many synthetic ones that are made of the other half only."""
    half = len(passages) // 2
    made = np.concatenate(list(Synthetic(passages[:half]).make(half)))
    rows = [
        "Half of the real passages, and as many synthetic ones that are made of the other half. Similarities of real",
        "questions to their nearest are quantiles .1 / .5 / .9. Dimension: the local intrinsic one (Levina and Bickel",
        "2004) among a question's nearest 100. Recall@10: of the approximate kind, with as many candidates as",
        "`index.nearest` holds, and with few.",
        "",
        "| passages | nearest | 10th | 100th | dimension | recall@10 | with 16 |",
        "|---|---|---|---|---|---|---|",
    ]
    sets = {"real": passages[half : 2 * half], "the real other half": passages[:half], "synthetic": made}
    for name, vectors in sets.items():
        similarities, truth = nearest_exactly(vectors, questions, 100)
        index = build_nearest([vectors], vectors.shape[1], exact_up_to=0)
        asked_for = search(index, questions, 10).rows
        with_few = index.search(questions, 10, params=scale_kinds.parameters(index, 16))[1]
        cells = [
            f"{len(vectors):,} {name}",
            *(
                " / ".join(f"{similarity:.3f}" for similarity in _quantiles(similarities[:, rank - 1]))
                for rank in (1, 10, 100)
            ),
            f"{intrinsic_dimension(similarities):.1f}",
            *(f"{scale_kinds.recall_of(found, truth[:, :10]):.3f}" for found in (asked_for, with_few)),
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _quantiles(similarities: Vectors) -> Vectors:
    quantiles: Vectors = np.quantile(similarities, (0.1, 0.5, 0.9))
    return quantiles


def _child(role: str, work: Path, size: int) -> Figures:
    """Run one part in a process of its own, so that what it holds in memory is its own; with ``--work``, only once."""
    kept = work / f"{role}-{size}.json"
    if not kept.exists():
        command = [sys.executable, "-m", "benchmarks.scale", "--role", role, "--work", str(work), "--sizes", str(size)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        kept.write_text(done.stdout.splitlines()[-1], encoding="utf-8")
    figures: Figures = json.loads(kept.read_text(encoding="utf-8"))
    return figures


def _build_one(work: Path, size: int) -> Figures:
    vectors = np.load(work / "vectors.npy", mmap_mode="r")[:size]
    file = work / f"{size}.faiss"
    before = _resident()
    began, worked = time.perf_counter(), time.process_time()
    with tqdm(total=size, desc=f"building {size:,}", leave=False) as bar:
        index = build_nearest([vectors], vectors.shape[1], progress=lambda done, _: bar.update(done - bar.n))
    built, worked = time.perf_counter() - began, time.process_time() - worked
    write_nearest(index, file)
    written = time.perf_counter() - began - built
    return {
        "size": size,
        "kind": type(index).__name__,
        "built": built,
        "worked": worked,
        "written": written,
        "bytes": file.stat().st_size,
        "building": _resident(peak=True) - before,
    }


def _serve_one(work: Path, size: int) -> Figures:
    import faiss

    questions = np.load(work / "questions.npy")
    before = _resident()
    _forget(work / f"{size}.faiss")
    began = time.perf_counter()
    index = open_nearest(work / f"{size}.faiss")
    opened = time.perf_counter() - began
    after = _resident()
    cold = [seconds_of(lambda query=query: search(index, query[None], 10)) for query in questions]  # type: ignore[misc]
    resident = _resident()
    found = search(index, questions, 10).rows

    vectors = np.ascontiguousarray(np.load(work / "vectors.npy", mmap_mode="r")[:size])
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    similarities, truth = nearest_exactly(vectors, questions, 10)
    embedder = Embedder.load()
    texts = _texts(work)
    ways: dict[str, Callable[[int], object]] = {
        "encoder": lambda number: embedder.encode_queries([texts[number]]),
        "search": partial(_search_one, index, questions),
        "exact": lambda number: exact.search(questions[number : number + 1], 10),
        "product": lambda number: _by_product(vectors, questions[number], 10),
    }
    times = dict(zip(ways, in_turn(list(ways.values()), range(TIMED)), strict=True))
    return {
        "opened": opened,
        "before": before,
        "after": after,
        "resident": resident,
        "cold": cold[0],
        "recall": scale_kinds.recall_of(found, truth),
        "tenth": float(np.median(similarities[:, 9])),
    } | {f"{name}_{share}": float(np.quantile(times[name], share / 100)) for name in ways for share in (50, 95)}


def _forget(file: Path) -> None:
    """Have the system drop what it holds of a file in its cache, as if nobody had read it lately (on Linux)."""
    if hasattr(os, "posix_fadvise"):
        with file.open("rb") as source:
            os.fsync(source.fileno())  # what is not on the disk yet cannot be dropped
            os.posix_fadvise(source.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _texts(work: Path) -> list[str]:
    texts: list[str] = json.loads((work / "questions.json").read_text(encoding="utf-8"))
    return texts


def _search_one(index: Any, questions: Vectors, number: int) -> object:
    return search(index, questions[number : number + 1], 10)


def _by_product(vectors: Vectors, query: Vectors, k: int) -> Any:
    """Search exactly without FAISS, which compares a single query on one core: a product on all of them."""
    similarities = vectors @ query
    best = np.argpartition(-similarities, min(k, len(similarities) - 1))[:k]
    return best[np.argsort(-similarities[best])]


def _resident(*, peak: bool = False) -> int:
    """Return the bytes of memory that this process holds, mapped files included, or the most it ever held."""
    status = Path("/proc/self/status")
    if not status.exists():  # not Linux: the peak is all there is
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = re.search(rf"^{'VmHWM' if peak else 'VmRSS'}:\s+(\d+) kB$", status.read_text(), re.MULTILINE)
    return 1024 * int(found[1]) if found else 0


def _exact(measured: Figures, share: int = 50) -> float:
    """Return the seconds of exact search by whichever way is the faster."""
    return float(min(measured[f"exact_{share}"], measured[f"product_{share}"]))


def _table(figures: list[Figures], real: int) -> list[str]:
    rows = [
        "Milliseconds for a single question are p50 / p95. Exact search is by FAISS's flat index or by a product on",
        "both cores, whichever is the faster. Resident is the whole process, Python and FAISS included, without the",
        "encoder: after opening, and after a thousand questions. Processor: what building took of the cores' time,",
        "which other programs may share. 10th: the median similarity of the tenth nearest.",
        f"{real:,} of the passages are real. Building: resident at most, with what has been read of the vectors' file.",
        "Opened: with nothing of the file in the system's cache; the first question reads its part from disk, too.",
        "",
        "| passages | kind | built, s | processor, s | building, MB | on disk, MB | opened, s | resident, MB "
        "| after questions, MB "
        "| first question, ms | search, ms | exact, ms | search / exact | recall@10 | encoder, ms | search's share "
        "| 10th |",
        "|" + "---|" * 17,
    ]
    for measured in figures:
        share = measured["search_50"] / (measured["search_50"] + measured["encoder_50"])
        cells = [
            f"{measured['size']:,}",
            "graph" if measured["kind"] == "IndexHNSWSQ" else "one by one",
            f"{measured['built'] + measured['written']:.1f}",
            f"{measured['worked']:.1f}",
            *(f"{measured[name] / 1e6:,.0f}" for name in ("building", "bytes")),
            f"{measured['opened']:.3f}",
            *(f"{measured[name] / 1e6:,.0f}" for name in ("after", "resident")),
            f"{1000 * measured['cold']:.1f}",
            f"{1000 * measured['search_50']:.2f} / {1000 * measured['search_95']:.2f}",
            f"{1000 * _exact(measured):.2f} / {1000 * _exact(measured, 95):.2f}",
            f"1/{_exact(measured) / measured['search_50']:.0f}",
            f"{measured['recall']:.3f}",
            f"{1000 * measured['encoder_50']:.1f} / {1000 * measured['encoder_95']:.1f}",
            f"{100 * share:.1f} %",
            f"{measured['tenth']:.3f}",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _missed(measured: Figures) -> list[str]:
    """Return the aims that a size misses; recall, opening, memory and the encoder's share are aims at every size."""
    aims = {
        f"recall@10 is {measured['recall']:.3f}, not {LEAST_RECALL}": measured["recall"] >= LEAST_RECALL,
        f"opening takes {measured['opened']:.2f} s": measured["opened"] < MOST_TO_OPEN,
        f"{measured['resident'] / 1e9:.2f} GB are resident": measured["resident"] < MOST_RESIDENT,
        "searching takes longer than encoding": measured["search_50"] < measured["encoder_50"],
        f"search takes 1/{_exact(measured) / measured['search_50']:.0f} of exact search's time": measured["size"]
        < max(SIZES)
        or measured["search_50"] <= MOST_OF_EXACT * _exact(measured),
    }
    return [f"{measured['size']:,} passages: {aim}" for aim, met in aims.items() if not met]


def _kinds(work: Path, size: int) -> list[str]:
    vectors, questions = np.load(work / "vectors.npy", mmap_mode="r")[:size], np.load(work / "questions.npy")
    return [
        "Each kind, opened by memory-mapping, at the first value of its parameter (lists looked into, or candidates",
        f"held) that reaches a recall@10 of {scale_kinds.ENOUGH}, or at the last; single questions on one core.",
        "",
        "Lists lose because the space is of some 35 dimensions locally: the nearest lie in a fifth of all lists.",
        "16-bit floats are taken, not bytes, for what they find among a million, where the nearest differ by less",
        "than a byte can tell. Measured once, while choosing: bytes found 0.960 with 256 candidates held, 0.971 with",
        "512, and 0.979 when all were compared; 16-bit floats found 0.977 with 256, 0.983 with 384, 0.985 with 512.",
        "",
        *scale_kinds.compare(vectors, questions),
    ]


def _crossover(work: Path) -> list[str]:
    """Compare comparing all, by floats and by 16-bit floats, with the graph at sizes around the crossover."""
    import faiss

    questions, texts, embedder = np.load(work / "questions.npy"), _texts(work), Embedder.load()
    rows = [
        "Single questions, p50 in ms: all vectors compared one by one, as floats or as 16-bit floats, against the",
        f"graph and against encoding the question. The graph begins above {EXACT_UP_TO:,}.",
        "",
        "| passages | floats | 16-bit floats | graph | encoder | recall@10, 16-bit floats | graph | graph built, s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for size in CROSSOVER_SIZES:
        vectors = np.ascontiguousarray(np.load(work / "vectors.npy", mmap_mode="r")[:size])
        floats = faiss.IndexFlatIP(vectors.shape[1])
        floats.add(vectors)
        half = build_nearest([vectors], vectors.shape[1], exact_up_to=size)
        began = time.perf_counter()
        graph = build_nearest([vectors], vectors.shape[1], exact_up_to=0)
        built = time.perf_counter() - began
        ways: list[Callable[[int], object]] = [
            *(partial(_search_one, index, questions) for index in (floats, half, graph)),
            lambda number: embedder.encode_queries([texts[number]]),
        ]
        times = in_turn(ways, range(TIMED // 3))
        truth = search(floats, questions, 10).rows
        recalls = " | ".join(
            f"{scale_kinds.recall_of(search(index, questions, 10).rows, truth):.3f}" for index in (half, graph)
        )
        medians = " | ".join(f"{1000 * np.median(taken):.2f}" for taken in times)
        rows.append(f"| {size:,} | {medians} | {recalls} | {built:.1f} |")
        print(rows[-1], flush=True)
    return rows


def _write(sections: dict[str, list[str]]) -> None:
    """Put the sections into the file, leaving those that were not measured this time as they are."""
    kept = {}
    if RESULTS.exists():
        for part in RESULTS.read_text(encoding="utf-8").split("\n## ")[1:]:
            title, _, text = part.partition("\n")
            kept[title] = text.strip()
    kept |= {title: "\n".join(rows) for title, rows in sections.items()}
    parts = [f"# Search by number of passages\n\nWritten by `python -m benchmarks.scale`, on {os.cpu_count()} cores."]
    parts += [f"## {title}\n\n{text}" for title, text in kept.items()]
    RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _plot(figures: list[Figures]) -> None:
    """Draw time by size, and what is on disk and in memory by size."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    sizes = [measured["size"] for measured in figures]
    drawing, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4))
    for label, values, style in (
        ("exact search", [1000 * _exact(measured) for measured in figures], "o--"),
        ("search, as built", [1000 * measured["search_50"] for measured in figures], "o-"),
        ("encoding the question", [1000 * measured["encoder_50"] for measured in figures], "s:"),
    ):
        left.plot(sizes, values, style, label=label)
    for measured in figures:
        left.annotate(
            f"recall {measured['recall']:.3f}",
            (measured["size"], 1000 * measured["search_50"]),
            (0, -14),
            fontsize=7,
            textcoords="offset points",
            ha="center",
        )
    left.set(xscale="log", yscale="log", xlabel="passages", ylabel="ms a question, median", title="Time")
    for label, values, style in (
        ("vectors as floats", [4 * 384 * measured["size"] / 1e6 for measured in figures], "--"),
        ("on disk", [measured["bytes"] / 1e6 for measured in figures], "o-"),
        ("resident, whole process", [measured["resident"] / 1e6 for measured in figures], "s-"),
    ):
        right.plot(sizes, values, style, label=label)
    right.set(xscale="log", yscale="log", xlabel="passages", ylabel="MB", title="Room")
    for axes in (left, right):
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=8)
    drawing.tight_layout()
    drawing.savefig(PLOT, dpi=110)


_ROLES: dict[str, Callable[[Path, int], Figures]] = {"build": _build_one, "serve": _serve_one}


if __name__ == "__main__":
    sys.exit(main())
