"""Serves the page: ask a paper questions in the browser, and see the sentences that the answers rest on.

    python ui.py [--host 127.0.0.1] [--port 7860] [--paper FILE | --library [FOLDER]] [--open]

The page is there at once; the model is loaded meanwhile. Other programs ask at the endpoint /ask. SECURITY.md says
what makes it safe to serve the page to others.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from starlette.middleware import Middleware

from assistant import LibraryAssistant
from assistant.feedback import FeedbackFile
from assistant.library_assistant import check_not_empty
from corpus import TanyaError, command_line
from corpus.library import Library
from corpus.printing import print_text
from index.options import add_index_option, add_library_option
from page.api.health import health_route
from page.api.mcp_tools import TOOLS_PATH, answer_in_json
from page.door.gradio_patches import keep_no_values, look_less_often, without_cors
from page.door.guessing import Guesses
from page.door.headers import AddHeaders
from page.door.limits import MAX_BODY, MAX_UPLOAD, RATE, LimitRate, Rate
from page.door.login import LOGIN_MESSAGE, LOGIN_SCRIPT, VARIABLE, Accounts, RequireLogin, SignIn
from page.door.open_paths import OpenPaths
from page.door.origin import CheckOrigin, OwnNames
from page.door.served_language import ServePickedLanguage
from page.door.uploads import HideUploads, upload_folder
from page.logs import log_event, log_library_errors, set_up
from page.papers.document import Document
from page.papers.loader import Loader
from page.papers.shelf import Shelf

if TYPE_CHECKING:
    import gradio as gr

_ENDS = (signal.SIGTERM, signal.SIGINT)

PROG = "ui.py"
"""The default name of the command in its help and its errors."""

FOLDER = Path(__file__).parent / "page"

SESSIONS = 400
"""Sessions that Gradio keeps, the last ones used, 0.3 MB each. Each request by HTTP begins a new one. If a page's
session is dropped, its browser still has the conversations."""


def main(arguments: Sequence[str] | None = None, *, prog: str = PROG) -> int:
    """Serve the page until interrupted; return 0, or what `command_line.run` returns."""
    return command_line.run(lambda: _run(_read_options(arguments, prog)), prefix=f"{prog}: ")


def _style() -> str:
    """Return the page's style sheets, for the head: Gradio would rewrite the selectors of its own option for CSS."""
    return "".join(file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.css"), reverse=True))


def _end(*_: object) -> NoReturn:
    """End the program in order, so that uploads are deleted. Further signals are ignored meanwhile."""
    for end in _ENDS:
        signal.signal(end, signal.SIG_IGN)
    sys.exit()


def _run(options: argparse.Namespace) -> int:
    for end in _ENDS:
        signal.signal(end, _end)
    set_up(options.log, with_questions=options.log_questions)
    sign_in = SignIn(Accounts.from_environment(), Guesses()) if options.auth else None
    OwnNames(options.host, options.allow_host)  # raises for a wrong name before anything is loaded
    _check_address(options.host, options.port)
    feedback = FeedbackFile(options.feedback) if options.feedback else None
    if feedback:
        feedback.check()
    _warn_if_open(options)
    loader, shelf = _open(options)
    page = serve(loader, options, feedback, sign_in, shelf)
    loader.start()
    log_event("start", url=page.local_url, login=options.auth, rate=options.rate, mcp=options.mcp)
    tools = f", its tools at {page.local_url}{TOOLS_PATH}" if options.mcp else ""
    with suppress(OSError):  # the page is served even if nothing can be printed
        print_text(f"Tanya: {page.local_url}{tools} (Ctrl+C ends it)", flush=True)
    try:
        page.block_thread()
    finally:
        _stop(page)
    return 0


def _stop(page: gr.Blocks) -> None:
    """Stop serving at once: close all connections, as if the clients had left."""
    server = page.server
    if server:
        server.should_exit = True
        for line in list(server.server_state.connections):
            line.loop.call_soon_threadsafe(line.transport.close)
    page.close(verbose=False)


def _open(options: argparse.Namespace) -> tuple[Loader, Shelf | None]:
    """Return the loader of the assistant, and the shelf if there is a library. Raises TanyaError."""
    if options.library is None:
        return Loader(Document.open(options.paper) if options.paper else Document.bundled()), None
    library = Library(options.library)
    check_not_empty(library)
    shelf = Shelf(library, takes_papers=options.add)
    loader = Loader(shelf.first, lambda report: LibraryAssistant.load(library, index=options.index, progress=report))
    return loader, shelf


def _read_options(arguments: Sequence[str] | None, prog: str = PROG) -> argparse.Namespace:
    parser = command_line.Parser(prog=prog, description="Ask a paper questions in the browser.")
    parser.add_argument("--host", default="127.0.0.1", help="address to serve at (this machine only)")
    parser.add_argument("--port", type=int, default=7860, help="port to serve at (7860)")
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="a name by which others ask for the page, too"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--paper", type=command_line.path, metavar="FILE", help="a paper to read in place of the bundled one"
    )
    add_library_option(which, "the papers of a library")
    add_index_option(parser)
    parser.add_argument("--auth", action="store_true", help=f"ask for a login; {VARIABLE}=name:password holds it")
    parser.add_argument(
        "--rate", type=int, default=RATE, metavar="N", help=f"requests a minute from one address ({RATE}; 0: any)"
    )
    parser.add_argument("--log", metavar="FILE", help="log each answer, as JSON lines (-: on stderr)")
    parser.add_argument("--log-questions", action="store_true", help="log the questions' text, too")
    parser.add_argument(
        "--feedback", type=command_line.path, metavar="FILE", help="collect verdicts on answers in this file"
    )
    parser.add_argument("--add", action="store_true", help="let visitors add papers to the library, from the page")
    parser.add_argument("--mcp", action="store_true", help="serve the endpoints as MCP tools, too")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    options = parser.parse_args(arguments)
    if not 0 < options.port < 65536:
        parser.error(f"argument --port: {options.port} is not between 1 and 65535")
    if not options.host:
        parser.error("argument --host: an address is to be named, and this is empty")
    if options.rate < 0:
        parser.error(f"argument --rate: {options.rate} is less than 0")
    if options.add and options.library is None:
        parser.error("argument --add: adds nothing without --library")
    if options.log_questions and not options.log:
        parser.error("argument --log-questions: logs nothing without --log FILE")
    return options


def _warn_if_open(options: argparse.Namespace) -> None:
    """Warn if anyone who reaches this machine can ask."""
    is_here = options.host == "localhost"
    with suppress(ValueError):  # for a name
        is_here = is_here or ip_address(options.host).is_loopback
    if not is_here and not options.auth:
        warning = f"anyone who reaches {options.host} can ask, and drop files; --auth asks for a login"
        print_text(f"warning: {warning}", file=sys.stderr)


def _check_address(host: str, port: int) -> None:
    """Raise TanyaError if the address cannot be served at. Gradio would find out only after seconds."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except (OSError, TypeError) as error:  # TypeError for a host that cannot be looked up
        reason = error.strerror if isinstance(error, OSError) else error
        raise TanyaError(f"cannot serve at {host}:{port}: {reason}; choose another --port or --host") from None


def serve(
    loader: Loader,
    options: argparse.Namespace,
    feedback: FeedbackFile | None = None,
    sign_in: SignIn | None = None,
    shelf: Shelf | None = None,
) -> gr.Blocks:
    """Build the page, serve it, and return it while it is being served. Raises TanyaError."""
    uploads = upload_folder()
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # A client's address is that of its connection. Headers such as X-Forwarded-For could claim anything.
    os.environ.setdefault("FORWARDED_ALLOW_IPS", "")
    # Gradio calls its own server once it is up. That request must not go through a proxy.
    direct = [os.environ.get("no_proxy") or os.environ.get("NO_PROXY"), options.host, "localhost"]
    os.environ["no_proxy"] = ",".join(filter(None, direct))
    # Gradio imports Matplotlib, if it is installed, with each event. The page has no plots. The first import is slow,
    # and logs that it builds a cache of fonts.
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]
    # Imported here, with Gradio, which takes seconds: --help and wrong options are answered before.
    from page.layout import all_words, build, theme

    keep_no_values()
    words = all_words()
    guards = [
        Middleware(AddHeaders),
        Middleware(CheckOrigin, OwnNames(options.host, options.allow_host)),
        Middleware(OpenPaths, with_tools=options.mcp),
        *([Middleware(LimitRate, Rate(options.rate))] if options.rate else []),
        *([Middleware(RequireLogin, sign_in)] if sign_in else []),
        Middleware(HideUploads, uploads),
        Middleware(ServePickedLanguage, LOGIN_SCRIPT if sign_in else ""),
    ]
    without_cors()
    page = build(loader, words, feedback=feedback, shelf=shelf)
    with redirect_stdout(io.StringIO()):  # Gradio prints about its MCP server even with quiet=True
        page.launch(
            server_name=f"[{options.host}]" if ":" in options.host else options.host,
            server_port=options.port,
            inbrowser=options.open,
            prevent_thread_lock=True,
            quiet=True,
            ssr_mode=False,
            footer_links=[],
            run_history=False,
            mcp_server=options.mcp,
            i18n=words,
            theme=theme(),
            head=f"<style>{_style()}</style>",
            js=(FOLDER / "page.js").read_text(encoding="utf-8"),
            auth=sign_in,
            auth_message=LOGIN_MESSAGE if sign_in else None,
            max_file_size=MAX_UPLOAD,
            enable_monitoring=False,
            state_session_capacity=SESSIONS,
            app_kwargs={"middleware": guards, "routes": [health_route(loader)], "max_body_size": MAX_UPLOAD + MAX_BODY},
        )
    look_less_often(page)
    log_library_errors()
    if options.mcp:
        answer_in_json(page)
    return page


if __name__ == "__main__":
    sys.exit(main())
