"""What was looked up, as CSV and as tables on a terminal."""

from __future__ import annotations

import csv
import io

import pytest

from assistant.lookup import Catalogue
from assistant.lookup_rendering import CSV_COLUMNS, print_tables, to_csv
from corpus import load_paper

CATALOGUE = Catalogue(load_paper())


def test_csv_has_a_row_for_each_sentence_behind_a_finding() -> None:
    found = CATALOGUE.lookup("masker")
    header, *rows = csv.reader(io.StringIO(to_csv(found)))
    assert tuple(header) == CSV_COLUMNS
    assert len(rows) == sum(len(one.evidence) for one in found.findings) + len(found.sentences)
    first = dict(zip(header, rows[0], strict=True))
    assert (first["kind"], first["id"], first["value"], first["unit_en"]) == (
        "finding",
        "masks-west-java",
        "20000",
        "packs",
    )
    assert first["translated_by"] == "project"
    assert dict(zip(header, rows[-1], strict=True))["kind"] == "sentence"


def test_no_cell_is_taken_for_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(CATALOGUE.lookup("Posko Oksigen")))))
    assert any(row["quote"].startswith("'- Menyiapkan") for row in rows)
    assert all(row["quote"][0] not in "=+-@" for row in rows)
    values = [row["value"] for row in csv.DictReader(io.StringIO(to_csv(CATALOGUE.lookup(topic="economy"))))]
    assert "-1.1" in values


def test_tables_have_both_languages_and_say_what_was_translated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    found = CATALOGUE.lookup("masker")
    print_tables(found)
    printed = capsys.readouterr().out
    assert "Temuan / Findings" in printed
    assert f"{len(found.findings)} findings, {len(found.sentences)} sentences" in printed
    assert "20,000 packs" in printed
    assert "20.000" in printed
    assert "Translated by Tanya, not by the authors." in printed


def test_nothing_found_has_no_tables(capsys: pytest.CaptureFixture[str]) -> None:
    print_tables(CATALOGUE.lookup("xyzzy"))
    assert capsys.readouterr().out == "0 findings, 0 sentences\n"


def test_no_table_is_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    print_tables(CATALOGUE.lookup("masker"))
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60
