"""The first screen, above the conversation: the paper's name, a short summary in its own sentences, and questions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from assistant import Answer, Citation
from assistant.asking import Asker
from corpus import Language, Paper
from page.markup import about, button, marker_button, message, papers_counted, suggestions
from page.papers.shelf import Shelf
from page.papers.workspace import Workspace
from page.ui_text import STARTERS, label

IN_SHORT: Final[dict[str, dict[Language, str]]] = {
    "aim": {"id": "Apa tujuan penelitian ini?", "en": "What is the aim of this study?"},
    "method": {"id": "Metode apa yang dipakai penelitian ini?", "en": "Which method does this study use?"},
    "result": {"id": "Apa hasil utama penelitian ini?", "en": "What is the main result of this study?"},
    "conclusion": {"id": "Apa kesimpulan penelitian ini?", "en": "What is the conclusion of this study?"},
}
"""The parts of the summary, each with the question that it answers."""

_MOST_STARTERS = 4
_MOST_TERMS = 2
_MOST_PAPERS = 12


def first_screen_html(
    workspace: Workspace, paper: Paper, at: str, language: Language, answers: dict[str, Answer] | None
) -> str:
    """Return the first screen as HTML. ``answers`` are those of `in_short`, None while they are being looked for."""
    if workspace.shelf and not at:
        return _library_html(workspace.shelf, language)
    known, own = about(paper, language), label("own_other" if at else "own_open", language)
    short = _in_short_html(answers, language)
    return (
        f'<header class="about"><h2>{escape(known.name)}</h2><p class="note">{escape(known.line)}</p>'
        f'<p class="tools">{button(own, "tool", data_open_file="")}</p></header>'
        f"{short}{suggestions(label('begin', language), starters(paper, language))}"
    )


def in_short(asker: Asker, language: Language) -> dict[str, Answer]:
    """Return the answer for each part of the summary. Parts without an answer are left out."""
    answers = {part: asker.ask(question[language], language=language) for part, question in IN_SHORT.items()}
    return {part: answer for part, answer in answers.items() if answer.is_found and answer.quoted}


def starters(paper: Paper, language: Language) -> Sequence[str]:
    """Return questions to begin with: for the bundled paper our own, for any other some from its glossary, too."""
    if paper.annotations.description:  # which only the bundled paper has
        return STARTERS["bundled"][language]
    glossary = paper.annotations.glossary
    terms = [term for term in glossary if term.basis == "expands" and term.kind != "spelling"][:_MOST_TERMS]
    # The question has the shortest form, the abbreviation; the long form is the answer.
    expansions = [label("starter_term", language, term=min(term.forms[language], key=len)) for term in terms]
    return [*expansions, *STARTERS["any"][language]][:_MOST_STARTERS]


def _in_short_html(answers: dict[str, Answer] | None, language: Language) -> str:
    if answers is None:  # the placeholder has the summary's height, so that nothing moves when the summary comes
        return _section("in-short waits", message(label("in_short_waits", language)), language)
    if not answers:
        return ""
    quoted: dict[str, Citation] = {}
    for part, answer in answers.items():  # a sentence that answers two of the questions is quoted once
        new = [citation for citation in answer.quoted if citation.quote not in {c.quote for c in quoted.values()}]
        quoted |= {part: new[0]} if new else {}
    rows = "".join(
        f"<dt>{escape(label(f'part_{part}', language))}</dt>"
        f'<dd lang="{citation.language if citation.is_in(language) else language}">'
        f"{escape(citation.text_in(language))} {marker_button(citation, language, with_number=False)}</dd>"
        for part, citation in quoted.items()
    )
    return _section("in-short", f"<dl>{rows}</dl>", language)


def _section(kind: str, html: str, language: Language) -> str:
    return f'<section class="{kind}"><h3>{escape(label("in_short", language))}</h3>{html}</section>'


def _library_html(shelf: Shelf, language: Language) -> str:
    choices = shelf.choices(label("bundled_name", language))
    papers = "".join(
        f"<li>{button(name, 'tool', data_show='', data_paper=paper_id, data_start=0, data_end=0)}</li>"
        for name, paper_id in choices[:_MOST_PAPERS]
    )
    more = len(choices) - _MOST_PAPERS
    note = f'<p class="note">{escape(label("more_papers", language, count=more))}</p>' if more > 0 else ""
    return (
        f'<header class="about"><h2>{escape(label("library", language))}</h2>'
        f'<p class="note">{escape(papers_counted(len(choices), language))}</p></header>'
        f'<ul class="library">{papers}</ul>{note}{suggestions(label("begin", language), STARTERS["library"][language])}'
    )
