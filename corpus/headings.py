"""What a heading looks like: its words, its capitals, its number."""

from __future__ import annotations

import re
from typing import Literal

from corpus.words import phrase_set, word_set

Form = Literal["decimal", "roman", "letter", "capitals", "known", "title", "article"]
"""How a heading shows itself: by a number ("2.1 Data"), a Roman one ("II. METHOD"), a letter ("A. Data"), by
capitals, as a section every paper has ("Abstract"), only by the capitals of its words, or as an article of a law
("Pasal 5")."""

_MAX_WORDS = 22
_KNOWN = phrase_set(
    """
    abstract | abstrak | abstraksi | ringkasan | summary | executive summary | introduction |
    pendahuluan | background | latar belakang | related work | related works | literature review |
    theoretical framework | conceptual framework | tinjauan pustaka | tinjauan teori | kajian
    pustaka | kajian teori | kajian literatur | landasan teori | kerangka teori | kerangka
    konseptual | method | methods | methodology | research method | research methods | materials and
    methods | metode | metode penelitian | metodologi | metodologi penelitian | metode riset | data
    | result | results | hasil | hasil penelitian | results and discussion | hasil dan pembahasan |
    discussion | discussions | pembahasan | analysis | analisis | evaluation | experiments |
    limitations | keterbatasan | conclusion | conclusions | concluding remarks | conclusion and
    recommendations | kesimpulan | simpulan | kesimpulan dan saran | simpulan dan saran | penutup |
    saran | rekomendasi | recommendations | future work | acknowledgement | acknowledgements |
    acknowledgment | acknowledgments | ucapan terima kasih | funding | references | bibliography |
    works cited | literature cited | daftar pustaka | daftar rujukan | daftar referensi | referensi
    | appendix | appendices | lampiran
    """
)
ABSTRACTS = frozenset({"abstract", "abstrak", "abstraksi"})
OPENING = ABSTRACTS | {"introduction", "pendahuluan"}
CLOSING = frozenset(
    {"references", "bibliography", "works cited", "literature cited", "daftar pustaka", "daftar rujukan"}
    | {"daftar referensi", "referensi"}
)
_SMALL = word_set(
    """
    dan di ke dari dalam pada untuk dengan terhadap yang atau oleh sebagai antara melalui serta bagi
    tentang atas akan para sebuah suatu secara guna the of in and a an to for on with by from at or
    as into via vs versus is are under between among toward towards through during after before
    without within its their
    """
)
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[^\W\d_])")
_ROMAN = re.compile(r"([IVX]{1,5})\.\s+(?=[^\W\d_])")
_LETTER = re.compile(r"([A-H])\.\s+(?=[^\W\d_])")
_ARTICLE = re.compile(r"(?:Pasal|PASAL|Article|ARTICLE)\s+(?:\d{1,3}[A-Z]?|[IVX]+)")
_WORD = re.compile(r"[^\W\d_][\w'\u2019&/.-]*")
_YEAR = re.compile(r"[(,]\s*(?:1[89]|20)\d\d[a-z]?\b")


def split_number(text: str) -> tuple[Form | None, str, str]:
    """Return the form of the number a heading opens with (None: it has none), the number, and the rest."""
    patterns: tuple[tuple[Form, re.Pattern[str]], ...] = (
        ("decimal", _DECIMAL),
        ("roman", _ROMAN),
        ("letter", _LETTER),
    )
    for form, pattern in patterns:
        found = pattern.match(text)
        if found:
            return form, found.group(1), text[found.end() :]
    return None, "", text


def are_numbered(lines: list[str]) -> bool:
    """Tell whether these lines hold numbered headings, so that a line without a number is none."""
    parts = sum(
        re.match(r"\d{1,2}\.\d{1,2}\.?\s+[A-Z]", line) is not None and is_phrase(line[4:].lstrip(". "))
        for line in lines
    )
    return parts >= 3 or any(split_number(line)[0] and is_known(line) for line in lines)


def plain_name(text: str) -> str:
    """Return a heading's words without number, end punctuation and capitals: "I. ABSTRACT:" -> "abstract"."""
    return " ".join(split_number(text)[2].strip(" :.—\u2013-").casefold().split())


def is_known(text: str) -> bool:
    """Tell whether these are the words of a section that papers usually have."""
    return text[:1].isupper() and plain_name(text) in _KNOWN


def is_capitals(text: str) -> bool:
    """Tell whether all letters are capitals and there are enough of them not to be an abbreviation."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 5 and len(text.split()) <= 16 and all(map(str.isupper, letters)) and _could_be(text)


def is_title(text: str) -> bool:
    """Tell whether all words but small ones have capitals; in a long title one that has not is forgiven."""
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
    """Tell whether a numbered line may be a heading though not capitalised ("2.1 Data collection")."""
    return text[:1].isupper() and len(_WORD.findall(text)) <= 12 and _could_be(text)


def form_of(text: str) -> Form | None:
    """Return how ``text``, one line or several joined, could be a heading; None: it could not."""
    if is_article(text):
        return "article"
    number, _, words = split_number(text)
    if is_known(text):
        return number if number in ("decimal", "letter") else "known"
    if number and _could_be(words):
        if number == "decimal":
            return number if is_title(words) or is_phrase(words) or is_capitals(words) else None
        return number if is_title(words) or is_capitals(words) else None
    if is_capitals(text):
        return "capitals"
    return "title" if is_title(text) else None


def _could_be(text: str) -> bool:
    """Rule out what no heading has: a full stop at the end or within, a citation, an address, many digits."""
    if text[-1:] in tuple(".,;:!") or re.search(r"[.;!]\s", text) or _YEAR.search(text):
        return False
    if re.search(r"[@=_{}<>\\|\[\]]|https?:|--", text) or not (text[:1].isalnum() or text[:1] in "\"“\u2018'"):
        return False
    tokens = text.split()
    words = _WORD.findall(text)
    return 0 < len(words) <= _MAX_WORDS and sum(t[0].isdigit() for t in tokens) <= 0.34 * len(tokens)
