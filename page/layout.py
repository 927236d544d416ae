"""The page as a whole: its tabs, and what leads from one to another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from html import escape

import gradio as gr

from assistant.feedback import FeedbackFile
from corpus import LANGUAGES
from page.batch import lay_out_batch
from page.batch_labels import BATCH_LABELS
from page.batch_line import BatchLine
from page.conversation import Conversation
from page.document import Document
from page.endpoints import add_endpoints
from page.feedback import collect_feedback
from page.history import storage_key
from page.labels import ANY_PAPER_EXAMPLES, BUNDLED_EXAMPLES, LABELS, LIBRARY_EXAMPLES
from page.language import preferred_language
from page.loader import Loader, Progress
from page.own_paper import OwnPaper
from page.paper_table import lay_out_table
from page.reader import QUICK, Reader
from page.shelf import Shelf
from page.table_labels import TABLE_LABELS
from page.tabs import lay_out_findings, lay_out_glossary, topic_labels

_SANS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")

_TIDY_EVERY = 3600
"""Seconds between two looks for uploads that nobody came to read, which are then deleted if they are as old."""

_LANGUAGES = """<nav aria-label="Bahasa / Language">
    <button type="button" data-speak="id" lang="id">Indonesia</button>
    <button type="button" data-speak="en" lang="en">English</button>
</nav>"""


def all_words(loader: Loader) -> gr.I18n:
    """Return the page's own words, in both languages."""
    topics = topic_labels(loader.document.catalogue.topics)
    return gr.I18n(**{of: LABELS[of] | BATCH_LABELS[of] | TABLE_LABELS[of] | topics[of] for of in LANGUAGES})


def build(
    loader: Loader,
    words: gr.I18n,
    *,
    is_bundled: bool,
    feedback: FeedbackFile | None = None,
    shelf: Shelf | None = None,
) -> gr.Blocks:
    """Lay out the page for a paper, or the papers on a ``shelf``, and let everything on it happen.

    The assistant may still be loading. Of a shelf, ``loader`` has the paper that is shown first.
    """
    document = loader.document
    papers = shelf.choices(str(words("bundled_name"))) if shelf else []
    kept_under = shelf.storage_key if shelf else storage_key(document.paper)

    def document_of(request: gr.Request, paper: str) -> Document:
        return shelf.document(paper) if shelf else document

    line = BatchLine()
    page = gr.Blocks(title="Tanya", analytics_enabled=False, delete_cache=(_TIDY_EVERY, _TIDY_EVERY))
    with page, gr.Column(elem_id="page"):
        with gr.Row(elem_id="top"):
            status = _lay_out_top(loader, words, is_bundled=is_bundled, papers=len(papers))
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab(str(words("tab_ask")), id="ask", elem_id="tab-ask"):
                examples = BUNDLED_EXAMPLES if is_bundled else LIBRARY_EXAMPLES if shelf else ANY_PAPER_EXAMPLES
                conversation = Conversation(
                    words, lambda request: loader, examples, kept_under=kept_under, papers=papers
                )
                if feedback:
                    collect_feedback(conversation, feedback, None if shelf else document.paper, words)
            with gr.Tab(str(words("tab_papers" if shelf else "tab_paper")), id="paper", elem_id="tab-paper"):
                reader = Reader(words, document_of, papers)
            evidence = {"ask": [conversation.evidence]}
            if document.paper.findings and not shelf:
                with gr.Tab(str(words("tab_findings")), id="findings", elem_id="tab-findings"):
                    evidence["findings"] = lay_out_findings(page, document, words)
            if document.paper.glossary and not shelf:
                with gr.Tab(str(words("tab_glossary")), id="glossary", elem_id="tab-glossary"):
                    evidence["glossary"] = lay_out_glossary(page, document, words)
            if shelf:
                with gr.Tab(str(words("tab_table")), id="table", elem_id="tab-table"):
                    lay_out_table(loader, words, line)
            with gr.Tab(str(words("tab_batch")), id="batch", elem_id="tab-batch"):
                lay_out_batch(loader, words, line)
            with gr.Tab(str(words("tab_own")), id="own", elem_id="tab-own"):
                OwnPaper(page, words, loader)
        for tab, shown in evidence.items():
            for source in shown:
                reader.show_from(source, tabs, f"tab-{tab}", "paper")
        add_endpoints(loader, line, shelf)

        async def watch(request: gr.Request) -> AsyncIterator[str]:
            async for progress in loader.watch():
                yield _status(progress, words, progress.told(preferred_language(request)))

        async def open_reader(request: gr.Request) -> list[object]:
            return await reader.opened(document, request, search=gr.skip())  # who is quick has typed something by now

        page.load(watch, None, status, **QUICK)
        page.load(open_reader, None, reader.parts, **QUICK)
        conversation.arrive_at(page)
    return page


def theme() -> gr.themes.Base:
    """Return what the page looks like, but for what `style.css` adds."""
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


def _lay_out_top(loader: Loader, words: gr.I18n, *, is_bundled: bool, papers: int) -> gr.HTML:
    paper = loader.document.paper
    name, pages = escape(paper.title), len(paper.pages)
    # Gradio translates one thing in each value; hence so many.
    with gr.Column(elem_id="heading"):
        gr.HTML("<h1>Tanya</h1>")
        gr.HTML(f"<p>{words('purpose_of_library' if papers else 'purpose')}</p>")
        gr.HTML(f'<p class="note">{words("promise_of_library" if papers else "promise")}</p>')
    with gr.Column(elem_id="paper"):
        gr.HTML(_LANGUAGES, apply_default_css=False, elem_id="languages")
        if papers:
            gr.HTML(f"<p>{words('library')}</p>")
            gr.HTML(f'<p class="note">{papers} {words("one_paper" if papers == 1 else "papers")}</p>')
        else:
            gr.HTML(f"<p>{words('bundled') if is_bundled else name}</p>")
            gr.HTML(f'<p class="note">{name}, {pages} {words("one_page" if pages == 1 else "pages")}</p>')
        return gr.HTML(_status(loader.progress, words), elem_id="status")


def _status(progress: Progress, words: gr.I18n, problem: str = "") -> str:
    count = f" {progress.done}/{progress.total}" if progress.total > 1 else ""
    return f'<p class="{progress.stage}" role="status">{words(progress.stage)}{count} {escape(problem)}</p>'
