"""One lock for all uses of PDFium, and its errors as text."""

from __future__ import annotations

import threading

PDFIUM = threading.RLock()
"""PDFium is not thread-safe: every call must hold this lock, even for different documents."""


def pdfium_reason(error: Exception) -> str:
    """Return the message of a ``pypdfium2.PdfiumError`` in one line, without a full stop."""
    return " ".join(str(error).split()).rstrip(".")
