"""What the chat shows of a turn: the question as it was typed, and the answer with markers that open its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from itertools import groupby
from typing import Any

from assistant import Answer, Citation
from assistant.answer import Paragraph
from assistant.exporting import with_citations
from assistant.question import Kind
from assistant.wording import say
from corpus import Language, language_of
from page.chat import Turn
from page.labels import label
from page.markup import copy_button, paper_name, standing_out

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&#?\w+;?")
_MARKER = re.compile(r"\[(\d+)\]")
_COUNT = re.compile(r"(\d+): ")
"""How many items a direct answer has, before the items, which are parted by semicolons."""

_SEVERAL = 3
"""So many items are too many for a line."""


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
    parts = []
    if answer.understood_as:
        parts.append(_line(f"{label('understood_as', language)} {answer.understood_as}", "understood"))
    direct, paragraphs = _direct(answer)
    parts.append(direct)
    rows = [paragraph for paragraph in paragraphs if paragraph.kind == "quote" and answer.kind == "table"]
    if rows:
        parts.append(f'<ul class="rows">{"".join(_paragraph(row, index, answer, "li") for row in rows)}</ul>')
    left = [paragraph for paragraph in paragraphs if paragraph not in rows]
    for are_lines, several in groupby(left, key=lambda paragraph: paragraph.kind == "by_paper"):
        if are_lines:
            parts.append(f'<ul class="by-paper">{"".join(_by_paper(each, index, answer) for each in several)}</ul>')
        else:
            parts += [_paragraph(paragraph, index, answer, "p") for paragraph in several]
    if answer.note:
        parts.append(_line(say("noted", language, note=answer.note), "disagrees"))
    if answer.related:
        parts.append(_line(label("related_below", language), "remark"))
    if answer.status != "replied":
        parts.append(f'<p class="tools">{_tools(answer)}</p>')
    return f'<div class="reply" lang="{language}">{"".join(parts)}</div>'


def _direct(answer: Answer) -> tuple[str, Sequence[Paragraph]]:
    """Return the direct answer as HTML, and the paragraphs that are left to show below it.

    Where a quote is just that, it has no line of its own. A correction begins with its verdict.
    """
    short, paragraphs = answer.short, answer.paragraphs
    quotes = [paragraph for paragraph in paragraphs if paragraph.kind == "quote"]
    if not short or any(paragraph.text == short for paragraph in quotes):
        return "", paragraphs
    verdict = ""
    if answer.status == "corrected" and paragraphs and paragraphs[0].kind == "said":
        verdict, paragraphs = f"{escape(paragraphs[0].text)} ", paragraphs[1:]
    of = next((_language(paragraph, answer) for paragraph in quotes if short in paragraph.text), answer.language)
    source = f' <span class="source">— {escape(answer.derived_from)}</span>' if answer.derived_from else ""
    html = f'<div class="short">{verdict}{_line_or_items(short, answer.kind, _lang(of, answer))}{source}</div>'
    return html, [paragraph for paragraph in paragraphs if paragraph.text != short]


def _line_or_items(short: str, kind: Kind, lang: str) -> str:
    """Return a direct answer as HTML: in a line, or several items one below the other, after how many they are."""
    count = _COUNT.match(short)
    items = short[count.end() if count else 0 :].split("; ")
    if kind not in ("list", "table", "file") or len(items) < _SEVERAL:
        return f"<strong{lang}>{escape(short)}</strong>"
    counted = f"<strong>{count[1]}</strong>" if count else ""
    return f"{counted}<ul{lang}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def _line(text: str, kind: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>'


def _paragraph(paragraph: Paragraph, index: int, answer: Answer, tag: str) -> str:
    """Return a paragraph as HTML, in a ``tag``, each of its markers a button that opens its evidence.

    Any other number in brackets is the paper's own. Under a translation stands its original.
    """
    buttons = _buttons(paragraph, index, answer)
    if paragraph.kind != "quote":
        kind = ' class="remark"' if paragraph.kind == "translated" else ""
        return (
            f"<{tag}{kind}>{_MARKER.sub(lambda found: buttons.get(found[0], found[0]), escape(paragraph.text))}</{tag}>"
        )
    citations = _quoted(paragraph, answer)
    text = f"{standing_out(paragraph.text, _words(paragraph, answer))} {' '.join(buttons.values())}"
    originals = "".join(_original(citation, answer.language) for citation in citations)
    if tag == "li":
        return f"<li{_lang(_language(paragraph, answer), answer)}>{text}{originals}</li>"
    return f"<p{_lang(_language(paragraph, answer), answer)}>{text}</p>{originals}"


def _by_paper(paragraph: Paragraph, index: int, answer: Answer) -> str:
    """Return what one paper of several answers, as HTML, after what the paper is called on the page."""
    papers = [paper_name(citation.paper, answer.language) for citation in _quoted(paragraph, answer)]
    name = escape(next(iter(papers), paragraph.paper_title))
    lang = _lang(_language(paragraph, answer), answer)
    text = f"<span{lang}>{escape(paragraph.text)}</span>"
    return " ".join(
        [f'<li><span class="paper">{name}</span>: {text}', *_buttons(paragraph, index, answer).values(), "</li>"]
    )


def _buttons(paragraph: Paragraph, index: int, answer: Answer) -> dict[str, str]:
    """Return a button for each marker of a paragraph, which opens its evidence."""
    name = escape(label("open_evidence", answer.language))
    return {
        f"[{marker}]": f'<button type="button" class="cite" data-turn="{index}" data-cite="{marker}" '
        f'aria-label="{name} {marker}">[{marker}]</button>'
        for marker in paragraph.markers
    }


def _original(citation: Citation, language: Language) -> str:
    """Return what a translation is of; nothing for a quote that is none."""
    if citation.is_in(language):
        return ""
    quote = f'<q lang="{citation.language}">{escape(citation.quote)}</q>'
    return f'<p class="original">{escape(label("original", language))} {quote}</p>'


def _quoted(paragraph: Paragraph, answer: Answer) -> list[Citation]:
    return [citation for citation in answer.citations if citation.marker in paragraph.markers]


def _words(paragraph: Paragraph, answer: Answer) -> str:
    """Return the words of a quote that answer: the direct answer if it is among them, or else those that were read."""
    if answer.short and answer.derived_from is None and answer.short in paragraph.text:
        return answer.short
    return next((citation.words for citation in _quoted(paragraph, answer)), "")


def _language(paragraph: Paragraph, answer: Answer) -> Language:
    """Return the language of a quote, which is the answer's unless there is no translation."""
    alone = (citation.language for citation in _quoted(paragraph, answer) if citation.is_in(answer.language))
    return next(alone, answer.language)


def _lang(language: Language, answer: Answer) -> str:
    """Return the attribute that says in which language something is, where it is not the answer's."""
    return "" if language == answer.language else f' lang="{language}"'


def _tools(answer: Answer) -> str:
    language = answer.language
    copy = copy_button(with_citations(answer), label("copy_answer", language), language)
    done = escape(label("copied", language))
    link = (
        f'<button type="button" class="tool" data-link="{escape(answer.understood_as or answer.question)}" '
        f'data-done="{done}">{escape(label("copy_link", language))}</button>'
    )
    return copy + link
