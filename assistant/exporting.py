"""Exports answers, quotes and conversations as text, Markdown and JSON.

Pages are counted from 1 in the file, whatever is printed on them. A paper is named by its DOI, or else by its file's
metadata, or by its file's name; title and authors are never guessed. `assistant.references` exports to reference
managers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from assistant.answer import Answer
from assistant.citation import Citation, CitedPaper
from assistant.quotation import on_one_line, one_each_place, place, quoted, source
from assistant.wording import say
from corpus import Language, Paper

_MARKDOWN: Final = re.compile(r"[\\`*_|~$#]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=\[)|\](?=[(\[{:])")
_BEGINS_BLOCK: Final = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+>]))")


class Turn(Protocol):
    """A question as it was typed, and the reply. ``answer`` is None if the reply is no answer."""

    @property
    def question(self) -> str:
        """The question."""

    @property
    def reply(self) -> str:
        """The reply as text."""

    @property
    def answer(self) -> Answer | None:
        """The answer, if the reply is one."""


def with_citations(answer: Answer) -> str:
    """Return an answer, its direct answer first, with a line for each citation below. A refusal is its text only.

    A quote that the answer has in translation is cited in the original.
    """
    if not answer.is_found:
        return answer.text or answer.error or ""
    noted = say("noted", answer.language, note=answer.note) if answer.note else ""
    return "\n\n".join(filter(None, (*answer.lines, noted, "\n".join(_cited(answer)))))


def quote_citation(citation: Citation, language: Language) -> str:
    """Return a quote and its place, to be pasted. A quote in the other language comes after its translation.

    The page is the file's, counted from 1.
    """
    return f"{quoted(citation, language)} ({place(citation, language)}; {source(citation.paper)})"


def to_text(citations: Iterable[Citation], language: Language) -> str:
    """Return the quotes as `quote_citation` does, one for each place."""
    return "\n".join(f"{quote_citation(citation, language)}\n" for citation in one_each_place(citations))


def to_markdown(title: str, turns: Iterable[Turn], paper: Paper | None, language: Language) -> str:
    """Return a conversation as Markdown. Questions and quotes are escaped, so that they show as they are.

    ``paper`` is the paper that was asked. None stands for several; then each quote names its own. ``language`` is the
    heading's; each answer keeps its own.
    """
    asked = CitedPaper.of(paper) if paper else CitedPaper()
    about = (_plain(asked.described), f"<{source(asked)}>" if asked.doi else "")
    heading = (f"# {_plain(title)}", " · ".join(filter(None, about)), f"*{say('pages_counted', language)}*")
    parts = [part for part in heading if part]
    for turn in turns:
        parts += _turn(turn, with_papers=paper is None)
    return "\n\n".join(parts) + "\n"


def to_json(title: str, turns: Iterable[Turn], paper: Paper | None) -> str:
    """Return a conversation as JSON, each answer as `Answer.to_record` returns it, or null.

    ``paper`` is the paper that was asked, None for several.
    """
    conversation = {
        "title": title,
        "paper": paper and {"name": paper.name, "doi": paper.annotations.doi, "digest": paper.digest},
        "turns": [
            {"question": turn.question, "reply": turn.reply, "answer": turn.answer and turn.answer.to_record()}
            for turn in turns
        ],
    }
    return json.dumps(conversation, ensure_ascii=False, indent=2) + "\n"


def _cited(answer: Answer, *, with_papers: bool = True) -> Iterator[str]:
    """Yield a line for each citation, with marker and place. A quote that the text translates is original only."""
    for citation in answer.citations:
        quote = f"“{citation.quote}”" if citation in answer.quoted else quoted(citation, answer.language)
        line = f"[{citation.marker}] {quote} ({place(citation, answer.language)})"
        paper = f"{'DOI: ' if citation.paper.doi else ''}{source(citation.paper)}"
        yield f"{line}. {paper}" if with_papers else line


def _turn(turn: Turn, *, with_papers: bool) -> Iterator[str]:
    yield f"## {_plain(turn.question) or '—'}"
    answer = turn.answer
    if answer is None:
        yield from _paragraphs(turn.reply)
        return
    if answer.understood_as:
        yield f"*{_plain(say('understood_as', answer.language, question=answer.understood_as))}*"
    yield from _paragraphs("\n\n".join(answer.lines) or answer.error or "")
    if answer.note:
        yield _plain(say("noted", answer.language, note=answer.note))
    for line in _cited(answer, with_papers=with_papers):
        yield f"> {_plain(line)}"
    if answer.related:
        yield _plain(say("related", answer.language))
    for citation in answer.related:
        where = place(citation, answer.language)
        where = f"{where}; {source(citation.paper)}" if with_papers else where
        yield f"> {_plain(f'{quoted(citation, answer.language)} ({where})')}"


def _paragraphs(text: str) -> Iterator[str]:
    return (_plain(paragraph) for paragraph in text.split("\n") if paragraph.strip())


def _plain(text: str) -> str:
    """Return a text on one line, escaped for Markdown. Markers such as [1] need no escapes."""
    return _BEGINS_BLOCK.sub(r"\1\\", _MARKDOWN.sub(r"\\\g<0>", on_one_line(text)))
