"""The bundled paper's findings: each rests on sentences of the paper, and says no number that they do not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus import BUNDLED_PAPER, LANGUAGES, Finding, PaperError, load_paper
from corpus.annotations import read_findings
from tests.corpus.annotations.test_translation import numbers

PAPER = load_paper()
TOPICS = (
    *("agreement", "programmes", "aid", "partners", "west-java", "diplomacy", "pandemic", "economy"),
    *("opportunities", "services", "decentralization", "personal", "governor", "conclusions", "research"),
)
NAMES_WITH_NUMBERS = ("COVID-19", "Covid-19")


def test_every_topic_has_findings_and_they_stand_together() -> None:
    assert len(PAPER.annotations.findings) >= 50
    assert len({finding.id for finding in PAPER.annotations.findings}) == len(PAPER.annotations.findings)
    topics = [finding.topic.id for finding in PAPER.annotations.findings]
    assert tuple(dict.fromkeys(topics)) == TOPICS
    assert topics == sorted(topics, key=TOPICS.index)
    assert min(Counter(topics).values()) >= 3
    assert all(finding.topic.name[of] for finding in PAPER.annotations.findings for of in LANGUAGES)


@pytest.mark.parametrize("finding", PAPER.annotations.findings, ids=lambda finding: finding.id)
def test_a_finding_says_no_number_that_its_sentences_do_not(finding: Finding) -> None:
    assert finding.sentences
    held = Counter[str]()
    for sentence in finding.sentences:
        held |= numbers(PAPER.sentences[sentence].text, PAPER.sentences[sentence].language)
    for language in LANGUAGES:
        statement = finding.statement[language]
        assert statement == " ".join(statement.split()) != ""
        for name in NAMES_WITH_NUMBERS:
            statement = statement.replace(name, "")
        assert set(numbers(statement, language)) <= set(held)
        if finding.value is not None:
            assert f"{abs(finding.value):g}" in numbers(statement, language)
        for pair in (finding.unit, finding.note, finding.label):
            assert bool(pair["id"]) == bool(pair["en"])
    assert (finding.value is not None) == bool(finding.unit["id"])


@pytest.mark.parametrize(("chart", "bars"), [("partners", 8), ("fields", 3), ("programmes", 12), ("forecasts", 5)])
def test_charts_have_their_bars(chart: str, bars: int) -> None:
    of = [finding for finding in PAPER.annotations.findings if finding.chart == chart]
    assert len(of) == len({finding.label["en"] for finding in of}) == bars
    assert all((finding.value is None) == (chart == "programmes") == bool(finding.status) for finding in of)


def test_five_findings_are_the_key_ones_each_on_another_matter() -> None:
    key = [finding for finding in PAPER.annotations.findings if finding.rank]
    assert sorted(finding.rank or 0 for finding in key) == [1, 2, 3, 4, 5]
    assert len({finding.sentences[0] for finding in key}) == 5
    assert {"aid", "programmes", "agreement", "conclusions"} == {finding.topic.id for finding in key}
    assert not any(finding.chart for finding in key)  # a bar would say the same again


def test_programmes_have_the_status_that_the_table_prints() -> None:
    printed = {"done": "Terlaksana", "in-process": "Proses"}
    for finding in PAPER.annotations.findings:
        if finding.status:
            assert PAPER.sentences[finding.sentences[0]].text.endswith(printed[finding.status])


@pytest.mark.parametrize(
    "places",
    [
        {"20.000 Paket", "40.000 paket"},
        {"disusul bidang pendidikan 41 kegiatan"},
        {"Kuznetsov (2016)"},
        {"Sister City", "(Sister Province)"},
        {"sumber daya air", "pengelolaan SDM"},
        {"Vaksin Sinofak", "Vaksin Sinovac"},
        {"metode kualitatif", "metode deskriptif"},
        {"with the Province of West Java", "dengan Provinsi Sichuan Tiongkok"},
        {"8 negara", "kawasan ASEAN"},
        {"kebun binatang", "pariwisata, seni budaya dan kesehatan"},
    ],
    ids=min,
)
def test_where_the_paper_disagrees_a_finding_cites_all_places_and_notes_it(places: set[str]) -> None:
    texts = {f.id: [PAPER.sentences[s].text for s in f.sentences] for f in PAPER.annotations.findings if f.note["en"]}
    assert any(all(any(place in text for text in of) for place in places) for of in texts.values())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('sentences = ["s0163"]', 'sentences = ["s0163", "s9999"]', "there is no s9999"),
        ('topic = "agreement"', 'topic = "peace"', "there is no peace"),
        ("rank = 2", "rank = 3", r"have the ranks \[1, 3, 3, 4, 5\]"),
        ("rank = 5", "rank = 7", r"have the ranks \[1, 2, 3, 4, 7\]"),
    ],
)
def test_a_file_of_findings_with_a_mistake_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = BUNDLED_PAPER.with_name("findings.toml").read_text(encoding="utf-8")
    file = tmp_path / "findings.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PaperError, match=message):
        read_findings(file, PAPER)
