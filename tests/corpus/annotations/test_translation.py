"""The bundled paper's translation: complete, aligned with the paper, and true to its numbers and names."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from corpus import BUNDLED_PAPER, OTHER, Language, PaperError, load_paper
from corpus.annotations import read_translation
from index import Embedder

FILE = BUNDLED_PAPER.with_name("translation.jsonl")
PAPER = load_paper()

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
THOUSANDS: dict[Language, str] = {"id": r"\d{1,3}(\.\d{3})+", "en": r"\d{1,3}(,\d{3})+"}

# By the paper's spelling, how the other language spells it: None if the same way.
NAMES = {
    "Setiati & Azwar": None, "McInnes & Lee": None, "Wangke": None, "Kuznetsov": None, "Aida": None, "Wibowo": None,
    "Azwar Iskandar et al.": None, "Kompas": None, "Fachriansyah": None, "Worldometer": None, "CNBC Indonesia": None,
    "Donald Trump": None, "Ahmad Yurianto": None, "Retno LP Marsudi": None, "Ridwan Kamil": None,
    "Wuhan": None, "Hubei": None, "Sichuan": None, "Bandung": None, "Depok": None, "Hong Kong": None,
    "Sinovac": None, "Sinofak": None, "Pfizer": None, "AstraZeneca": None, "Biofarma": None,
    "WHO": None, "IMF": None, "EIU": None, "Fitch": None, "JP Morgan": None, "ASEAN": None,
    "BNPB": None, "TNI": None, "PPKM": None, "DTKS": None, "DPRD": None, "NKRI": None, "WFH": None, "MoU": None,
    "BOR": None, "Pilkobar": None, "West Java Investment Summit": None, "Mandarin": None, "CHINA PEOPLE R": None,
    "Jawa Barat": "West Java", "RRT": "PRC", "Tiongkok": "China", "AS": "US", "Amerika Serikat": "United States",
    "Inggris": "UK", "Jepang": "Japan", "Korea Selatan": "South Korea", "Maroko": "Morocco", "Sudan": None,
    "Belgia": "Belgium", "Australia Selatan": "South Australia", "Singapura": "Singapore",
    "Menteri Luar Negeri": "Minister of Foreign Affairs", "Kementerian Pertahanan": "Ministry of Defense",
}  # fmt: skip


def numbers(text: str, language: Language) -> Counter[str]:
    """Count a text's numbers, as they are written in any language that puts a point before decimals."""
    found: Counter[str] = Counter()
    for number in NUMBER.findall(text):
        whole = re.fullmatch(THOUSANDS[language], number)
        found[re.sub(r"[.,]", "" if whole else ".", number)] += 1
    return found


def holds(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def test_each_sentence_has_one_translation_of_its_own_text() -> None:
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["text"]) for line in lines] == [(s.id, s.text) for s in PAPER.sentences]
    assert [t.text for t in PAPER.annotations.translations] == [line["translation"] for line in lines]
    assert all(
        t.language == OTHER[s.language] for t, s in zip(PAPER.annotations.translations, PAPER.sentences, strict=True)
    )
    assert all(t.text == " ".join(t.text.split()) != "" for t in PAPER.annotations.translations)


def test_numbers_are_kept_and_none_is_added() -> None:
    assert numbers("4,4% dari 20.000 (4.0)", "id") == numbers("4.4% of 20,000 (4.0)", "en")
    for sentence, translation in zip(PAPER.sentences, PAPER.annotations.translations, strict=True):
        source = numbers(sentence.text, sentence.language)
        assert numbers(translation.text, translation.language) == source, sentence.id


def test_signs_and_percentages_are_kept() -> None:
    for sentence, translation in zip(PAPER.sentences, PAPER.annotations.translations, strict=True):
        for pattern in (r"(?<![\w])-\d", r"\d%", r"\d:\d"):
            found = [len(re.findall(pattern, text)) for text in (sentence.text, translation.text)]
            assert found[0] == found[1], sentence.id


@pytest.mark.parametrize(("name", "translated"), NAMES.items())
def test_names_are_kept(name: str, translated: str | None) -> None:
    of = [(s, t) for s, t in zip(PAPER.sentences, PAPER.annotations.translations, strict=True) if s.language == "id"]
    held = [(s.id, t.text) for s, t in of if holds(s.text, name)]
    assert held, "the paper does not have this name: nothing was checked"
    assert [id for id, text in held if not holds(text, translated or name)] == []


def test_translations_are_about_as_long_as_their_sentences() -> None:
    for sentence, translation in zip(PAPER.sentences, PAPER.annotations.translations, strict=True):
        assert abs(len(translation.text) - len(sentence.text)) <= 0.35 * len(sentence.text) + 20, sentence.id


def test_the_authors_own_pairs_are_the_two_abstracts() -> None:
    english, indonesian = (
        [s.index for s in PAPER.sentences if PAPER.sections[s.section].title == title and s.kind != "keywords"]
        for title in ("Abstract", "Abstrak")
    )
    assert {s for s in range(len(PAPER.sentences)) if PAPER.twins(s)} == {*english, *indonesian}
    for sentence in (*english, *indonesian):
        assert all(sentence in PAPER.twins(twin) for twin in PAPER.twins(sentence))
    text, writer = PAPER.in_other_language(english[1], english[1])
    assert (text, writer) == (PAPER.sentences[indonesian[1]].text, "authors")
    both = PAPER.in_other_language(english[4], english[5])  # which the other abstract says in one sentence
    assert both == (PAPER.sentences[indonesian[4]].text, "authors")
    assert PAPER.in_other_language(200, 200) == (PAPER.annotations.translations[200].text, "project")


@pytest.mark.long
def test_the_nearest_translation_of_a_sentence_is_its_own(embedder: Embedder) -> None:
    # Less what each language's vectors have in common (Libovicky et al. 2020, https://arxiv.org/abs/2004.05160).
    wrong = []
    for language in OTHER:
        of = [s.index for s in PAPER.sentences if s.language == language]
        sentences, translations = (
            vectors - vectors.mean(axis=0)
            for vectors in (
                embedder.encode_passages([PAPER.sentences[s].text for s in of]),
                embedder.encode_passages([PAPER.annotations.translations[s].text for s in of]),
            )
        )
        likeness = sentences @ (translations / np.linalg.norm(translations, axis=1, keepdims=True)).T
        for sentence, nearest in zip(of, likeness.argmax(axis=1), strict=True):
            if PAPER.sentences[of[nearest]].text != PAPER.sentences[sentence].text:  # which the paper repeats
                wrong += [PAPER.sentences[sentence].id] * (of[nearest] != sentence)
    assert len(wrong) <= 0.02 * len(PAPER.sentences), wrong


def test_passages_and_titles_in_the_other_language() -> None:
    row = next(p for p in PAPER.passages if p.text.startswith("7 Program business matching"))
    assert PAPER.translated(row).startswith("Table 1. Sister City Cooperation between")
    assert PAPER.translated(row).endswith("No Cooperation Status 7 Business matching program In process")
    assert [PAPER.translated_title(s.index) for s in PAPER.sections][2:4] == ["INTRODUCTION", "METHOD"]


def test_a_paper_without_a_translation() -> None:
    bare = load_paper(BUNDLED_PAPER)
    assert (bare.annotations.translations, bare.annotations.findings, bare.annotations.questions) == ((), (), ())
    assert (bare.translated(bare.passages[5]), bare.translated_title(3), bare.twins(1)) == ("", "", ())
    assert bare.in_other_language(1, 2) == ("", None)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda lines: lines[:-1], "242 lines for the 243 sentences of paper.txt"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "s0002 is not the text of s0001 in paper.txt"),
        (
            lambda lines: [line.replace("RRT", "China") for line in lines],
            "s0017 is not the text of s0017 in paper.txt: 'Sejak pertama kali",
        ),
    ],
)
def test_a_translation_that_has_drifted_is_refused(tmp_path: Path, spoil: object, message: str) -> None:
    assert callable(spoil)
    lines = FILE.read_text(encoding="utf-8").splitlines()
    file = tmp_path / "translation.jsonl"
    file.write_text("\n".join(spoil(lines)) + "\n", encoding="utf-8")
    with pytest.raises(PaperError, match=re.escape(message)):
        read_translation(file, load_paper(BUNDLED_PAPER))
