"""The page's own texts, each in both languages, and the questions that it offers to begin with."""

from __future__ import annotations

from typing import Final, TypeVar

from corpus import LANGUAGES, Language, TanyaError

_Error = TypeVar("_Error", bound=TanyaError)

_TABLE: Final[dict[str, tuple[str, str]]] = {
    # The key, then the text in Indonesian and in English.
    # The bar and the papers
    "library": ("Kumpulan makalah", "A library of papers"),
    "bundled_name": (
        "Jawa Barat dan Sichuan dalam menanggulangi COVID-19 (makalah bawaan)",
        "West Java and Sichuan against COVID-19 (the bundled paper)",
    ),
    "paper_lost": (
        ("Makalah itu tidak dapat dibuka lagi: sudah dikeluarkan dari kumpulan, atau rusak. Pilih makalah lain."),
        ("That paper can no longer be opened: it was removed from the library, or is damaged. Choose another."),
    ),
    "papers": ("makalah", "papers"),
    "papers_one": ("makalah", "paper"),
    "paper": ("Makalah", "Paper"),
    "papers_asked": ("Hanya makalah ini (kosong: semua)", "Only these papers (empty: all)"),
    "pages": ("halaman", "pages"),
    "pages_one": ("halaman", "page"),
    "own_too_large": (
        ("{name}: lebih dari {limit} MB; berikan berkas yang lebih kecil, misalnya hanya halaman yang diperlukan."),
        "{name}: more than {limit} MB; give a smaller file, such as only the pages you need.",
    ),
    "own_reading": ("Membaca", "Reading"),
    "own_model": (
        "Sudah dapat dibaca; menunggu model dimuat:",
        "It can be read already; waiting for the model to load:",
    ),
    "own_line": (
        "Sudah dapat dibaca; menunggu giliran menyiapkan pencarian:",
        "It can be read already; waiting its turn to prepare the search:",
    ),
    "own_indexing": ("Sudah dapat dibaca; menyiapkan pencarian:", "It can be read already; preparing the search:"),
    "own_ready": ("Siap ditanya:", "Ready to be asked:"),
    "own_idle": (
        "Makalah Anda ditutup setelah {minutes} menit tidak dipakai; letakkan lagi berkasnya.",
        "Your paper was closed after {minutes} minutes without use; drop the file again.",
    ),
    "own_made_room": (
        "Makalah Anda ditutup untuk memberi tempat bagi makalah lain; letakkan lagi berkasnya.",
        "Your paper was closed to make room for another one; drop the file again.",
    ),
    "own_full": (
        "{name}: saat ini tidak ada tempat bagi satu makalah lagi; coba lagi beberapa menit kemudian.",
        "{name}: there is no room for one more paper just now; try again in a few minutes.",
    ),
    "own_busy": (
        "{name}: terlalu banyak berkas sedang dibaca; coba lagi sebentar kemudian.",
        "{name}: too many files are being read just now; try again in a moment.",
    ),
    "own_unread": (
        "{name}: unggahan ini tidak sampai utuh; coba sekali lagi.",
        "{name}: the upload did not arrive whole; try again.",
    ),
    "skip": ("Langsung ke kotak pertanyaan", "Skip to the question"),
    "menu": ("Menu", "Menu"),
    "views": ("Bagian halaman", "Views"),
    "more": ("Lainnya", "More"),
    "speak": ("Indonesia", "English"),
    "view_ask": ("Tanya", "Ask"),
    "view_read": ("Baca", "Read"),
    "view_findings": ("Temuan", "Findings"),
    "view_glossary": ("Glosarium", "Glossary"),
    "view_table": ("Setiap makalah", "Every paper"),
    "view_batch": ("Tanya sekaligus", "Batch"),
    "own_open": ("Buka makalah sendiri…", "Open your own paper…"),
    "own_other": ("Buka makalah lain…", "Open another paper…"),
    "own_keep": ("Simpan di peramban ini", "Keep it in this browser"),
    "own_close": ("Tutup makalah ini", "Close this paper"),
    "own_limit": (
        (
            "PDF, DOCX, EPUB, HTML, Markdown, atau teks, paling besar 20 MB. Dibaca di komputer yang "
            "menjalankan Tanya, hanya untuk sesi ini: hilang setelah halaman ditutup atau dimuat "
            "ulang, kecuali disimpan di peramban ini."
        ),
        (
            "PDF, DOCX, EPUB, HTML, Markdown or text, at most 20 MB. It is read on the computer that "
            "runs Tanya, for this session only: gone once the page is closed or reloaded, unless it "
            "is kept in this browser."
        ),
    ),
    "own_gone": ("Makalah Anda sudah ditutup.", "Your paper has been closed."),
    "own_lost": (
        "Makalah Anda tidak ada lagi di sesi ini; buka lagi berkasnya.",
        "Your paper is no longer in this session; open the file again.",
    ),
    "drop_here": ("Lepaskan untuk membuka makalah ini", "Drop to open this paper"),
    "library_add": ("Tambahkan makalah ke kumpulan…", "Add papers to the library…"),
    "library_adding": ("Menambahkan makalah ke kumpulan…", "Adding papers to the library…"),
    "library_added": ("{name}: ada di kumpulan.", "{name}: in the library."),
    "more_papers": ("dan {count} makalah lagi", "and {count} more papers"),
    "upload_text.drop_file": ("Letakkan berkas di sini", "Drop a file here"),
    # The progress of loading
    "starting": ("Menyiapkan…", "Starting…"),
    "model": ("Memuat model…", "Loading the model…"),
    "index": ("Menyiapkan indeks…", "Preparing the index…"),
    "ready": ("Siap", "Ready"),
    "failed": ("Gagal dimuat:", "Could not be loaded:"),
    "waiting": (
        "Model masih dimuat. Pertanyaan Anda dijawab begitu siap…",
        "The model is still loading. Your question is answered as soon as it is ready…",
    ),
    # The first screen
    "in_short": ("Ringkasnya", "In short"),
    "in_short_waits": ("Tanya sedang membaca makalah ini…", "Tanya is reading this paper…"),
    "part_aim": ("Tujuan", "Aim"),
    "part_method": ("Metode", "Method"),
    "part_result": ("Hasil", "Main result"),
    "part_conclusion": ("Kesimpulan", "Conclusion"),
    "begin": (
        "Tulis pertanyaan di bawah, atau mulai dengan salah satu ini",
        "Write a question below, or begin with one of these",
    ),
    "starter_term": ("Apa kepanjangan dari {term}?", "What does {term} stand for?"),
    # The conversation
    "question": ("Pertanyaan", "Question"),
    "question_hint": ("Tulis pertanyaan", "Write a question"),
    "ask": ("Tanya", "Ask"),
    "stop": ("Berhenti", "Stop"),
    "understood_as": ("Dipahami sebagai:", "Understood as:"),
    "page": ("hlm.", "p."),
    "word_for_word": ("Aslinya, kata demi kata:", "The original, word for word:"),
    "translated_by_project": (
        "Terjemahan dari Tanya, bukan dari penulis makalah:",
        "Tanya's translation, not the authors':",
    ),
    "translated_by_authors": (
        "Dari penulis makalah sendiri, dalam abstrak bahasa lainnya:",
        "The authors' own words, from their abstract in the other language:",
    ),
    "conversations": ("Percakapan sebelumnya", "Earlier conversations"),
    "new_chat": ("Percakapan baru", "New conversation"),
    "save_md": ("Markdown", "Markdown"),
    "save_json": ("JSON", "JSON"),
    "save_bib": ("BibTeX", "BibTeX"),
    "save_ris": ("RIS", "RIS"),
    "save_txt": ("Kutipan (teks)", "Quotes (text)"),
    "file_name": ("percakapan-tanya", "tanya-conversation"),
    "copied": ("Tersalin ✓", "Copied ✓"),
    "stopped": ("Dihentikan.", "Stopped."),
    "broken": (
        "Maaf, terjadi kesalahan di dalam program. Rinciannya ada di terminal Tanya.",
        "Sorry, something went wrong inside the program. Tanya's terminal has the details.",
    ),
    "turn": ("Pertanyaan", "Question"),
    "edit_question": ("Ubah pertanyaan ini", "Edit this question"),
    "retry": ("Coba lagi", "Try again"),
    "answering": ("Mencari di makalah…", "Looking in the paper…"),
    "contradicted": ("Makalah menyatakan lain", "The paper says otherwise"),
    "supported": ("Didukung makalah", "The paper supports this"),
    "further_passage": ("1 kutipan lagi", "1 more passage"),
    "further_passages": ("{count} kutipan lagi", "{count} more passages"),
    "rows_printed": ("Baris-barisnya seperti tercetak", "The rows as printed"),
    "closest": ("Kutipan terdekat, bukan jawaban:", "The closest passage, which is no answer:"),
    "original": ("Aslinya", "Original"),
    "copy": ("Salin", "Copy"),
    "cite": ("Kutip", "Cite"),
    "link": ("Tautan", "Link"),
    "verdict_good": ("Tepat", "Right"),
    "verdict_bad": ("Keliru", "Wrong"),
    "strength_note": (
        (
            "Keyakinan bahwa kutipan ini menjawab pertanyaan itu: kuat jika 8 dari 10 jawaban seperti "
            "ini benar, mungkin jika 6 dari 10, selain itu lemah."
        ),
        (
            "How sure it is that these quotes answer the question: strong where 8 of 10 such answers "
            "do, likely where 6 of 10 do, or else weak."
        ),
    ),
    "go_on": ("Tanya berikutnya", "Ask next"),
    "did_you_mean": ("Mungkin maksud Anda", "Did you mean"),
    "source": ("Sumber", "Source"),
    "export": ("Simpan", "Export"),
    "delete_chat": ("Hapus percakapan ini", "Delete this conversation"),
    "restore_chat": ("Urungkan hapus", "Undo the deletion"),
    "save_apa.txt": ("APA", "APA"),
    "link_of_other_paper": (
        ("Tautan ini menanyakan makalah lain, yang tidak terbuka di sini. Buka berkas makalah itu, lalu tanyakan."),
        ("This link asks about another paper, which is not open here. Open that paper's file, then ask."),
    ),
    # The paper
    "nothing_found": (
        "Tidak ada yang cocok. Coba kata lain, atau kosongkan pencarian.",
        "Nothing matches. Try another word, or empty the search.",
    ),
    "show_on_page": ("Lihat di halamannya", "Show on the page"),
    "page_number": ("Halaman", "Page"),
    "page_of": ("Halaman (dari {last})", "Page (of {last})"),
    "section": ("Bagian", "Section"),
    "search_paper": ("Cari dalam makalah", "Search the paper"),
    "page_text": ("Teks halaman ini", "This page's text"),
    "recognised": ("teks hasil pengenalan", "recognised text"),
    "recognised_page": (
        "Teks halaman ini dikenali dari gambarnya (OCR), jadi mungkin ada huruf yang keliru.",
        "This page's text was recognised in its picture (OCR), and may be wrong in a letter.",
    ),
    "not_located": (
        (
            "Kata-kata kutipan ini tidak dapat dipastikan letaknya pada gambar halaman, jadi tidak "
            "ada yang ditandai. Teksnya ada di bawah gambar."
        ),
        (
            "Where this quote's words stand on the picture of the page cannot be told for certain, so "
            "nothing is boxed. The text is below the picture."
        ),
    ),
    "dismiss": ("Tutup pesan ini", "Dismiss this message"),
    "back": ("← Kembali ke jawaban", "← Back to the answer"),
    "wording": ("Bahasa", "Language"),
    "wording_original": ("Aslinya", "Original"),
    "wording_id": ("Indonesia", "Indonesian"),
    "wording_en": ("Inggris", "English"),
    "wording_both": ("Keduanya", "Both"),
    "copy_quote": ("Salin kutipan", "Copy quote"),
    "ask_about": ("Tanyakan ini", "Ask about this"),
    "asked_about": ("Apa maksud “{text}”?", "What is meant by “{text}”?"),
    # Findings and glossary
    "findings_note": (
        "Temuan dirumuskan oleh Tanya dari kalimat makalah; klik untuk melihat kalimatnya.",
        "Findings are worded by Tanya from the paper's sentences; click one to see them.",
    ),
    "glossary_note": (
        (
            "Istilah, singkatan, dan nama dalam makalah; klik untuk melihat pemakaiannya. Artinya "
            "hanya ada jika makalah menyebut atau menyiratkannya."
        ),
        (
            "Terms, abbreviations and names in the paper; click one to see its use. A meaning is "
            "there only where the paper gives or implies one."
        ),
    ),
    "search": ("Cari", "Search"),
    "search_hint": ("Kata atau frasa, bahasa Indonesia atau Inggris", "A word or a phrase, in Indonesian or English"),
    "charts_note": (
        "Klik sebuah batang untuk membuka kalimat yang menjadi dasarnya.",
        "Click a bar to open the sentence it rests on.",
    ),
    "chart_partners": ("Kegiatan paradiplomasi menurut mitra", "Paradiplomacy activities by partner"),
    "chart_fields": (
        "Kegiatan paradiplomasi menurut bidang (yang angkanya disebut)",
        "Paradiplomacy activities by field (those with a figure)",
    ),
    "chart_programmes": (
        "Kedua belas program menurut status (dihitung dari Tabel 1)",
        "The twelve programs by status (counted from Table 1)",
    ),
    "chart_forecasts": ("Prediksi ekonomi dunia tahun 2020 (%)", "Forecasts of the world economy for 2020 (%)"),
    "findings": ("temuan", "findings"),
    "findings_one": ("temuan", "finding"),
    "sentences": ("kalimat", "sentences"),
    "sentences_one": ("kalimat", "sentence"),
    "terms": ("istilah", "terms"),
    "terms_one": ("istilah", "term"),
    "programmes": ("program", "programs"),
    "programmes_one": ("program", "program"),
    "in_the_paper": ("Kalimat makalah", "Sentences of the paper"),
    "not_explained": ("Makalah ini tidak menjelaskannya.", "The paper does not explain it."),
    "download_csv": ("Unduh CSV", "Download CSV"),
    "done": ("Terlaksana", "Implemented"),
    "in-process": ("Proses", "In process"),
    "key_findings": ("Temuan utama", "Key findings"),
    "charts": ("Grafik", "Charts"),
    "in_other_language": ("Dalam bahasa Inggris", "In Indonesian"),
    "more_evidence": ("Bukti lainnya", "Further evidence"),
    "also_written": ("Juga ditulis:", "Also written:"),
    "csv_name": ("tanya-temuan.csv", "tanya-findings.csv"),
    # Batches
    "batch_note": (
        (
            "Unggah berkas berisi pertanyaan, paling banyak 5 MB dan 2.000 pertanyaan; jawabannya "
            "dapat diunduh sebagai tabel. Untuk berkas yang lebih besar: tanya batch PERTANYAAN JAWABAN."
        ),
        (
            "Upload a file of questions, at most 5 MB and 2,000 questions; the answers can be "
            "downloaded as a table. For a larger file: tanya batch QUESTIONS ANSWERS."
        ),
    ),
    "batch_upload": ("Berkas pertanyaan", "File of questions"),
    "batch_example": ("Unduh berkas contoh", "Download an example file"),
    "batch_empty": (
        (
            "Belum ada berkas. Yang dapat dibaca: CSV dengan kolom question (kolom id dan language, "
            "yaitu id atau en, boleh ada), JSONL dengan isian yang sama di setiap baris, atau teks "
            "dengan satu pertanyaan per baris."
        ),
        (
            "No file yet. What can be read: CSV with a column question (columns id and language, "
            "which is id or en, may be there), JSONL with the same fields on each line, or text with "
            "one question on each line."
        ),
    ),
    "batch_too_big": (
        "{name} lebih besar daripada 5 MB; bagi berkas itu, atau pakai: tanya batch PERTANYAAN JAWABAN",
        "{name} is larger than 5 MB; split it, or use: tanya batch QUESTIONS ANSWERS",
    ),
    "batch_too_many": (
        (
            "{name} berisi {count} pertanyaan, lebih dari 2.000; bagi berkas itu, "
            "atau pakai: tanya batch PERTANYAAN JAWABAN"
        ),
        "{name} holds {count} questions, more than 2,000; split it, or use: tanya batch QUESTIONS ANSWERS",
    ),
    "batch_ready": (
        "{name}: {total} pertanyaan terbaca. Tekan “Mulai” untuk menjawabnya.",
        "{name}: {total} questions were read. Press “Start” to have them answered.",
    ),
    "batch_in_line": ("Menunggu giliran…", "Waiting in line…"),
    "batch_full_of_one": (
        (
            "Sudah ada {most} kumpulan pertanyaan yang dikerjakan dari alamat ini; coba lagi setelah "
            "salah satunya selesai."
        ),
        ("{most} batches from this address are being worked on already; try again when one of them is done."),
    ),
    "batch_full": (
        "Sudah ada {most} kumpulan pertanyaan yang dikerjakan; coba lagi beberapa menit kemudian.",
        "{most} batches are being worked on already; try again in a few minutes.",
    ),
    "batch_left": ("Dihentikan: tidak ada yang menunggu jawabannya.", "Stopped: nobody waits for the answers."),
    "batch_loading": (
        "Model masih dimuat. Pertanyaan dijawab begitu siap…",
        "The model is still loading. The questions are answered as soon as it is ready…",
    ),
    "batch_running": (
        "Menjawab {name}, bergiliran dengan berkas lain… Biarkan halaman ini terbuka.",
        "Answering {name}, in turn with other files… Keep this page open.",
    ),
    "batch_stopping": (
        "Berhenti setelah pertanyaan yang sedang dikerjakan…",
        "Stopping after the questions that are being worked on…",
    ),
    "batch_stopped": (
        "Dihentikan. Jawaban yang sudah ada dapat diunduh; sisanya dapat dilanjutkan.",
        "Stopped. What is answered can be downloaded; the rest can be resumed.",
    ),
    "batch_done": ("Selesai: {name}.", "Done: {name}."),
    "batch_progress": ("{done} dari {total} pertanyaan selesai", "{done} of {total} questions done"),
    "batch_start": ("Mulai", "Start"),
    "batch_resume": ("Lanjutkan", "Resume"),
    "batch_cancel": ("Batalkan", "Cancel"),
    "batch_show": ("Tampilkan", "Show"),
    "batch_all": ("Semua", "All"),
    "batch_answered": ("Terjawab", "Answered"),
    "batch_corrected": ("Diluruskan", "Corrected"),
    "batch_not_in_paper": ("Tidak ditemukan", "Not found"),
    "batch_replied": ("Dibalas", "Replied"),
    "batch_error": ("Galat", "Error"),
    "batch_waiting": ("Menunggu", "Waiting"),
    "batch_rows": ("Jawaban", "Answers"),
    "batch_id": ("ID", "ID"),
    "batch_question": ("Pertanyaan", "Question"),
    "batch_status": ("Status", "Status"),
    "batch_short": ("Jawaban singkat", "Short answer"),
    "batch_pages": ("Halaman", "Pages"),
    "batch_confidence": ("Keyakinan", "Confidence"),
    "batch_download": ("Unduh:", "Download:"),
    "batch_answers_name": ("jawaban", "answers"),
    # One question to every paper
    "table_note": (
        ("Ajukan satu pertanyaan kepada setiap makalah: satu baris untuk setiap makalah, lalu unduh tabelnya."),
        "Ask every paper one question: a row for each paper, and the table to download.",
    ),
    "table_empty": ("Belum ada pertanyaan.", "No question yet."),
    "table_running": (
        "Menanyai setiap makalah: “{name}” Biarkan halaman ini terbuka.",
        "Asking every paper: “{name}” Keep this page open.",
    ),
    "table_stopped": (
        "Dihentikan: “{name}” Baris yang sudah ada dapat diunduh; sisanya dapat dilanjutkan.",
        "Stopped: “{name}” The rows that are there can be downloaded; the rest can be resumed.",
    ),
    "table_done": ("Selesai: “{name}”", "Done: “{name}”"),
    "table_progress": ("{done} dari {total} makalah ditanyai", "{done} of {total} papers asked"),
    "table_paper": ("Makalah", "Paper"),
    "table_page": ("Halaman", "Page"),
    "table_quote": ("Kutipan", "Quote"),
    "table_rows": ("Jawaban setiap makalah", "What each paper answers"),
    "table_file_name": ("setiap-makalah", "every-paper"),
    # Verdicts
    "feedback_note": ("Catatan untuk penilaian Anda (boleh kosong)", "A note on your verdict (optional)"),
    "feedback_send": ("Simpan catatan", "Keep the note"),
    "feedback_kept": (
        "Penilaian Anda tersimpan di komputer yang menjalankan Tanya.",
        "Your verdict is kept on the computer that runs Tanya.",
    ),
    "feedback_failed": (
        "Penilaian Anda tidak dapat disimpan; rinciannya ada di terminal Tanya.",
        "Your verdict could not be kept; Tanya's terminal has the details.",
    ),
    # The door
    "too_fast": (
        "Terlalu banyak permintaan dari alamat ini. Coba lagi dalam {seconds} detik.",
        "Too many requests from this address. Try again in {seconds} seconds.",
    ),
    "too_many_guesses": (
        "Terlalu banyak percobaan masuk yang gagal. Coba lagi dalam {seconds} detik.",
        "Too many failed attempts to sign in. Try again in {seconds} seconds.",
    ),
    "unknown_host": (
        "Tanya tidak dilayankan dengan nama {name}. Untuk mengizinkannya: --allow-host {name}",
        "Tanya is not served by the name {name}. To allow that: --allow-host {name}",
    ),
    "foreign_page": (
        (
            "Permintaan ini datang dari halaman lain; hanya halaman di {host} boleh bertanya di sini. "
            "Proksi di depannya harus meneruskan tajuk Host apa adanya."
        ),
        (
            "This request comes from another page; only the page at {host} may ask here. A proxy "
            "before it has to pass on the Host header as it came."
        ),
    ),
    "too_much": ("Permintaan itu terlalu besar.", "That request is too large."),
    "unreadable": ("Permintaan itu tidak dapat dibaca.", "That request cannot be read."),
    "upload_unnamed": (
        "Berkas yang dikirim itu tidak bernama; beri nama, misalnya makalah.pdf.",
        "A file that was sent has no name; give it one, such as paper.pdf.",
    ),
    "sign_in": ("Masuk untuk bertanya.", "Sign in to ask."),
    "signed_out": ("Masuk dahulu.", "Sign in first."),
}

LABELS: Final[dict[Language, dict[str, str]]] = {
    language: {key: words[column] for key, words in _TABLE.items()} for column, language in enumerate(LANGUAGES)
}

STARTERS: Final[dict[str, dict[Language, tuple[str, ...]]]] = {
    "bundled": {
        "id": (
            "Berapa paket masker yang diberikan Sichuan?",
            "Kapan persetujuan Provinsi Bersaudara dengan Sichuan ditandatangani?",
            "Apa saja lima prioritas diplomasi Indonesia tahun 2021?",
            "Program apa saja yang masih dalam proses menurut Tabel 1?",
        ),
        "en": (
            "How many packs of masks did Sichuan donate?",
            "What is paradiplomacy?",
            "Why was West Java at high risk of COVID-19 spreading?",
            "Which programmes in Table 1 are still in process?",
        ),
    },
    "any": {
        "id": (
            "Makalah ini membahas tentang apa?",
            "Metode apa yang digunakan dalam penelitian ini?",
            "Apa hasil utama penelitian ini?",
            "Apa keterbatasan penelitian ini?",
        ),
        "en": (
            "What is this paper about?",
            "What method did the study use?",
            "What are the main findings?",
            "What are the limitations of this study?",
        ),
    },
    "library": {
        "id": ("Apa kesimpulan penelitiannya?", "Metode apa yang digunakan?"),
        "en": ("What are the main findings?", "What method was used?"),
    },
}
"""Questions to begin with, for the bundled paper, any other paper, and a library."""


def label(key: str, language: Language, **values: object) -> str:
    """Return one of the page's texts in a language, with values put into it."""
    words = LABELS[language][key]
    return words.format(**values) if values else words


def labelled_error(key: str, error: type[_Error] = TanyaError, **values: object) -> _Error:  # type: ignore[assignment]
    """Return an error whose message, in both languages, is one of the page's texts, with values put into it."""
    return error(label(key, "en", **values), indonesian=label(key, "id", **values))


def noun(things: str, count: int, language: Language) -> str:
    """Return the noun for a number of things: "sentence" for 1, "sentences" for all other numbers."""
    return label(f"{things}_one" if count == 1 else things, language)
