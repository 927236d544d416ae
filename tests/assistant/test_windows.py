from __future__ import annotations

from assistant.windows import LONGEST, PaperWindows, Window, text_windows
from corpus import BUNDLED_PAPER, LANGUAGES, Paper, load_paper
from index import PaperIndex


def test_a_text_is_read_sentence_by_sentence_each_after_the_one_before() -> None:
    assert text_windows("One is short. Two follows. Three ends.") == [
        Window("One is short.", 0),
        Window("One is short. Two follows.", 14),
        Window("Two follows. Three ends.", 13),
    ]


def test_a_sentence_is_read_alone_where_two_would_be_too_long() -> None:
    long = "Long " + "and long " * 40 + "it is."
    assert text_windows(f"{long} {long} Short.") == [
        Window(long, 0),
        Window(long, 0),
        Window(f"{long} Short.", len(long) + 1),
    ]


def test_every_sentence_of_the_paper_stands_at_its_place_in_its_window(paper_index: PaperIndex) -> None:
    windows = PaperWindows(paper_index.paper)
    for sentence in paper_index.paper.sentences:
        for language in LANGUAGES:
            text, at = windows.window(sentence.index, language)
            said = paper_index.paper.texts(sentence.index)[language]
            assert text[at:] == said
            assert len(text) <= max(LONGEST, len(said))


def read_after(paper: Paper, beginning: str) -> str:
    (sentence,) = (s for s in paper.sentences if s.text.startswith(beginning))
    text, at = PaperWindows(paper).window(sentence.index, "id")
    return text[:at]


def test_items_are_read_after_their_lead_in_and_rows_after_their_caption(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    assert read_after(paper, "2. Kesehatan Global").startswith("Hal ini sejalan dengan 3 resolusi WHO")
    assert read_after(paper, "2 Bantuan Sarana").startswith("Tabel 1. Kerjasama Sister City")
    assert read_after(paper, "Saat ini rasio kasus aktif").startswith("Selain infrastruktur kesehatan")
    assert read_after(paper, "Coronavirus disease 2019") == ""


def test_what_follows_is_told_from_what_has_a_lead(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    windows = PaperWindows(paper)
    by_beginning = {s.text[:12]: s.index for s in paper.sentences}
    ratio, item = by_beginning["Saat ini ras"], by_beginning["2. Kesehatan"]
    assert windows.follows(ratio)
    assert windows.held(ratio) == {ratio - 1, ratio}
    assert not windows.follows(item)
    assert by_beginning["Hal ini seja"] in windows.held(item)
    assert not windows.follows(0)


def test_a_paper_without_translation_is_read_as_it_is_printed() -> None:
    paper = load_paper(BUNDLED_PAPER)
    windows = PaperWindows(paper)
    assert windows.window(15, "en") == windows.window(15, "id")
