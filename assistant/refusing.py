"""How a refusal names what was looked for: the kind of thing, and the names that the paper nowhere mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.wording import say
from corpus import Language

_SOUGHT: Final = (
    ("when", r"kapan|kpn|when|(on |in )?(what|which) (date|day|month|year)|(tanggal|bulan|tahun|hari) (berapa|apa)"),
    (
        "how_many",
        r"berapa|brp|seberapa|how (many|much|far|large|big|high|tall|long|old|often)|persentase|what percentage",
    ),
    ("who", r"siapa|who|whom|whose"),
    ("where", r"(di|ke|dari) ?mana|dimana|kemana|where"),
    ("why", r"mengapa|kenapa|knp|why|what (made|caused)|apa (alasan|sebab)nya|apa (alasan|sebab|penyebab)"),
    ("how", r"bagaimana|gimana|gmn|how"),
)
_PATTERNS: Final = tuple((key, re.compile(rf"\b({words})\b", re.IGNORECASE)) for key, words in _SOUGHT)
_YES_OR_NO: Final = re.compile(
    r"\W*(did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|apakah|adakah|pernahkah)\b",
    re.IGNORECASE,
)
_NAMED = 3


def refusal(question: str, unknown: Sequence[str], language: Language, *, of_several: bool = False) -> str:
    """Say that the paper does not tell when, who, how many ..., as the question asks, and which names it lacks.

    ``of_several``: that none of the papers does.
    """
    which = "papers" if of_several else "paper"
    found = [(match.start(), key) for key, pattern in _PATTERNS if (match := pattern.search(question))]
    if found and not _YES_OR_NO.match(question):
        # Of two at the same place the first of the list: "how many" is no "how".
        text = say(f"not_in_{which}_{min(found, key=lambda one: one[0])[1]}", language)
    else:
        text = say(f"not_in_{which}", language)
    if unknown:
        names = ", ".join(f"“{name}”" for name in _joined(unknown, question)[:_NAMED])
        text = f"{text} {say('nowhere', language, names=names)}"
    return text


def _joined(names: Sequence[str], question: str) -> list[str]:
    """Return names, those as one that stand side by side in the question: "Mount Everest"."""
    joined: list[str] = []
    for name in names:
        if joined and f"{joined[-1]} {name}" in question:
            joined[-1] += f" {name}"
        else:
            joined.append(name)
    return joined
