"""A small library: the bundled paper and three short ones."""

from __future__ import annotations

from pathlib import Path

from corpus.library import Library

TEXTS = {
    "glacier.txt": "Abstract\n\nThis study follows the Okapi glacier. Its tongue retreated by 93 metres between 1998 "
    "and 2019.\n\nMethod\n\nThe retreat was measured with aerial photographs. Fieldwork was led by Ingrid Solheim.",
    "tongkol.txt": "Abstrak\n\nPenelitian ini mengukur hasil tangkapan di Teluk Kendari. Kapal yang diteliti "
    "berjumlah 37 buah.\n\nHasil\n\nTangkapan terbanyak adalah ikan tongkol, yaitu 812 kilogram pada bulan Agustus.",
    "masks.txt": "Abstract\n\nThis paper compares mask donations between sister cities. Sichuan sent 22,000 packs of "
    "masks to partner provinces in 2020.\n\nMethod\n\nWe coded 112 press releases of city governments.",
}


def make_library(folder: Path, *, bundled: bool = True) -> Library:
    """Write the short papers into a folder, and a library of them, and of the bundled paper, beside them."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = Library(folder / "library")
    if bundled:
        library.add_bundled()
    assert [outcome.change for outcome in library.add([folder / name for name in TEXTS])] == ["added"] * len(TEXTS)
    return library
