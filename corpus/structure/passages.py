"""Divides a paper into passages: each sentence by itself, and each with its neighbours.

A sentence by itself matches a precise question; with its neighbours, it also matches a question that has words of the
sentence before or after. Search weighs one against the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.paper import Kind, Paragraph, Passage, Sentence

LONGEST = 900
"""Characters of the longest passage of more than one sentence; a single sentence may be longer."""

_FLOWS: dict[Kind, str] = {
    "text": "text",
    "item": "text",
    "row": "table",
    "caption": "caption",
    "source": "caption",
    "keywords": "keywords",
}
"""Kinds of sentences with the same value may share a passage: a list continues its lead-in, while tables and captions
stand apart. Kinds that are not listed (headings, the header of a table) answer nothing by themselves and are not
searched; nor are sentences that cannot be quoted."""


def split_passages(text: str, paragraphs: Sequence[Paragraph], sentences: Sequence[Sentence]) -> Iterator[Passage]:
    """Yield the passages of a paper in reading order: each sentence by itself, then with its surroundings.

    Its surroundings are the sentences after and before it, if they are of the same section and may share a passage, and
    the whole has at most `LONGEST` characters. No passage is yielded twice. A source is yielded only with its
    surroundings: the caption that it belongs to.
    """
    seen = set()
    for index, sentence in enumerate(sentences):
        if sentence.kind not in _FLOWS or not sentence.is_quotable:
            continue
        first = last = index
        if _belong_together(sentences, last, last + 1) and _length(sentences, first, last + 1) <= LONGEST:
            last += 1
        if _belong_together(sentences, first - 1, first) and _length(sentences, first - 1, last) <= LONGEST:
            first -= 1
        last = max(last, _last_item(paragraphs, sentences, first, index))
        around = (first, last)
        for span in [around] if sentence.kind == "source" else [(index, index), around]:
            if span not in seen:
                seen.add(span)
                yield _passage(text, paragraphs, sentences, *span)


def surroundings(passages: Sequence[Passage]) -> dict[int, Passage]:
    """Return the passage to show each sentence in: the longest one that holds it, and of these the most centred."""
    around: dict[int, tuple[tuple[int, int], Passage]] = {}
    for passage in passages:
        for sentence in passage.sentences:
            rank = (passage.last - passage.first, -abs(2 * sentence - passage.first - passage.last))
            if sentence not in around or rank > around[sentence][0]:
                around[sentence] = (rank, passage)
    return {sentence: passage for sentence, (_, passage) in around.items()}


def _belong_together(sentences: Sequence[Sentence], first: int, second: int) -> bool:
    """Return whether two neighbouring sentences may share a passage."""
    if first < 0 or second >= len(sentences):
        return False
    pair = sentences[first], sentences[second]
    sections, flows = {sentence.section for sentence in pair}, {_FLOWS.get(sentence.kind) for sentence in pair}
    return len(sections) == 1 and len(flows) == 1 and all(sentence.is_quotable for sentence in pair)


def _last_item(paragraphs: Sequence[Paragraph], sentences: Sequence[Sentence], first: int, lead: int) -> int:
    """Return the index of the last item, of the list that a sentence leads in, that the passage has room for."""
    last = lead
    for item in range(lead + 1, len(sentences)):
        is_led = sentences[item].kind == "item" and paragraphs[sentences[item].paragraph].lead == lead
        if not is_led or not _belong_together(sentences, item - 1, item) or _length(sentences, first, item) > LONGEST:
            break
        last = item
    return last


def _length(sentences: Sequence[Sentence], first: int, last: int) -> int:
    return sentences[last].end - sentences[first].start


def _passage(
    text: str, paragraphs: Sequence[Paragraph], sentences: Sequence[Sentence], first: int, last: int
) -> Passage:
    opening, closing = sentences[first], sentences[last]
    lead = paragraphs[opening.paragraph].lead
    # A row is understood by its caption and by the names of the columns.
    heads_columns = lead is not None and opening.kind == "row" and sentences[lead + 1].kind == "table-header"
    leads = () if lead is None else (lead, lead + 1) if heads_columns else (lead,)
    return Passage(
        id=opening.id if first == last else f"{opening.id}-{closing.id}",
        language=opening.language,
        section=opening.section,
        page=opening.page,
        first=first,
        last=last,
        leads=leads,
        lead=" ".join(sentences[lead].text for lead in leads),
        start=opening.start,
        end=closing.end,
        text=text[opening.start : closing.end],
    )
