"""What the chat shows of a turn: the question as it was typed, and the answer with markers that open its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from assistant import Answer
from assistant.exporting import with_citations
from assistant.wording import say
from corpus import language_of
from page.chat import Turn
from page.labels import label
from page.markup import copy_button

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&#?\w+;?")
_MARKER = re.compile(r"\[(\d+)\]")


def as_typed(text: str) -> str:
    """Return text for the chat, which reads it as HTML, so that it shows as it is.

    Only what HTML would take for a tag or a character's name is escaped, since the chat's copy button copies
    what it is given: "Lee & Kim, p < 0.05" stays as it is.
    """

    def shown(found: re.Match[str]) -> str:
        return escape(found[0]) if found[0] == "<" or unescape(found[0]) != found[0] else found[0]

    return _MARKUP.sub(shown, text)


def messages(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """Return turns as Gradio's Chatbot takes them: of each the question, then the reply, if there is one."""
    import gradio as gr

    shown: list[dict[str, Any]] = []
    for index, turn in enumerate(turns):
        # In a list, for of a plain text Gradio would take the indentation away.
        shown.append({"role": "user", "content": [{"type": "text", "text": as_typed(turn.question)}]})
        if reply := reply_html(index, turn):
            shown.append({"role": "assistant", "content": gr.HTML(reply, apply_default_css=False)})
    if turns and (answer := turns[-1].answer):
        shown[-1]["options"] = [{"value": question} for question in answer.suggestions]
    return shown


def reply_html(index: int, turn: Turn) -> str:
    """Return what is said to a question, "" for nothing yet; ``index`` is the turn's, which its markers name."""
    if turn.answer:
        return _answer_html(index, turn.answer)
    if turn.reply:
        return f'<div class="reply" lang="{language_of(turn.reply)}"><p>{escape(turn.reply)}</p></div>'
    return ""


def _answer_html(index: int, answer: Answer) -> str:
    language = answer.language
    originals = {f"[{c.marker}]": c for c in answer.citations[: answer.told] if not c.is_in(language)}
    parts = []
    if answer.understood_as:
        parts.append(_line(f"{label('understood_as', language)} {answer.understood_as}", "understood"))
    for line in answer.text.split("\n\n"):
        parts.append(f"<p>{_with_markers(line, index, answer)}</p>")
        if original := originals.get(line.rsplit(" ", 1)[-1]):
            quote = f'<q lang="{original.language}">{escape(original.quote)}</q>'
            parts.append(f'<p class="original">{escape(label("original", language))} {quote}</p>')
    if answer.note:
        parts.append(_line(say("noted", language, note=answer.note), "disagrees"))
    if answer.related:
        parts.append(_line(label("related_below", language), "note"))
    return f'<div class="reply" lang="{language}">{"".join(parts)}<p class="tools">{_tools(answer)}</p></div>'


def _line(text: str, kind: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>'


def _with_markers(line: str, index: int, answer: Answer) -> str:
    """Return a line as HTML, each marker a button that opens its evidence.

    A told line ends in its one marker, and only the lines that name the others have more: before that, a number in
    brackets is the paper's own.
    """
    language = answer.language
    told = [f"[{citation.marker}]" for citation in answer.citations[: answer.told]]
    said, _, last = line.rpartition(" ")
    names_others = line in _naming_others(answer)
    if not names_others and last not in told:
        return escape(line)

    def button(found: re.Match[str]) -> str:
        name = escape(label("open_evidence", language))
        return (
            f'<button type="button" class="cite" data-turn="{index}" data-cite="{found[1]}" '
            f'aria-label="{name} {found[1]}">[{found[1]}]</button>'
        )

    if names_others:
        return _MARKER.sub(button, escape(line))
    return f"{escape(said)} {_MARKER.sub(button, last)}"


def _naming_others(answer: Answer) -> tuple[str, str]:
    """Return the lines in which an answer names what else it cites: of its own paper, and of other papers."""
    others = answer.citations[answer.told :]
    own = [f"[{c.marker}]" for c in others if c.paper == answer.citations[0].paper]
    foreign = [f"[{c.marker}]" for c in others if c.paper != answer.citations[0].paper]
    lines = zip(("see_also", "other_papers"), (own, foreign), strict=True)
    see_also, other_papers = (say(key, answer.language, markers=" ".join(markers)) for key, markers in lines)
    return see_also, other_papers


def _tools(answer: Answer) -> str:
    language = answer.language
    copy = copy_button(with_citations(answer), label("copy_answer", language), language)
    done = escape(label("copied", language))
    link = (
        f'<button type="button" class="tool" data-link="{escape(answer.understood_as or answer.question)}" '
        f'data-done="{done}">{escape(label("copy_link", language))}</button>'
    )
    return copy + link
