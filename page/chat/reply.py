"""Rendering a conversation: each question as it was typed, and its answer with the paper's sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from assistant import Answer, Citation
from assistant.answer import AnswerParagraph
from assistant.exporting import with_citations
from assistant.question import Kind
from assistant.references import cite_quote
from assistant.wording import say
from corpus import Language, language_of
from page.chat.turns import ChatTurn
from page.markup import button, copy_button, fold, marker_button, paper_name, place, show_button, suggestions, with_bold
from page.ui_text import label

_SEVERAL = 3
"""From so many items on, a direct answer is a list."""

_LISTED: tuple[Kind, ...] = ("list", "table", "file")
_WHOLE: tuple[Kind, ...] = ("part", "table", "comparison", "list")
"""Kinds of answers whose quotes are all shown. For other kinds, all but the first are folded."""

_MOST_SUGGESTED = 3
_LONGEST_SHOWN = 400
"""Characters of an unanswered question that are shown."""


def conversation_html(
    turns: Sequence[ChatTurn], language: Language, *, judged: bool = False, is_waiting: bool = False
) -> str:
    """Return the turns as HTML, "" for none.

    ``language`` is the page's; each answer keeps its own. If answers are ``judged``, each has two buttons for a
    verdict. ``is_waiting``: the last turn is not answered yet.
    """
    last = len(turns) - 1
    return "".join(
        turn_html(index, turn, language, judged=judged, is_last=index == last, is_waiting=is_waiting and index == last)
        for index, turn in enumerate(turns)
    )


def turn_html(
    index: int,
    turn: ChatTurn,
    language: Language,
    *,
    judged: bool = False,
    is_last: bool = False,
    is_waiting: bool = False,
) -> str:
    """Return one turn as HTML. Its buttons hold its ``index`` in the conversation."""
    name = label("edit_question", language)
    edit = button("✎", "icon", data_do="edit", data_turn=index, aria_label=name, title=name)
    reply = _reply(index, turn, language, judged=judged, is_waiting=is_waiting)
    suggested = _suggestions(turn.answer) if is_last and turn.answer else ""
    return (
        f'<article class="turn" aria-label="{escape(label("question", language))} {index + 1}">'
        f'<div class="question" data-testid="user"><h2>{escape(_asked(turn))}</h2>{edit}</div>'
        f'<div class="answer" data-testid="bot">{reply}</div>{suggested}</article>'
    )


def answer_html(answer: Answer, *, turn: int | None = None, is_good: bool | None = None) -> str:
    """Return an answer as HTML: the direct answer, a note on contradictions, the quotes, and the buttons.

    If it is judged, ``turn`` is its index in the conversation, which the buttons for a verdict hold. ``is_good`` is the
    verdict on it, None for none yet.
    """
    language = answer.language
    understood = f"{label('understood_as', language)} {answer.understood_as}"
    parts = [
        _line(understood, "understood") if answer.understood_as else "",
        _direct(answer),
        _line(say("noted", language, note=answer.note), "disagrees") if answer.note else "",
        _paper(answer),
        *_body(answer),
        _related(answer),
        _actions(answer, turn, is_good=is_good),
    ]
    return f'<div class="reply {answer.status}" lang="{language}">{"".join(parts)}</div>'


def _asked(turn: ChatTurn) -> str:
    """Return a question as it is shown. An unanswered one may have any length, and is cut."""
    question = turn.question
    if not question.strip():
        return "—"
    return question if turn.answer or len(question) <= _LONGEST_SHOWN else f"{question[:_LONGEST_SHOWN]}…"


def _reply(index: int, turn: ChatTurn, language: Language, *, judged: bool, is_waiting: bool) -> str:
    if turn.answer:
        return answer_html(turn.answer, turn=index if judged else None, is_good=turn.is_good)
    if turn.reply:
        retry = ""
        if turn.can_be_retried and not is_waiting:
            retry = f'<p class="tools">{button(label("retry", language), "tool", data_ask="", data_turn=index)}</p>'
        return f'<div class="reply" lang="{language_of(turn.reply)}"><p>{escape(turn.reply)}</p>{retry}</div>'
    return f'<p class="waits" role="status">{escape(label("answering", language))}</p>'


def _direct(answer: Answer) -> str:
    """Return the direct answer in bold, after the verdict on a claim; no direct answer if a quote says just that."""
    short = answer.short
    verdict, quotes = _verdict(answer), _quotes(answer)
    if not short or any(paragraph.text == short for paragraph in quotes):
        return f'<p class="short">{verdict}</p>' if verdict else ""
    holding = next((_quoted(paragraph, answer) for paragraph in quotes if short in paragraph.text), [])
    source = f' <span class="source">{escape(answer.derived_from)}</span>' if answer.derived_from else ""
    return f'<div class="short">{verdict}{_line_or_items(answer, _lang(holding, answer))}{source}</div>'


def _paper(answer: Answer) -> str:
    """Return the name of the library's paper that is quoted; "" if there is no library, or several are quoted."""
    papers = dict.fromkeys(citation.paper for citation in answer.quoted if citation.paper.id)
    if len(papers) != 1:
        return ""
    return f'<p class="paper">{escape(paper_name(next(iter(papers)), answer.language))}</p>'


def _verdict(answer: Answer) -> str:
    """Return the verdict on a claim as a chip: whether the paper supports it; "" where that was not decided."""
    if answer.kind == "claim" and answer.status == "corrected":
        kind = "contradicted"
    elif answer.short == say("claim_true", answer.language):
        kind = "supported"
    else:
        return ""
    return f'<span class="chip {kind}">{escape(label(kind, answer.language))}</span> '


def _line_or_items(answer: Answer, lang: str) -> str:
    """Return the direct answer as HTML: a line, or the number of items and a list of them.

    An item of a table has the marker of its row.
    """
    count, items = _items(answer)
    if answer.kind == "comparison" and len(items) > 1:
        return f'<div class="sides"{lang}>{"".join(map(_side, items))}</div>'
    if answer.kind not in _LISTED or len(items) < _SEVERAL:
        return f"<strong{lang}>{escape(answer.short or '')}</strong>"
    counted = f"<strong>{count}</strong>" if count else ""
    rows = _quotes(answer) if _are_rows(answer) else []
    markers = [f" {_markers(row, answer)}" for row in rows] or [""] * len(items)
    listed = "".join(f"<li>{escape(item)}{marker}</li>" for item, marker in zip(items, markers, strict=True))
    return f"{counted}<ul{lang}>{listed}</ul>"


def _items(answer: Answer) -> tuple[str, list[str]]:
    """Return the number that a direct answer begins with, "" for none, and its items: "2: a; b" has two."""
    short = answer.short or ""
    count, colon, listed = short.partition(": ")
    return (count, listed.split("; ")) if colon and count.isdecimal() else ("", short.split("; "))


def _are_rows(answer: Answer) -> bool:
    """Return whether the items of the direct answer are rows of a table, one for each quote."""
    count = len(_items(answer)[1])
    return answer.kind == "table" and count >= _SEVERAL and count == len(_quotes(answer))


def _side(item: str) -> str:
    """Return one side of a comparison: its name, and below it the words about it."""
    name, colon, words = item.partition(": ")
    return f"<div><b>{escape(name)}</b>{escape(words)}</div>" if colon else f"<div>{escape(item)}</div>"


def _body(answer: Answer) -> list[str]:
    """Return the paragraphs as HTML, in order. Citations that are not quoted follow, folded.

    If the verdict on a claim is shown as a chip, the line that says the same is left out.
    """
    is_chip = bool(_verdict(answer)) and answer.status == "corrected"
    parts: list[str] = []
    folded: list[str] = []
    for kind, several in groupby(answer.paragraphs, key=lambda paragraph: paragraph.kind):
        paragraphs = list(several)
        if kind == "quote" and answer.kind == "table" and len(paragraphs) > 1:
            rows = _table(paragraphs, answer)
            title = escape(label("rows_printed", answer.language))
            parts.append(fold(title, rows, "more") if _are_rows(answer) else rows)
        elif kind == "quote":
            quotes = [_quote(paragraph, answer) for paragraph in paragraphs]
            shown = len(quotes) if answer.kind in _WHOLE else 1
            parts += quotes[:shown]
            folded += quotes[shown:]
        elif kind == "by_paper":
            parts.append(_by_paper(paragraphs, answer))
        elif kind in ("said", "other_papers"):
            lines = [paragraph for paragraph in paragraphs if paragraph.text != answer.short]
            parts += [_line(paragraph.text, "said") for paragraph in lines[is_chip and not parts :]]
    folded += [_passage(citation, answer) for citation in _further(answer)]
    return [*parts, _folded(folded, answer.language)]


def _folded(quotes: Sequence[str], language: Language) -> str:
    if not quotes:
        return ""
    key = "further_passage" if len(quotes) == 1 else "further_passages"
    return fold(escape(label(key, language, count=len(quotes))), "".join(quotes), "more")


def _further(answer: Answer) -> list[Citation]:
    """Return the citations that no paragraph names, or only as "see also"."""
    named = {marker for paragraph in answer.paragraphs if paragraph.kind != "see_also" for marker in paragraph.markers}
    return [citation for citation in answer.citations if citation.marker not in named]


def _quote(paragraph: AnswerParagraph, answer: Answer) -> str:
    """Return a quote as HTML: its text with the answering words in bold, its markers, and the folded original."""
    text, where = with_bold(paragraph.text, _words(paragraph, answer)), _markers(paragraph, answer)
    return _with_originals(text, where, _quoted(paragraph, answer), answer)


def _passage(citation: Citation, answer: Answer) -> str:
    """Return a citation that the answer does not quote, rendered like a quote."""
    text = with_bold(citation.text_in(answer.language), citation.words)
    return _with_originals(text, marker_button(citation, answer.language), [citation], answer)


def _with_originals(text: str, where: str, citations: Sequence[Citation], answer: Answer, kind: str = "quote") -> str:
    """Return what is quoted, given as HTML, then where it stands, and the folded originals of translations."""
    originals = "".join(_original(citation, answer.language) for citation in citations)
    return f'<div class="{kind}"><p{_lang(citations, answer)}>{text} {where}</p>{originals}</div>'


def _table(rows: Iterable[AnswerParagraph], answer: Answer) -> str:
    """Return the rows of a table, each with its marker."""

    def row(paragraph: AnswerParagraph) -> str:
        lang, markers = _lang(_quoted(paragraph, answer), answer), _markers(paragraph, answer)
        return f"<tr><td{lang}>{escape(paragraph.text)}</td><td>{markers}</td></tr>"

    return f'<table class="rows"><tbody>{"".join(map(row, rows))}</tbody></table>'


def _by_paper(paragraphs: Iterable[AnswerParagraph], answer: Answer) -> str:
    """Return the answers of several papers, a line for each."""
    lines = []
    for paragraph in paragraphs:
        citations = _quoted(paragraph, answer)
        names = [paper_name(citation.paper, answer.language) for citation in citations]
        name = escape(next(iter(names), paragraph.paper_title))
        # The line itself names the page.
        markers = " ".join(marker_button(c, answer.language, with_page=False) for c in citations)
        text = f"<span{_lang(citations, answer)}>{escape(paragraph.text)}</span>"
        lines.append(f'<li><span class="paper">{name}</span>: {text} {markers}</li>')
    return f'<ul class="by-paper">{"".join(lines)}</ul>'


def _related(answer: Answer) -> str:
    """Return the passages closest to a question without an answer: the first one, and the others folded."""
    if not answer.related:
        return ""
    closest, *others = answer.related
    title = escape(label("closest", answer.language))
    folded = _folded([_near(citation, answer) for citation in others], answer.language)
    return f'<p class="remark">{title}</p>{_near(closest, answer)}{folded}'


def _near(citation: Citation, answer: Answer) -> str:
    """Return a passage that is no answer. It has its place, but no marker, which would make it look like a source."""
    text = escape(citation.text_in(answer.language))
    where = show_button(place(citation, answer.language), "cite", citation)
    return _with_originals(text, where, [citation], answer, "quote near")


def _original(citation: Citation, language: Language) -> str:
    """Return the folded original of a translation, and who translated it; "" if the quote is not translated."""
    if citation.is_in(language):
        return ""
    name = escape(label("original", language))
    by = escape(label(f"translated_by_{citation.translated_by or 'project'}", language))
    quote = f'<q lang="{citation.language}">{escape(citation.quote)}</q>'
    return fold(name, f'<p class="remark">{by}</p>{quote}', "original")


def _actions(answer: Answer, turn: int | None, *, is_good: bool | None) -> str:
    """Return the confidence of an answer and the buttons below it; "" for small talk."""
    if answer.status == "replied":
        return ""
    language = answer.language
    buttons = [copy_button(with_citations(answer), label("copy", language), language)]
    if answer.citations:
        cited = "\n\n".join(cite_quote(citation, language) for citation in answer.quoted or answer.citations[:1])
        buttons.append(copy_button(cited, label("cite", language), language))
    asked, copied = answer.understood_as or answer.question, label("copied", language)
    buttons.append(button(label("link", language), "tool", data_link=asked, data_done=copied))
    for verdict, is_for_good in (("good", True), ("bad", False)) if turn is not None else ():
        pressed, name = "true" if is_good is is_for_good else "false", label(f"verdict_{verdict}", language)
        buttons.append(button(name, "tool", data_judge=verdict, data_turn=turn, aria_pressed=pressed))
    return f'<p class="tools">{_strength(answer)}{"".join(buttons)}</p>'


def _strength(answer: Answer) -> str:
    """Return the confidence of an answer in a word, with an explanation on hover; "" for a refusal."""
    if answer.strength is None:
        return ""
    word = escape(say(f"strength_{answer.strength}", answer.language))
    why = escape(label("strength_note", answer.language))
    return f'<span class="strength {answer.strength}" title="{why}">{word}</span>'


def _suggestions(answer: Answer) -> str:
    """Return suggestions: what to ask next or, after a refusal, what may have been meant."""
    if not answer.suggestions:
        return ""
    title = label("go_on" if answer.is_found else "did_you_mean", answer.language)
    return suggestions(title, answer.suggestions[:_MOST_SUGGESTED], f' lang="{answer.language}"')


def _quotes(answer: Answer) -> list[AnswerParagraph]:
    return [paragraph for paragraph in answer.paragraphs if paragraph.kind == "quote"]


def _quoted(paragraph: AnswerParagraph, answer: Answer) -> list[Citation]:
    return [citation for citation in answer.citations if citation.marker in paragraph.markers]


def _markers(paragraph: AnswerParagraph, answer: Answer) -> str:
    return " ".join(marker_button(citation, answer.language) for citation in _quoted(paragraph, answer))


def _words(paragraph: AnswerParagraph, answer: Answer) -> str:
    """Return the words of a quote that answer: the direct answer if the quote holds it, or else the reader's words."""
    if answer.short and answer.derived_from is None and answer.short in paragraph.text:
        return answer.short
    return next((citation.words for citation in _quoted(paragraph, answer)), "")


def _lang(citations: Iterable[Citation], answer: Answer) -> str:
    """Return the HTML attribute for the language of quotes as shown, "" if it is the answer's language.

    A quote that has no translation is shown in its own language.
    """
    shown_in = next((citation.language for citation in citations if citation.is_in(answer.language)), answer.language)
    return "" if shown_in == answer.language else f' lang="{shown_in}"'


def _line(text: str, kind: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>'
