"""The page: ask the paper a question in the browser, and see the sentences that the answer rests on.

    python ui.py [--host 127.0.0.1] [--port 7860] [--paper FILE] [--open]

It is served at once; the model is loaded behind it. Other programs ask at the endpoint /ask.
"""

# No `from __future__ import annotations`: Gradio reads its handlers' annotations as types, and is itself
# imported only where the page is built, so that --help and a wrong option are answered at once.

import argparse
import asyncio
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from assistant import Catalogue
from corpus import Language, TanyaError, load_paper
from page.chat import Chat, take_turn
from page.labels import ANY_PAPER_EXAMPLES, BUNDLED_EXAMPLES, LABELS
from page.loader import Loader
from page.tabs import lay_out_findings, lay_out_glossary, preferred_language, topic_labels

if TYPE_CHECKING:
    import gradio as gr

_AT_ONCE = 4
"""Questions that are worked on at the same time; the others wait in line."""

_LOOK_AGAIN = 0.2
"""Seconds between two looks at how far loading has come."""

_SANS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")

_SCROLL_TO_EVIDENCE = """() => {
    if (String(getSelection())) return;  // text was being selected, not an answer
    document.querySelector("#evidence details[open]")?.scrollIntoView({block: "nearest", behavior: "smooth"});
}"""


class _Parts(NamedTuple):
    """The page's parts that something happens to."""

    status: "gr.HTML"
    chat: "gr.State"
    chatbot: "gr.Chatbot"
    box: "gr.Textbox"
    ask: "gr.Button"
    stop: "gr.Button"
    language: "gr.Radio"
    evidence: "gr.HTML"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until interrupted; return the exit status."""
    options = _read_options(arguments)
    logging.basicConfig(format="%(levelname)s: %(message)s")
    try:
        _check_address(options.host, options.port)
        loader = Loader(load_paper(options.paper))
    except TanyaError as error:
        print(f"ui.py: {error}", file=sys.stderr)
        return 2
    page = serve(loader, options)
    loader.start()
    print(f"Tanya: {page.local_url} (Ctrl+C ends it)", flush=True)
    page.block_thread()
    return 0


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ui.py", description="Ask a paper questions in the browser.")
    parser.add_argument("--host", default="127.0.0.1", help="address to serve at (this machine only)")
    parser.add_argument("--port", type=int, default=7860, help="port to serve at (7860)")
    parser.add_argument("--paper", type=Path, metavar="FILE", help="text file or PDF (the bundled paper)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    options = parser.parse_args(arguments)
    if not 0 < options.port < 65536:
        parser.error(f"argument --port: {options.port} is not between 1 and 65535")
    return options


def _check_address(host: str, port: int) -> None:
    """Raise TanyaError where nothing can be served; Gradio would tell only after seconds, and at length."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        remedy = "choose another --port or --host"
        raise TanyaError(f"cannot serve at {host}:{port}: {error.strerror}; {remedy}") from None


def serve(loader: Loader, options: argparse.Namespace) -> "gr.Blocks":
    """Build the page, serve it, and return it while it is being served."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Gradio calls its own server once it is up; a proxy to the world outside must not get in between.
    direct = [os.environ.get("no_proxy") or os.environ.get("NO_PROXY"), options.host, "localhost"]
    os.environ["no_proxy"] = ",".join(filter(None, direct))
    import gradio as gr

    catalogue = Catalogue(loader.paper)
    topics = topic_labels(catalogue.topics)
    words = gr.I18n(**{language: LABELS[language] | topics[language] for language in LABELS})
    page = gr.Blocks(title="Tanya", analytics_enabled=False)
    with page, gr.Column(elem_id="page"):
        with gr.Row(elem_id="top"):
            status = _lay_out_top(loader, words, is_bundled=options.paper is None)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(str(words("tab_ask")), elem_id="tab-ask"):
                parts = _lay_out(status, words, is_bundled=options.paper is None)
            if loader.paper.findings:
                with gr.Tab(str(words("tab_findings")), elem_id="tab-findings"):
                    lay_out_findings(page, catalogue, words)
            if loader.paper.glossary:
                with gr.Tab(str(words("tab_glossary")), elem_id="tab-glossary"):
                    lay_out_glossary(page, catalogue, words)
        _connect(page, parts, loader, words)
    page.launch(
        server_name=options.host,
        server_port=options.port,
        inbrowser=options.open,
        prevent_thread_lock=True,
        quiet=True,
        ssr_mode=False,
        footer_links=[],
        run_history=False,
        i18n=words,
        theme=_theme(),
        css_paths=Path(__file__).parent / "page" / "style.css",
    )
    return page


def _theme() -> "gr.themes.Base":
    import gradio as gr

    return gr.themes.Base(primary_hue="teal", neutral_hue="stone", radius_size="md", font=_SANS, font_mono=_MONO).set(
        # The defaults are too pale to be read easily.
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="white",
    )


def _lay_out(status: "gr.HTML", words: "gr.I18n", *, is_bundled: bool) -> _Parts:
    import gradio as gr

    chat = gr.State(Chat())
    with gr.Row(elem_id="main"):
        with gr.Column(elem_id="conversation"):
            chatbot = gr.Chatbot(
                label=str(words("conversation")),
                show_label=False,
                placeholder=str(words("begin")),
                examples=[{"text": text} for text in (BUNDLED_EXAMPLES if is_bundled else ANY_PAPER_EXAMPLES)],
                buttons=["copy"],
                # A question is no Markdown: it shows as it was typed.
                render_markdown=False,
                latex_delimiters=[],
                height="100%",
                elem_id="chat",
            )
            with gr.Row(elem_id="ask-row"):
                box = gr.Textbox(
                    label=str(words("question")),
                    placeholder=str(words("question_hint")),
                    show_label=False,
                    container=False,
                    max_lines=6,
                    elem_id="question",
                )
                ask = gr.Button(str(words("ask")), variant="primary", elem_id="ask")
                stop = gr.Button(str(words("stop")), visible=False, elem_id="stop")
            language = gr.Radio(
                [(words("automatic"), "auto"), ("Indonesia", "id"), ("English", "en")],
                value="auto",
                label=str(words("answer_in")),
                container=False,
                elem_id="language",
            )
            gr.HTML(f'<a href="#evidence">{words("to_evidence")} ↓</a>', elem_id="to-evidence")
        with gr.Column(elem_id="evidence"):
            gr.HTML(f"<h2>{words('evidence')}</h2>")
            evidence = gr.HTML(_hint(words), apply_default_css=False)
    return _Parts(status, chat, chatbot, box, ask, stop, language, evidence)


def _lay_out_top(loader: Loader, words: "gr.I18n", *, is_bundled: bool) -> "gr.HTML":
    import gradio as gr

    name, pages = escape(loader.paper.name), len(loader.paper.pages)
    # Gradio translates one thing in each value; hence so many.
    with gr.Column(elem_id="heading"):
        gr.HTML("<h1>Tanya</h1>")
        gr.HTML(f"<p>{words('purpose')}</p>")
        gr.HTML(f'<p class="note">{words("promise")}</p>')
    with gr.Column(elem_id="paper"):
        gr.HTML(f"<p>{words('bundled') if is_bundled else name}</p>")
        gr.HTML(f'<p class="note">{name}, {pages} {words("one_page" if pages == 1 else "pages")}</p>')
        return gr.HTML(_status(loader, words), elem_id="status")


def _status(loader: Loader, words: "gr.I18n") -> str:
    stage, done, total, problem = loader.progress
    count = f" {done}/{total}" if total > 1 else ""
    return f'<p class="{stage}" role="status">{words(stage)}{count} {escape(problem)}</p>'


def _hint(words: "gr.I18n") -> str:
    return f'<p class="hint">{words("evidence_hint")}</p>'


def _connect(page: "gr.Blocks", parts: _Parts, loader: Loader, words: "gr.I18n") -> None:
    import gradio as gr

    hint = _hint(words)

    def show(chat: Chat, box: str | None = None) -> list[Any]:
        waits, keep = chat.pending is not None, gr.skip()
        buttons = gr.Button(visible=not waits), gr.Button(visible=waits)
        return [chat, chat.messages(), chat.evidence() or hint, keep if box is None else box, *buttons]

    async def watch() -> AsyncIterator[str]:
        told = None
        while told != loader.progress or not loader.finished:
            if told != loader.progress:
                told = loader.progress
                yield _status(loader, words)
            await asyncio.sleep(_LOOK_AGAIN)

    async def on_ask(question: str, language: str, chat: Chat, request: gr.Request) -> AsyncIterator[list[Any]]:
        speaks = _language(language)
        if not question.strip():  # which has no language of its own
            speaks = speaks or preferred_language(request)
        async for turn in take_turn(loader, chat, question, speaks):
            yield show(*turn)

    async def on_example(chat: Chat, event: gr.SelectData) -> AsyncIterator[list[Any]]:
        # An example is a message, a suggestion that comes with an answer is a text.
        text = event.value["text"] if isinstance(event.value, dict) else event.value
        async for turn in take_turn(loader, chat, text, None):
            yield show(*turn)

    async def on_stop(chat: Chat) -> None:
        chat.stop()

    async def on_clear(chat: Chat) -> list[Any]:
        return show(chat.clear())

    def on_select(chat: Chat, event: gr.SelectData) -> str:
        return chat.evidence(event.index) or hint

    async def ask(question: str, language: Literal["auto", "id", "en"] = "auto") -> dict[str, Any]:
        """Answer a question, in the paper's own sentences with page and section, or say that it does not."""
        try:
            assistant = await loader.assistant()
            answer = await asyncio.to_thread(assistant.ask, question, language=_language(language))
        except TanyaError as error:
            raise gr.Error(str(error), print_exception=False) from None
        return answer.to_record()

    shown = [parts.chat, parts.chatbot, parts.evidence, parts.box, parts.ask, parts.stop]
    inside: dict[str, Any] = {"api_visibility": "private"}
    slow: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": _AT_ONCE}
    page.load(watch, None, parts.status, show_progress="hidden", concurrency_limit=None, **inside)
    gr.on(
        [parts.box.submit, parts.ask.click],
        on_ask,
        [parts.box, parts.language, parts.chat],
        shown,
        show_progress_on=parts.chatbot,
        **slow,
        **inside,
    )
    gr.on(
        [parts.chatbot.example_select, parts.chatbot.option_select],
        on_example,
        parts.chat,
        shown,
        show_progress_on=parts.chatbot,
        **slow,
        **inside,
    )
    parts.stop.click(on_stop, parts.chat, None, **inside)
    parts.chatbot.clear(on_clear, parts.chat, shown, **inside)
    parts.chatbot.select(on_select, parts.chat, parts.evidence, show_progress="hidden", **inside).then(
        None, js=_SCROLL_TO_EVIDENCE, **inside
    )
    gr.events.api(ask, api_name="ask", **slow)


def _language(picked: str) -> Language | None:
    return None if picked == "auto" else "id" if picked == "id" else "en"


if __name__ == "__main__":
    sys.exit(main())
