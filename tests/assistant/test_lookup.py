"""Looking findings, sentences and terms up, without a model."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from assistant import Assistant, Catalogue, TopicError
from assistant.lookup_rendering import to_csv
from corpus import BUNDLED_PAPER, Language, load_paper

PAPER = load_paper()
CATALOGUE = Catalogue(PAPER)


def ids(text: str | None = None, **filters: str) -> list[str]:
    return [found.finding.id for found in CATALOGUE.lookup(text, **filters).findings]  # type: ignore[arg-type]


def quotes(text: str, language: Language | None = None) -> list[str]:
    return [citation.quote for citation in CATALOGUE.lookup(text, language=language).sentences]


def test_everything_without_a_text() -> None:
    found = CATALOGUE.lookup()
    assert [one.finding for one in found.findings] == list(PAPER.annotations.findings)
    assert found.sentences == ()
    assert CATALOGUE.lookup("  ") == found


@pytest.mark.parametrize("text", ["masker", "masks", "Masker", "mask"])
def test_a_word_finds_the_same_in_either_language(text: str) -> None:
    assert {"masks-west-java", "masks-total", "masks-bnpb"} <= set(ids(text))
    assert len(quotes(text)) >= 5
    assert all("masker" in quote.casefold() for quote in quotes(text))


def test_every_word_must_be_there() -> None:
    assert set(ids("masker BNPB")) < set(ids("masker"))
    assert ids("masker Maroko") == []
    assert not CATALOGUE.lookup("xyzzy")


@pytest.mark.parametrize(
    ("text", "held"),
    [("bed occupancy", "27,94%"), ("BOR", "27,94%"), ("kerja sama riset", "kerja sama riset vaksin"), ("vaksinas", "")],
)
def test_terms_and_beginnings_of_words(text: str, held: str) -> None:
    assert any(held in quote for quote in quotes(text)) == bool(held)


def test_spelling_variants_find_each_other() -> None:
    assert quotes("kerjasama") == quotes("kerja sama")
    assert any("Pilkobar" in quote for quote in quotes("Pikobar"))


def test_one_language_only() -> None:
    assert quotes("tourism", "id") == []
    assert quotes("tourism", "en") == quotes("tourism") != []
    assert any("pariwisata" in quote for quote in quotes("tourism"))


def test_topics() -> None:
    assert len(CATALOGUE.topics) == 15
    aid = ids(topic="aid")
    assert aid == [finding.id for finding in PAPER.annotations.findings if finding.topic.id == "aid"]
    within = CATALOGUE.lookup("masker", topic="aid")
    assert within.findings
    assert set(within.sentences) < set(CATALOGUE.lookup("masker").sentences)
    with pytest.raises(TopicError, match=r'no topic "peace": the topics are agreement, programmes, aid'):
        CATALOGUE.lookup(topic="peace")


def test_evidence_is_verbatim_in_both_languages_with_its_place() -> None:
    found = CATALOGUE.lookup("masker")
    for citation in (*found.sentences, *(c for one in found.findings for c in one.evidence)):
        assert PAPER.text[citation.start : citation.end] == citation.quote
        assert citation.translation
        assert citation.section
        assert 1 <= citation.page <= 14
    assert found.findings[0].pages == "10, 11"


def test_terms_of_the_glossary() -> None:
    assert len(CATALOGUE.terms()) == len(PAPER.annotations.glossary)
    (first, *_) = CATALOGUE.terms("bed occupancy rate")
    assert first.term.id == "bed-occupancy-rate"
    assert any("(BOR)" in citation.quote for citation in first.evidence)
    assert CATALOGUE.terms("xyzzy") == ()


def test_a_paper_without_findings_still_has_its_sentences() -> None:
    bare = Catalogue(load_paper(BUNDLED_PAPER))
    assert (bare.topics, bare.lookup().findings) == ((), ())
    assert {term.term.kind for term in bare.terms()} == {"abbreviation"}  # those that it writes out itself
    assert any("20.000 Paket" in citation.quote for citation in bare.lookup("masker bedah").sentences)
    assert bare.lookup("surgical mask").sentences == ()
    with pytest.raises(TopicError, match="this paper comes without findings"):
        bare.lookup(topic="aid")


def test_the_assistant_looks_up_too(assistant: Assistant) -> None:
    assert assistant.lookup("masker", topic="aid") == CATALOGUE.lookup("masker", topic="aid")
    assert assistant.lookup("tourism", language="id").sentences == ()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", "lookup", *arguments], capture_output=True, text=True, check=False
    )


def test_command_line_table() -> None:
    done = run("masker")
    assert done.returncode == 0
    assert "findings, 5 sentences" in done.stdout
    assert "Translated by Tanya, not by the authors." in done.stdout
    assert done.stderr == ""


def test_command_line_json_and_csv() -> None:
    record = json.loads(run("masks", "--json").stdout)
    assert {finding["id"] for finding in record["findings"]} == set(ids("masks"))
    assert record["findings"][0]["evidence"][0]["quote"]
    assert record["findings"][0]["topic"]["id"] == "aid"
    assert len(record["sentences"]) == len(quotes("masks"))
    printed = run("masks", "--topic", "aid", "--csv").stdout
    assert printed.splitlines() == to_csv(CATALOGUE.lookup("masks", topic="aid")).splitlines()


def test_command_line_topic_that_is_not_there() -> None:
    done = run("--topic", "peace")
    assert done.returncode == 2
    assert done.stderr.startswith('There is no topic "peace"')
    assert done.stderr.count("\n") == 1


def test_lookup_loads_no_model() -> None:
    code = (
        "import sys; from assistant import Catalogue; from corpus import load_paper; "
        "Catalogue(load_paper()).lookup('masker'); "
        "print([m for m in ('torch', 'sentence_transformers', 'faiss', 'gradio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "passage", "language", "found"),
    [
        ("masker", "Masker dan masker-masker", "id", ["Masker", "masker", "masker"]),
        ("masks", "A mask, masks; unmasked.", "en", ["mask", "masks"]),
        ("masks", "Masker tiba.", "id", ["Masker"]),  # a term of the glossary, in the other language
        ("bed occupancy rate", "Angka BOR turun.", "id", ["BOR"]),
        ("paradiplomasi", "Paradiplomacy and diplomacy", "en", ["Paradiplomacy"]),
        ("West Java", "Jawa Barat (West Java)", "en", ["Jawa Barat", "West Java"]),
        ("kerja sama riset", "riset dan kerja sama", "id", ["riset", "kerja sama"]),
        ("di", "di sini, diplomasi", "id", ["di"]),
        ("rendang", "Masker tiba.", "id", []),
        ("", "Masker tiba.", "id", []),
        ("masker", "", "id", []),
    ],
)
def test_where_what_is_searched_for_stands(text: str, passage: str, language: Language, found: list[str]) -> None:
    spans = CATALOGUE.spans(text, passage, language)
    assert [passage[start:end] for start, end in spans] == found


@pytest.mark.parametrize("text", ["paradiplomacy", "sister province", "masker BNPB", "kerja sama"])
def test_spans_are_in_order_and_apart(text: str) -> None:
    for citation in CATALOGUE.lookup(text).sentences:
        spans = CATALOGUE.spans(text, citation.quote, citation.language)
        ends = [at for span in spans for at in span]
        assert ends == sorted(ends)
        assert all(start < end for start, end in spans)
