"""Writes out chat spelling and abbreviations: the model and the paper know "dengan", not "dgn"."""

from __future__ import annotations

import re
from typing import Final

from corpus import Glossary, Language

_SHORT_FORMS: Final = """
    apa: apaan, bagaimana: bgmn gimana gmana gmn, banyak: bnyk, belum: belom blm, berapa: brp, dalam: dlm, dapat: dpt,
    dari: dr, dengan: dg dgn, juga: jg, jumlah: jml, kalau: kalo klo, kapan: kpn, karena: krn, kenapa: knp, kepada: kpd,
    lagi: lg, orang: org, pada: pd, saja: aja, sebelum: sblm, seperti: spt, setelah: stlh, sudah: sdh udah, tahu: tau,
    tahun: thn, tanda tangan: ttd, tentang: ttg, terus: trs, tersebut: tsb, tidak: ga gak ngga nggak tdk, untuk: utk,
    yang: yg
"""
_FULL: Final = [entry.split(":") for entry in _SHORT_FORMS.split(",")]
_WRITTEN_OUT: Final = {short: full.strip() for full, forms in _FULL for short in forms.split()}
_SHORT = re.compile(rf"\b({'|'.join(_WRITTEN_OUT)})\b")


def written_out(question: str, language: Language) -> str:
    """Return an Indonesian question with common chat spellings, in small letters, written out; others as they are."""
    if language != "id":
        return question
    return _SHORT.sub(lambda found: _WRITTEN_OUT[found.group()], question)


def as_searched(question: str, language: Language, glossary: Glossary) -> str:
    """Return a question as it is searched: chat spelling written out, abbreviations followed by what they stand for."""
    return glossary.spelled_out(written_out(question, language), language)
