"""Passages: what is searched, on a made-up paper with everything in it and on the bundled one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Paper, load_paper
from corpus.structure.passages import LONGEST, split_passages

WORDS = "The trade of the two regions was measured every month over ten years by the same office."
TEXT = "\n\n".join(
    [
        "Abstract",
        f"{WORDS} It ended soon after.",
        "Keywords: trade; regions",
        "1. Introduction",
        f"{WORDS} Trade is good for all of the people. The office was closed in 2015.",
        "The aims of the programme are:",
        "1. Trade and Growth;",
        "2. Health and Welfare;",
        "3. Peace.",
        WORDS,
        "Figure 1. Trade by month",
        "Source: Office of Statistics",
        WORDS,
        "Table 1: Projects",
        "No Project Status\n1 Sister school Running\n2 Health aid\nDone\n3 Seed bank Running",
        f"Figure 1 shows that trade grew. {WORDS}",
        "2. Results",
        f"{'Long ' * 80}first. {'Long ' * 80}second. {'Long ' * 80}third. {'Long ' * 200}fourth. It ends here.",
    ]
)
FLOWS = [{"text", "item"}, {"row"}, {"caption", "source"}, {"keywords"}]


@pytest.fixture
def made_up(tmp_path: Path) -> Paper:
    path = tmp_path / "paper.txt"
    path.write_text(TEXT, encoding="utf-8")
    return load_paper(path)


@pytest.fixture(params=["made_up", "bundled"])
def paper(request: pytest.FixtureRequest) -> Paper:
    found: Paper = load_paper() if request.param == "bundled" else request.getfixturevalue("made_up")
    return found


def windows(paper: Paper) -> list[str]:
    """Return the texts of the passages of several sentences."""
    return [passage.text for passage in paper.passages if passage.first != passage.last]


def test_a_passage_is_a_span_and_its_parts_are_those_of_its_sentences(paper: Paper) -> None:
    for passage in paper.passages:
        first, last = paper.sentences[passage.first], paper.sentences[passage.last]
        assert passage.text == paper.text[passage.start : passage.end]
        assert (passage.start, passage.end) == (first.start, last.end)
        assert (passage.page, passage.section, passage.language) == (first.page, first.section, first.language)
    assert len({passage.id for passage in paper.passages}) == len(paper.passages)


def test_every_searchable_sentence_stands_alone_once_and_no_heading_or_captioned_source_does(paper: Paper) -> None:
    alone = [passage.first for passage in paper.passages if passage.first == passage.last]
    captioned = {s.index + 1 for s in paper.sentences if s.kind == "caption"}
    unsearched = {s.index for s in paper.sentences if s.kind in ("heading", "table-header")}
    unsearched |= {s.index for s in paper.sentences if s.kind == "source" and s.index in captioned}
    assert alone == [s.index for s in paper.sentences if s.index not in unsearched]
    assert 0 < len(alone) < len(paper.sentences)


def test_windows_stay_within_a_section_and_a_flow(paper: Paper) -> None:
    assert windows(paper)
    for passage in paper.passages:
        held = paper.sentences[passage.first : passage.last + 1]
        assert {sentence.section for sentence in held} == {passage.section}
        assert any({sentence.kind for sentence in held} <= flow for flow in FLOWS)


def test_a_section_ends_a_window_even_without_a_heading(made_up: Paper) -> None:
    text = [sentence for sentence in made_up.sentences if sentence.kind == "text"][2:5]  # one paragraph
    apart = [replace(sentence, section=sentence.section + (n > 1)) for n, sentence in enumerate(text)]
    for sentences, longest in ((text, 3), (apart, 2)):
        passages = list(split_passages(made_up.text, made_up.paragraphs, sentences))
        assert max(passage.last - passage.first + 1 for passage in passages) == longest


def test_windows_are_short_and_none_is_yielded_twice(paper: Paper) -> None:
    assert all(len(text) <= LONGEST for text in windows(paper))
    for passage in paper.passages:
        leads = {paper.paragraphs[s.paragraph].lead for s in paper.sentences[passage.first + 2 : passage.last + 1]}
        is_list = leads <= {passage.first, passage.first + 1}  # its lead-in may follow a sentence
        assert passage.last - passage.first <= 2 or is_list
    assert len({(passage.first, passage.last) for passage in paper.passages}) == len(paper.passages)


def test_a_sentence_stands_amid_its_neighbours(made_up: Paper) -> None:
    found = windows(made_up)
    assert f"{WORDS} Trade is good for all of the people. The office was closed in 2015." in found
    assert "1. Trade and Growth; 2. Health and Welfare; 3. Peace." in found
    assert "1 Sister school Running 2 Health aid Done 3 Seed bank Running" in found
    assert "Figure 1. Trade by month Source: Office of Statistics" in found


def test_a_sentence_too_long_for_company_still_stands_alone(made_up: Paper) -> None:
    assert [len(p.text) > LONGEST for p in made_up.passages if p.text.endswith("fourth.")] == [True]
    ends = [text.rsplit(" ", 1)[-1] for text in windows(made_up) if text.startswith("Long")]
    assert ends == ["second.", "third."]  # never all three, nor the fourth


def test_items_and_rows_carry_their_lead_unless_they_hold_it(made_up: Paper) -> None:
    leads = {passage.text: passage.lead for passage in made_up.passages}
    assert leads["2. Health and Welfare;"] == "The aims of the programme are:"
    assert leads["1. Trade and Growth; 2. Health and Welfare; 3. Peace."] == "The aims of the programme are:"
    assert leads["The aims of the programme are: 1. Trade and Growth; 2. Health and Welfare;"] == ""
    assert leads["3 Seed bank Running"] == "Table 1: Projects No Project Status"
    assert "Source: Office of Statistics" not in leads
    assert leads["Figure 1. Trade by month Source: Office of Statistics"] == ""
    assert leads[WORDS] == ""


def test_full_text_is_the_lead_and_the_text(made_up: Paper) -> None:
    full = {passage.text: passage.full_text for passage in made_up.passages}
    assert full["2 Health aid Done"] == "Table 1: Projects No Project Status 2 Health aid Done"
    assert full["It ended soon after."] == "It ended soon after."


def test_a_paper_of_headings_only_has_no_passages(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("PENDAHULUAN\n", encoding="utf-8")
    assert load_paper(tmp_path / "paper.txt").passages == ()
