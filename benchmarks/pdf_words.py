"""How many words of real PDFs are read wrongly: those that Poppler's pdftotext does not have, by Tanya and by pypdf.

    python -m benchmarks.pdf_words FOLDER [--pages 40]

Prints a table in Markdown over the PDFs in a folder. A word is two letters or more. pdftotext counts as having a word
if one of its three modes does (-layout keeps hyphens at lines' ends, the others do not), and it can be wrong, too:
without names for a font's ligatures it has "modi ed" where Tanya has "modified". Words with a character that the file
does not say are never quoted; they are counted apart.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2
from pypdf import PdfReader

from corpus.errors import PaperError
from corpus.formats.file import File
from corpus.paper import UNKNOWN
from corpus.pdf.lines import read_pdf
from corpus.structure.cleaning import clean

_MODES = ((), ("-layout",), ("-raw",))
_WORD = re.compile(r"[^\W\d_]{2,}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 2 where pdftotext is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pdf_words", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=40, help="of each PDF, from its beginning (40)")
    options = parser.parse_args(arguments)
    if shutil.which("pdftotext") is None:
        print("pdftotext is missing: install Poppler's tools (Debian: poppler-utils)", file=sys.stderr)
        return 2
    print("| PDF | pages | words | pypdf: not in pdftotext, % | Tanya: not in pdftotext, % | Tanya: never quoted, % |")
    print("|---|---|---|---|---|---|")
    for path in sorted(options.folder.rglob("*.pdf")):
        print(f"| {path.stem} | {_row(path, options.pages)} |", flush=True)
    return 0


def _row(path: Path, pages: int) -> str:
    data, count = _beginning(path, pages)
    known = _known(data)
    before = _share_unknown(_by_pypdf(data), known)
    try:
        lines = read_pdf(File(path.name, data)).lines
    except PaperError as error:
        return f"{count} | 0 | {before:.2f} | refused: {str(error).partition(': ')[2].partition(',')[0]} |"
    text = "".join(line.text if line.glued else f"{line.text} " for line in lines)
    words = text.split()
    sure = [word for word in words if UNKNOWN not in word]
    unsure = 100 * (1 - len(sure) / len(words))
    return f"{count} | {len(words)} | {before:.2f} | {_share_unknown(' '.join(sure), known):.2f} | {unsure:.2f}"


def _beginning(path: Path, pages: int) -> tuple[bytes, int]:
    """Return a PDF of another one's first pages, and how many they are."""
    with closing(pypdfium2.PdfDocument(path)) as whole, closing(pypdfium2.PdfDocument.new()) as part:
        count = min(pages, len(whole))
        part.import_pages(whole, list(range(count)))
        out = io.BytesIO()
        part.save(out)
    return out.getvalue(), count


def _by_pypdf(data: bytes) -> str:
    text = "\n".join(clean(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages)
    return re.sub(r"-\n\s*", "", text)


def _known(data: bytes) -> set[str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        outputs = [
            subprocess.run(["pdftotext", *mode, file.name, "-"], capture_output=True, check=False).stdout
            for mode in _MODES
        ]
    return {word for output in outputs for word in _words(output.decode(errors="replace"))}


def _share_unknown(text: str, known: set[str]) -> float:
    """Return how many of a text's words are not known, in per cent."""
    words = Counter(_words(text))
    return 100 * sum(count for word, count in words.items() if word not in known) / (words.total() or 1)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", ""))]


if __name__ == "__main__":
    sys.exit(main())
