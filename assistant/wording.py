"""Everything the assistant says in its own words, in both languages."""

from __future__ import annotations

from typing import Final

from corpus import Language

_WORDING: Final[dict[str, dict[Language, str]]] = {
    "not_found": {"id": "Saya tidak menemukan ini di makalah.", "en": "I did not find this in the paper."},
    "not_found_in_papers": {
        "id": "Saya tidak menemukan ini di satu pun makalah.",
        "en": "I did not find this in any of the papers.",
    },
    "reply_greeting": {
        "id": "Halo! Saya menjawab pertanyaan tentang makalah ini dengan kalimat makalah itu sendiri, lengkap dengan "
        "halamannya. Silakan bertanya, dalam bahasa Indonesia atau Inggris.",
        "en": "Hello! I answer questions about this paper in its own sentences, with their pages. "
        "Ask me anything about it, in English or Indonesian.",
    },
    "reply_thanks": {
        "id": "Sama-sama! Silakan bertanya lagi tentang makalah ini.",
        "en": "You are welcome! Feel free to ask more about this paper.",
    },
    "reply_help": {
        "id": "Saya Tanya, asisten untuk bertanya pada makalah ini. Saya mengutip kalimatnya kata demi kata, dengan "
        "halaman dan bagiannya; atau berkata terus terang bila tidak menemukannya. Tanyakan fakta, alasan, "
        "daftar, isi tabel, ringkasan, kesimpulan, atau periksa suatu pernyataan (“Benarkah ...?”).",
        "en": "I am Tanya, an assistant for asking this paper questions. I quote its sentences word for word, with "
        "page and section, or say plainly that I did not find the answer. Ask for facts, reasons, lists, "
        "tables, a summary, the conclusion, or check a claim (“Is it true that ...?”).",
    },
    "reply_other": {
        "id": "Saya tidak menemukan pertanyaan di situ. Tanyakan sesuatu tentang makalah ini, dalam bahasa "
        "Indonesia atau Inggris.",
        "en": "I found no question in that. Ask me something about this paper, in English or Indonesian.",
    },
    "from_file": {"id": "dari berkasnya, bukan kutipan", "en": "from the file itself, not a quote"},
    "from_finding": {"id": "dirumuskan Tanya dari kutipan", "en": "put by Tanya, from the quotes"},
    "from_sources": {"id": "dari sumber yang dicantumkan dalam kurung", "en": "from the sources given in brackets"},
    "language_id": {"id": "bahasa Indonesia", "en": "Indonesian"},
    "language_en": {"id": "bahasa Inggris", "en": "English"},
    "file_pages": {"id": "{count} halaman", "en": "{count} pages"},
    "file_pages_one": {"id": "1 halaman", "en": "1 page"},
    "file_figures": {"id": "{count} gambar", "en": "{count} figures"},
    "file_figures_one": {"id": "1 gambar", "en": "1 figure"},
    "file_tables": {"id": "{count} tabel", "en": "{count} tables"},
    "file_tables_one": {"id": "1 tabel", "en": "1 table"},
    "file_languages": {"id": "{main}; bagian dalam {other}: {parts}", "en": "{main}; in {other}: {parts}"},
    "file_abstract": {"id": "“{title}” dalam {spoken} (hlm. {page})", "en": "“{title}” in {spoken} (p. {page})"},
    "file_abstracts": {"id": "Ya: {listed}", "en": "Yes: {listed}"},
    "file_references": {"id": "Ya: “{title}”, mulai halaman {page}", "en": "Yes: “{title}”, from page {page}"},
    "file_place": {"id": "{thing}: halaman {page}", "en": "{thing}: page {page}"},
    "file_no_title": {
        "id": "Berkas ini tidak memuat judul makalah.",
        "en": "The file does not hold the paper's title.",
    },
    "file_no_authors": {"id": "Berkas ini tidak memuat nama penulis.", "en": "The file does not name the authors."},
    "file_no_affiliation": {
        "id": "Saya tidak menemukan afiliasi penulis di berkas ini.",
        "en": "I did not find the authors' affiliation in the file.",
    },
    "file_no_published": {
        "id": "Berkas ini tidak menyebutkan kapan atau di mana makalah ini terbit.",
        "en": "The file does not say when or where the paper was published.",
    },
    "file_no_doi": {"id": "Berkas ini tidak memuat DOI.", "en": "The file holds no DOI."},
    "known_doi": {"id": "Yang diketahui Tanya dari luar berkas: {doi}.", "en": "Tanya knows it from elsewhere: {doi}."},
    "file_no_references": {
        "id": "Berkas ini tidak memuat daftar pustaka.",
        "en": "The file holds no list of references.",
    },
    "file_no_sections": {
        "id": "Saya tidak menemukan judul bagian di berkas ini.",
        "en": "I found no section titles in the file.",
    },
    "file_no_keywords": {"id": "Berkas ini tidak memuat kata kunci.", "en": "The file holds no keywords."},
    "file_no_abstract": {"id": "Berkas ini tidak memuat abstrak.", "en": "The file holds no abstract."},
    "file_no_place": {"id": "Saya tidak menemukannya di berkas ini.", "en": "I did not find that in the file."},
    "no_part_limitations": {
        "id": "Saya tidak menemukan penulis menyebutkan keterbatasan penelitian ini.",
        "en": "I did not find the authors stating limitations of the study.",
    },
    "no_part": {"id": "Saya tidak menemukan bagian itu di makalah.", "en": "I did not find that part in the paper."},
    "table_rows": {
        "id": "{count} baris Tabel {number} (hlm. {page})",
        "en": "the {count} rows of Table {number} (p. {page})",
    },
    "table_sentence": {
        "id": "{count} angka dalam kalimat di hlm. {page}",
        "en": "the {count} figures in the sentence on p. {page}",
    },
    "table_list": {"id": "daftar di hlm. {page}", "en": "the list on p. {page}"},
    "table_counted": {"id": "dihitung dari {where}", "en": "counted from {where}"},
    "table_added": {"id": "dijumlahkan dari {where}", "en": "added up from {where}"},
    "table_chosen": {"id": "dipilih dari {where}", "en": "chosen from {where}"},
    "table_compared": {"id": "dibandingkan dari {where}", "en": "compared from {where}"},
    "table_one": {"id": "{names}: {value}", "en": "{names}: {value}"},
    "table_each": {"id": "{names}: masing-masing {value}", "en": "{names}: {value} each"},
    "table_share": {"id": "{count} dari {all} ({value})", "en": "{count} of {all} ({value})"},
    "table_yes": {"id": "Ya: {value}", "en": "Yes: {value}"},
    "table_no": {"id": "Tidak: {value}", "en": "No: {value}"},
    "compared_more": {
        "id": "{first} lebih banyak: {more}; {second}: {fewer} (selisih {difference})",
        "en": "{first} has more: {more}; {second}: {fewer} (a difference of {difference})",
    },
    "compared_fewer": {
        "id": "{second} lebih sedikit: {fewer}; {first}: {more} (selisih {difference})",
        "en": "{second} has fewer: {fewer}; {first}: {more} (a difference of {difference})",
    },
    "compared_lower": {
        "id": "{second} lebih rendah: {fewer}; {first}: {more} (selisih {difference})",
        "en": "{second} is lower: {fewer}; {first}: {more} (a difference of {difference})",
    },
    "compared_higher": {
        "id": "{first} lebih tinggi: {more}; {second}: {fewer} (selisih {difference})",
        "en": "{first} is higher: {more}; {second}: {fewer} (a difference of {difference})",
    },
    "not_compared": {
        "id": "Tentang {thing} saya tidak menemukannya di makalah.",
        "en": "Of {thing} I did not find this in the paper.",
    },
    "compared_same": {
        "id": "Sama banyak: {first} dan {second}, masing-masing {more}",
        "en": "The same: {first} and {second}, {more} each",
    },
    "other_papers": {"id": "Makalah lain juga menjawabnya:", "en": "Other papers answer it, too:"},
    "papers_differ": {"id": "Makalah-makalah ini berbeda: {answers}", "en": "The papers differ: {answers}"},
    "nowhere": {"id": "{names} tidak ada di dalamnya.", "en": "It nowhere mentions {names}."},
    "not_so": {
        "id": "Makalah ini tidak mengatakan demikian. Yang dikatakannya:",
        "en": "The paper does not say so. What it does say:",
    },
    "claim_true": {"id": "Ya, makalah ini menyatakan demikian.", "en": "Yes, the paper says so."},
    "claim_false": {"id": "Makalah ini menyatakan lain:", "en": "The paper says otherwise:"},
    "from_enumeration": {"id": "butir-butir dalam kutipan", "en": "the items of the quote"},
    "from_papers": {"id": "dibandingkan dari jawaban setiap makalah", "en": "compared from what each paper answers"},
    "from_quote": {"id": "disimpulkan dari kutipan", "en": "concluded from the quote"},
    "not_explained": {
        "id": "Makalah ini memakai “{term}” tanpa menjelaskannya.",
        "en": "The paper uses “{term}” without explaining it.",
    },
    "not_spelled_out": {
        "id": "Makalah ini memakai “{term}” tanpa menyebutkan kepanjangannya.",
        "en": "The paper uses “{term}” without saying what it stands for.",
    },
    "called": {"id": "{where} disebut {names}.", "en": "{where} it is called {names}."},
    "called_in_translation": {
        "id": "{where}, menurut terjemahan Tanya, disebut {names}.",
        "en": "{where}, in Tanya's translation, it is called {names}.",
    },
    "in_id": {"id": "Dalam bahasa Indonesia", "en": "In Indonesian"},
    "in_en": {"id": "Dalam bahasa Inggris", "en": "In English"},
    "see_also": {"id": "Lihat juga {markers}.", "en": "See also {markers}."},
    "translated": {
        "id": "(Terjemahan dari Tanya, bukan dari penulis makalah; aslinya ada pada kutipan.)",
        "en": "(Translated by Tanya, not by the authors; the original stands with the quote.)",
    },
    "noted": {"id": "Catatan dari Tanya: {note}", "en": "Tanya notes: {note}"},
    "first_look": {
        "id": "Makalah ini masih disiapkan. Baru bagian yang memuat kata-kata pertanyaan yang dibaca; tanyakan lagi "
        "nanti untuk jawaban dari seluruh makalah.",
        "en": "This paper is still being prepared. So far, only the parts that share words with the question were "
        "read; ask again later for an answer from all of it.",
    },
    "related": {"id": "Yang paling dekat (bukan jawaban):", "en": "What comes nearest (not an answer):"},
    "place": {"id": "hlm. {pages}, {section}", "en": "p. {pages}, {section}"},
    "recognised": {"id": "teks hasil pengenalan", "en": "recognised text"},
    "page": {"id": "hlm. {pages}", "en": "p. {pages}"},
    "pages": {"id": "hlm. {pages}", "en": "pp. {pages}"},
    # As in the locales of the Citation Style Language.
    "undated": {"id": "t.t.", "en": "n.d."},
    "and_others": {"id": "dkk.", "en": "et al."},
    "strength_strong": {"id": "kuat", "en": "strong"},
    "strength_likely": {"id": "mungkin", "en": "likely"},
    "strength_weak": {"id": "lemah", "en": "weak"},
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
    """Return a sentence in a language, with its fields filled in."""
    return _WORDING[key][language].format(**values)
