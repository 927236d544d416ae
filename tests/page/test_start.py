"""Starting and ending: errors are answered at once, and nothing is left behind."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

import ui
from tests.page.serving import ask, asked, served
from tests.page.visits import ROOT, Server, free_port


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "ui.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_help_comes_at_once_and_without_heavy_imports() -> None:
    began = time.monotonic()
    assert "--paper FILE" in run("--help").stdout
    assert time.monotonic() - began < 2
    code = "import sys, ui; print([m for m in ('gradio', 'torch', 'sentence_transformers') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_port_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("--port", str(port))
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in ran.stderr
    assert "--port" in ran.stderr
    assert ran.stdout == ""


@pytest.mark.parametrize(("host", "problem"), [("\udcff", "cannot serve at \ufffd:"), ("", "argument --host: ")])
def test_a_host_that_is_no_name(host: str, problem: str) -> None:
    ran = run("--port", str(free_port()), "--host", host)
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1].startswith(f"ui.py: {'' if host else 'error: '}{problem}")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt", "broken.pdf"])
def test_paper_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    paper = tmp_path / name
    if name != "missing.txt":
        paper.write_bytes(b"")
    ran = run("--port", str(free_port()), "--paper", str(paper))
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert name in ran.stderr


# One handler takes both signals: while it loads, one of them is tried now, and while it answers the other.
@pytest.mark.parametrize("end", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_its_uploads_end_with_it(end: signal.Signals, no_network: None) -> None:
    server = Server()
    (folder,) = server.temporary.glob("tanya-*")
    (folder / "left").write_text("x")
    server.process.send_signal(end)
    assert server.process.wait(timeout=60) == 0
    assert list(server.temporary.glob("tanya-*")) == []
    server.close()


ANSWERING = """
import ui
from tests.page.stand_ins import SlowAssistant, loaded
ui._open = lambda options: (loaded(lambda report: SlowAssistant(0.05)), None)
ui.main(["--port", "{port}"])
"""


@pytest.mark.parametrize("end", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.long)])
def test_while_it_answers_it_ends_in_order(end: signal.Signals) -> None:
    port = free_port()
    code = ANSWERING.format(port=port)
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert f"127.0.0.1:{port}" in process.stdout.readline()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
            place = asked(client, [f"Kapan {n}?" for n in range(500)], "auto", endpoint="batch")
            with client.stream("GET", place) as stream, suppress(httpx.RemoteProtocolError):
                time.sleep(0.2)
                process.send_signal(end)
                process.send_signal(end)  # as a supervisor does that is in a hurry
                stream.read()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == ""
        assert process.stdout.read() == ""


@pytest.mark.parametrize(
    ("options", "warns"),
    [
        ((), False),
        (("--host", "localhost"), False),
        (("--host", "127.0.0.2"), False),
        (("--host", "::1"), False),
        (("--host", "0.0.0.0"), True),
        (("--host", "::"), True),
        (("--host", "192.0.2.1"), True),
        (("--host", "example.org"), True),
        (("--host", "0.0.0.0", "--auth"), False),
    ],
)
def test_serving_to_strangers_without_a_login_is_warned_of_in_one_line(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], warns: bool
) -> None:
    assert ui._read_options([]).host == "127.0.0.1"
    ui._warn_if_open(ui._read_options(options))
    warning = capsys.readouterr().err
    assert warning.count("\n") == warns
    assert ("--auth asks for a login" in warning) == warns


def test_port_out_of_range() -> None:
    ran = run("--port", "70000")
    assert ran.returncode == 2
    assert "70000" in ran.stderr


def test_matplotlib_is_not_imported_for_each_event() -> None:
    with served() as page:
        assert ask(page.client, "Apa itu BOR?", "auto", "").status_code == 200
    assert sys.modules.get("matplotlib") is None
