"""What every use of PDFium shares: one lock, and a plain reason where it fails."""

from __future__ import annotations

import threading

PDFIUM = threading.RLock()
"""PDFium is not made for threads: each call holds this lock, whatever document it is about."""


def pdfium_reason(error: Exception) -> str:
    """Return what a ``pypdfium2.PdfiumError`` says is wrong, in one line without a full stop."""
    return " ".join(str(error).split()).rstrip(".")
