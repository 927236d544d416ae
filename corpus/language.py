"""The two languages, and which of them a text is in, even if it is a short and casual question.

Small words decide first, then the shapes of the other words. For these two languages, that is right more often than
py3langid and lingua on questions of a few words, and it loads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from corpus.word_sets import word_set

Language = Literal["id", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")

OTHER: Final[Mapping[Language, Language]] = {"id": "en", "en": "id"}
"""The other language of the two."""

_INDONESIAN = word_set(
    """
    ada adakah adalah adapun agar agak aja akan aku alias anda antara antar apa apaan apakah apabila aslinya atas atau
    ayo bagaimana bagaimanakah bagi bahwa baik banget banyak banyaknya baru bawah beberapa begini begitu belum benar
    berapa berapakah besar betul biar biasa bila bilang bisa bisakah boleh buat bukan bukankah cara coba cuma cukup
    dalam dan dapat dapatkah dari daripada dg dgn di dia dibanding dikasih dimana dimanakah darimana darimanakah
    kemanakah seberapa siapapun benarkah sebutkan dipake dkk dll dong dr dsb dulu enggak ga gak gimana gitu gmn guna hal
    hanya harus hari hasil hingga hubungan ia iya ini itu itukah jadi jangan jelaskan jenis jg jika jml jumlah juga kah
    kalau kalo kami kamu kan kapan kapankah karena kasih kata kayak ke kemana kenapa kenapakah kepada ketika kita kok
    kpd krn lagi lah lain lalu lama lebih maka makna maksud maksudnya mana manakah mas masih mau melalui memang mengapa
    mengapakah menjadi menurut mereka merupakan milik namun negara nggak ngga nih nya oleh orang pada padahal paling
    para pas penulis pernah pernahkah per persen pula punya sama saat saja salah sampai sampe saya sang sangat satu sdh
    sebab sebagai sebagaimana sebelum sebuah secara sedang sehingga sejak sekarang sekitar selain selama semua seperti
    sering serta setelah setiap siapa siapakah sih sini soal suatu sudah sudahkah supaya tadi tahun tak tanggal tapi
    telah tentang tentu terhadap terkait tersebut tetapi tiap tidak tidakkah tiga tsb tuh tujuan udah untuk utk utama
    waktu ya yaitu yakni yang yg
    """
)
_ENGLISH = word_set(
    """
    a about after again against all also although am among an and any are aren't as at be because been before being
    between both but by can cannot can't could did didn't do does doesn't don't done down during each either else ever
    every explain few first for from get gets give given gives got had happen happened has have he her here him his how
    however i if i'm in including into is isn't it its it's just kind know less list long made main make many may me
    mean means meant mentioned might more most much must my name no not of off often on once one only or other our out
    over paper please same say says she should show since so some something still such tell than that that's the their
    them then there there's these they thing this those through to told too two under until up upon us use used using
    very want was wasn't we well were weren't what what's when where whether which while who whom whose who's why will
    with within without would year yes you your
    """
)
SMALL_WORDS: Final[dict[Language, frozenset[str]]] = {"id": _INDONESIAN, "en": _ENGLISH}
"""The most frequent words of each language, in small letters. They show the language and not the subject."""

# Beginnings and ends of words that are frequent in one language and rare in the other; they weigh less than small words
_INDONESIAN_SHAPE = re.compile(
    r"""
    (?:me(?:m[bpf]|n[cdjtyg]|[lrwm])|pe(?:m[bp]|n[cdjgy])|ber|ter|ke|di|se)[a-z]{2,}(?:an|kan|i|nya|lah|kah)$
    | (?:meng|meny|peny|peng|memp|memb|mend|menj|menc|menu|mena)[a-z]{2,}$
    | [a-z]{3,}(?:nya|kah|lah|kan|asi|itas|isme|wan)$
    | di[bcdgjkptw][a-z]{3,}$
    | ber[a-z]{3,}$
    | ([a-z]{3,})-\1[a-z]*$
    | [a-z]+(?:ng|ny|k|h)(?:an|i|u)$
    """,
    re.VERBOSE,
)
_ENGLISH_SHAPE = re.compile(
    r"""
    [a-z]{2,}(?:tions?|sion|ing|ed|ly|ness|ments?|ity|ies|ous|ful|less|able|ible|ship|ance|ence|cy|ism|ist|'s|ss
        |ght|ck|th|sh|ch|ve|se|te|ce|ge|ry|ty|ers|ors|al)$
    | (?:th|wh|sh|ch|qu|ph|wr|kn|str|spr|scr)[a-z]+$
    | [a-z]*(?:ee|oo|ea|ou|gh|tt|ll)[a-z]*$
    """,
    re.VERBOSE,
)
_ASKING = word_set(
    """
    apa apaan apakah siapa siapakah siapapun berapa berapakah kapan kapankah bagaimana bagaimanakah gimana mengapa
    mengapakah kenapa kenapakah mana manakah dimana dimanakah darimana darimanakah kemana kemanakah seberapa bisakah
    adakah benarkah sebutkan jelaskan what what's who who's whose whom which when where why how does did explain
    """
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_WEIGHT = {"asking": 6.0, "small": 3.0, "shape": 1.0}
_LONGEST_WORD = 60  # letters: neither language has longer words, so the shape of a longer one means nothing
_CLEAR = 9.0  # as three small words
_NAME = 0.2  # the factor for a word with a capital within a text: names and titles show little


def language_of(text: str) -> Language:
    """Return the language that most of a text is in; "id" where it cannot be recognised."""
    return "en" if leaning(text) > 0 else "id"


def language_within(text: str, around: Language) -> Language:
    """Return the language of a part of a paper; that of the text ``around`` it where the part is not clear."""
    return language_of(text) if abs(leaning(text)) >= _CLEAR else around


def language_asked(question: str, otherwise: Language) -> Language:
    """Return the language of a question; ``otherwise`` where none of its words is a small word."""
    return language_of(question) if abs(leaning(question)) >= _WEIGHT["small"] else otherwise


def leaning(text: str) -> float:
    """Return a text's score: above 0 for English, below 0 for Indonesian, farther from 0 the clearer it is."""
    score = 0.0
    for index, word in enumerate(_WORD.findall(text.replace("\u2019", "'"))):
        weight = _NAME if index and word[0].isupper() else 1.0
        score += weight * _english(word.casefold())
    return score


def _english(word: str) -> float:
    """Return a word's score, as `leaning` does for a text."""
    english, indonesian = word in _ENGLISH, word in _INDONESIAN
    if english or indonesian:
        return _WEIGHT["asking" if word in _ASKING else "small"] * (english - indonesian)
    if len(word) > _LONGEST_WORD:
        return 0.0
    shapes = (_ENGLISH_SHAPE.match(word) is not None) - (_INDONESIAN_SHAPE.match(word) is not None)
    return _WEIGHT["shape"] * shapes
