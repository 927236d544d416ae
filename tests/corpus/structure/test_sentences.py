from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.structure.sentences import split_inner_list, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        # English | marks where a sentence ends
        "We measured it twice.| The result was the same.",
        "See Smith et al. (2020) and Fig. 3 for details.| Then stop.",
        "It rose by 4.5 per cent (see No. 22).| Dr. Jones agreed.| So did Prof. Lee.",
        "The U.S. economy shrank, e.g. in trade.| It recovered in the U.S. The cause is unknown.",
        "J. K. Rowling wrote it.| A. Smith did not.",
        "Was it so?| No!| It was not...| Perhaps.",
        'He said "no."| She said "yes."',
        "This is known.[12]| That is not. [3, 4]| Nor is this.",
        "This is cited after the stop. (Smith, 2020)| The next one follows.",
        "Health matters.12| The next sentence has a note.",
        "A bracket (it has a stop. And goes on) ends nothing.| But this does.",
        "(A sentence in brackets.)| Another one.",
        "Version 2.0 is out.| 3.1 follows.",
        "lower case follows the stop. as here, and it goes on.",
        "1. The first item of a list.| It has two sentences.",
        "Published in vol. 3, pp. 4-5 and p. 7 of it.",
        # Indonesian
        "Undang-Undang No. 22 Tahun 1999 berlaku.| Lalu diganti.",
        "Harganya Rp. 7.727 atau 17.000-an.| Itu mahal.",
        "Menurut Dr. Setiati dan Prof. Azwar, hal itu benar.| Demikian.",
        "Era Industri 4.0 sudah tiba.| Pada tgl. 5 Mei 2020 dimulai.",
        "Mereka membeli beras, gula, dll. Selanjutnya mereka pulang.",
        "Hal ini benar (Kompas, 2021).| Apakah demikian?| Ya!",
        "(Dinas Perdagangan, .Wawancara, 11 Oktober 2020).| Berikutnya.",
    ],
)
def test_split_sentences(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    if "dll. S" in text or "U.S. The" in text:  # an abbreviation that ends its sentence
        expected = [piece for part in expected for piece in part.replace(". Sel", ".|Sel").split("|")]
        expected = [piece for part in expected for piece in part.replace("U.S. The", "U.S.|The").split("|")]
    assert sentences(text.replace("|", "")) == expected


def test_all_but_spaces_is_in_a_sentence() -> None:
    text = "One. Two?  Three: (a) four; five. 6 Seven"
    spans = split_sentences(text)
    outside = "".join(text[a[1] : b[0]] for a, b in pairwise(spans))
    assert outside.strip() == ""
    assert (spans[0][0], spans[-1][1]) == (0, len(text))


def test_inner_list_is_parted_with_what_follows_it() -> None:
    text = "The rules are as follows: (a) be kind (NKRI); (b) be brief; and (c) stop. Nobody kept them. Sad."
    parts = [(text[start:end], item) for start, end, item in split_inner_list(text)]
    assert parts == [
        ("The rules are as follows:", False),
        ("(a) be kind (NKRI);", True),
        ("(b) be brief; and", True),
        ("(c) stop.", True),
        ("Nobody kept them. Sad.", False),
    ]


@pytest.mark.parametrize(
    "text",
    ["Panels (a) and (b) show: nothing.", "As in: (a) this alone.", "Plain text (see a) without lists."],
)
def test_no_inner_list(text: str) -> None:
    assert split_inner_list(text) == [(0, len(text), False)]
