"""How well text recognition reads pages that were printed and spoiled: ``python -m benchmarks.recognition``.

Each page's text is known, for it is printed here: in Indonesian and in English, with serifs and without, sharp at 300
dots to an inch, then turned, blurred, greyed and with noise at 200 to 80, and drawn at 300 dots to an inch, as a scan
in a PDF is. Measured are the shares of characters and of words that are wrong (edit distance to the text, by its
length) and the seconds of work that a page takes, on one thread. RapidOCR is measured if it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any, Final, NamedTuple

from PIL import Image

from corpus import LANGUAGES, Language
from corpus.pdf.recognition import DPI, is_installed, recognise
from tests.corpus.pdf.scan_maker import printed, spoiled

TEXTS: Final[dict[Language, str]] = {
    "id": """Perjanjian kota kembar antara Bandung dan Chengdu ditandatangani pada 17 Maret 2015 oleh kedua wali kota.
Sejak saat itu, para mahasiswa, pengusaha dan tenaga kesehatan saling berkunjung setiap tahun. Pada masa pandemi,
Chengdu mengirimkan 12.500 masker bedah, 480 baju pelindung dan 36 termometer kepada rumah sakit daerah di Bandung.

Bantuan tersebut diterima oleh Dinas Kesehatan pada 2 April 2020 dan dibagikan kepada sebelas rumah sakit rujukan.
Menurut hasil wawancara, pengirimannya tertunda selama sembilan hari karena pemeriksaan di bandara. Biaya pengangkutan
sebesar Rp1.250.000,00 ditanggung oleh pemerintah kota.

Kerja sama seperti ini dikenal sebagai paradiplomasi, yaitu hubungan luar negeri yang dijalankan oleh pemerintah daerah
(Keating, 1999). Kajian ini menunjukkan bahwa hubungan yang sudah terjalin sebelum krisis mempercepat datangnya
pertolongan, tetapi tidak menggantikan kesiapan sistem kesehatan di dalam negeri.""",
    "en": """The agreement between the sister cities of Bandung and Chengdu was signed on 17 March 2015 by both mayors.
Since then, students, business people and health workers have visited each other every year. During the pandemic,
Chengdu sent 12,500 surgical masks, 480 protective suits and 36 thermometers to the public hospitals of Bandung.

The gifts were received by the health office on 2 April 2020 and handed out to eleven referral hospitals. According to
the interviews, the shipment was held up for nine days by inspections at the airport. Freight of 1,250 dollars was paid
by the city.

Such ties are known as paradiplomacy, that is, foreign relations conducted by subnational governments (Keating, 1999).
The study shows that ties made before a crisis speed up help, but do not replace the readiness of the health system.""",
}
"""The pages' texts, which this project wrote for them."""


class Spoiling(NamedTuple):
    """How a page is printed and spoiled: dots to an inch, degrees, and what `spoiled` calls blur and noise."""

    dpi: int
    turn: float
    blur: float
    noise: float


SPOILINGS: Final = {
    "sharp, 300": Spoiling(300, 0.0, 0.4, 3),
    "copied, 200": Spoiling(200, 0.7, 0.8, 14),
    "faint, 150": Spoiling(150, -1.0, 0.9, 18),
    "coarse, 100": Spoiling(100, 0.8, 0.6, 14),
    "fax, 80": Spoiling(80, 0.5, 0.5, 14),
}

_PATIENCE = 300.0  # seconds by the clock, on a machine that may do other things

Engine = Callable[[Image.Image], str]


def edits(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many insertions, deletions and replacements make one sequence the other (Levenshtein, 1966)."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        last, row = row, [i]
        for j, b in enumerate(second, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b)))
    return row[-1]


def tesseract(image: Image.Image) -> str:
    """Return the text of a picture as the project has it recognised."""
    lines = recognise(image, seconds=_PATIENCE) or []
    return " ".join(word.text for line in lines for word in line.words)


def rapidocr() -> Engine:
    """Return RapidOCR with the models that its wheel brings, on one thread.

    Its check for lines that are upside down is off: it turns some that are not, which then are lost.
    """
    import numpy as np
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{which}_op_num_threads": 1 for which in ("intra", "inter")}
    engine: Any = RapidOCR(params={**threads, "Global.use_cls": False, "Global.log_level": "error"})

    def read(image: Image.Image) -> str:
        return " ".join(engine(np.asarray(image.convert("RGB"))).txts or [])

    return read


def worked() -> float:
    """Return the seconds that this process and those it has started have worked, whatever else the machine did."""
    usage = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in usage)


def measured(engine: Engine, language: Language, spoiling: Spoiling, fonts: Sequence[Path | None]) -> list[float]:
    """Return the means over the fonts: shares of wrong characters and words, in percent, and seconds a page."""
    found = []
    for font in fonts:
        image = spoiled(
            printed(TEXTS[language], dpi=spoiling.dpi, font=font),
            turn=spoiling.turn,
            blur=spoiling.blur,
            noise=spoiling.noise,
        )
        scale = DPI / spoiling.dpi
        image = image.resize((round(scale * image.width), round(scale * image.height)), Image.Resampling.BICUBIC)
        began = worked()
        got = " ".join(engine(image).split())
        seconds = worked() - began
        text = " ".join(TEXTS[language].split())
        words = text.split()
        found.append((100 * edits(text, got) / len(text), 100 * edits(words, got.split()) / len(words), seconds))
    return [mean(column) for column in zip(*found, strict=True)]


def table(engines: dict[str, Engine], fonts: Sequence[Path | None]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield "| Page | Language | Engine | characters wrong (%) | words wrong (%) | seconds a page |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, spoiling in SPOILINGS.items():
        for language in LANGUAGES:
            for engine, read in engines.items():
                characters, words, seconds = measured(read, language, spoiling, fonts)
                yield f"| {name} | {language} | {engine} | {characters:.2f} | {words:.2f} | {seconds:.1f} |"


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    import matplotlib

    serif = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
    engines: dict[str, Engine] = {"Tesseract": tesseract} if is_installed() else {}
    if importlib.util.find_spec("rapidocr"):
        engines["RapidOCR"] = rapidocr()
    for line in table(engines, (None, serif)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
