"""Exports papers to reference managers and reference lists: BibTeX, RIS and APA (7th edition), one entry for each.

Title, authors and year are those of the paper's file; nothing is guessed. Quotes are notes of their paper's entry, each
after its page, which is the file's, counted from 1.

Zotero reads "annote" as one note, with all line ends as spaces, and each "N1" as a note of its own. In RIS it needs an
author's family name first (`BibTeX.js` and `RIS.js` in https://github.com/zotero/translators). Entries have no pages: a
reference manager would take them for the paper's pages in its journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from assistant.author_name import author_name
from assistant.citation import Citation, CitedPaper
from assistant.quotation import doi_link, on_one_line, one_each_place, place, quoted, translator
from assistant.wording import say
from corpus import OTHER, Language

_BIBTEX: Final = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    # A brace counts for BibTeX even after a backslash, so a single one would never end its field.
    | {"{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}"}
    | {"~": r"{\textasciitilde}", "^": r"{\textasciicircum}"}
)
_AND: Final = re.compile(r"\band\b", re.IGNORECASE)
_EN_DASH: Final = "\N{EN DASH}"
_NOT_IN_KEY: Final = re.compile(r"[^A-Za-z0-9]+")

_MOST_AUTHORS: Final = 20
"""The most authors that APA lists. Of more, it lists the first 19 and the last (Publication Manual, 7th ed., 9.8)."""


def to_bibtex(citations: Iterable[Citation]) -> str:
    """Return a BibTeX entry for each paper. Its quotes are the "annote", which bibliographies do not print."""
    return "\n".join(_bibtex_entry(paper, quotes) for paper, quotes in _by_paper(citations))


def to_ris(citations: Iterable[Citation]) -> str:
    """Return an RIS reference for each paper. Each of its quotes is a note, "N1"."""
    return "\r\n".join(_ris_entry(paper, quotes) for paper, quotes in _by_paper(citations))


def to_apa(citations: Iterable[Citation], language: Language) -> str:
    """Return a reference list in the style of APA (7th edition) as plain text, one paper a line, sorted.

    ``language`` is that of "n.d.". Titles keep the file's case. A paper without a title is listed by its file's name,
    in square brackets, as APA wants it.
    """
    lines = [apa_reference(paper, language) for paper, _ in _by_paper(citations)]
    return "".join(f"{line}\n" for line in sorted(lines, key=str.casefold))


def cite_quote(citation: Citation, language: Language) -> str:
    """Return a quote with its in-text reference, as in APA (7th edition), and the paper's reference below.

    A quote in the other language comes after its translation.
    """
    in_text = f"{quoted(citation, language)} ({_in_text(citation, language)})"
    return f"{in_text}\n\n{apa_reference(citation.paper, language)}"


def apa_reference(paper: CitedPaper, language: Language) -> str:
    """Return a paper's line in an APA reference list (7th edition): authors, year, title and DOI, as far as known."""
    title, authors = _apa_title(paper), _apa_authors(paper.authors)
    date = f"({paper.year or say('undated', language)})."
    known = [_ended(authors), date, _ended(title)] if authors else [_ended(title), date]
    return " ".join(filter(None, [*known, doi_link(paper)]))


def _in_text(citation: Citation, language: Language) -> str:
    paper = citation.paper
    families = [author_name(author).family for author in paper.authors]
    if len(families) > 2:
        by = f"{families[0]} {say('and_others', language)}"
    else:
        by = " & ".join(families) or (f"“{_apa_title(paper)}”" if paper.title else _apa_title(paper))
    run_over = citation.last_page != citation.page
    pages = say("pages" if run_over else "page", language, pages=citation.pages.replace("-", _EN_DASH))
    recognised = say("recognised", language) if citation.recognised else ""
    return ", ".join(filter(None, (by, str(paper.year or say("undated", language)), pages, recognised)))


def _apa_title(paper: CitedPaper) -> str:
    return on_one_line(paper.title or f"[{paper.name}]")


def _apa_authors(authors: Sequence[str]) -> str:
    names = [author_name(author).with_initials for author in authors]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[: _MOST_AUTHORS - 1])}, . . . {names[-1]}"
    return ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _by_paper(citations: Iterable[Citation]) -> Iterator[tuple[CitedPaper, list[Citation]]]:
    """Yield each paper with its quotes, one for each place, in the paper's order."""
    by_paper: dict[CitedPaper, list[Citation]] = {}
    for citation in one_each_place(citations):
        by_paper.setdefault(citation.paper, []).append(citation)
    for paper, quotes in by_paper.items():
        yield paper, sorted(quotes, key=lambda citation: (citation.start, citation.end))


def _notes(quotes: Sequence[Citation]) -> Iterator[str]:
    """Yield each quote after its place, both in the quote's own language, and then how pages are counted."""
    for citation in quotes:
        language = citation.language
        quote = f"{place(citation, language)}: “{citation.quote}”"
        by = f" “{citation.translation}” [{translator(citation, OTHER[language])}]" if citation.translation else ""
        yield on_one_line(quote + by)
    yield say("pages_counted", quotes[0].language)


def _file_name(paper: CitedPaper) -> str:
    """Return a paper's file name if it has neither DOI nor title, or else ""."""
    return "" if paper.doi or paper.title else paper.name


def _bibtex_entry(paper: CitedPaper, quotes: Sequence[Citation]) -> str:
    fields = {
        "author": " and ".join(map(_bibtex_name, paper.authors)),
        "title": _bibtex(paper.title),
        "year": str(paper.year or ""),
        "doi": paper.doi,  # BibTeX readers do not unescape it
        "howpublished": _bibtex(_file_name(paper)),
        "annote": "\n".join(map(_bibtex, _notes(quotes))),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{_key(paper)},\n{lines}}}\n"


def _key(paper: CitedPaper) -> str:
    """Return a key that is the same in every export, and that no other paper has."""
    name = paper.doi.rpartition("/")[2] or paper.name.rpartition(".")[0] or paper.name
    name = _NOT_IN_KEY.sub("_", name).strip("_") or "paper"
    # Two papers may have files of the same name.
    return name if paper.doi else f"{name}_{paper.digest[:8]}".rstrip("_")


def _bibtex_name(author: str) -> str:
    """Return an author's name, family name first. Braces keep a name whole that has an "and" or cannot be split."""
    name = author_name(author)
    is_whole = _AND.search(author) or (not name.given and re.search(r"[\s,]", name.family))
    return f"{{{_bibtex(author)}}}" if is_whole else _bibtex(name.inverted)


def _bibtex(text: str) -> str:
    return on_one_line(text).translate(_BIBTEX)


def _ris_entry(paper: CitedPaper, quotes: Sequence[Citation]) -> str:
    values = [
        ("TY", "GEN"),
        *(("AU", author_name(author).inverted) for author in paper.authors),
        ("TI", paper.title),
        ("PY", str(paper.year or "")),
        ("DO", paper.doi),
        *(("N1", note) for note in _notes(quotes)),
        ("N1", _file_name(paper)),
    ]
    lines = "".join(f"{tag}  - {on_one_line(value)}\r\n" for tag, value in values if value)
    return f"{lines}ER  - \r\n"
