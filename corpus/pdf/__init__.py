"""PDFs: their text in reading order, through PDFium, and by text recognition where a page is a picture."""
