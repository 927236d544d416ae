"""The names, numbers and tables of a question that are nowhere in the paper, in any form or language.

A refusal lists them. Calling a name absent that is there is worse than saying nothing. So a name is left out if it may
be an ordinary word, part of a title that the paper writes differently, or another form of a word in the paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from assistant.answering.specifics import specifics
from assistant.answering.table_words import LABEL, table_or_figure
from assistant.asking_words import SMALL
from assistant.question import Question
from assistant.wording import say
from corpus.word_sets import word_set
from index import PaperIndex
from index.words import split_words

_CAPITALISED: Final = re.compile(r"(?:(?<=[\w,] )|(?<=\())[a-z]?[A-Z][\w-]*(?: [a-z]?[A-Z][\w-]*)*")
_FROM_DIGITS: Final = re.compile(r"-?\d.*")
_LISTED: Final = 3  # the most names that a refusal lists
_BEGINNING: Final = 4  # first letters that forms of one word share: China and Chinese, Morocco and Moroccan

_ORDINARY: Final = word_set(
    """
    act agency ambassador app application article association bank board book bureau chairman chapter chief city club
    college committee company conference council country county court day deputy director district doctor embassy
    english exchange faculty february figure foundation fund government governor group hospital indonesian institute
    january journal july june king law leader lord mayor march minister ministry mr mrs ms monday friday saturday sunday
    office officer organisation organization page parliament party phd president prime prince prof professor program
    programme project province queen regent region report resident school secretary section senate sir spokesperson
    state summit table team treaty tuesday thursday wednesday university village april august september october november
    december aplikasi badan bagian bab bapak bupati bu camat daerah dewan dinas direktur dokter doktor gambar gubernur
    gugus halaman ibu institut jenderal jurnal juru kabupaten kantor kecamatan kedutaan kementerian kepala ketua komisi
    konferensi kota lembaga lurah menteri organisasi pak pemerintah perdana presiden profesor provinsi raja ratu rektor
    rumah sakit satgas sekolah sekretaris senin selasa rabu kamis jumat sabtu minggu tabel tim undang universitas wakil
    wali walikota januari februari maret mei juni juli agustus oktober desember bahasa indonesia
    """
)


class Names:
    """The names that one paper has."""

    def __init__(self, index: PaperIndex) -> None:
        self._index = index

    def absent(self, question: str) -> list[str]:
        """Return the names, labels and numbers of a question that occur nowhere in the paper."""
        labels = self.absent_labels(question)
        for label in labels:
            question = question.replace(label, " ")
        found = [] if _is_in_capitals(question) else _CAPITALISED.findall(question)
        names = [name for name in found if not self._is_known(name)]
        glossary = self._index.glossary
        numbers = [number for number in specifics(question, glossary) if number.sort in ("number", "percent", "year")]
        unknown = (question[number.start : number.end] for number in numbers if number.value not in self._numbers)
        return [*labels, *names, *(digits[0] for number in unknown if (digits := _FROM_DIGITS.search(number)))]

    def absent_labels(self, question: str) -> list[str]:
        """Return the tables and figures of a question that the paper does not have, such as "Table 7"."""
        labels = LABEL.finditer(question.lower())
        return [question[slice(*label.span())] for label in labels if table_or_figure(label) not in self._labels]

    def _is_known(self, name: str) -> bool:
        """Return whether the paper may have a word of a name, its initials, or the words that they stand for."""
        words = [word.casefold() for word in split_words(name)]
        initials = "".join(word[0] for word in words)
        return (
            bool(self._index.glossary.mentions(name))
            or any(word in _ORDINARY or word in SMALL for word in words)
            or any(word in self._words or word[:_BEGINNING] in self._beginnings for word in words)
            or (len(words) > 1 and initials in self._words)
            or (name.isupper() and name.casefold() in self._initials)
        )

    @cached_property
    def _texts(self) -> list[str]:
        """All texts of the paper, in either language, and the forms of its terms."""
        paper = self._index.paper
        return [text for row in range(len(paper.sentences)) for text in paper.texts(row).values()] + self._forms

    @cached_property
    def _forms(self) -> list[str]:
        glossary = self._index.paper.annotations.glossary
        return [form for term in glossary for forms in term.forms.values() for form in forms]

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word.casefold() for text in self._texts for word in split_words(text))

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first letters of words with a capital that do not begin a sentence."""
        names = (name for text in self._texts for name in _CAPITALISED.findall(text))
        words = (word for text in (*names, *self._forms) for word in split_words(text) if word[0].isupper())
        return frozenset(word.casefold()[:_BEGINNING] for word in words)

    @cached_property
    def _labels(self) -> frozenset[tuple[bool, str]]:
        return frozenset(table_or_figure(found) for text in self._texts for found in LABEL.finditer(text.lower()))

    @cached_property
    def _initials(self) -> str:
        """The initials of all words, in order. They contain the abbreviation of any words that stand together."""
        return " ".join("".join(word[0] for word in split_words(text)) for text in self._texts).casefold()

    @cached_property
    def _numbers(self) -> frozenset[float | str]:
        found = (number for text in self._texts for number in specifics(text, self._index.glossary))
        words = (word for text in self._texts for word in split_words(text))
        whole = (float(word) for word in words if word.isascii() and word.isdigit())
        return frozenset([*(number.value for number in found), *whole])


def refusal(question: Question, unknown: Sequence[str]) -> str:
    """Return the text of a refusal: that nothing was found, and which names the paper lacks, as in `Names.absent`.

    Names that stand side by side in the question are one: "Mount Everest".
    """
    joined: list[str] = []
    for name in unknown:
        if joined and f"{joined[-1]} {name}" in question.text:
            joined[-1] += f" {name}"
        else:
            joined.append(name)
    names = ", ".join(f"“{name}”" for name in joined[:_LISTED])
    text = say("not_found", question.language)
    return f"{text} {say('nowhere', question.language, names=names)}" if names else text


def _is_in_capitals(question: str) -> bool:
    """Return whether nearly all words of a question have capitals, so that capitals mark no names."""
    words = split_words(question)
    return sum(word[0].isupper() for word in words) > 0.8 * len(words)
