"""Finds the lines that are headings, by their words, capitals, numbers and type, and the lines around them."""

from __future__ import annotations

import re
from typing import Literal

from corpus.structure import labels
from corpus.structure.manuscript import ENDS, Manuscript, column_widths, joined, natural_width
from corpus.word_sets import phrase_set, word_set

Form = Literal["decimal", "roman", "letter", "capitals", "known", "title", "article"]
"""How a heading is recognised: by a number ("2.1 Data"), a Roman numeral ("II. METHOD"), a letter ("A. Data"), by being
all in capitals, as a section that most papers have ("Abstract"), by the capitals of its words ("title"), or as an
article of a law ("Pasal 5")."""

_MAX_WORDS = 22
_MAX_LINES = 4
_FEW = 0.15  # of the lines, at most, are headings
CENTRED = 0.9  # of the column's width: headings and captions are set narrower, in type of another weight
_SHORT = 0.85  # of the column's width: two lines in a row fill less only where one paragraph ends and the next begins
_VERY_SHORT = 0.7  # of the column's width: hardly any line within a paragraph fills less
ABSTRACTS = frozenset({"abstract", "abstrak", "abstraksi"})
OPENING = ABSTRACTS | {"introduction", "pendahuluan"}
CLOSING = phrase_set(
    """
    references | bibliography | works cited | literature cited | daftar pustaka | daftar rujukan | daftar referensi |
    referensi
    """
)
_KNOWN = (OPENING | CLOSING) | phrase_set(
    """
    ringkasan | summary | executive summary | background | latar belakang | related work | related works | literature
    review | theoretical framework | conceptual framework | tinjauan pustaka | tinjauan teori | kajian pustaka | kajian
    teori | kajian literatur | landasan teori | kerangka teori | kerangka konseptual | method | methods | methodology |
    research method | research methods | materials and methods | metode | metode penelitian | metodologi | metodologi
    penelitian | metode riset | data | result | results | hasil | hasil penelitian | results and discussion | hasil dan
    pembahasan | discussion | discussions | pembahasan | analysis | analisis | evaluation | experiments | limitations |
    keterbatasan | conclusion | conclusions | concluding remarks | conclusion and recommendations | kesimpulan |
    simpulan | kesimpulan dan saran | simpulan dan saran | penutup | saran | rekomendasi | recommendations | future work
    | acknowledgement | acknowledgements | acknowledgment | acknowledgments | ucapan terima kasih | funding | appendix |
    appendices | lampiran
    """
)
_SMALL = word_set(
    """
    dan di ke dari dalam pada untuk dengan terhadap yang atau oleh sebagai antara melalui serta bagi tentang atas akan
    para sebuah suatu secara guna the of in and a an to for on with by from at or as into via vs versus is are under
    between among toward towards through during after before without within its their
    """
)
_NUMBERS: dict[Form, re.Pattern[str]] = {
    "decimal": re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[^\W\d_])"),
    "roman": re.compile(r"([IVX]{1,5})\.\s+(?=[^\W\d_])"),
    "letter": re.compile(r"([A-H])\.\s+(?=[^\W\d_])"),
}
_ARTICLE = re.compile(r"(?:Pasal|PASAL|Article|ARTICLE)\s+(?:\d{1,3}[A-Z]?|[IVX]+)")
_WORD = re.compile(r"[^\W\d_][\w'\u2019&/.-]*")
_YEAR = re.compile(r"[(,]\s*(?:1[89]|20)\d\d[a-z]?\b")


def split_number(text: str) -> tuple[Form | None, str, str]:
    """Return the form of the number that a heading begins with, or None, the number, and the rest."""
    for form, pattern in _NUMBERS.items():
        if found := pattern.match(text):
            return form, found[1], text[found.end() :]
    return None, "", text


def are_numbered(lines: list[str]) -> bool:
    """Return whether lines have numbered headings among them; then a line without a number is no heading."""
    parts = sum(
        re.match(r"\d{1,2}\.\d{1,2}\.?\s+[A-Z]", line) is not None and is_phrase(line[4:].lstrip(". "))
        for line in lines
    )
    return parts >= 3 or any(split_number(line)[0] and is_known(line) for line in lines)


def plain_name(text: str) -> str:
    """Return a heading without its number, punctuation and capitals: "I. ABSTRACT:" becomes "abstract"."""
    return " ".join(split_number(text)[2].strip(" :.—\u2013-").casefold().split())


def is_known(text: str) -> bool:
    """Return whether a text is the name of a section that papers usually have."""
    return text[:1].isupper() and plain_name(text) in _KNOWN


def is_capitals(text: str) -> bool:
    """Return whether a text is all in capitals, and too long for an abbreviation."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 5 and len(text.split()) <= 16 and all(map(str.isupper, letters)) and _could_be(text)


def is_title(text: str) -> bool:
    """Return whether all words but small ones have capitals; one word of a long title may lack it."""
    words = _WORD.findall(text)
    content = [word for word in words if word not in _SMALL]
    if not content or not text[:1].isupper() or words[-1] in _SMALL or not _could_be(text):
        return False
    small = sum(word[0].islower() for word in content)
    return small <= (len(content) >= 5) and max(map(len, content)) >= 4


def is_article(text: str) -> bool:
    """Return whether this is the heading of a law's article ("Pasal 5")."""
    return _ARTICLE.fullmatch(text) is not None


def is_phrase(text: str) -> bool:
    """Return whether a numbered line may be a heading although its words lack capitals ("2.1 Data collection")."""
    return text[:1].isupper() and len(_WORD.findall(text)) <= 12 and _could_be(text)


def form_of(text: str) -> Form | None:
    """Return the form of heading that a text may be, one line or several joined; None where it cannot be one."""
    if is_article(text):
        return "article"
    number, _, words = split_number(text)
    if is_known(text):
        return "letter" if number == "letter" else "known"
    if number and _could_be(words):
        fits = is_title(words) or is_capitals(words) or (number == "decimal" and is_phrase(words))
        return number if fits else None
    if is_capitals(text):
        return "capitals"
    return "title" if is_title(text) else None


def _could_be(text: str) -> bool:
    """Return False for what no heading has: a full stop within or at its end, a citation, an address, many digits."""
    if text[-1:] in tuple(".,;:!") or re.search(r"[.;!]\s", text) or _YEAR.search(text):
        return False
    if re.search(r"[@=_{}<>\\|\[\]]|https?:|--", text) or not (text[:1].isalnum() or text[:1] in "\"“\u2018'"):
        return False
    tokens = text.split()
    words = _WORD.findall(text)
    return 0 < len(words) <= _MAX_WORDS and sum(t[0].isdigit() for t in tokens) <= 0.34 * len(tokens)


# The lines around a heading


class LineFacts:
    """Facts about single lines of a manuscript: how full they are, how they end, how they are set."""

    def __init__(self, manuscript: Manuscript) -> None:
        """Measure the columns, and find out whether headings are set in stronger type."""
        self.lines = manuscript.lines
        self.dense = manuscript.dense
        self.columns = column_widths(self.lines)
        strong = [line.text for line in self.lines if line.strong]
        are_headings = any(map(is_known, strong)) or are_numbered(strong)
        self.strong_headings = are_headings and len(strong) <= _FEW * len(self.lines)

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.lines)

    def text(self, i: int) -> str:
        """Return the text of line ``i``; "" past the end."""
        return self.lines[i].text if i < len(self.lines) else ""

    def fits(self, i: int, share: float = 1.0) -> bool:
        """Return whether ``share`` of line ``i``'s column had room for the first word of the next line as well."""
        word = self.text(i + 1).split(" ", 1)[0]
        return natural_width(f"{self.text(i)} {word}") < share * self.columns[i]

    def short(self, i: int, share: float = _SHORT) -> bool:
        """Return whether line ``i`` fills less than ``share`` of its column."""
        return natural_width(self.text(i)) < share * self.columns[i]

    def continues(self, i: int) -> bool:
        """Return whether line ``i`` begins with a small letter."""
        return self.text(i)[:1].islower()

    def stands_out(self, i: int) -> bool:
        """Return whether line ``i`` is in the stronger type of headings, unlike the line before it."""
        if not self.strong_headings or not self.lines[i].strong:
            return False
        return i == 0 or self.lines[i - 1].style != self.lines[i].style

    def new_paragraph(self, i: int) -> bool:
        """Return whether a new paragraph of running text starts at line ``i``."""
        if self.lines[i].gap:
            return not (self.dense and self.continues(i))
        if not self.dense or not self.text(i - 1).endswith(ENDS) or self.continues(i):
            return False
        if self.lines[i - 1].loose or self.fits(i - 1):
            return True
        if i + 1 >= len(self.lines):
            return False
        return self.fits(i) or self.short(i, _VERY_SHORT) or (self.short(i - 1) and self.short(i))


class HeadingFinder:
    """Finds headings, from the first line to the last; each is passed to `accept`, since numbers must go up."""

    def __init__(self, facts: LineFacts) -> None:
        """Look for numbered headings, and for the line at which the abstract or introduction begins."""
        self.facts = facts
        texts = [line.text for line in facts.lines]
        self.numbered = are_numbered(texts)
        opening = (i for i, text in enumerate(texts) if plain_name(text) in OPENING)
        self.front = next(opening, 0)  # title and authors before it may be in capitals, and are no headings
        self.last_number: tuple[int, ...] = (0,)
        self.dotted: bool | None = None  # whether its number has a full stop: a paper has "1" or "1.", not both
        self.in_references = False

    def accept(self, first: int, end: int, form: Form) -> None:
        """Record lines ``first`` to ``end`` (not included) as the last heading."""
        text = joined(self.facts.lines[first:end])
        self.in_references = plain_name(text) in CLOSING
        if form == "decimal":
            self.last_number = _numbers(text)
            if len(self.last_number) == 1:
                self.dotted = _is_dotted(text)

    def find(self, i: int, *, free: bool) -> tuple[int, Form] | None:
        """Return the end (not included) and the form of the longest heading that starts at line ``i``; None for none.

        ``free``: the text before the line is complete.
        """
        if i < self.front or not self._may_start(i, free):
            return None
        facts, best = self.facts, None
        for last in range(i, min(i + _MAX_LINES, len(facts))):
            if last > i and not self._goes_on(i, last):
                break
            if facts.text(last).endswith((".", ";", ":", "!")) and not is_known(facts.text(last)):
                break
            if last + 1 < len(facts) and self._runs_on(last):
                continue
            text = joined(facts.lines[i : last + 1])
            form = form_of(text)
            if form is None and facts.stands_out(i) and is_phrase(text):
                form = "title"
            if form is not None and self._suits(form, i, last + 1):
                best = last + 1, form
        return best

    def _may_start(self, i: int, free: bool) -> bool:
        text = self.facts.text(i)
        if plain_name(text) in OPENING | CLOSING and is_known(text):
            return True
        number, _, words = split_number(text)
        if number and i and self.facts.text(i - 1).endswith(":"):
            return False
        if free or self.facts.stands_out(i):
            return True
        return number == "decimal" and is_title(words) and self.facts.fits(i - 1)

    def _runs_on(self, i: int) -> bool:
        """Return whether the line after ``i`` goes on with a small letter, in the same type where that is known."""
        facts = self.facts
        changed = facts.strong_headings and facts.lines[i].style != facts.lines[i + 1].style
        return facts.continues(i + 1) and not facts.lines[i + 1].gap and not changed

    def _goes_on(self, i: int, k: int) -> bool:
        """Return whether line ``k`` may belong to the heading that starts at line ``i``."""
        facts, text = self.facts, self.facts.text(k)
        before = joined(facts.lines[i:k])
        if facts.strong_headings and facts.lines[k].style != facts.lines[i].style:
            return False
        if facts.continues(k):
            return not facts.lines[k].gap
        if facts.lines[k].gap or is_known(before) or is_known(text):
            return False
        words = split_number(before)[2]
        if split_number(text)[0] or is_capitals(words) != is_capitals(text):
            return False
        return facts.stands_out(i) or not facts.fits(k - 1, CENTRED)

    def _suits(self, form: Form, i: int, end: int) -> bool:
        """Return whether a heading of this form may be at lines ``i`` to ``end``, by the lines around it."""
        facts = self.facts
        if form == "article":
            return True
        if facts.strong_headings and form != "known" and not facts.lines[i].strong:
            return False
        if form == "decimal":
            return self._is_next(facts.text(i)) and not self._in_contents(i, end)
        if form in ("capitals", "title") and self.numbered:
            return False
        return form != "title" or self._suits_title(i, end)

    def _is_next(self, text: str) -> bool:
        """Return whether a heading's number comes after the last one's, and has a full stop as that has."""
        number = _numbers(text)
        in_order = self.last_number < number and number[0] <= self.last_number[0] + 2
        return in_order and (len(number) > 1 or self.dotted in (None, _is_dotted(text)))

    def _suits_title(self, i: int, end: int) -> bool:
        """Return whether lines that only the capitals of their words mark may be a heading."""
        if self.in_references or end >= len(self.facts):
            return False
        if not self.facts.dense:
            return self.facts.lines[end].gap
        return self.facts.stands_out(i) or self._opens_text(end)

    def _in_contents(self, i: int, end: int) -> bool:
        """Return whether lines are in a table of contents without dots, with a number first and the page last."""
        pairs = ((end - 1, end), (max(i - 1, 0), max(i, 1)))
        return any(all(re.match(r"\d.*\s\d+$", self.facts.text(k)) for k in pair) for pair in pairs)

    def _opens_text(self, i: int) -> bool:
        """Return whether line ``i`` may begin a paragraph: it is an item, or fills at least half of the column."""
        text = self.facts.text(i)
        if labels.bullet(text) or labels.item_number(text):
            return True
        words, filled = len(text.split()), natural_width(text) / self.facts.columns[i]
        return words >= 3 and filled >= 0.5 and (not is_title(text) or (words >= 4 and filled >= 0.6))


def _is_dotted(text: str) -> bool:
    return text.split(" ", 1)[0].endswith(".")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in split_number(text)[1].split("."))
