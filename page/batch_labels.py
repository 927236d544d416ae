"""The words of the batch tab, in both languages."""

from __future__ import annotations

from typing import Final

from corpus import Language

BATCH_LABELS: Final[dict[Language, dict[str, str]]] = {
    "id": {
        "batch_note": "Unggah berkas berisi pertanyaan, paling banyak 5 MB dan 2.000 pertanyaan; jawabannya dapat "
        "diunduh sebagai tabel. Untuk berkas yang lebih besar: python -m assistant batch PERTANYAAN JAWABAN.",
        "batch_upload": "Berkas pertanyaan",
        "batch_example": "Unduh berkas contoh",
        "batch_empty": "Belum ada berkas. Yang dapat dibaca: CSV dengan kolom question (kolom id dan language, "
        "yaitu id atau en, boleh ada), JSONL dengan isian yang sama di setiap baris, atau teks dengan satu pertanyaan "
        "per baris.",
        "batch_too_big": "{name} lebih besar daripada 5 MB; bagi berkas itu, atau pakai: "
        "python -m assistant batch PERTANYAAN JAWABAN",
        "batch_too_many": "{name} berisi {count} pertanyaan, lebih dari 2.000; bagi berkas itu, atau pakai: "
        "python -m assistant batch PERTANYAAN JAWABAN",
        "batch_ready": "{name}: {total} pertanyaan terbaca. Tekan “Mulai” untuk menjawabnya.",
        "batch_in_line": "Menunggu giliran…",
        "batch_full_of_one": "Sudah ada {most} kumpulan pertanyaan yang dikerjakan dari alamat ini; coba lagi setelah "
        "salah satunya selesai.",
        "batch_full": "Sudah ada {most} kumpulan pertanyaan yang dikerjakan; coba lagi beberapa menit kemudian.",
        "batch_left": "Dihentikan: tidak ada yang menunggu jawabannya.",
        "batch_loading": "Model masih dimuat. Pertanyaan dijawab begitu siap…",
        "batch_running": "Menjawab {name}, bergiliran dengan berkas lain… Biarkan halaman ini terbuka.",
        "batch_stopping": "Berhenti setelah pertanyaan yang sedang dikerjakan…",
        "batch_stopped": "Dihentikan. Jawaban yang sudah ada dapat diunduh; sisanya dapat dilanjutkan.",
        "batch_done": "Selesai: {name}.",
        "batch_progress": "{done} dari {total} pertanyaan selesai",
        "batch_start": "Mulai",
        "batch_resume": "Lanjutkan",
        "batch_cancel": "Batalkan",
        "batch_show": "Tampilkan",
        "batch_all": "Semua",
        "batch_answered": "Terjawab",
        "batch_corrected": "Diluruskan",
        "batch_not_in_paper": "Tidak ditemukan",
        "batch_replied": "Dibalas",
        "batch_error": "Galat",
        "batch_waiting": "Menunggu",
        "batch_table": "Jawaban",
        "batch_id": "ID",
        "batch_question": "Pertanyaan",
        "batch_status": "Status",
        "batch_short": "Jawaban singkat",
        "batch_answer": "Jawaban",
        "batch_pages": "Halaman",
        "batch_confidence": "Keyakinan",
        "batch_download": "Unduh:",
        "batch_answers_name": "jawaban",
    },
    "en": {
        "batch_note": "Upload a file of questions, at most 5 MB and 2,000 questions; the answers can be downloaded "
        "as a table. For a larger file: python -m assistant batch QUESTIONS ANSWERS.",
        "batch_upload": "File of questions",
        "batch_example": "Download an example file",
        "batch_empty": "No file yet. What can be read: CSV with a column question (columns id and language, which is "
        "id or en, may be there), JSONL with the same fields on each line, or text with one question on each line.",
        "batch_too_big": "{name} is larger than 5 MB; split it, or use: python -m assistant batch QUESTIONS ANSWERS",
        "batch_too_many": "{name} holds {count} questions, more than 2,000; split it, or use: "
        "python -m assistant batch QUESTIONS ANSWERS",
        "batch_ready": "{name}: {total} questions were read. Press “Start” to have them answered.",
        "batch_in_line": "Waiting in line…",
        "batch_full_of_one": "{most} batches from this address are being worked on already; try again when one of them "
        "is done.",
        "batch_full": "{most} batches are being worked on already; try again in a few minutes.",
        "batch_left": "Stopped: nobody waits for the answers.",
        "batch_loading": "The model is still loading. The questions are answered as soon as it is ready…",
        "batch_running": "Answering {name}, in turn with other files… Keep this page open.",
        "batch_stopping": "Stopping after the questions that are being worked on…",
        "batch_stopped": "Stopped. What is answered can be downloaded; the rest can be resumed.",
        "batch_done": "Done: {name}.",
        "batch_progress": "{done} of {total} questions done",
        "batch_start": "Start",
        "batch_resume": "Resume",
        "batch_cancel": "Cancel",
        "batch_show": "Show",
        "batch_all": "All",
        "batch_answered": "Answered",
        "batch_corrected": "Corrected",
        "batch_not_in_paper": "Not found",
        "batch_replied": "Replied",
        "batch_error": "Error",
        "batch_waiting": "Waiting",
        "batch_table": "Answers",
        "batch_id": "ID",
        "batch_question": "Question",
        "batch_status": "Status",
        "batch_short": "Short answer",
        "batch_answer": "Answer",
        "batch_pages": "Pages",
        "batch_confidence": "Confidence",
        "batch_download": "Download:",
        "batch_answers_name": "answers",
    },
}


def batch_label(key: str, language: Language, **values: object) -> str:
    """Return one of the tab's words in a language, with values put into it."""
    return BATCH_LABELS[language][f"batch_{key}"].format(**values)
