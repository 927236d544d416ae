"""Reads PDFs: with PDFium in reading order, and by text recognition where a page is a picture."""
