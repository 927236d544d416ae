"""Tables read from papers: rows, columns, numbers; printed ones, enumerations and lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Paper, load_paper
from corpus.structure.tables import Table, find_tables, number

BODY = (
    "The office kept a record of every visit that was made to the villages of the two districts over ten years.\n"
    "Each of them was seen at least twice by somebody who wrote down what was found and when.\n\n"
)


def load(tmp_path: Path, text: str) -> Paper:
    path = tmp_path / "paper.txt"
    path.write_text(f"1. Introduction\n\n{BODY}{text}\n\n{BODY}", encoding="utf-8")
    return load_paper(path)


def only_table(tmp_path: Path, text: str) -> Table:
    (table,) = find_tables(load(tmp_path, text))
    return table


def cells(table: Table, language: str) -> list[tuple[str, ...]]:
    return [row.cells[language] for row in table.rows]  # type: ignore[index]


def test_the_bundled_papers_table_has_a_status_for_each_row_in_both_languages() -> None:
    paper = load_paper()
    (table,) = (table for table in find_tables(paper) if not table.is_enumeration and not table.is_list)
    assert table.header == {"id": ("No", "Kerjasama", "Status"), "en": ("No", "Cooperation", "Status")}
    assert len(table.rows) == 12
    assert cells(table, "id")[0] == ("1", "Program Sister School", "Proses")
    assert cells(table, "en")[0] == ("1", "Sister School Program", "In process")
    assert [row[0] for row in cells(table, "id")] == [str(nth) for nth in range(1, 13)]
    assert [row[2] for row in cells(table, "id")].count("Terlaksana") == 4
    assert {(i[2], e[2]) for i, e in zip(cells(table, "id"), cells(table, "en"), strict=True)} == {
        ("Proses", "In process"),
        ("Terlaksana", "Implemented"),
    }
    for row in table.rows:
        assert paper.sentences[row.sentence].text == " ".join(row.cells["id"])


def test_the_bundled_papers_enumerations_are_rows_of_names_and_numbers() -> None:
    paper = load_paper()
    partners, *_ = (t for t in find_tables(paper) if t.is_enumeration and t.header.get("id") == ("", "kegiatan"))
    assert partners.header["en"] == ("", "activities")
    assert cells(partners, "id")[:2] == [("Australia Selatan", "22"), ("Belgia", "10")]
    assert cells(partners, "en")[-2:] == [("Sudan", "11"), ("the PRC", "48")]
    assert sum(number(row[1]) or 0 for row in cells(partners, "id")) == 136


@pytest.mark.parametrize(
    ("sentence", "unit", "expected"),
    [
        (
            "The team planted 40 trees in the north, 25 trees in the old town and 7 trees in the harbour.",
            "trees",
            [("the north", "40"), ("the old town", "25"), ("the harbour", "7")],
        ),
        (
            "It works with three towns, consisting of Arden with 12 schools, Bexley 9 schools and Corby 30 schools.",
            "schools",
            [("Arden", "12"), ("Bexley", "9"), ("Corby", "30")],
        ),
        (
            "Growth was put at -1.5% (Alpha Bank), 2.25% (Beta Fund), and 3% (Gamma House).",
            "%",
            [("Alpha Bank", "-1.5"), ("Beta Fund", "2.25"), ("Gamma House", "3")],
        ),
    ],
)
def test_a_sentence_that_counts_several_things_is_a_table(
    tmp_path: Path, sentence: str, unit: str, expected: list[tuple[str, str]]
) -> None:
    table = only_table(tmp_path, sentence)
    assert table.is_enumeration
    assert table.header == {"en": ("", unit)}
    assert cells(table, "en") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "They came in 3 cars and left in 2 cars after a day.",
        "Of the patients 30% recovered [12], and after 5% had left another 60% (see Fig. 2) did so, too.",
        "In 2019, 2020 and 2021 nothing was planted there at all by anyone.",
    ],
)
def test_other_sentences_with_numbers_are_none(tmp_path: Path, sentence: str) -> None:
    assert find_tables(load(tmp_path, sentence)) == ()


def test_last_columns_of_figures(tmp_path: Path) -> None:
    table = only_table(
        tmp_path,
        "Table 2. Visits by district\nNo District Visits Share\n1 Upper Arden 120 40%\n2 Bexley 1,500 35%\n"
        "3 Corby 75 25%\nSource: Office of Records",
    )
    assert table.header == {"en": ("No", "District", "Visits", "Share")}
    assert cells(table, "en") == [
        ("1", "Upper Arden", "120", "40%"),
        ("2", "Bexley", "1,500", "35%"),
        ("3", "Corby", "75", "25%"),
    ]


def test_without_recurring_endings_there_is_no_last_column(tmp_path: Path) -> None:
    table = only_table(
        tmp_path, "Table 3. Towns\nNo Name of town\n1 New Arden\n2 New Bexley\n3 New Corby\nSource: Archive"
    )
    assert table.header == {"en": ("No", "Name of town")}
    assert cells(table, "en") == [("1", "New Arden"), ("2", "New Bexley"), ("3", "New Corby")]


def test_lists_have_one_column(tmp_path: Path) -> None:
    table = only_table(tmp_path, "The rules ask for the following:\n1. a plan;\n2. a budget;\n3. a report.")
    assert table.is_list
    assert [row[0] for row in cells(table, "en")] == ["1. a plan;", "2. a budget;", "3. a report."]
    (fields,) = (t for t in find_tables(load_paper()) if t.is_list and t.is_enumeration)
    assert len(fields.rows) == 13


def test_an_item_in_another_language_than_its_lead_in_stands_as_it_is(tmp_path: Path) -> None:
    items = ["1. Guru yang sudah lama mengajar di sekolah itu adalah yang paling tahu.", "2. the other teachers."]
    table = only_table(tmp_path, "\n".join(["The rules ask these of us for the list that is here:", *items]))
    assert cells(table, "en") == [(item,) for item in items]


@pytest.mark.parametrize(
    ("text", "value"),
    [("22", 22), ("-1,1", -1.1), ("-2.2%", -2.2), ("20.000", 20000), ("7,727", 7727), ("Proses", None), ("", None)],
)
def test_numbers_of_cells(text: str, value: float | None) -> None:
    assert number(text) == value
