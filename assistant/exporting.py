"""What is taken away: answers, quotes and conversations, as text for a document or a reference manager.

Pages are counted from 1 in the file, whatever is printed on them. Of the paper itself nothing is told but its DOI, or
else what its file's metadata tell, or its name: title and authors are never guessed.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from assistant.answer import Answer
from assistant.citation import Citation, CitedPaper
from assistant.wording import say
from corpus import OTHER, Language, Paper

_BIBTEX: Final = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    # A brace counts for BibTeX even after a backslash, so a single one would never end its field.
    | {"{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}"}
    | {"~": r"{\textasciitilde}", "^": r"{\textasciicircum}"}
)
_MARKDOWN: Final = re.compile(r"[\\`*_|~$#]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=\[)|\](?=[(\[{:])")
_BEGINS_BLOCK: Final = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+>]))")
_AND: Final = re.compile(r"\band\b", re.IGNORECASE)
_NOT_IN_KEY: Final = re.compile(r"[^A-Za-z0-9]+")


class Turn(Protocol):
    """A question as it was typed, and the reply; ``answer`` is None where the reply is something else."""

    @property
    def question(self) -> str:
        """What was asked."""

    @property
    def reply(self) -> str:
        """What was said to it."""

    @property
    def answer(self) -> Answer | None:
        """The answer, if there is one."""


def with_citations(answer: Answer) -> str:
    """Return an answer, the direct answer first, and below it what it cites, a line each; of a refusal its text only.

    Of what is told in translation the original is cited.
    """
    if not answer.is_found:
        return answer.text or answer.error or ""
    cited = "\n".join(f"{line}. {_labelled(c.paper)}" for line, c in zip(_cited(answer), answer.citations, strict=True))
    noted = say("noted", answer.language, note=answer.note) if answer.note else ""
    return "\n\n".join(filter(None, (*answer.lines, noted, cited)))


def quote_citation(citation: Citation, language: Language) -> str:
    """Return a quote and its place, to be pasted; what is in the other language after its translation, marked so.

    The page is the file's, counted from 1.
    """
    return f"{_quoted(citation, language)} ({_place(citation, language)}; {_source(citation.paper)})"


def to_text(citations: Iterable[Citation], language: Language) -> str:
    """Return quotes with their places, one for each place, as `quote_citation` does."""
    return "\n".join(f"{quote_citation(citation, language)}\n" for citation in _apart(citations))


def to_bibtex(citations: Iterable[Citation]) -> str:
    """Return a BibTeX entry for each place that is cited.

    The place is the "note", which bibliographies print, and the quote the "annote", which they do not; Zotero and
    JabRef read both.
    """
    return "\n".join(_bibtex_entry(citation) for citation in _apart(citations))


def to_ris(citations: Iterable[Citation]) -> str:
    """Return an RIS reference for each place that is cited; the quote is a note, since it is no abstract."""
    return "\r\n".join(_ris_entry(citation) for citation in _apart(citations))


def to_markdown(
    title: str, turns: Iterable[Turn], paper: Paper | None, language: Language, date: datetime.date | None = None
) -> str:
    """Return a conversation as Markdown, in which nothing that was asked or quoted counts as Markdown itself.

    ``paper`` is the one that was asked, None if there were several: then each quote tells its own. ``language`` is the
    heading's; each answer keeps its own.
    """
    asked = CitedPaper.of(paper) if paper else None
    about = [_plain(asked.described) if asked else "", f"<{_source(asked)}>" if asked and asked.doi else ""]
    about.append(date.isoformat() if date else "")
    heading = (f"# {_plain(title)}", " · ".join(filter(None, about)), f"*{say('pages_counted', language)}*")
    parts = [part for part in heading if part]
    for turn in turns:
        parts += _turn(turn, with_papers=paper is None)
    return "\n\n".join(parts) + "\n"


def to_json(title: str, turns: Iterable[Turn], paper: Paper | None) -> str:
    """Return a conversation as JSON, each answer as `Answer.to_record` tells it, or null.

    ``paper`` is the one that was asked, None if there were several.
    """
    conversation = {
        "title": title,
        "paper": paper and {"name": paper.name, "doi": paper.doi, "digest": paper.digest},
        "turns": [
            {"question": turn.question, "reply": turn.reply, "answer": turn.answer and turn.answer.to_record()}
            for turn in turns
        ],
    }
    return json.dumps(conversation, ensure_ascii=False, indent=2) + "\n"


def _source(paper: CitedPaper) -> str:
    return f"https://doi.org/{paper.doi}" if paper.doi else paper.described


def _labelled(paper: CitedPaper) -> str:
    return f"DOI: {_source(paper)}" if paper.doi else _source(paper)


def _place(citation: Citation, language: Language) -> str:
    """Return the page and the section, in a language and as printed, and whether the text was recognised."""
    section, printed = citation.section_in(language), citation.section
    recognised = f", {say('recognised', language)}" if citation.recognised else ""
    if not section:
        return say("page", language, pages=citation.pages) + recognised
    section = section if section == printed else f"{section} [{printed}]"
    return say("place", language, pages=citation.pages, section=section) + recognised


def _quoted(citation: Citation, language: Language) -> str:
    """Return a quote; one that is in the other language after its translation, with who wrote that."""
    if citation.is_in(language):
        return f"“{citation.quote}”"
    original = say("original", language, quote=citation.quote)
    return f"“{citation.translation}” [{_writer(citation, language)}; {original}]"


def _writer(citation: Citation, language: Language) -> str:
    return say(f"translated_by_{citation.translated_by or 'project'}", language)


def _cited(answer: Answer) -> Iterator[str]:
    """Yield what an answer cites, by its markers, with places; of what its text has translated only the original."""
    for citation in answer.citations:
        quote = f"“{citation.quote}”" if citation in answer.quoted else _quoted(citation, answer.language)
        yield f"[{citation.marker}] {quote} ({_place(citation, answer.language)})"


def _apart(citations: Iterable[Citation]) -> Iterator[Citation]:
    """Yield the first citation of each place."""
    seen: set[tuple[CitedPaper, int, int]] = set()
    for citation in citations:
        place = (citation.paper, citation.start, citation.end)
        if place not in seen:
            seen.add(place)
            yield citation


def _notes(citation: Citation) -> tuple[str, str]:
    """Return what a reference manager is to keep: the place, then the quote and its translation, each in its words."""
    language, other = citation.language, OTHER[citation.language]
    quote = f"“{citation.quote}”"
    if citation.translation:
        quote = f"{quote} “{citation.translation}” [{_writer(citation, other)}]"
    return f"{_place(citation, language)}. {say('pages_counted', language)}", quote


def _bibtex_entry(citation: Citation) -> str:
    paper, (place, quote) = citation.paper, _notes(citation)
    told = {
        "author": " and ".join(map(_bibtex_name, paper.authors)),
        "title": _bibtex(paper.title),
        "year": str(paper.year or ""),
    }
    fields = {
        **{name: value for name, value in told.items() if value},
        # A DOI is read as it stands, backslashes and all.
        **({"doi": paper.doi} if paper.doi else {"howpublished": _bibtex(paper.name)}),
        "pages": citation.pages.replace("-", "--"),
        "note": _bibtex(place),
        "annote": _bibtex(quote),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{_key(citation)},\n{lines}}}\n"


def _key(citation: Citation) -> str:
    """Return a key that stays the same from one export to the next, and that no other place of the paper has."""
    paper = citation.paper
    name = paper.doi.rpartition("/")[2] or paper.name.rpartition(".")[0] or paper.name
    name = _NOT_IN_KEY.sub("_", name).strip("_") or "paper"
    if not paper.doi:  # a file's name may be another's, too
        name = f"{name}_{paper.digest[:8]}".rstrip("_")
    return f"{name}_p{citation.page}_{citation.start}_{citation.end}"


def _bibtex_name(author: str) -> str:
    """Return an author's name; one with an "and" in it stays one by its braces."""
    name = _bibtex(author)
    return f"{{{name}}}" if _AND.search(author) else name


def _bibtex(text: str) -> str:
    return _on_one_line(text).translate(_BIBTEX)


def _ris_entry(citation: Citation) -> str:
    paper, (place, quote) = citation.paper, _notes(citation)
    values = [
        ("TY", "GEN"),
        *(("AU", author) for author in paper.authors),
        ("TI", paper.title),
        ("PY", str(paper.year or "")),
        ("DO", paper.doi),
        ("SP", str(citation.page)),
        ("EP", str(citation.last_page) if citation.last_page != citation.page else ""),
        ("N1", quote),
        ("N1", place if paper.doi else f"{paper.name}, {place}"),
    ]
    lines = "".join(f"{tag}  - {_on_one_line(value)}\r\n" for tag, value in values if value)
    return f"{lines}ER  - \r\n"


def _turn(turn: Turn, *, with_papers: bool) -> Iterator[str]:
    yield f"## {_plain(turn.question)}"
    answer = turn.answer
    if answer is None:
        yield from _paragraphs(turn.reply)
        return
    if answer.understood_as:
        yield f"*{_plain(say('understood_as', answer.language, question=answer.understood_as))}*"
    yield from _paragraphs("\n\n".join(answer.lines) or answer.error or "")
    if answer.note:
        yield _plain(say("noted", answer.language, note=answer.note))
    for line, citation in zip(_cited(answer), answer.citations, strict=True):
        yield f"> {_plain(f'{line}. {_labelled(citation.paper)}' if with_papers else line)}"
    if answer.related:
        yield _plain(say("related", answer.language))
    for citation in answer.related:
        place = _place(citation, answer.language)
        place = f"{place}; {_source(citation.paper)}" if with_papers else place
        yield f"> {_plain(f'{_quoted(citation, answer.language)} ({place})')}"


def _paragraphs(text: str) -> Iterator[str]:
    return (_plain(paragraph) for paragraph in text.split("\n") if paragraph.strip())


def _plain(text: str) -> str:
    """Return text on one line that Markdown shows as it is; markers such as [1] need nothing for that."""
    return _BEGINS_BLOCK.sub(r"\1\\", _MARKDOWN.sub(r"\\\g<0>", _on_one_line(text)))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
