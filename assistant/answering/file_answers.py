"""Answers about the document itself: its pages, sections, tables and figures, and its metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer
from assistant.answering.citing import cite_sentences
from assistant.answering.paragraphs import quoting, said
from assistant.answering.table_words import label_of_caption
from assistant.question import Question
from assistant.wording import say
from corpus import LANGUAGES, Language, Paper, Section, Sentence
from corpus.structure.headings import ABSTRACTS, CLOSING, plain_name
from index import PaperIndex

_LABEL = re.compile(r"\b(table|tabel|figure|fig|gambar)\.? ([\w.]+\d|\d+)", re.IGNORECASE)
_TABLES, _FIGURES = ("tabel", "table"), ("gambar", "figure", "fig", "grafik", "diagram", "chart")
_SECTION = re.compile(
    r"\b(?:section|chapter|part|bagian|bab|subbab) (.+?)(?: (?:on|start|ada|di|pada|halaman)\b.*)?$", re.IGNORECASE
)


def file_answer(question: Question, index: PaperIndex) -> Answer:
    """Return a fact about the document, or that the file does not have it."""
    paper, language = index.paper, question.language
    facts: dict[str, Callable[[], str | None]] = {
        "title": lambda: paper.metadata.title or None,
        "authors": lambda: "; ".join(paper.metadata.authors) or None,
        "published": lambda: str(paper.metadata.year) if paper.metadata.year else None,
        "references": lambda: _references(paper, language),
        "pages": lambda: _counted("file_pages", len(paper.pages), language),
        "sections": lambda: "; ".join(section.title for section in paper.sections if section.title) or None,
        "language": lambda: _languages(paper, language),
        "figures": lambda: _counted("file_figures", len(_captions(paper, _FIGURES)), language),
        "tables": lambda: _counted("file_tables", len(_captions(paper, _TABLES)), language),
        "abstract": lambda: _abstracts(paper, language),
        "place": lambda: _place(question, paper),
    }
    answer = replace(Answer.to(question, "answered"), confidence=1.0)
    if question.topic == "keywords" and (listed := _keywords(answer, index)):
        return listed
    fact = facts[question.topic]() if question.topic in facts else None
    if fact is None:
        text = say(f"file_no_{question.topic}", language)
        if question.topic == "doi" and paper.annotations.doi:
            text = f"{text} {say('known_doi', language, doi=paper.annotations.doi)}"
        return replace(answer, status="not_in_paper", paragraphs=(said(text),))
    return replace(answer, short=fact, derived_from=say("from_file", language), paragraphs=(said(fact),))


def _keywords(answer: Answer, index: PaperIndex) -> Answer | None:
    citations = cite_sentences(index, [s.index for s in index.paper.sentences if s.kind == "keywords"])
    if not citations:
        return None
    words = [word.strip() for word in re.split(r"[;,]", citations[0].text_in(answer.language).partition(":")[2])]
    short = f"{len(words)}: {'; '.join(words)}"
    paragraphs = quoting(citations, (), answer.language)
    return replace(answer, short=short, paragraphs=paragraphs, citations=citations)


def _counted(key: str, count: int, language: Language) -> str:
    return say(f"{key}_one" if count == 1 else key, language, count=count)


def _captions(paper: Paper, kinds: tuple[str, ...]) -> list[Sentence]:
    return [s for s in paper.sentences if s.kind == "caption" and s.text.casefold().startswith(kinds)]


def _references(paper: Paper, language: Language) -> str | None:
    section = next((s for s in paper.sections if plain_name(s.title) in CLOSING), None)
    return say("file_references", language, page=section.page, title=section.title) if section else None


def _languages(paper: Paper, language: Language) -> str:
    """Return the languages of a paper, the main one first, with the sections in the other."""
    main, other = sorted(LANGUAGES, key=lambda code: -sum(len(s.text) for s in paper.sentences if s.language == code))
    names = {code: say(f"language_{code}", language) for code in LANGUAGES}
    parts = [s.title for s in paper.sections if s.title and set(_languages_in(paper, s)) == {other}]
    listed = say("file_languages", language, main=names[main], other=names[other], parts="; ".join(parts))
    return listed if parts else names[main]


def _languages_in(paper: Paper, section: Section) -> list[Language]:
    return [s.language for s in paper.sentences if s.section == section.index and s.kind == "text"]


def _abstracts(paper: Paper, language: Language) -> str | None:
    listed = []
    for section in paper.sections:
        if plain_name(section.title) in ABSTRACTS:
            spoken = say(f"language_{next(iter(_languages_in(paper, section)), 'id')}", language)
            listed.append(say("file_abstract", language, page=section.page, title=section.title, spoken=spoken))
    return say("file_abstracts", language, listed="; ".join(listed)) if listed else None


def _place(question: Question, paper: Paper) -> str | None:
    if found := _LABEL.search(question.text):
        kinds = _TABLES if found[1].casefold() in _TABLES else _FIGURES
        number = found[2].casefold().rstrip(".")
        for caption in _captions(paper, kinds):
            label = label_of_caption(caption.text)
            if label and label[1] == number:
                return say("file_place", question.language, thing=f"{found[1]} {found[2]}", page=caption.page)
    if found := _SECTION.search(question.text.strip(" ?")):
        for section in paper.sections:
            if section.title and found[1].casefold() in (section.title.casefold(), plain_name(section.title)):
                return say("file_place", question.language, thing=section.title, page=section.page)
    return None
