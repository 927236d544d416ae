"""Chat spelling and abbreviations, written out: the model and the paper know "dengan", not "dgn"."""

from __future__ import annotations

import re
from typing import Final

from corpus import Glossary, Language

_WRITTEN_OUT: Final = {
    "aja": "saja",
    "apaan": "apa",
    "bgmn": "bagaimana",
    "belom": "belum",
    "blm": "belum",
    "bnyk": "banyak",
    "brp": "berapa",
    "dg": "dengan",
    "dgn": "dengan",
    "dlm": "dalam",
    "dpt": "dapat",
    "dr": "dari",
    "gimana": "bagaimana",
    "gmn": "bagaimana",
    "ga": "tidak",
    "gak": "tidak",
    "gmana": "bagaimana",
    "jg": "juga",
    "jml": "jumlah",
    "kalo": "kalau",
    "klo": "kalau",
    "kpd": "kepada",
    "kpn": "kapan",
    "krn": "karena",
    "knp": "kenapa",
    "lg": "lagi",
    "ngga": "tidak",
    "nggak": "tidak",
    "org": "orang",
    "pd": "pada",
    "sblm": "sebelum",
    "sdh": "sudah",
    "spt": "seperti",
    "stlh": "setelah",
    "tau": "tahu",
    "tdk": "tidak",
    "thn": "tahun",
    "trs": "terus",
    "tsb": "tersebut",
    "ttd": "tanda tangan",
    "ttg": "tentang",
    "udah": "sudah",
    "utk": "untuk",
    "yg": "yang",
}
_SHORT = re.compile(rf"\b({'|'.join(_WRITTEN_OUT)})\b")


def written_out(question: str, language: Language) -> str:
    """Return a question with common chat spellings, in small letters, written out where it is in Indonesian."""
    if language != "id":
        return question
    return _SHORT.sub(lambda found: _WRITTEN_OUT[found.group()], question)


def as_searched(question: str, language: Language, glossary: Glossary) -> str:
    """Return a question as it is searched: chat spelling written out, and abbreviations with what they stand for."""
    return glossary.spelled_out(written_out(question, language), language)
