"""The page's own words, in both languages, and the questions it offers to begin with."""

from __future__ import annotations

from typing import Final

from corpus import Language

LABELS: Final[dict[Language, dict[str, str]]] = {
    "id": {
        "purpose": "Tanyakan isi makalah ini; jawabannya adalah kalimat makalah itu sendiri.",
        "promise": "Tanya hanya mengutip, lengkap dengan halaman dan bagiannya, tanpa mengarang. "
        "Bacalah kutipannya: yang terdekat belum tentu menjawab.",
        "bundled": "Artikel berbahasa Indonesia tentang paradiplomasi Jawa Barat dan Sichuan "
        "dalam menanggulangi COVID-19",
        "pages": "halaman",
        "one_page": "halaman",
        "starting": "Menyiapkan…",
        "model": "Memuat model…",
        "index": "Menyiapkan indeks…",
        "ready": "Siap",
        "failed": "Gagal dimuat:",
        "conversation": "Percakapan",
        "question": "Pertanyaan",
        "question_hint": "Tulis pertanyaan",
        "begin": "Tulis pertanyaan tentang makalah ini dalam bahasa Indonesia atau Inggris, "
        "atau mulai dengan salah satu di bawah.",
        "ask": "Tanya",
        "stop": "Berhenti",
        "answer_in": "Bahasa pertanyaan",
        "automatic": "Otomatis",
        "evidence": "Bukti",
        "evidence_hint": "Kutipan makalah yang menjadi dasar jawaban akan tampil di sini.",
        "to_evidence": "Lihat bukti",
        "related": "Bagian terkait (bukan jawaban)",
        "related_note": "Makalah ini tidak menjawab pertanyaan itu. Inilah bagian yang paling dekat.",
        "related_below": "Bagian yang paling dekat ditampilkan sebagai bagian terkait, bukan jawaban.",
        "understood_as": "Dipahami sebagai:",
        "page": "hlm.",
        "score": "skor",
        "score_note": "Mengurutkan kutipan dalam satu jawaban; antarjawaban tidak sebanding.",
        "confidence": "tentang makalah ini:",
        "confidence_note": "Peluang pertanyaan itu tentang isi makalah ini; bukan peluang jawabannya benar.",
        "original": "Aslinya:",
        "word_for_word": "Aslinya, kata demi kata:",
        "translated_by_project": "Terjemahan dari Tanya, bukan dari penulis makalah:",
        "translated_by_authors": "Dari penulis makalah sendiri, dalam abstrak bahasa lainnya:",
        "waiting": "Model masih dimuat. Pertanyaan Anda dijawab begitu siap…",
        "stopped": "Dihentikan.",
        "broken": "Maaf, terjadi kesalahan di dalam program. Rinciannya ada di terminal Tanya.",
        # Gradio's own, which its Indonesian lacks.
        "common.complete": "Selesai",
        "chatbot.copy_message": "Salin pesan",
        "chatbot.copied_message": "Pesan tersalin",
    },
    "en": {
        "purpose": "Ask what this paper says; the answer is the paper's own sentences.",
        "promise": "Tanya only quotes, with page and section, and makes nothing up. "
        "Read the quote: the nearest sentence need not be the answer.",
        "bundled": "An Indonesian article on the paradiplomacy of West Java and Sichuan against COVID-19",
        "pages": "pages",
        "one_page": "page",
        "starting": "Starting…",
        "model": "Loading the model…",
        "index": "Preparing the index…",
        "ready": "Ready",
        "failed": "Could not be loaded:",
        "conversation": "Conversation",
        "question": "Question",
        "question_hint": "Write a question",
        "begin": "Write a question about the paper in Indonesian or English, or begin with one of these.",
        "ask": "Ask",
        "stop": "Stop",
        "answer_in": "Language of the question",
        "automatic": "Automatic",
        "evidence": "Evidence",
        "evidence_hint": "The quotes from the paper that an answer rests on appear here.",
        "to_evidence": "See the evidence",
        "related": "Related passages (not an answer)",
        "related_note": "The paper does not answer this question. These passages come nearest.",
        "related_below": "The nearest passages are shown as related, not as an answer.",
        "understood_as": "Understood as:",
        "page": "p.",
        "score": "score",
        "score_note": "Ranks the quotes of one answer; scores of different answers do not compare.",
        "confidence": "about this paper:",
        "confidence_note": "How likely the question is about what the paper says; not how likely the answer is right.",
        "original": "Original:",
        "word_for_word": "The original, word for word:",
        "translated_by_project": "Tanya's translation, not the authors':",
        "translated_by_authors": "The authors' own words, from their abstract in the other language:",
        "waiting": "The model is still loading. Your question is answered as soon as it is ready…",
        "stopped": "Stopped.",
        "broken": "Sorry, something went wrong inside the program. Tanya's terminal has the details.",
    },
}

BUNDLED_EXAMPLES: Final[tuple[str, ...]] = (
    "Berapa paket masker yang diberikan Sichuan?",
    "Kapan persetujuan Provinsi Bersaudara dengan Sichuan ditandatangani?",
    "Apa saja lima prioritas diplomasi Indonesia tahun 2021?",
    "Apa kepanjangan dari Pikobar?",
    "What is paradiplomacy?",
    "How many packs of masks did Sichuan donate?",
    "Why was West Java at high risk of COVID-19 spreading?",
    "What were the task force's three strategies against COVID-19?",
)

ANY_PAPER_EXAMPLES: Final[tuple[str, ...]] = (
    "Makalah ini membahas tentang apa?",
    "Metode apa yang digunakan dalam penelitian ini?",
    "What is this paper about?",
    "What method did the study use?",
)


def label(key: str, language: Language) -> str:
    """Return one of the page's words in a language."""
    return LABELS[language][key]
