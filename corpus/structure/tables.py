"""Finds a paper's tables: printed tables, sentences that enumerate things with numbers, and lists.

A list is a table of one column: a lead-in with its items, or a sentence that says what something consists of. In an
extracted text, the rows of a table are known, but not where its columns begin. A row begins with its number; its last
column is recognised by a few values that many rows end with, and its last columns of figures by being figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from corpus.language import Language
from corpus.paper import Kind, Paper, Sentence
from corpus.structure.labels import item_number, row_number

FEWEST_ROWS = 3
"""Rows of the smallest table."""

_LONGEST_NAME = 6  # words of a name in an enumeration
_LONGEST_VALUE = 4  # words of a value in a last column
_RECURRING = 0.75  # the share of the rows that must end with the last word of another row

Cells = Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the index of its sentence, and its cells by language."""

    sentence: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Each row has as many cells as the header, in each language in which the table was read.

    ``caption`` is the index of its caption's sentence, for an enumeration that of its one sentence, and for a list that
    of its lead-in. ``header`` has the names of the columns, of which the first numbers the rows. An enumeration has the
    columns "" and the unit: each row is a name and a number. A list has the one column "".
    """

    caption: int
    header: Cells
    rows: tuple[Row, ...]

    @property
    def is_enumeration(self) -> bool:
        """Whether all rows are in one sentence."""
        return self.rows[0].sentence == self.caption

    @property
    def is_list(self) -> bool:
        """Whether there is only one column."""
        return len(self.header[self.languages[0]]) == 1

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which the table was read, the paper's own first."""
        return tuple(self.header)


def number(text: str) -> float | None:
    """Return the number in a cell; None where there is none.

    A point or a comma before three digits separates thousands; before any other number of digits it is decimal.
    """
    text = text.strip().rstrip("%").replace("\u2212", "-")
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+", text):
        return float(re.sub(r"[.,]", "", text))
    return float(text.replace(",", ".")) if re.fullmatch(r"-?\d+(?:[.,]\d+)?", text) else None


def find_tables(paper: Paper) -> tuple[Table, ...]:
    """Return the tables of a paper, in the order in which they begin."""
    found = [
        *_printed(paper),
        *_within_sentences(paper, ("text", "item"), _counted, _have_same_figures),
        *_lists_of_items(paper),
        *_within_sentences(paper, ("text",), _consists_of, _are_as_many),
    ]
    return tuple(sorted(found, key=lambda table: table.caption))


_Rows = Sequence[tuple[str, ...]]
_Read = tuple[tuple[str, ...], _Rows]
"""A table as it is read in one language: its header and the cells of its rows."""


_Agree = Callable[[_Rows, _Rows], bool]
"""Returns whether the rows of a table, as they are read in two languages, are the same."""


def _table(
    caption: int, sentences: Sequence[int], language: Language, read: Mapping[Language, _Read], agree: _Agree
) -> Table:
    """Return a table as it was read in its own language, and in the other one if the rows agree."""
    own = read[language]
    fitting = {language: own} | {other: found for other, found in read.items() if agree(own[1], found[1])}
    rows = (
        Row(sentence, {language: cells[nth] for language, (_, cells) in fitting.items()})
        for nth, sentence in enumerate(sentences)
    )
    return Table(caption, {language: header for language, (header, _) in fitting.items()}, tuple(rows))


def _are_as_many(some: _Rows, others: _Rows) -> bool:
    return len(some) == len(others)


# Tables printed as such


def _printed(paper: Paper) -> Iterator[Table]:
    headers: dict[int, Sentence] = {}  # by the caption, or by themselves where there is none
    for sentence in paper.sentences:
        if sentence.kind == "table-header":
            caption = paper.paragraphs[sentence.paragraph].lead
            headers.setdefault(sentence.index if caption is None else caption, sentence)
    for lead, sentences in _by_lead(paper, "row"):
        header = headers.get(lead)
        is_numbered = all(row_number(row.text) == nth for nth, row in enumerate(sentences, 1))
        if header is None or len(sentences) < FEWEST_ROWS or not is_numbered:
            continue
        read = {
            language: _columns(names, [paper.texts(sentence.index)[language] for sentence in sentences])
            for language, names in paper.texts(header.index).items()
        }
        yield _table(lead, [sentence.index for sentence in sentences], header.language, read, _have_same_last_values)


def _by_lead(paper: Paper, kind: Kind) -> Iterator[tuple[int, list[Sentence]]]:
    """Yield neighbouring sentences of a kind with the same lead, and its index; those without one are left out."""
    of_kind = ((paper.paragraphs[s.paragraph].lead, s) for s in paper.sentences if s.kind == kind)
    led = [(lead, sentence) for lead, sentence in of_kind if lead is not None]
    for lead, group in groupby(led, key=lambda pair: pair[0]):
        yield lead, [sentence for _, sentence in group]


def _columns(header: str, rows: Sequence[str]) -> _Read:
    """Return the names of a table's columns, and the cells of each row: number, name, and those of the last columns."""
    first, *names = header.split()
    parted = [row.split(maxsplit=1) for row in rows]
    numbers = [number.rstrip(".)") for number, *_ in parted]
    bodies = [rest[0].split() if rest else [] for _, *rest in parted]
    lengths = _last_columns(bodies, len(names) - 1)
    columns = len(lengths[0])
    named = (first, " ".join(names[: len(names) - columns]), *names[len(names) - columns :])
    return named, [(number, *_cut(body, cut)) for number, body, cut in zip(numbers, bodies, lengths, strict=True)]


def _cut(body: Sequence[str], lengths: Sequence[int]) -> tuple[str, ...]:
    """Return the words of a row as cells; ``lengths`` are the numbers of words in the last of them."""
    ends = accumulate(lengths, initial=len(body) - sum(lengths))
    return tuple(" ".join(body[start:end]) for start, end in pairwise([0, *ends]))


def _last_columns(bodies: Sequence[Sequence[str]], most: int) -> list[list[int]]:
    """Return, for each row, the number of words in each of its last columns, of which there are at most ``most``."""
    figures = min((_figures_at_end(body) for body in bodies), default=0)
    if figures := min(figures, most):
        return [[1] * figures for _ in bodies]
    if most > 0 and (lengths := _value_lengths(bodies)):
        return [[length] for length in lengths]
    return [[] for _ in bodies]


def _figures_at_end(body: Sequence[str]) -> int:
    """Return the number of figures at the end of a row, which leave at least one word for its name."""
    count = 0
    while count < len(body) - 1 and re.fullmatch(r"[-+\u2212]?\d[\d.,]*%?|[-\u2013]", body[-1 - count]):
        count += 1
    return count


def _value_lengths(bodies: Sequence[Sequence[str]]) -> list[int]:
    """Return the number of words in each row's last column; [] where the rows have no such column."""
    if any(len(body) < 2 for body in bodies):
        return []
    last = Counter(body[-1] for body in bodies)
    recurring = sum(count for count in last.values() if count > 1)
    if recurring < _RECURRING * len(bodies) or len(last) > max(2, len(bodies) // 2):
        return []
    lengths = {word: _value_length([body for body in bodies if body[-1] == word]) for word in last}
    return [lengths[body[-1]] for body in bodies]


def _value_length(bodies: Sequence[Sequence[str]]) -> int:
    """Return the number of words in the value that rows end with: back to a capital, if all rows share these words."""
    for length in range(1, min(_LONGEST_VALUE, *(len(body) - 1 for body in bodies)) + 1):
        if len({tuple(body[-length:]) for body in bodies}) > 1:
            break
        if bodies[0][-length][0].isupper():
            return length
    return 1


def _have_same_last_values(some: _Rows, others: _Rows) -> bool:
    """Return whether rows have the same cells in two languages: as many, and equal last values in the same rows."""
    if [len(row) for row in some] != [len(row) for row in others]:
        return False
    if len(some[0]) < 3:
        return True
    pairs = {(row[-1], other[-1]) for row, other in zip(some, others, strict=True)}
    return len(pairs) == len({row[-1] for row in some}) == len({row[-1] for row in others})


# Sentences that enumerate

_NUMBER = r"[-\u2212]?\d+(?:[.,]\d+)*"
_COUNTED = re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER})\s?(?P<unit>%|(?<=\s)[^\W\d_]+)(?!\w)")
_SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:and|dan|serta|lalu)\b|[,;]|\b(?:and|dan|serta|while|sedangkan)\b)\s*")
_LINK = re.compile(
    r"[\s,:(]*\b(?:sebanyak|mencapai|sebesar|sejumlah|berjumlah|dengan|yang|ada|yaitu|adalah|punya|memiliki|with|"
    r"which|that|has|had|have|reach|reaches|reached|reaching|is|are|was|were|at|got|received)[\s:]*$|[\s,:(=-]+$"
)
_BEFORE_NAME = re.compile(
    r"^(?:\s|[,;()]|(?:and|dan|serta|in|at|di|pada|for|untuk|from|dari|dengan|with|of|disusul|diikuti|kemudian|"
    r"lalu|followed by|then|next|oleh|by|sedangkan|while)\b)+"
)
_LISTED_AFTER = re.compile(
    r".*(?:\b(?:terdiri (?:dari|atas)|consist(?:ing|s|ed)? of|yaitu|yakni|namely|meliputi|includ(?:ing|es|ed)|"
    r"mencakup|antara lain|such as|seperti|adalah|compris(?:ing|es|ed))\b|:)\s*",
    re.DOTALL,
)
_BEFORE_NEXT = re.compile(r"\s*(?:[,;]\s*)?(?:\b(?:and|dan|serta)\b)?\s*$")
"""What stands between the name of a thing and the next number."""

_PREPOSITION = re.compile(r".*\b(?:di|in|pada|at|from|dari|untuk|for|dengan|with|,)\s+", re.DOTALL)


def _within_sentences(
    paper: Paper, kinds: Sequence[Kind], read_text: Callable[[str], _Read | None], agree: _Agree
) -> Iterator[Table]:
    """Yield the tables that single sentences of some kinds are."""
    for sentence in paper.sentences:
        if sentence.kind in kinds and sentence.is_quotable:
            texts = paper.texts(sentence.index)
            read = {language: found for language, text in texts.items() if (found := read_text(text))}
            if own := read.get(sentence.language):
                yield _table(sentence.index, [sentence.index] * len(own[1]), sentence.language, read, agree)


def _have_same_figures(some: _Rows, others: _Rows) -> bool:
    return [number(row[1]) for row in some] == [number(row[1]) for row in others]


def _counted(text: str) -> _Read | None:
    """Return the unit in which a sentence counts several things, and the name and number of each; None for none."""
    counted = list(_COUNTED.finditer(text))
    unit, count = Counter(match["unit"] for match in counted).most_common(1)[0] if counted else ("", 0)
    matches = [match for match in counted if match["unit"] == unit]
    if count < FEWEST_ROWS:
        return None
    ends = [match.end() for match in matches]
    after = [text[end : match.start()] for end, match in zip(ends, matches[1:], strict=False)]
    if all(_SEPARATOR.match(between) for between in after):
        names = [_first_name(text[: matches[0].start()], after), *map(_name, after)]
    else:
        closing = re.split(r"[.;]", text[ends[-1] :])[0]
        names = [_name(_BEFORE_NEXT.sub("", between)) for between in [*after, closing]]
    lengths = [len(name.split()) for name in names]
    if not 0 < min(lengths) <= max(lengths) <= _LONGEST_NAME or len(set(names)) < len(names):
        return None
    if any(re.search(r"[()\[\]]|(?<!\S)\d", name) for name in names):
        return None
    return ("", unit), [(name, match["number"]) for name, match in zip(names, matches, strict=True)]


def _name(text: str) -> str:
    """Return the name of a thing that is counted, without the words that link it to its number."""
    text = _BEFORE_NAME.sub("", text)
    while (shorter := _LINK.sub("", text)) != text:
        text = shorter
    return text.strip(" \t,;:()\"'“”")


def _first_name(text: str, after: Sequence[str]) -> str:
    """Return the name of the first thing, from the text before its number.

    The name begins where the list begins, or with the word that other names begin with, or after the last preposition.
    """
    text = _name(text)
    if listed := _LISTED_AFTER.match(text):
        text = text[listed.end() :]
    for opening in dict.fromkeys(name.split()[0] for name in map(_name, after) if name):
        if at := [match.start() for match in re.finditer(rf"(?<!\w){re.escape(opening)}(?!\w)", text)]:
            return text[at[-1] :]
    if preceded := _PREPOSITION.match(text):
        text = text[preceded.end() :]
    return text


# Lists

_MOST_ITEM_WORDS = 4
_FEWEST_ITEMS = 4
_CONSISTS_OF = re.compile(
    r"\b(?:terdiri (?:dari|atas)|consist(?:s|ed|ing)? of|compris(?:es|ed|ing)|meliputi|mencakup|yaitu|yakni|"
    r"namely|cover(?:s|ed|ing)?):?\s+"
)
_AFTER_LIST = re.compile(
    r"\s*(?:[.;:(]|,? \b(?:sebagaimana|yang|which|as|that|untuk|to|agar|sehingga|so|dalam|pada|seperti)\b).*", re.DOTALL
)


def _lists_of_items(paper: Paper) -> Iterator[Table]:
    for lead, items in _by_lead(paper, "item"):
        opening = [next(sentences) for _, sentences in groupby(items, key=lambda sentence: sentence.paragraph)]
        if _is_one_list([sentence.text for sentence in opening]):
            # Without a translation, an item that is in another language than its lead-in has only its own text.
            texts = [(sentence.text, paper.texts(sentence.index)) for sentence in opening]
            read = {
                language: (("",), [(in_languages.get(language, text),) for text, in_languages in texts])
                for language in paper.texts(lead)
            }
            yield _table(lead, [s.index for s in opening], paper.sentences[lead].language, read, _are_as_many)


def _is_one_list(items: Sequence[str]) -> bool:
    """Return whether items are one list: numbered in one form from 1 on, or all without numbers."""
    marks = [item_number(item) for item in items]
    kinds = {mark[0] for mark in marks if mark}
    numbers = [mark[1] for mark in marks if mark]
    return len(items) > 1 and (not numbers or (len(kinds) == 1 and numbers == list(range(1, len(items) + 1))))


def _consists_of(text: str) -> _Read | None:
    """Return the things that a sentence says something consists of; None where it does not list short names."""
    if not (found := _CONSISTS_OF.search(text)):
        return None
    names = [name.strip() for name in _SEPARATOR.split(_AFTER_LIST.sub("", text[found.end() :]))]
    is_plain = all(0 < len(name.split()) <= _MOST_ITEM_WORDS and not re.search(r"\d", name) for name in names)
    return (("",), [(name,) for name in names]) if is_plain and len(names) >= _FEWEST_ITEMS else None
