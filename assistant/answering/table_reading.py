"""Compares a question with a table: which rows it names, what it counts, and whether it is about the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from assistant.answering import table_words as words
from assistant.asking_words import SMALL
from assistant.question import Question
from corpus import LANGUAGES, Glossary, Language, Paper
from corpus.structure.tables import Table, number
from index.spelling import written_out
from index.words import split_words, stems

_ONE_WORD = re.compile(r"\bkerja sama\b", re.IGNORECASE)
_NOT = re.compile(r"n['\u2019]t\b")
_POSSESSIVE = re.compile(r"['\u2019]s\b|s['\u2019](?= )")
_SHORTEST_NAME = 5  # letters of the shortest name that other names may be derived from


class Concept(NamedTuple):
    """A content word of a text, or a term of the glossary in it.

    ``key`` is the term's, "" for a word. ``forms`` has the forms of the word, or of each of the term's words.
    """

    text: str
    key: str
    forms: tuple[frozenset[str], ...]

    def is_in(self, tokens: frozenset[str]) -> bool:
        """Return whether a text with these tokens has the concept."""
        return self.key in tokens or all(forms & tokens for forms in self.forms)


def concepts(text: str, language: Language, glossary: Glossary) -> list[Concept]:
    """Return the concepts of a text, in its order: its terms, and its other content words."""
    text = _plain(text)
    found: list[Concept] = []
    at = 0
    for mention in [*glossary.mentions(text), None]:
        before = text[at : mention.start if mention else len(text)]
        found += [Concept(word, "", (_forms(word, language),)) for word in split_words(before) if _is_content(word)]
        if mention:
            whole = text[mention.start : mention.end]
            words_of_term = [word for word in split_words(whole) if word.casefold() not in SMALL]
            if not words_of_term or any(map(_is_content, words_of_term)):
                forms = tuple(_forms(word, language) for word in words_of_term)
                found.append(Concept(whole, mention.term.key, forms or (frozenset({whole}),)))
            at = mention.end
    return found


def tokens(texts: Iterable[tuple[Language, str]], glossary: Glossary) -> frozenset[str]:
    """Return the tokens of texts: their words, the words' stems, and the keys of their terms."""
    found: set[str] = set()
    for language, text in texts:
        plain = _plain(text)
        found.update(mention.term.key for mention in glossary.mentions(plain))
        found.update(form for word in split_words(plain) for form in _forms(word, language))
    return frozenset(found)


def _numbers(pattern: str, text: str) -> list[float]:
    return [value for word in re.findall(pattern, text) if (value := number(word.rstrip(".,"))) is not None]


def _plain(text: str) -> str:
    return _POSSESSIVE.sub("", _NOT.sub(" not", _ONE_WORD.sub("kerjasama", text)))


def _forms(word: str, language: Language) -> frozenset[str]:
    (stem,) = stems([word], language)
    # Porter's stems of "economy" and "economic" differ in a last letter.
    return frozenset({word.casefold(), stem, stem.removesuffix("i") if language == "en" and len(stem) > 6 else stem})


def _is_content(word: str) -> bool:
    plain = word.casefold()
    if any(plain in alike for alike in words.CLASSES):
        return True
    return len(plain) > 1 and plain not in SMALL and plain not in words.IGNORED and not plain.isdigit()


class TableQuestion:
    """What a question asks of tables. ``plain`` is its text in small letters, ``concepts`` are its concepts.

    ``newly`` are the concepts of the question's own words, without those borrowed from the question before.
    """

    def __init__(self, question: Question, glossary: Glossary) -> None:
        self.language = question.language
        text = written_out(question.searched, question.language)
        self.plain = _plain(text.casefold())
        self.concepts = concepts(text, question.language, glossary)
        # "And with Japan?" asks about Japan alone what the question before asked about another country.
        self.newly = concepts(question.text, question.language, glossary) if question.leans else self.concepts
        self.expected = question.expected
        self.counts = question.expected == "number" or self.says(words.HOW_MANY)
        self.is_comparison = question.kind == "comparison"
        self.is_yes_or_no = question.kind == "claim"
        self._glossary = glossary

    def says(self, *wordings: re.Pattern[str]) -> bool:
        """Return whether the question has one of some wordings."""
        return any(wording.search(self.plain) for wording in wordings)

    @cached_property
    def table(self) -> str | None:
        """The number of the table that the question names, "" if it has none; None if it names no table."""
        found = words.TABLE.search(self.plain)
        return (found["number"] or "").rstrip(".") if found else None

    @cached_property
    def counted(self) -> list[Concept] | None:
        """The concepts that follow "how many", which may be none; None if the question does not count."""
        found = words.HOW_MANY.search(self.plain)
        if found is None:
            return None
        phrase = words.PHRASE_ENDS.split(self.plain[found.end() :])[0]
        return concepts(phrase, self.language, self._glossary)

    @property
    def head(self) -> Concept | None:
        """The concept that is counted: the last one after "how many" in English, the first one in Indonesian."""
        return self.counted[-1 if self.language == "en" else 0] if self.counted else None

    @cached_property
    def figures(self) -> list[float]:
        """The numbers in the question, without that of a table."""
        text = words.NUMBERED.sub(" ", words.TABLE.sub(" ", self.plain))
        return _numbers(r"(?<![\w.,-])-?\d[\d.,]*\b", text)


class View:
    """A table in the form that questions are compared with.

    ``is_printed``: it is a table as printed, neither an enumeration nor a list. ``name_column`` is the column of the
    rows' names. ``rows`` are the tokens of the names, ``columns`` those of the header, ``unit`` those of the columns
    after the names.
    """

    def __init__(self, table: Table, paper: Paper, glossary: Glossary) -> None:
        self.table = table
        self.paper = paper
        self.is_printed = not (table.is_enumeration or table.is_list)
        self.name_column = int(self.is_printed)
        self.rows = [
            tokens(((code, cells[self.name_column]) for code, cells in row.cells.items()), glossary)
            for row in table.rows
        ]
        # The sentence before a caption is about the table, too.
        around = [table.caption - 1, table.caption] if self.is_printed and table.caption else [table.caption]
        context = tokens((text for sentence in around for text in paper.texts(sentence).items()), glossary)
        names = zip(*table.header.values(), strict=True)
        self.columns = [tokens(zip(table.header, column, strict=True), glossary) for column in names]
        titles = frozenset[str]().union(*self.columns)
        self.unit = frozenset[str]().union(*self.columns[self.name_column + 1 :])
        self.classes = self._classes(context, titles, glossary) | self.columns[self.name_column]
        # The caption's words show which table is meant, even if a row has them too.
        self.context = context | titles | self.classes
        self.known = self.context.union(*self.rows)
        texts = [paper.sentences[sentence].text for sentence in around]
        self.figures = {figure for text in texts for figure in _numbers(r"(?<![\w.,])\d[\d.,]*", text)}
        self.values = [number(row.cells[table.languages[0]][-1]) for row in table.rows]

    @property
    def is_numeric(self) -> bool:
        """Whether each row ends in a number."""
        return not self.table.is_list and None not in self.values

    @cached_property
    def label(self) -> str:
        """The table's number, in small letters; "" for an enumeration or a list."""
        label = words.label_of_caption(self.paper.sentences[self.table.caption].text) if self.is_printed else None
        return label[1] if label else ""

    def column(self, asked: TableQuestion) -> int:
        """Return the first column, after the rows' names, that a question names; -1, the last, if it names none."""
        columns = range(self.name_column + 1, len(self.columns))
        named = (nth for concept in asked.concepts for nth in columns if concept.is_in(self.columns[nth]))
        return next(named, -1)

    def is_meant(self, asked: TableQuestion) -> bool:
        """Return whether a question that names a table can mean this one."""
        return asked.table is None or (self.is_printed and asked.table in ("", self.label))

    def strange(self, asked: TableQuestion) -> list[Concept]:
        """Return the concepts of a question that the table does not have."""
        return [concept for concept in asked.concepts if not concept.is_in(self.known)]

    def has_class(self, asked: Iterable[Concept]) -> bool:
        """Return whether a question names the kind of the rows, or their unit."""
        return any(concept.is_in(self.classes) or concept.is_in(self.unit) for concept in asked)

    def is_counted(self, asked: TableQuestion) -> bool:
        """Return whether "how many" counts the rows."""
        if asked.head is None:
            return asked.counted is not None and self.has_class(asked.concepts)
        return asked.head.is_in(self.classes)

    def counts_units(self, asked: TableQuestion) -> bool:
        """Return whether "how many" counts the table's unit."""
        return any(concept.is_in(self.unit) for concept in ([asked.head] if asked.head else asked.concepts))

    def named(self, asked: Iterable[Concept]) -> list[int]:
        """Return the rows that a question names, by index.

        They are the rows with a concept that no other row has, or whose whole name the question has; or else the rows
        with all of the question's concepts.
        """
        # A caption is about all rows, but the sentence of an enumeration also has the rows themselves.
        general = self.classes if self.table.is_enumeration else self.context
        specific = [concept for concept in asked if not concept.is_in(general)]
        found = [(concept, {nth for nth, row in enumerate(self.rows) if concept.is_in(row)}) for concept in specific]
        naming = [(concept, rows) for concept, rows in found if 0 < len(rows) < len(self.rows)]
        if not naming:
            return []
        keys = {key for concept, _ in naming for key in (concept.key, *chain(*concept.forms))}
        own = {nth for _, rows in naming for nth in rows if len(rows) == 1 or self._is_whole_name(nth, keys)}
        return sorted(own or set.intersection(*(rows for _, rows in naming)))

    def before_rows(self, language: Language) -> str:
        """Return the caption; that of an enumeration, a sentence, up to the first row."""
        text = self.paper.texts(self.table.caption)[language]
        return text.partition(self.table.rows[0].cells[language][0])[0] if self.table.is_enumeration else text

    def _is_whole_name(self, nth: int, keys: set[str]) -> bool:
        """Return whether these words include all of a row's name, in one of the languages."""
        names = (split_words(cells[self.name_column]) for cells in self.table.rows[nth].cells.values())
        return any({word.casefold() for word in name if _is_content(word)} - self.classes <= keys for name in names)

    def _classes(self, context: frozenset[str], titles: frozenset[str], glossary: Glossary) -> frozenset[str]:
        """Return the words for the kind of the rows: those of several rows or of the header, and their synonyms."""
        if self.table.is_list:
            return tokens(((code, self.before_rows(code)) for code in self.table.languages), glossary)
        counts = Counter(token for row in self.rows for token in row)
        specific = {token for token, count in counts.items() if count == 1}
        general = (context - specific if self.table.is_enumeration else titles) | (counts.keys() - specific)
        alike = (
            (language, word) for group in words.CLASSES if group & general for word in group for language in LANGUAGES
        )
        return tokens(alike, glossary)


def content_spans(text: str, glossary: Glossary, *, beside: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the characters (start, end) of the things that a text names, in order.

    They are its terms, its names in capitals, and its runs of content words, without words that match ``beside``.
    """
    found = [(mention.start, mention.end) for mention in glossary.mentions(text)]
    taken = [*found, *(match.span() for match in beside.finditer(text.casefold()))]
    runs: list[tuple[int, int, bool]] = []
    for match in re.finditer(r"[^\W_]+(?:[-.'\u2019][^\W_]+)*", text):
        start, end = match.span()
        if any(first < end and start < last for first, last in taken) or not _is_content(match.group()):
            continue
        is_name = match.group()[0].isupper() and start > 0
        if runs and text[runs[-1][1] : start] == " " and runs[-1][2] == is_name:
            runs[-1] = (runs[-1][0], end, is_name)
        else:
            runs.append((start, end, is_name))
    return sorted([*found, *((start, end) for start, end, _ in runs)])


def names_thing(thing: str, language: Language, texts: Mapping[Language, str], glossary: Glossary) -> bool:
    """Return whether a text, in any of its languages, has the name of a thing, or one that it is derived from."""
    known = tokens(texts.items(), glossary)
    named = concepts(thing, language, glossary)
    return bool(named) and all(concept.is_in(known) or _is_derived(concept, known) for concept in named)


def _is_derived(concept: Concept, known: frozenset[str]) -> bool:
    """Return whether a name begins with a known word ("Indonesian", from "Indonesia")."""
    name = concept.text.casefold()
    return concept.text[:1].isupper() and any(len(word) >= _SHORTEST_NAME and name.startswith(word) for word in known)
