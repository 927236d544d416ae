"""Who was interviewed, and when."""

from __future__ import annotations

import pytest

from assistant.answering.interviews import interview_answer
from assistant.question import take
from index import PaperIndex
from tests.assistant.answering.small import index_of

TEXT = """Hasil

Sumur di Arden sudah tua (Ana Lia, Wawancara, 9 Oktober 2021). Sebagian besar sumur masih dipakai oleh warga desa.

Menurut kepala desa, airnya bersih (Kepala Desa Corby, Wawancara, 11 Oktober 2021).

Sumur digali pada tahun 1898 oleh para petani sendiri (Lea, 2001).
"""


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return index_of(TEXT)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Kapan Ana Lia diwawancarai?", "9 Oktober 2021"),
        ("When was the interview with Ana Lia?", "9 Oktober 2021"),
        ("Who took part in the interviews?", "Ana Lia (9 Oktober 2021); Kepala Desa Corby (11 Oktober 2021)"),
        ("Siapa saja yang diwawancarai?", "Ana Lia (9 Oktober 2021); Kepala Desa Corby (11 Oktober 2021)"),
    ],
)
def test_sources_in_brackets_say_who_and_when(index: PaperIndex, question: str, short: str) -> None:
    answer = interview_answer(take(question, None), index)
    assert answer is not None
    assert answer.short == short
    assert answer.derived_from
    assert all("Wawancara" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question", ["Kapan Budi diwawancarai?", "Apa kata kepala desa dalam wawancara?", "Kapan sumur digali?"]
)
def test_what_they_do_not_say_is_left_to_the_search(index: PaperIndex, question: str) -> None:
    assert interview_answer(take(question, None), index) is None
