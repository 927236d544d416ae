"""Many at once: 64 clients ask a served page for two minutes; exits with 1 if one of these does not hold.

    python -m benchmarks.load [--clients 64] [--seconds 120] [--memory]

1. No request fails.
2. Each answer is the one that the question gets when it is asked alone.
3. The 95th percentile of the time that an answer takes is at most as many times the median of a single client as there
   are clients, and 20% more: a client in line waits for those before it, and for nothing else.

With ``--memory``, instead: the server's resident memory after 5,000 questions is at most 5% above that after 500.

No question is asked twice, since a repeated one is answered from memory. They are the known questions of the bundled
paper, in both languages, with a number in brackets behind once they are used up.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from tqdm import tqdm

from assistant import Assistant
from corpus import LANGUAGES, load_paper

ROOT = Path(__file__).parents[1]
ALONE = 60
"""Questions of the single client."""

MORE_THAN_IN_LINE = 1.2
MEMORY_AT = (500, 5_000)
MORE_MEMORY = 1.05

_TIMES = ("seconds",)
"""Fields of an answer that differ from one time to the next."""


class LoadResult(NamedTuple):
    """A question, the record of its answer, the seconds that it took, and the error, "" for none."""

    question: str
    record: dict[str, Any]
    seconds: float
    error: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was found beside its limit."""
    options = _parser().parse_args(arguments)
    with _served() as server:
        return _memory(server) if options.memory else _load(server, options.clients, options.seconds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="Ask a served page at once.")
    parser.add_argument("--clients", type=int, default=64, metavar="N", help="how many ask at the same time (64)")
    parser.add_argument("--seconds", type=float, default=120.0, metavar="N", help="for how long (120)")
    parser.add_argument("--memory", action="store_true", help="look at memory instead")
    return parser


def _load(server: Server, clients: int, seconds: float) -> int:
    questions = different_questions()
    alone = [server.ask(next(questions)) for _ in range(ALONE)]
    median = statistics.median(result.seconds for result in alone)
    together = server.ask_together(questions, clients, seconds)
    errors = [result for result in together if result.error]
    wrong = _wrong([result for result in together if not result.error])
    slow = statistics.quantiles([result.seconds for result in together], n=20)[-1]
    limit = MORE_THAN_IN_LINE * clients * median
    print(f"one client:  {ALONE} questions, median {median:.3f} s")
    print(f"{clients} clients: {len(together)} questions in {seconds:.0f} s, {len(together) / seconds:.1f} a second")
    print(f"errors: {len(errors)}" + (f", the first: {errors[0].error}" if errors else ""))
    print(f"wrong answers: {len(wrong)}" + (f", the first to: {wrong[0].question}" if wrong else ""))
    print(f"p95: {slow:.2f} s, {slow / limit:.2f} of the limit, {clients} x median + 20% = {limit:.2f} s")
    return 0 if together and not errors and not wrong and slow <= limit else 1


def _memory(server: Server) -> int:
    questions = different_questions()
    resident = []
    with tqdm(total=MEMORY_AT[-1], unit="question") as bar:
        for number in MEMORY_AT:
            while bar.n < number:
                server.ask_together(itertools.islice(questions, 100), 8, float("inf"))
                bar.update(100)
            resident.append(server.resident)
    first, last = resident
    print(f"resident after {MEMORY_AT[0]}: {first / 1e6:.0f} MB, after {MEMORY_AT[1]}: {last / 1e6:.0f} MB")
    print(f"{last / first:.3f} of it (at most {MORE_MEMORY})")
    return 0 if last <= MORE_MEMORY * first else 1


def different_questions() -> Iterator[str]:
    """Yield questions, no two of which are the same."""
    known = [question.text[code] for question in load_paper().annotations.questions for code in LANGUAGES]
    known = list(dict.fromkeys(known))
    yield from known
    for number in itertools.count(2):
        yield from (f"{text} ({number})" for text in known)


def _wrong(asked: Sequence[LoadResult]) -> list[LoadResult]:
    """Return the results that differ from the answer without a server, in this process."""
    assistant = Assistant.load()
    return [
        result
        for result in tqdm(asked, unit="answer", desc="checking")
        if _comparable(result.record) != _comparable(json.loads(json.dumps(assistant.ask(result.question).to_record())))
    ]


def _comparable(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record without its time, and with figures rounded as they are shown."""
    rounded = {name: value for name, value in record.items() if name not in _TIMES}
    rounded["confidence"] = round(rounded["confidence"], 2)
    for name in ("citations", "related"):
        rounded[name] = [{**citation, "score": round(citation["score"], 2)} for citation in rounded[name]]
    return rounded


class Server:
    """A served page."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        """Take up a process that serves at a port of this machine."""
        self._url = f"http://127.0.0.1:{port}/"
        self._process = process
        self._clients = threading.local()

    @property
    def resident(self) -> int:
        """The process's resident memory, in bytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024

    def wait_until_ready(self) -> None:
        """Wait until questions are answered."""
        while True:
            try:
                if httpx.get(f"{self._url}health", trust_env=False).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            if self._process.poll() is not None:
                raise RuntimeError("the server ended")
            time.sleep(0.2)

    def ask(self, question: str) -> LoadResult:
        """Ask a question, as any program does; each thread keeps a connection of its own."""
        if not hasattr(self._clients, "own"):
            self._clients.own = httpx.Client(base_url=self._url, timeout=300, trust_env=False)
        client: httpx.Client = self._clients.own
        began = time.perf_counter()
        try:
            posted = client.post("gradio_api/call/ask", json={"data": [question, "auto", ""]})
            posted.raise_for_status()
            events = client.get(f"gradio_api/call/ask/{posted.json()['event_id']}").raise_for_status().text
            kind, data = (line.partition(": ")[2] for line in events.strip().splitlines()[-2:])
            if kind != "complete":
                return LoadResult(question, {}, time.perf_counter() - began, f"{kind}: {data}")
            return LoadResult(question, json.loads(data)[0], time.perf_counter() - began)
        except (httpx.HTTPError, ValueError) as error:
            return LoadResult(question, {}, time.perf_counter() - began, f"{type(error).__name__}: {error}")

    def ask_together(self, questions: Iterator[str], clients: int, seconds: float) -> list[LoadResult]:
        """Have clients ask, each one question after the other, for so long or until there are none left."""
        asked: list[LoadResult] = []
        lock = threading.Lock()
        end = time.monotonic() + seconds

        def work() -> None:
            while time.monotonic() < end:
                with lock:
                    question = next(questions, None)
                if question is None:
                    return
                result = self.ask(question)
                with lock:
                    asked.append(result)

        threads = [threading.Thread(target=work) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return asked


@contextmanager
def _served() -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "ui.py", "--port", str(port), "--rate", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL)
    try:
        server = Server(port, process)
        server.wait_until_ready()
        yield server
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
