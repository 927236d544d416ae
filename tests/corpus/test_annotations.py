"""A folder of annotations, read for a small paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import Paper, PaperError, read_paper
from corpus.annotations import read_annotations

PAPER = read_paper("a.md", b"# Masks\n\nSichuan gave the masks to the province. They came by air.\n")
GLOSSARY = """
[[term]]
id = "masks"
kind = "term"
indonesian = ["masker"]
english = ["mask", "masks"]
meaning_id = "penutup mulut"
meaning_en = "what covers the mouth"
basis = "none"
sentences = ["s0002"]
"""
FINDINGS = """
[topics.aid]
id = "Bantuan"
en = "Aid"

[[finding]]
id = "air"
topic = "aid"
statement_id = "Masker tiba lewat udara."
statement_en = "Masks came by air."
sentences = ["s0003", "s0002"]
"""
QUESTION = {"id": "q1", "question_id": "Siapa?", "question_en": "Who?", "sentences": [], "near": ["s0002"]}


def lines(*records: dict[str, Any]) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    translated = [{"id": s.id, "text": s.text, "translation": f"({s.text})"} for s in PAPER.sentences]
    translated[1]["authors"] = ["s0003"]  # type: ignore[assignment]
    files = {
        "about.toml": 'doi = "10.1/a"\ndescription_en = "on masks"\n',
        "translation.jsonl": lines(*translated),
        "glossary.toml": GLOSSARY,
        "findings.toml": FINDINGS,
        "questions.jsonl": lines(QUESTION),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_sentences_are_named_by_their_ids_and_held_by_their_indexes(folder: Path) -> None:
    found = read_annotations(folder, PAPER)
    assert [translation.authors for translation in found.translations] == [(), (2,), ()]
    assert (found.glossary[0].sentences, found.findings[0].sentences) == ((1,), (2, 1))
    assert (found.questions[0].sentences, found.questions[0].near) == ((), (1,))


def test_texts_are_in_both_languages(folder: Path) -> None:
    found = read_annotations(folder, PAPER)
    assert {(t.language, t.text[0]) for t in found.translations} == {("id", "(")}
    assert found.glossary[0].forms == {"id": ("masker",), "en": ("mask", "masks")}
    assert found.findings[0].topic.name == {"id": "Bantuan", "en": "Aid"}
    assert found.questions[0].text == {"id": "Siapa?", "en": "Who?"}


def test_what_a_file_leaves_out_is_empty(folder: Path) -> None:
    found = read_annotations(folder, PAPER)
    (finding,), (question,) = found.findings, found.questions
    assert (found.doi, found.description) == ("10.1/a", {"id": "", "en": "on masks"})
    assert (finding.value, finding.rank, finding.chart, finding.status) == (None, None, "", "")
    assert finding.note == finding.unit == finding.label == question.answer == {"id": "", "en": ""}
    assert not question.has_false_premise


def test_a_term_has_a_key_that_no_word_is_written_like(folder: Path) -> None:
    assert read_annotations(folder, PAPER).glossary[0].key == "=masks"


@pytest.mark.parametrize("file", ["translation.jsonl", "glossary.toml", "findings.toml", "questions.jsonl"])
def test_an_id_that_the_paper_does_not_have_is_named_with_its_file(folder: Path, file: str) -> None:
    path = folder / file
    before, _, after = path.read_text().rpartition('"s0002"' if file != "translation.jsonl" else '"s0003"')
    if file == "translation.jsonl":  # the last id is the sentence's own, and the one before is named as the authors'
        before, _, rest = before.rpartition('"s0003"')
        after = f'{rest}"s0003"{after}'
    path.write_text(f'{before}"s9999"{after}')
    with pytest.raises(PaperError, match=rf"{file}: .*there is no s9999"):
        read_annotations(folder, PAPER)


def test_a_paper_of_other_sentences_is_refused(folder: Path) -> None:
    other: Paper = read_paper("b.md", b"# Masks\n\nOnly this.\n")
    with pytest.raises(PaperError, match=r"translation\.jsonl: 3 lines for the 2 sentences of b\.md"):
        read_annotations(folder, other)
