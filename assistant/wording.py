"""Everything the assistant says in its own words, in both languages."""

from __future__ import annotations

from typing import Final

from corpus import LANGUAGES, Language

_WORDING: Final[dict[str, tuple[str, str]]] = {
    # The key, then the sentence in Indonesian and in English.
    "not_found": ("Saya tidak menemukan ini di makalah.", "I did not find this in the paper."),
    "not_found_in_papers": (
        "Saya tidak menemukan ini di satu pun makalah.",
        "I did not find this in any of the papers.",
    ),
    "reply_greeting": (
        "Halo! Saya menjawab pertanyaan tentang makalah ini dengan kalimat makalah itu sendiri, lengkap dengan "
        "halamannya. Silakan bertanya, dalam bahasa Indonesia atau Inggris.",
        "Hello! I answer questions about this paper in its own sentences, with their pages. "
        "Ask me anything about it, in English or Indonesian.",
    ),
    "reply_thanks": (
        "Sama-sama! Silakan bertanya lagi tentang makalah ini.",
        "You are welcome! Feel free to ask more about this paper.",
    ),
    "reply_help": (
        "Saya Tanya, asisten untuk bertanya pada makalah ini. Saya mengutip kalimatnya kata demi kata, dengan "
        "halaman dan bagiannya; atau berkata terus terang bila tidak menemukannya. Tanyakan fakta, alasan, "
        "daftar, isi tabel, ringkasan, kesimpulan, atau periksa suatu pernyataan (“Benarkah ...?”).",
        "I am Tanya, an assistant for asking this paper questions. I quote its sentences word for word, with "
        "page and section, or say plainly that I did not find the answer. Ask for facts, reasons, lists, "
        "tables, a summary, the conclusion, or check a claim (“Is it true that ...?”).",
    ),
    "reply_other": (
        "Saya tidak menemukan pertanyaan di situ. Tanyakan sesuatu tentang makalah ini, dalam bahasa "
        "Indonesia atau Inggris.",
        "I found no question in that. Ask me something about this paper, in English or Indonesian.",
    ),
    "from_file": ("dari berkasnya, bukan kutipan", "from the file itself, not a quote"),
    "from_finding": ("dirumuskan Tanya dari kutipan", "put by Tanya, from the quotes"),
    "from_sources": ("dari sumber yang dicantumkan dalam kurung", "from the sources given in brackets"),
    "language_id": ("bahasa Indonesia", "Indonesian"),
    "language_en": ("bahasa Inggris", "English"),
    "file_pages": ("{count} halaman", "{count} pages"),
    "file_pages_one": ("1 halaman", "1 page"),
    "file_figures": ("{count} gambar", "{count} figures"),
    "file_figures_one": ("1 gambar", "1 figure"),
    "file_tables": ("{count} tabel", "{count} tables"),
    "file_tables_one": ("1 tabel", "1 table"),
    "file_languages": ("{main}; bagian dalam {other}: {parts}", "{main}; in {other}: {parts}"),
    "file_abstract": ("“{title}” dalam {spoken} (hlm. {page})", "“{title}” in {spoken} (p. {page})"),
    "file_abstracts": ("Ya: {listed}", "Yes: {listed}"),
    "file_references": ("Ya: “{title}”, mulai halaman {page}", "Yes: “{title}”, from page {page}"),
    "file_place": ("{thing}: halaman {page}", "{thing}: page {page}"),
    "file_no_title": ("Berkas ini tidak memuat judul makalah.", "The file does not hold the paper's title."),
    "file_no_authors": ("Berkas ini tidak memuat nama penulis.", "The file does not name the authors."),
    "file_no_affiliation": (
        "Saya tidak menemukan afiliasi penulis di berkas ini.",
        "I did not find the authors' affiliation in the file.",
    ),
    "file_no_published": (
        "Berkas ini tidak menyebutkan kapan atau di mana makalah ini terbit.",
        "The file does not say when or where the paper was published.",
    ),
    "file_no_doi": ("Berkas ini tidak memuat DOI.", "The file holds no DOI."),
    "known_doi": ("Yang diketahui Tanya dari luar berkas: {doi}.", "Tanya knows it from elsewhere: {doi}."),
    "file_no_references": ("Berkas ini tidak memuat daftar pustaka.", "The file holds no list of references."),
    "file_no_sections": ("Saya tidak menemukan judul bagian di berkas ini.", "I found no section titles in the file."),
    "file_no_keywords": ("Berkas ini tidak memuat kata kunci.", "The file holds no keywords."),
    "file_no_abstract": ("Berkas ini tidak memuat abstrak.", "The file holds no abstract."),
    "file_no_place": ("Saya tidak menemukannya di berkas ini.", "I did not find that in the file."),
    "no_part_limitations": (
        "Saya tidak menemukan penulis menyebutkan keterbatasan penelitian ini.",
        "I did not find the authors stating limitations of the study.",
    ),
    "no_part_further_research": (
        "Saya tidak menemukan penulis menyebutkan penelitian selanjutnya.",
        "I did not find the authors naming further research.",
    ),
    "no_part": ("Saya tidak menemukan bagian itu di makalah.", "I did not find that part in the paper."),
    "table_rows": ("{count} baris Tabel {number} (hlm. {page})", "the {count} rows of Table {number} (p. {page})"),
    "table_sentence": (
        "{count} angka dalam kalimat di hlm. {page}",
        "the {count} figures in the sentence on p. {page}",
    ),
    "table_list": ("daftar di hlm. {page}", "the list on p. {page}"),
    "table_counted": ("dihitung dari {where}", "counted from {where}"),
    "table_added": ("dijumlahkan dari {where}", "added up from {where}"),
    "table_chosen": ("dipilih dari {where}", "chosen from {where}"),
    "table_compared": ("dibandingkan dari {where}", "compared from {where}"),
    "table_one": ("{names}: {value}", "{names}: {value}"),
    "table_each": ("{names}: masing-masing {value}", "{names}: {value} each"),
    "table_share": ("{count} dari {all} ({value})", "{count} of {all} ({value})"),
    "table_yes": ("Ya: {value}", "Yes: {value}"),
    "table_no": ("Tidak: {value}", "No: {value}"),
    "compared_more": (
        "{first} lebih banyak: {more}; {second}: {fewer} (selisih {difference})",
        "{first} has more: {more}; {second}: {fewer} (a difference of {difference})",
    ),
    "compared_fewer": (
        "{second} lebih sedikit: {fewer}; {first}: {more} (selisih {difference})",
        "{second} has fewer: {fewer}; {first}: {more} (a difference of {difference})",
    ),
    "compared_lower": (
        "{second} lebih rendah: {fewer}; {first}: {more} (selisih {difference})",
        "{second} is lower: {fewer}; {first}: {more} (a difference of {difference})",
    ),
    "compared_higher": (
        "{first} lebih tinggi: {more}; {second}: {fewer} (selisih {difference})",
        "{first} is higher: {more}; {second}: {fewer} (a difference of {difference})",
    ),
    "not_compared": (
        "Tentang {thing} saya tidak menemukannya di makalah.",
        "Of {thing} I did not find this in the paper.",
    ),
    "compared_same": (
        "Sama banyak: {first} dan {second}, masing-masing {more}",
        "The same: {first} and {second}, {more} each",
    ),
    "other_papers": ("Makalah lain juga menjawabnya:", "Other papers answer it, too:"),
    "papers_differ": ("Makalah-makalah ini berbeda: {answers}", "The papers differ: {answers}"),
    "nowhere": ("{names} tidak ada di dalamnya.", "It nowhere mentions {names}."),
    "not_so": (
        "Makalah ini tidak mengatakan demikian. Yang dikatakannya:",
        "The paper does not say so. What it does say:",
    ),
    "claim_true": ("Ya, makalah ini menyatakan demikian.", "Yes, the paper says so."),
    "claim_false": ("Makalah ini menyatakan lain:", "The paper says otherwise:"),
    "from_enumeration": ("butir-butir dalam kutipan", "the items of the quote"),
    "from_papers": ("dibandingkan dari jawaban setiap makalah", "compared from what each paper answers"),
    "from_quote": ("disimpulkan dari kutipan", "concluded from the quote"),
    "not_explained": (
        "Makalah ini memakai “{term}” tanpa menjelaskannya.",
        "The paper uses “{term}” without explaining it.",
    ),
    "not_spelled_out": (
        "Makalah ini memakai “{term}” tanpa menyebutkan kepanjangannya.",
        "The paper uses “{term}” without saying what it stands for.",
    ),
    "called": ("{where} disebut {names}.", "{where} it is called {names}."),
    "called_in_translation": (
        "{where}, menurut terjemahan Tanya, disebut {names}.",
        "{where}, in Tanya's translation, it is called {names}.",
    ),
    "in_id": ("Dalam bahasa Indonesia", "In Indonesian"),
    "in_en": ("Dalam bahasa Inggris", "In English"),
    "see_also": ("Lihat juga {markers}.", "See also {markers}."),
    "translated": (
        "(Terjemahan dari Tanya, bukan dari penulis makalah; aslinya ada pada kutipan.)",
        "(Translated by Tanya, not by the authors; the original stands with the quote.)",
    ),
    "noted": ("Catatan dari Tanya: {note}", "Tanya notes: {note}"),
    "first_look": (
        "Makalah ini masih disiapkan. Baru bagian yang memuat kata-kata pertanyaan yang dibaca; tanyakan lagi "
        "nanti untuk jawaban dari seluruh makalah.",
        "This paper is still being prepared. So far, only the parts that share words with the question were "
        "read; ask again later for an answer from all of it.",
    ),
    "related": ("Yang paling dekat (bukan jawaban):", "What comes nearest (not an answer):"),
    "place": ("hlm. {pages}, {section}", "p. {pages}, {section}"),
    "recognised": ("teks hasil pengenalan", "recognised text"),
    "page": ("hlm. {pages}", "p. {pages}"),
    "pages": ("hlm. {pages}", "pp. {pages}"),
    # As in the locales of the Citation Style Language.
    "undated": ("t.t.", "n.d."),
    "and_others": ("dkk.", "et al."),
    "strength_strong": ("kuat", "strong"),
    "strength_likely": ("mungkin", "likely"),
    "strength_weak": ("lemah", "weak"),
    "pages_counted": (
        "Halaman dihitung dari 1 di berkasnya; nomor yang tercetak bisa lain.",
        "Pages are counted from 1 in the file; printed numbers may differ.",
    ),
    "original": ("aslinya: “{quote}”", "original: “{quote}”"),
    "translated_by_project": ("terjemahan Tanya", "Tanya's translation"),
    "translated_by_authors": ("dari abstrak penulis sendiri", "from the authors' own abstract"),
    "understood_as": ("Dipahami sebagai: {question}", "Understood as: {question}"),
    "empty": ("Pertanyaannya kosong: tulislah satu pertanyaan.", "The question is empty: write a question."),
    "too_long": (
        "Pertanyaannya terlalu panjang: {length} karakter, batasnya {limit}. Persingkatlah.",
        "The question is too long: {length} characters, the limit is {limit}. Shorten it.",
    ),
    "no_words": (
        "Tidak ada kata dalam pertanyaan {question}: tulislah pertanyaan dengan kata-kata.",
        "There are no words in the question {question}: write it in words.",
    ),
    "not_text": (
        "Pertanyaannya bukan teks melainkan {kind}: berikan pertanyaan sebagai teks.",
        "The question is not text but {kind}: give it as text.",
    ),
}


def say(key: str, language: Language, **values: object) -> str:
    """Return a sentence in a language, with its fields filled in."""
    return _WORDING[key][LANGUAGES.index(language)].format(**values)
