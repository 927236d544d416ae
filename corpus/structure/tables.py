"""A paper's tables as rows and columns: those printed as tables, and sentences that enumerate things with numbers.

Lists are tables of one column: a lead-in with its items, or a sentence that says of what something consists. An
extracted text shows a table's rows, and no longer where its columns part. A row's number stands at its beginning; the
last column is known by its few values, with which many rows end, the last columns of figures by being figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.language import Language
from corpus.paper import Paper, Sentence
from corpus.structure.labels import item_number, row_number

FEWEST_ROWS = 3
"""Rows of the smallest table."""

_LONGEST_NAME = 6  # words of a name in an enumeration
_LONGEST_VALUE = 4  # words of a value in a last column
_RECURRING = 0.75  # the share of the rows whose last word has to end other rows, too

Texts = Mapping[Language, str]
Cells = Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, by language, and the index of the sentence that it stands in."""

    sentence: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has as many cells as the header, in each language that the table was read in.

    ``caption`` is the index of its caption's sentence; of an enumeration, that of the sentence that all rows stand in,
    and of a list, that of its lead-in. ``header`` holds the names of its columns, the first of which counts the rows;
    of an enumeration that is "" and the unit, its rows being a name and a number; of a list only "".
    """

    caption: int
    header: Cells
    rows: tuple[Row, ...]

    @property
    def is_enumeration(self) -> bool:
        """Whether all rows are those of one sentence."""
        return self.rows[0].sentence == self.caption

    @property
    def is_list(self) -> bool:
        """Whether there is but one column."""
        return len(self.header[self.languages[0]]) == 1

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the table was read in, the paper's own first."""
        return tuple(self.header)


def number(text: str) -> float | None:
    """Return the number that a cell holds; None where it holds none.

    A point or a comma before three digits parts thousands, before any other count of digits decimals.
    """
    text = text.strip().rstrip("%").replace("\u2212", "-")
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+", text):
        return float(re.sub(r"[.,]", "", text))
    return float(text.replace(",", ".")) if re.fullmatch(r"-?\d+(?:[.,]\d+)?", text) else None


def find_tables(paper: Paper) -> tuple[Table, ...]:
    """Return the tables of a paper, in the order in which they begin."""
    found = [*_printed(paper), *_enumerated(paper), *_listed(paper)]
    return tuple(sorted(found, key=lambda table: table.caption))


# Tables printed as such


def _printed(paper: Paper) -> Iterator[Table]:
    rows = [s for s in paper.sentences if s.kind == "row" and _lead(paper, s) is not None]
    headers: dict[int | None, Sentence] = {}  # by the caption, or by themselves where there is none
    for sentence in paper.sentences:
        if sentence.kind == "table-header":
            lead = _lead(paper, sentence)
            headers.setdefault(sentence.index if lead is None else lead, sentence)
    for lead, of in groupby(rows, key=lambda sentence: _lead(paper, sentence)):
        sentences = list(of)
        header = headers.get(lead)
        is_numbered = all(row_number(row.text) == nth for nth, row in enumerate(sentences, 1))
        if lead is None or header is None or len(sentences) < FEWEST_ROWS or not is_numbered:
            continue
        read: dict[Language, tuple[tuple[str, ...], list[tuple[str, ...]]]] = {}
        for language, names in paper.texts(header.index).items():
            texts = [paper.texts(sentence.index)[language] for sentence in sentences]
            read[language] = _columns(names, texts)
        own = read[header.language]
        fitting = {header.language: own} | {of: each for of, each in read.items() if _agree(own[1], each[1])}
        yield Table(
            lead,
            {language: header for language, (header, _) in fitting.items()},
            tuple(
                Row(sentence.index, {language: rows[nth] for language, (_, rows) in fitting.items()})
                for nth, sentence in enumerate(sentences)
            ),
        )


def _lead(paper: Paper, sentence: Sentence) -> int | None:
    return paper.paragraphs[sentence.paragraph].lead


def _columns(header: str, rows: Sequence[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the names of a table's columns, and each row's cells: its number, its name, and what else was told."""
    first, *names = header.split()
    parted = [row.split(maxsplit=1) for row in rows]
    numbers = [number.rstrip(".)") for number, *_ in parted]
    bodies = [rest[0].split() if rest else [] for _, *rest in parted]
    lengths = _last_columns(bodies, len(names) - 1)
    columns = len(lengths[0])
    named = (first, " ".join(names[: len(names) - columns]), *names[len(names) - columns :])
    return named, [(number, *_cut(body, cut)) for number, body, cut in zip(numbers, bodies, lengths, strict=True)]


def _cut(body: Sequence[str], lengths: Sequence[int]) -> tuple[str, ...]:
    """Return the words of a row in cells, of which the last have so many words each."""
    cells: list[str] = []
    end = len(body)
    for length in reversed(lengths):
        cells.insert(0, " ".join(body[end - length : end]))
        end -= length
    return (" ".join(body[:end]), *cells)


def _last_columns(bodies: Sequence[Sequence[str]], most: int) -> list[list[int]]:
    """Return, for each row, how many words each of its last columns has; there are at most so many of these."""
    figures = min((_figures_at_end(body) for body in bodies), default=0)
    if figures := min(figures, most):
        return [[1] * figures for _ in bodies]
    if most > 0 and (lengths := _value_lengths(bodies)):
        return [[length] for length in lengths]
    return [[] for _ in bodies]


def _figures_at_end(body: Sequence[str]) -> int:
    """Return how many words at a row's end are figures, leaving one to be its name."""
    count = 0
    while count < len(body) - 1 and re.fullmatch(r"[-+\u2212]?\d[\d.,]*%?|[-\u2013]", body[-1 - count]):
        count += 1
    return count


def _value_lengths(bodies: Sequence[Sequence[str]]) -> list[int]:
    """Return how many words of each row are its value in a last column; [] where rows do not end alike."""
    if any(len(body) < 2 for body in bodies):
        return []
    last = Counter(body[-1] for body in bodies)
    recurring = sum(count for count in last.values() if count > 1)
    if recurring < _RECURRING * len(bodies) or len(last) > max(2, len(bodies) // 2):
        return []
    lengths = {word: _value_length([body for body in bodies if body[-1] == word]) for word in last}
    return [lengths[body[-1]] for body in bodies]


def _value_length(bodies: Sequence[Sequence[str]]) -> int:
    """Return the words of the value with which some rows end: back to a capital, as far as all of them share it."""
    for length in range(1, min(_LONGEST_VALUE, *(len(body) - 1 for body in bodies)) + 1):
        if len({tuple(body[-length:]) for body in bodies}) > 1:
            break
        if bodies[0][-length][0].isupper():
            return length
    return 1


def _agree(some: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> bool:
    """Return whether rows were parted alike in two languages: as many cells, and the same rows with the same value."""
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
    r"which|that|has|had|have|"
    r"reach|reaches|reached|reaching|is|are|was|were|at|got|received)[\s:]*$|[\s,:(=-]+$"
)
_BEFORE_NAME = re.compile(
    r"^(?:\s|[,;()]|(?:and|dan|serta|in|at|di|pada|for|untuk|from|dari|dengan|with|of|disusul|diikuti|kemudian|"
    r"lalu|followed by|then|next|"
    r"oleh|by|sedangkan|while)\b)+"
)
_LISTED_AFTER = re.compile(
    r".*(?:\b(?:terdiri (?:dari|atas)|consist(?:ing|s|ed)? of|yaitu|yakni|namely|meliputi|includ(?:ing|es|ed)|"
    r"mencakup|antara lain|such as|"
    r"seperti|adalah|compris(?:ing|es|ed))\b|:)\s*",
    re.DOTALL,
)
_PREPOSITION = re.compile(r".*\b(?:di|in|pada|at|from|dari|untuk|for|dengan|with|,)\s+", re.DOTALL)


def _enumerated(paper: Paper) -> Iterator[Table]:
    for sentence in paper.sentences:
        if sentence.kind not in ("text", "item") or not sentence.is_quotable:
            continue
        texts = paper.texts(sentence.index)
        read = {language: rows for language, text in texts.items() if (rows := _rows(text))}
        own = read.get(sentence.language)
        if own is None:
            continue
        fitting = {sentence.language: own} | {
            of: rows for of, rows in read.items() if [*map(_figure, rows[1])] == [*map(_figure, own[1])]
        }
        yield Table(
            sentence.index,
            {language: ("", unit) for language, (unit, _) in fitting.items()},
            tuple(
                Row(sentence.index, {language: rows[nth] for language, (_, rows) in fitting.items()})
                for nth in range(len(own[1]))
            ),
        )


def _figure(row: tuple[str, str]) -> float | None:
    return number(row[1])


def _rows(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the unit in which a sentence counts several things, and each of them with its number."""
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
        names = [_name(_before_separator(between)) for between in [*after, closing]]
    if not all(_is_name(name) for name in names) or len(set(names)) < len(names):
        return None
    return unit, [(name, match["number"]) for name, match in zip(names, matches, strict=True)]


def _is_name(text: str) -> bool:
    return 0 < len(text.split()) <= _LONGEST_NAME and not re.search(r"[()\[\]]|(?<!\S)\d", text)


def _name(text: str) -> str:
    """Return what is counted, without the words that link it to its number."""
    text = _BEFORE_NAME.sub("", text)
    while (shorter := _LINK.sub("", text)) != text:
        text = shorter
    return text.strip(" \t,;:()\"'“”")


def _before_separator(text: str) -> str:
    """Return what stands after one number and before the comma or the "and" of the next."""
    return re.sub(r"\s*(?:[,;]\s*)?(?:\b(?:and|dan|serta)\b)?\s*$", "", text)


def _first_name(text: str, after: Sequence[str]) -> str:
    """Return what is counted first, of all that stands before its number.

    It begins where the list does; or, as other names do, with the same word; or after the last preposition.
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


def _listed(paper: Paper) -> Iterator[Table]:
    items = [s for s in paper.sentences if s.kind == "item" and _lead(paper, s) is not None]
    for lead, of in groupby(items, key=lambda sentence: _lead(paper, sentence)):
        opening = [sentences[0] for sentences in _by_paragraph(of)]
        if lead is not None and _is_one_list([sentence.text for sentence in opening]):
            languages = tuple(paper.texts(lead))
            rows = (
                Row(s.index, {language: (paper.texts(s.index)[language],) for language in languages}) for s in opening
            )
            yield Table(lead, dict.fromkeys(languages, ("",)), tuple(rows))
    for sentence in paper.sentences:
        if sentence.kind != "text" or not sentence.is_quotable:
            continue
        read = {
            language: named for language, text in paper.texts(sentence.index).items() if (named := _consists_of(text))
        }
        own = read.get(sentence.language)
        if own:
            fitting = {of: named for of, named in read.items() if len(named) == len(own)}
            rows = (
                Row(sentence.index, {of: (named[nth],) for of, named in fitting.items()}) for nth in range(len(own))
            )
            yield Table(sentence.index, dict.fromkeys(fitting, ("",)), tuple(rows))


def _is_one_list(items: Sequence[str]) -> bool:
    """Return whether items are numbered from the first on, or marked alike, rather than lists within a list."""
    marks = [item_number(item) for item in items]
    kinds = {mark[0] for mark in marks if mark}
    numbers = [mark[1] for mark in marks if mark]
    return len(items) > 1 and (not numbers or (len(kinds) == 1 and numbers == list(range(1, len(items) + 1))))


def _by_paragraph(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    for _, of in groupby(sentences, key=lambda sentence: sentence.paragraph):
        yield list(of)


def _consists_of(text: str) -> list[str]:
    """Return of what a sentence says that something consists; [] where it does not say so in short names."""
    if not (found := _CONSISTS_OF.search(text)):
        return []
    names = [name.strip() for name in _SEPARATOR.split(_AFTER_LIST.sub("", text[found.end() :]))]
    is_plain = all(0 < len(name.split()) <= _MOST_ITEM_WORDS and not re.search(r"\d", name) for name in names)
    return names if is_plain and len(names) >= _FEWEST_ITEMS else []
