"""Everything the assistant says in its own words, in both languages."""

from __future__ import annotations

from typing import Final

from corpus import Language

_WORDING: Final[dict[str, dict[Language, str]]] = {
    "not_in_paper": {
        "id": "Makalah ini tidak menyebutkannya.",
        "en": "The paper does not say.",
    },
    "not_in_paper_when": {"id": "Makalah ini tidak menyebutkan kapan.", "en": "The paper does not say when."},
    "not_in_paper_how_many": {
        "id": "Makalah ini tidak menyebutkan berapa.",
        "en": "The paper does not give that figure.",
    },
    "not_in_paper_who": {"id": "Makalah ini tidak menyebutkan siapa.", "en": "The paper does not say who."},
    "not_in_paper_where": {"id": "Makalah ini tidak menyebutkan di mana.", "en": "The paper does not say where."},
    "not_in_paper_why": {"id": "Makalah ini tidak menyebutkan mengapa.", "en": "The paper does not say why."},
    "not_in_paper_how": {"id": "Makalah ini tidak menyebutkan bagaimana.", "en": "The paper does not say how."},
    "not_in_papers": {"id": "Tidak satu pun makalah di sini menyebutkannya.", "en": "None of the papers says."},
    "not_in_papers_when": {
        "id": "Tidak satu pun makalah di sini menyebutkan kapan.",
        "en": "None of the papers says when.",
    },
    "not_in_papers_how_many": {
        "id": "Tidak satu pun makalah di sini menyebutkan berapa.",
        "en": "None of the papers gives that figure.",
    },
    "not_in_papers_who": {
        "id": "Tidak satu pun makalah di sini menyebutkan siapa.",
        "en": "None of the papers says who.",
    },
    "not_in_papers_where": {
        "id": "Tidak satu pun makalah di sini menyebutkan di mana.",
        "en": "None of the papers says where.",
    },
    "not_in_papers_why": {
        "id": "Tidak satu pun makalah di sini menyebutkan mengapa.",
        "en": "None of the papers says why.",
    },
    "not_in_papers_how": {
        "id": "Tidak satu pun makalah di sini menyebutkan bagaimana.",
        "en": "None of the papers says how.",
    },
    "other_papers": {
        "id": "Makalah lain juga menjawabnya: {markers}.",
        "en": "Other papers answer it, too: {markers}.",
    },
    "nowhere": {"id": "{names} tidak ada di dalamnya.", "en": "It nowhere mentions {names}."},
    "not_so": {
        "id": "Makalah ini tidak mengatakan demikian. Yang dikatakannya:",
        "en": "The paper does not say so. What it does say:",
    },
    "not_explained": {
        "id": "Makalah ini memakai “{term}” tanpa menjelaskannya.",
        "en": "The paper uses “{term}” without explaining it.",
    },
    "not_spelled_out": {
        "id": "Makalah ini memakai “{term}” tanpa menyebutkan kepanjangannya.",
        "en": "The paper uses “{term}” without saying what it stands for.",
    },
    "called": {
        "id": "{where} disebut {names}.",
        "en": "{where} it is called {names}.",
    },
    "called_in_translation": {
        "id": "{where}, menurut terjemahan Tanya, disebut {names}.",
        "en": "{where}, in Tanya's translation, it is called {names}.",
    },
    "in_id": {"id": "Dalam bahasa Indonesia", "en": "In Indonesian"},
    "in_en": {"id": "Dalam bahasa Inggris", "en": "In English"},
    "see_also": {
        "id": "Lihat juga {markers}.",
        "en": "See also {markers}.",
    },
    "translated": {
        "id": "(Terjemahan dari Tanya, bukan dari penulis makalah; aslinya ada pada kutipan.)",
        "en": "(Translated by Tanya, not by the authors; the original stands with the quote.)",
    },
    "noted": {
        "id": "Catatan dari Tanya: {note}",
        "en": "Tanya notes: {note}",
    },
    "related": {
        "id": "Yang paling dekat (bukan jawaban):",
        "en": "What comes nearest (not an answer):",
    },
    "place": {
        "id": "hlm. {pages}, {section}",
        "en": "p. {pages}, {section}",
    },
    "page": {"id": "hlm. {pages}", "en": "p. {pages}"},
    "pages_counted": {
        "id": "Halaman dihitung dari 1 di berkasnya; nomor yang tercetak bisa lain.",
        "en": "Pages are counted from 1 in the file; printed numbers may differ.",
    },
    "original": {"id": "aslinya: “{quote}”", "en": "original: “{quote}”"},
    "translated_by_project": {"id": "terjemahan Tanya", "en": "Tanya's translation"},
    "translated_by_authors": {"id": "dari abstrak penulis sendiri", "en": "from the authors' own abstract"},
    "understood_as": {"id": "Dipahami sebagai: {question}", "en": "Understood as: {question}"},
    "empty": {
        "id": "Pertanyaannya kosong: tulislah satu pertanyaan.",
        "en": "The question is empty: write a question.",
    },
    "too_long": {
        "id": "Pertanyaannya terlalu panjang: {length} karakter, batasnya {limit}. Persingkatlah.",
        "en": "The question is too long: {length} characters, the limit is {limit}. Shorten it.",
    },
    "no_words": {
        "id": "Tidak ada kata dalam pertanyaan {question}: tulislah pertanyaan dengan kata-kata.",
        "en": "There are no words in the question {question}: write it in words.",
    },
    "not_text": {
        "id": "Pertanyaannya bukan teks melainkan {kind}: berikan pertanyaan sebagai teks.",
        "en": "The question is not text but {kind}: give it as text.",
    },
}


def say(key: str, language: Language, **values: object) -> str:
    """Return a sentence in a language, its places filled in."""
    return _WORDING[key][language].format(**values)
