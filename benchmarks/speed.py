"""Eight ratios, each against a limit measured in the same run; exits with 1 if one is exceeded.

    python -m benchmarks.speed

1. Answering a question, against encoding it with sentence-transformers, which opens the same model: at most 5.
2. Reading the sentences found for it, in all rounds, against the same: at most 3.5.
3. Encoding it here, against the same: at most 0.7.
4. Opening a built index, against building it: at most 0.2.
5. Building the index of a paper without a translation, against encoding each of its sentences once: at most 1.3.
6. Searching a paper's two languages, against searching the same paper without its translation: at most 1.3.
7. Answering a question that was asked before, against answering it: at most 0.02.
8. The page served, against importing Gradio and launching an empty page: at most 1.3.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from assistant import Assistant
from assistant.question import take
from assistant.reader import Reader
from assistant.searching import Searcher
from benchmarks.data import QUESTIONS, read_lines
from benchmarks.timing import in_turn, seconds_of
from corpus import BUNDLED_PAPER, LANGUAGES, language_of, load_paper
from index import Embedder, PaperIndex, e5_small, load_index
from index.store import load_background, open_index, save_index

ROOT = Path(__file__).parents[1]
EMPTY_PAGE = """
import sys, gradio
with gradio.Blocks() as page:
    gradio.Markdown("Hello")
page.launch(server_port=int(sys.argv[1]), quiet=True)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each ratio beside its limit, as a table in Markdown."""
    argparse.ArgumentParser(prog="python -m benchmarks.speed", description="ratios of speed").parse_args(arguments)
    embedder = Embedder.load()
    bare = Embedder.load(str(e5_small.model_folder()))  # a folder is opened by sentence-transformers
    ratios = {
        "answer / encode": (*_answering(bare), 5.0),
        "read / encode": (*_reading(embedder, bare), 3.5),
        "encode / encode": (*_encoding(embedder, bare), 0.7),
        "open / build": (*_opening(embedder), 0.2),
        "build / sentences": (*_building(embedder), 1.3),
        "both / one language": (*_searching(embedder), 1.3),
        "again / answer": (*_repeating(), 0.02),
        "page / empty page": (*_serving(), 1.3),
    }
    print("| what | seconds | against | ratio | at most |\n|---|---|---|---|---|")
    for name, (ours, peer, limit) in ratios.items():
        print(f"| {name} | {ours:.4f} | {peer:.4f} | {ours / peer:.3f} | {limit} |")
    return 0 if all(ours <= limit * peer for ours, peer, limit in ratios.values()) else 1


def _answering(peer: Embedder) -> tuple[float, float]:
    assistant = Assistant.load()
    # In a batch of one, whose answers are not remembered
    return _in_turn(lambda question: assistant.ask_many([question]), lambda question: peer.encode_queries([question]))


def _encoding(embedder: Embedder, peer: Embedder) -> tuple[float, float]:
    return _in_turn(
        lambda question: embedder.encode_queries([question]), lambda question: peer.encode_queries([question])
    )


def _repeating() -> tuple[float, float]:
    assistant = Assistant.load()
    for question in _questions():
        assistant.ask(question)
    return _in_turn(assistant.ask, lambda question: assistant.ask_many([question]))


def _reading(embedder: Embedder, peer: Embedder) -> tuple[float, float]:
    reader = Reader.load()
    searcher = Searcher(load_index(load_paper(), embedder), reader)
    rounds: dict[str, list[Sequence[tuple[str, str]]]] = {}
    for question in _questions():  # found beforehand: only reading is timed
        with patch.object(Reader, "read", autospec=True, side_effect=Reader.read) as read:
            searcher.search([take(question, None)])
        rounds[question] = [call.args[1] for call in read.call_args_list]
    return _in_turn(
        lambda question: [reader.read(pairs) for pairs in rounds[question]],
        lambda question: peer.encode_queries([question]),
    )


def _searching(embedder: Embedder) -> tuple[float, float]:
    both, one = (load_index(load_paper(path), embedder) for path in (None, BUNDLED_PAPER))
    return _in_turn(
        lambda question: both.search([question], [language_of(question)]),
        lambda question: one.search([question], [language_of(question)]),
    )


def _in_turn(*ways: Callable[[str], object]) -> tuple[float, float]:
    """Return the median seconds that a question takes either way, of 40."""
    ours, peer = in_turn(ways, _questions())
    return statistics.median(ours), statistics.median(peer)


def _questions() -> list[str]:
    return [line[f"question_{language}"] for line in read_lines(QUESTIONS)[:20] for language in LANGUAGES]


def _building(embedder: Embedder) -> tuple[float, float]:
    paper, background = load_paper(BUNDLED_PAPER), load_background(embedder)
    sentences = [paper.sentences[p.first].text for p in paper.passages if p.first == p.last]
    ways = (
        lambda _: PaperIndex.build(paper, embedder, background),
        lambda _: embedder.encode_passages(sentences),
    )
    ours, peer = in_turn(ways, range(3))
    return statistics.median(ours), statistics.median(peer)


def _opening(embedder: Embedder) -> tuple[float, float]:
    paper, background = load_paper(), load_background(embedder)
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "index"
        building = seconds_of(lambda: save_index(PaperIndex.build(paper, embedder, background), folder))
        opening = statistics.median(seconds_of(lambda: open_index(folder, paper, embedder)) for _ in range(5))
    return opening, building


def _serving() -> tuple[float, float]:
    ours, peer = [], []
    for _ in range(3):
        peer.append(_until_served(["-c", EMPTY_PAGE], []))
        ours.append(_until_served(["ui.py"], ["--port"]))
    return statistics.median(ours), statistics.median(peer)


def _until_served(script: list[str], option: list[str]) -> float:
    """Start a page in a process of its own; return the seconds until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"GRADIO_ANALYTICS_ENABLED": "False"}
    began = time.perf_counter()
    command = [sys.executable, *script, *option, str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        while time.perf_counter() - began < 120:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10):
                return time.perf_counter() - began
            time.sleep(0.02)
    finally:
        server.terminate()
        server.wait()
    raise RuntimeError(f"{' '.join(script)[:40]} was not served within two minutes")


if __name__ == "__main__":
    sys.exit(main())
