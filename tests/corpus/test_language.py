from __future__ import annotations

import pytest

from corpus import LANGUAGES, Language, language_of
from corpus.language import language_asked


@pytest.mark.parametrize(
    "text",
    [
        "BOR itu artinya apa?",
        "berapa masker yg dikasih sichuan ke jabar?",
        "apa itu sister province",
        "siapa Ridwan Kamil?",
        "apa itu social safety net?",
        "jelaskan West Java Investment Summit",
        "trus yang ke BNPB berapa?",
        "Kapan The Beatles bubar?",
        "lockdown Wuhan kenapa",
        "kesimpulan paper ini?",
        "Pembinaan kelembagaan dilaksanakan secara berkesinambungan",
        "terima kasih",
        "",
        "2021",
    ],
)
def test_indonesian(text: str) -> None:
    assert language_of(text) == "id"


@pytest.mark.parametrize(
    "text",
    [
        "what is DTKS?",
        "wait, there's something about pandas in this paper??",
        "who is Ridwan Kamil",
        "how many masks",
        "and for Maroko?",
        "what does Peraturan Gubernur Nomor 26 Tahun 2020 say?",
        "What is Pusat Informasi dan Koordinasi COVID-19 Jawa Barat?",
        "Does the paper mention Hubungan Provinsi Bersaudara?",
        "training Mandarin for civil servants",
        "what\u2019s in Tabel 1",
        "thanks",
    ],
)
def test_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("what is DTKS?", "en"),
        ("apa itu DTKS?", "id"),
        ("how many masks", "en"),
        ("masker yang dikirim", "id"),
        ("masks", None),
        ("help", None),
        ("masker", None),
        ("BNPB 2020?", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("reads", LANGUAGES)
def test_a_question_without_small_words_is_in_the_pages_language(
    question: str, language: Language | None, reads: Language
) -> None:
    assert language_asked(question, reads) == (language or reads)
