"""Structure found in small made-up papers, in both languages and several ways of writing text down."""

from __future__ import annotations

import textwrap
from pathlib import Path

from corpus import Paper, load_paper
from tests.corpus.spans import check_spans

WORDS = (
    "The growth of trade between the two regions was measured every month over ten years by the same office "
    "in order to see whether the agreement had any effect that could be told from chance alone. "
)


def load(tmp_path: Path, text: str) -> Paper:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return load_paper(path)


def tree(paper: Paper) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in paper.sections]


def wrap(text: str, width: int = 60) -> str:
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


def test_numbered_headings_in_wrapped_text_without_empty_lines(tmp_path: Path) -> None:
    body = wrap("  " + WORDS * 2)
    text = "\n".join(
        [
            f"1. Introduction\n{body}\n2. Data and methods\n{body}\n2.1 Sources of data\n{body}\n3. Results",
            f"{body}\nREFERENCES\nSmith, J. (2020). A study. Journal of Studies, 3(2), 4-5.",
        ]
    )
    paper = load(tmp_path, text)
    assert tree(paper) == [
        (1, "1. Introduction"),
        (1, "2. Data and methods"),
        (2, "2.1 Sources of data"),
        (1, "3. Results"),
        (1, "REFERENCES"),
    ]
    assert [section.parent for section in paper.sections] == [None, None, 1, None, None]


def test_indonesian_headings_with_empty_lines(tmp_path: Path) -> None:
    paragraph = (
        "Penelitian ini membahas kerja sama luar negeri yang dilakukan pemerintah daerah di masa pandemi.\n"
        "Data dikumpulkan melalui wawancara dan studi pustaka yang dilakukan di beberapa kota."
    )
    text = (
        f"Abstrak\n\n{paragraph}\n\nKata kunci: kerja sama, pandemi\n\nPENDAHULUAN\n\n{paragraph}\n\n"
        f"{paragraph}\n\nKerja Sama di Bidang Kesehatan\n\n{paragraph}\n\nDAFTAR PUSTAKA\n\n"
        "Azwar, S. (2020). Judul Buku. Bandung."
    )
    paper = load(tmp_path, text)
    assert tree(paper) == [
        (1, "Abstrak"),
        (1, "PENDAHULUAN"),
        (2, "Kerja Sama di Bidang Kesehatan"),
        (1, "DAFTAR PUSTAKA"),
    ]
    assert [p.kind for p in paper.paragraphs if p.section == 0] == ["heading", "text", "keywords"]
    assert [p.kind for p in paper.paragraphs if p.section == 1] == ["heading", "text", "text"]
    assert {sentence.language for sentence in paper.sentences} == {"id"}


def test_roman_and_lettered_headings(tmp_path: Path) -> None:
    titles = ("I. PENDAHULUAN", "II. METODE PENELITIAN", "A. Data", "III. HASIL")
    text = "".join(f"{title}\n\n{WORDS}\n\n" for title in titles)
    assert tree(load(tmp_path, text)) == [
        (1, "I. PENDAHULUAN"),
        (1, "II. METODE PENELITIAN"),
        (2, "A. Data"),
        (1, "III. HASIL"),
    ]


def test_one_paragraph_a_line(tmp_path: Path) -> None:
    paper = load(tmp_path, f"Introduction\n{WORDS * 2}\n{WORDS * 2}\nConclusion\n{WORDS * 2}\n")
    assert tree(paper) == [(1, "Introduction"), (1, "Conclusion")]
    assert [p.kind for p in paper.paragraphs] == ["heading", "text", "text", "heading", "text"]


def test_heading_on_the_line_of_its_text(tmp_path: Path) -> None:
    paper = load(tmp_path, f"Abstract\u2014{WORDS}\n\nKeywords: trade; regions\n\n1 Introduction\n\n{WORDS}\n")
    assert tree(paper) == [(1, "Abstract"), (1, "1 Introduction")]
    assert paper.paragraphs[0].text == "Abstract\u2014"
    assert paper.paragraphs[1].text == WORDS.strip()


def test_title_and_authors_come_before_the_first_section(tmp_path: Path) -> None:
    front = "The Trade of Two Regions\n\nJane Smith and John Doe\n\nUniversity of Somewhere\n\n"
    paper = load(tmp_path, f"{front}Abstract\n\n{WORDS}\n\nIntroduction\n\n{WORDS}\n")
    assert tree(paper) == [(1, ""), (1, "Abstract"), (1, "Introduction")]
    assert paper.sections[0].text.startswith("The Trade of Two Regions")


def test_no_structure_at_all(tmp_path: Path) -> None:
    paper = load(tmp_path, wrap(WORDS * 6))
    assert tree(paper) == [(1, "")]
    assert len(paper.pages) == 1
    assert len(paper.sentences) == 6
    assert {sentence.language for sentence in paper.sentences} == {"en"}


def test_list_items_are_not_headings(tmp_path: Path) -> None:
    text = (
        f"1. Introduction\n\n{WORDS}\n\nThe aims are:\n\n1. Trade and Growth;\n\n2. Health and Welfare;\n\n"
        f"3. Peace.\n\n{WORDS}\n\n2. Methods\n\n{WORDS}"
    )
    paper = load(tmp_path, text)
    assert tree(paper) == [(1, "1. Introduction"), (1, "2. Methods")]
    items = [p for p in paper.paragraphs if p.kind == "item"]
    assert [item.text for item in items] == ["1. Trade and Growth;", "2. Health and Welfare;", "3. Peace."]
    assert {paper.sentences[item.lead].text for item in items if item.lead is not None} == {"The aims are:"}


def test_list_without_a_lead_in(tmp_path: Path) -> None:
    paper = load(tmp_path, f"{WORDS}\n\n\u2022 one thing\n\u2022 another thing\n\u2022 a third thing\n\n{WORDS}")
    items = [p for p in paper.paragraphs if p.kind == "item"]
    assert len(items) == 3
    assert {item.lead for item in items} == {None}


def test_english_caption_source_and_table(tmp_path: Path) -> None:
    text = (
        f"Results\n\n{WORDS}\n\nFigure 1. Trade by month\n\nSource: Office of Statistics\n\n{WORDS}\n\n"
        "Table 1: Projects\n\nNo Project Status\n1 Sister school Running\n2 Health aid\nDone\n"
        "3 Seed bank Running\n\n"
        f"Figure 1 shows that trade grew. {WORDS}"
    )
    paper = load(tmp_path, text)
    kinds = [p.kind for p in paper.paragraphs]
    assert kinds == [
        "heading",
        "text",
        "caption",
        "source",
        "text",
        "caption",
        "table-header",
        *["row"] * 3,
        "text",
    ]
    rows = [p for p in paper.paragraphs if p.kind == "row"]
    assert [row.text for row in rows] == [
        "1 Sister school Running",
        "2 Health aid Done",
        "3 Seed bank Running",
    ]
    assert {paper.sentences[row.lead].text for row in rows if row.lead is not None} == {"Table 1: Projects"}


def test_table_of_contents_is_no_outline(tmp_path: Path) -> None:
    contents = "1 Introduction . . . . . . . . 3\n2 Methods . . . . . . . . . 5\n"
    paper = load(tmp_path, f"{contents}\n1 Introduction\n\n{WORDS}\n\n2 Methods\n\n{WORDS}")
    assert tree(paper) == [(1, ""), (1, "1 Introduction"), (1, "2 Methods")]


def test_paragraphs_by_the_lines_widths(tmp_path: Path) -> None:
    first = wrap(WORDS * 2 + "It ended soon.")
    second = wrap(WORDS * 2)
    paper = load(tmp_path, f"{first}\n{second}")
    assert [p.kind for p in paper.paragraphs] == ["text", "text"]
    assert paper.paragraphs[0].text.endswith("It ended soon.")


def test_two_languages_in_one_paper(tmp_path: Path) -> None:
    indonesian = "Penelitian ini membahas kerja sama luar negeri yang dilakukan oleh pemerintah daerah."
    paper = load(tmp_path, f"Abstract\n\n{WORDS}\n\nAbstrak\n\n{indonesian}\n\nPENDAHULUAN\n\n{indonesian}\n")
    assert [sentence.language for sentence in paper.sentences] == ["en", "en", "id", "id", "id", "id"]


def test_spans_hold_for_any_text(tmp_path: Path) -> None:
    paper = load(tmp_path, "Introduction\n\n- \n\nA-\nB -\nc. D.\n\n(a)\n\n1.\n2.\n\u2022\n\nTable 1\nNo A\n1\n")
    check_spans(paper)


LAW = """
    PERATURAN MENTERI TENTANG LAYANAN JELAJAH

    BAB I - KETENTUAN UMUM

    Pasal 1

    (1) Penyelenggara wajib memberikan informasi melalui media berupa:
    a. situs internet;
    b. pesan singkat yang:
    1. tidak dikenai biaya; dan
    2. berbahasa Indonesia; dan
    c. menu.
    (2) Informasi sebagaimana dimaksud dalam Pasal 2
    yang dimaksud pada ayat (1) tidak dikenai biaya.

    BAB II - SANKSI

    Pasal 2

    Menteri memberikan sanksi administratif kepada penyelenggara yang melanggar ketentuan ini, berupa teguran tertulis,
    dengan cara dan dalam jangka waktu yang ditetapkan kemudian, setelah mendengar keterangan dari yang bersangkutan.
"""


def test_a_laws_articles_are_headings_below_its_chapters(tmp_path: Path) -> None:
    paper = load(tmp_path, LAW)
    titled = [(section.level, section.title) for section in paper.sections]
    assert titled[-4:] == [(1, "BAB I - KETENTUAN UMUM"), (3, "Pasal 1"), (1, "BAB II - SANKSI"), (3, "Pasal 2")]
    articles = [section for section in paper.sections if section.title.startswith("Pasal")]
    assert [paper.sections[article.parent or 0].title[:6] for article in articles] == ["BAB I ", "BAB II"]


def test_each_item_is_led_in_by_its_own_list(tmp_path: Path) -> None:
    paper = load(tmp_path, LAW)
    leads = {
        sentence.text.split()[0]: paper.sentences[lead].text.split()[0]
        for sentence in paper.sentences
        if (lead := paper.paragraphs[sentence.paragraph].lead) is not None
    }
    assert leads == {"a.": "(1)", "b.": "(1)", "1.": "b.", "2.": "b.", "c.": "(1)"}


def test_a_line_that_goes_on_in_a_small_letter_is_no_paragraph_of_its_own(tmp_path: Path) -> None:
    paper = load(tmp_path, LAW)
    assert any("dalam Pasal 2 yang dimaksud pada ayat (1)" in sentence.text for sentence in paper.sentences)


def test_a_list_is_one_passage_with_its_lead_in(tmp_path: Path) -> None:
    paper = load(tmp_path, LAW)
    assert any(p.text.startswith("(1) Penyelenggara") and "b. pesan singkat" in p.text for p in paper.passages)
