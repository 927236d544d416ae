"""A dozen small papers to add, of which some were added before, as they were then."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

_SUBJECTS = ("masks", "rice", "trains", "fish", "boats", "bridges", "schools", "tea", "coffee", "cloth", "clay", "salt")


def write_papers(folder: Path, *, earlier: bool = False) -> Path:
    """Write the papers, a third of them PDFs; ``earlier``: the first half, the first three reading differently."""
    folder.mkdir(exist_ok=True)
    for number, subject in enumerate(_SUBJECTS[:6] if earlier else _SUBJECTS):
        told = f"The province has more {subject} than a year ago. The price of {subject} fell by {number + 2} percent."
        if earlier and number < 3:
            told = f"Nobody in the province knew of {subject}. That would change."
        if number % 3:
            (folder / f"{subject}.txt").write_text(f"{told}\n\nPara penjual {subject} di Bandung berterima kasih.\n")
        else:
            canvas = Canvas(str(folder / f"{subject}.pdf"), invariant=1)
            canvas.setTitle(f"On {subject}")
            canvas.drawString(72, 700, told)
            canvas.save()
    return folder


def write_questions(file: Path, count: int) -> Path:
    """Write questions, one on each line."""
    file.write_text("".join(f"How many boats are there in village {number}?\n" for number in range(count)))
    return file
