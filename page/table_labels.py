"""The words of the tab that asks every paper, in both languages; the others are the batch tab's."""

from __future__ import annotations

from typing import Final

from corpus import Language

TABLE_LABELS: Final[dict[Language, dict[str, str]]] = {
    "id": {
        "table_note": "Ajukan satu pertanyaan kepada setiap makalah: satu baris untuk setiap makalah, lalu unduh "
        "tabelnya.",
        "table_empty": "Belum ada pertanyaan.",
        "table_running": "Menanyai setiap makalah: “{name}” Biarkan halaman ini terbuka.",
        "table_stopped": "Dihentikan: “{name}” Baris yang sudah ada dapat diunduh; sisanya dapat dilanjutkan.",
        "table_done": "Selesai: “{name}”",
        "table_progress": "{done} dari {total} makalah ditanyai",
        "table_paper": "Makalah",
        "table_page": "Halaman",
        "table_quote": "Kutipan",
        "table_rows": "Jawaban setiap makalah",
        "table_file_name": "setiap-makalah",
    },
    "en": {
        "table_note": "Ask every paper one question: a row for each paper, and the table to download.",
        "table_empty": "No question yet.",
        "table_running": "Asking every paper: “{name}” Keep this page open.",
        "table_stopped": "Stopped: “{name}” The rows that are there can be downloaded; the rest can be resumed.",
        "table_done": "Done: “{name}”",
        "table_progress": "{done} of {total} papers asked",
        "table_paper": "Paper",
        "table_page": "Page",
        "table_quote": "Quote",
        "table_rows": "What each paper answers",
        "table_file_name": "every-paper",
    },
}


def table_label(key: str, language: Language, **values: object) -> str:
    """Return one of the tab's words in a language, its places filled in."""
    return TABLE_LABELS[language][f"table_{key}"].format(**values)
