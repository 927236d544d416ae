"""One page of a paper as HTML: its text with the quote marked, or its picture with boxes around the words."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Literal, NamedTuple

from assistant import Citation
from assistant.exporting import quote_citation
from corpus import OTHER, Language, Paper, PaperError, Sentence
from corpus.pdf.recognised import Box
from page.drawing.guarded_pages import GuardedPages
from page.drawing.quote_places import recognised_boxes
from page.markup import copy_button, message, nothing_found, place, show_button, with_marks
from page.papers.document import Document
from page.ui_text import label, noun

_WIDTH = 1400
"""The width of a page's picture in pixels. It is sharp on a screen of twice the usual density."""

Wording = Literal["original", "id", "en", "both"]
"""The wording of a page: as printed, in one language, or as printed with a translation."""


class Place(NamedTuple):
    """The place that is shown: a page, counted from 1, and the span of the paper's text that is marked, if any.

    ``paper`` is the paper's id in a library, "" without a library. ``search`` is the text that is searched for.
    """

    page: int = 1
    start: int = 0
    end: int = 0
    paper: str = ""
    wording: Wording = "original"
    search: str = ""

    def at(self, paper: Paper, start: int, end: int) -> Place:
        """Return the place of a span of a paper's text, on the page where it begins. The wording stays."""
        page = next((page.number for page in reversed(paper.pages) if page.start <= start), 1)
        return self._replace(page=page, start=start, end=end, paper=paper.id)

    def turned(self, paper: Paper, page: int) -> Place:
        """Return the place on another page, limited to the paper's pages. What is marked stays marked."""
        return self._replace(page=min(max(page, 1), len(paper.pages)))


def sheet_html(document: Document, place: Place, language: Language) -> str:
    """Return a page as HTML, below a button that copies what is marked on it."""
    title = f"{label('page_number', language)} {place.page} / {len(document.paper.pages)}"
    text = f'<article class="sheet text" aria-label="{escape(title)}">{_text(document, place)}</article>'
    return _tools(document, place, language) + _shown(document, place, language, title, text)


def _shown(document: Document, place: Place, language: Language, title: str, text: str) -> str:
    if document.sheets is None:
        return text
    try:
        boxes = _boxes(document.paper, document.sheets, place)
        picture = _picture(document.sheets, place.page, boxes or (), title)
    except PaperError as error:
        return message(error.in_language(language), role="alert") + text
    is_recognised = document.paper.is_recognised(place.page, place.page)
    keys = ["not_located"] * (boxes is None) + ["recognised_page"] * is_recognised
    notes = "".join(message(label(key, language)) for key in keys)
    return f"{notes}{picture}<details><summary>{escape(label('page_text', language))}</summary>{text}</details>"


def _tools(document: Document, place: Place, language: Language) -> str:
    page = document.paper.pages[place.page - 1]
    is_here = place.start < page.end and place.end > page.start
    citation = document.catalogue.cited(place.start, place.end) if is_here else None
    if citation is None:
        return ""
    copy = copy_button(quote_citation(citation, language), label("copy_quote", language), language)
    return f'<p class="tools">{copy}</p>'


def results_html(document: Document, text: str, language: Language) -> str:
    """Return the results of a search as HTML: sentences with the words marked, as buttons that show their page."""
    catalogue = document.catalogue
    citations = catalogue.lookup(text).sentences
    if not citations:
        return nothing_found(language)
    count = message(f"{len(citations)} {noun('sentences', len(citations), language)}")

    def result(citation: Citation) -> str:
        quote = with_marks(citation.quote, catalogue.spans(text, citation.quote, citation.language))
        html = f'<span class="header">{place(citation, language)}</span><span lang="{citation.language}">{quote}</span>'
        return show_button(html, "result", citation)

    return count + "".join(map(result, citations))


def _text(document: Document, place: Place) -> str:
    paper = document.paper
    page = paper.pages[place.page - 1]
    here = [s for s in paper.sentences if s.start < page.end and s.end > page.start]
    paragraphs = groupby(here, key=lambda sentence: sentence.paragraph)
    return "".join(_paragraph(document, list(sentences), place) for _, sentences in paragraphs)


def _paragraph(document: Document, sentences: Sequence[Sentence], place: Place) -> str:
    """Return a paragraph in the wording of ``place``; as printed if there is no translation."""
    first = sentences[0]
    tag = "h2" if first.kind == "heading" else "p"
    printed = first.language
    worded: dict[Wording, list[Language]]
    worded = {"original": [printed], "both": [printed, OTHER[printed]], "id": ["id"], "en": ["en"]}
    languages = worded[place.wording] if document.paper.annotations.translations else [printed]
    parts = []
    for language in languages:
        kind = first.kind if language == languages[0] else f"{first.kind} translated"
        text = " ".join(_sentence(document, sentence, place, language) for sentence in sentences)
        parts.append(f'<{tag} class="{kind}" lang="{language}">{text}</{tag}>')
    return "".join(parts)


def _sentence(document: Document, sentence: Sentence, place: Place, language: Language) -> str:
    """Return the part of a sentence that is on the page. A translation is returned whole."""
    paper, page = document.paper, document.paper.pages[place.page - 1]
    text = paper.texts(sentence.index).get(language)
    if text is None or language == sentence.language:
        text = paper.text[max(sentence.start, page.start) : min(sentence.end, page.end)]
    spans = document.catalogue.spans(place.search, text, language) if place.search else []
    html = with_marks(text, spans)
    is_marked = sentence.start < place.end and sentence.end > place.start
    return f"<mark>{html}</mark>" if is_marked else html


def _picture(sheets: GuardedPages, page: int, boxes: Sequence[Box], title: str) -> str:
    picture = sheets.picture(page, width=_WIDTH)
    webp, shown = b64encode(picture.webp).decode(), "".join(map(_box, boxes))
    return (
        f'<figure class="sheet picture" style="aspect-ratio:{picture.width:.1f}/{picture.height:.1f}">'
        f'<img alt="{escape(title)}" src="data:image/webp;base64,{webp}">{shown}</figure>'
    )


def _box(box: Box) -> str:
    place = f"left:{box.left:.4%};top:{box.top:.4%};width:{box.width:.4%};height:{box.height:.4%}"
    return f'<span class="box" style="{place}"></span>'


def _boxes(paper: Paper, sheets: GuardedPages, place: Place) -> Sequence[Box] | None:
    """Return the boxes of what is marked on the page; None if its place is not certain."""
    marked = [s for s in paper.sentences if s.start < place.end and s.end > place.start]
    pages = range(marked[0].page, marked[-1].last_page + 1) if marked else range(0)
    if place.page not in pages:
        return ()
    quote = paper.text[place.start : place.end]
    is_recognised = paper.is_recognised(pages[0], pages[-1])
    located = recognised_boxes(paper.recognised, quote, pages) if is_recognised else sheets.boxes(quote, pages)
    return located.get(place.page, ()) if located else None
