from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt  # comes with rich

from assistant import Answer, Citation
from assistant.answering.paragraphs import quoting, said
from assistant.exporting import quote_citation, to_json, to_markdown, to_text, with_citations
from assistant.wording import say
from corpus import Language, Paper
from corpus.metadata import Metadata
from tests.assistant.quotes import DOI, LINK, cited_from, odd_quote, with_doi


class Turn(NamedTuple):
    question: str
    reply: str = ""
    answer: Answer | None = None


def _answer(citations: tuple[Citation, ...], language: Language, quoted: int = 1) -> Answer:
    paragraphs = quoting(citations[:quoted], citations[quoted:], language)
    return Answer("Masker?", language, "answered", paragraphs=paragraphs, citations=citations)


def _refusal(language: Language, related: tuple[Citation, ...]) -> Answer:
    text = said(say("not_found", language))
    return Answer("Who?", language, "not_in_paper", paragraphs=(text,), related=related)


def test_the_bundled_paper_has_its_doi(bundled: Paper) -> None:
    assert bundled.annotations.doi == DOI


class TestToPaste:
    def test_an_answer_with_what_it_cites(self, citations: tuple[Citation, ...]) -> None:
        answer = _answer(citations[:1], "id")
        one = citations[0]
        assert with_citations(answer) == (
            f"{one.quote} [1]\n\n[1] “{one.quote}” (hlm. {one.pages}, {one.section}). DOI: {LINK}"
        )

    def test_of_what_is_told_in_translation_the_original_is_cited(self, citations: tuple[Citation, ...]) -> None:
        text = with_citations(_answer((citations[0], citations[2], citations[1]), "en"))
        paragraph, *_, sources = text.split("\n\n")
        assert paragraph == f"{citations[0].translation} [1]"
        assert "(Translated by Tanya, not by the authors; the original stands with the quote.)" in text
        first, second, third = sources.split("\n")
        assert first.startswith(f"[1] “{citations[0].quote}” (p. {citations[0].pages}, ")
        assert f"{citations[0].section_translation} [{citations[0].section}]). DOI: {LINK}" in first
        # Citations that the text only names are quoted here.
        assert second.startswith(
            f"[3] “{citations[2].translation}” [Tanya's translation; original: “{citations[2].quote}”] (p. "
        )
        assert third.startswith(f"[2] “{citations[1].quote}” (p. ")  # it is in English

    def test_a_note_comes_along(self, citations: tuple[Citation, ...]) -> None:
        answer = replace(_answer(citations[:1], "id"), note="Di halaman lain 40.000.")
        assert "\n\nCatatan dari Tanya: Di halaman lain 40.000.\n\n[1] “" in with_citations(answer)

    def test_own_paper_goes_by_its_file(self, own: Paper, citations: tuple[Citation, ...]) -> None:
        text = with_citations(_answer((cited_from(own, citations[0]),), "id"))
        assert text.endswith("). my_100% {own} paper.pdf")
        assert "doi" not in text.casefold()

    def test_the_file_s_metadata_are_there(self, dated: Paper, citations: tuple[Citation, ...]) -> None:
        one = cited_from(dated, citations[0])
        source = "A. Author; B. Author (2020). 100% {Masks} & Aid"
        assert quote_citation(one, "id") == f"“{one.quote}” (hlm. {one.pages}, {one.section}; {source})"
        assert with_citations(_answer((one,), "id")).endswith(f" (hlm. {one.pages}, {one.section}). {source}")

    def test_a_doi_comes_before_the_file_s_metadata(self, dated: Paper, citations: tuple[Citation, ...]) -> None:
        one = cited_from(with_doi(dated, DOI), citations[0])
        assert quote_citation(one, "id").endswith(f"{one.section}; {LINK})")
        assert with_citations(_answer((one,), "id")).endswith(f"{one.section}). DOI: {LINK}")

    @pytest.mark.parametrize(
        ("metadata", "described"),
        [
            (Metadata("Title", (), None), "Title"),
            (Metadata("Title", ("A. Author",), None), "A. Author. Title"),
            (Metadata("Title", (), 2020), "(2020). Title"),
            (Metadata("", ("A. Author", "B. Author"), 2020), "A. Author; B. Author (2020). my_100% {own} paper.pdf"),
            (Metadata(), "my_100% {own} paper.pdf"),
        ],
    )
    def test_what_the_file_does_not_tell_is_not_told(
        self, own: Paper, citations: tuple[Citation, ...], metadata: Metadata, described: str
    ) -> None:
        one = cited_from(replace(own, metadata=metadata), citations[0])
        assert quote_citation(one, "id").endswith(f", {one.section}; {described})")

    def test_each_quote_of_an_answer_is_told_with_its_own_paper(
        self, own: Paper, dated: Paper, citations: tuple[Citation, ...]
    ) -> None:
        cited = (citations[0], cited_from(own, citations[1]), cited_from(dated, citations[2]))
        *_, sources = with_citations(_answer(cited, "id")).split("\n\n")
        ends = [f"). DOI: {LINK}", "). my_100% {own} paper.pdf", "). A. Author; B. Author (2020). 100% {Masks} & Aid"]
        assert all(line.endswith(end) for line, end in zip(sources.split("\n"), ends, strict=True))

    def test_a_refusal_is_its_text(self, citations: tuple[Citation, ...]) -> None:
        refusal = _refusal("en", citations)
        assert with_citations(refusal) == "I did not find this in the paper."
        assert with_citations(Answer("", "en", "error", error="It is empty.")) == "It is empty."

    def test_a_correction_comes_with_what_it_cites(self, citations: tuple[Citation, ...]) -> None:
        answered = _answer(citations[:1], "id")
        corrected = replace(answered, status="corrected", paragraphs=(said("Bukan."), *answered.paragraphs))
        assert with_citations(corrected) == f"Bukan.\n\n{with_citations(answered)}"

    def test_a_reply_is_its_text(self) -> None:
        assert with_citations(Answer("Hai", "id", "replied", "talk", paragraphs=(said("Halo!"),))) == "Halo!"

    def test_a_quote_in_its_own_language(self, citations: tuple[Citation, ...]) -> None:
        one = citations[0]
        expected = f"“{one.quote}” (hlm. {one.pages}, {one.section}; {LINK})"
        assert quote_citation(one, "id") == expected
        assert to_text([one], "id") == f"{expected}\n"

    @pytest.mark.parametrize(
        ("index", "language", "writer"),
        [
            (0, "en", "Tanya's translation; original:"),
            (1, "id", "dari abstrak penulis sendiri; aslinya:"),
        ],
    )
    def test_a_quote_in_the_other_language(
        self, citations: tuple[Citation, ...], index: int, language: Language, writer: str
    ) -> None:
        one = citations[index]
        assert quote_citation(one, language).startswith(f"“{one.translation}” [{writer} “{one.quote}”] (")

    def test_without_a_translation_the_quote_stands_by_itself(
        self, own: Paper, citations: tuple[Citation, ...]
    ) -> None:
        one = cited_from(own, odd_quote(citations[0], section="", section_translation=""))
        assert quote_citation(one, "en") == f"“{one.quote}” (p. {one.pages}; my_100% {{own}} paper.pdf)"

    def test_braces_are_only_text(self, citations: tuple[Citation, ...]) -> None:
        one = replace(citations[0], quote="{0} {quote.__class__} %s", section="{section}", section_translation=None)
        assert "“{0} {quote.__class__} %s”] (p. " in quote_citation(one, "en")
        assert ", {section}; " in quote_citation(one, "en")

    def test_each_place_once(self, citations: tuple[Citation, ...]) -> None:
        again = replace(citations[0], marker=9, score=0.1)
        lines = to_text([*citations, again], "id").split("\n\n")
        assert len(lines) == len(citations)
        assert to_text([], "id") == ""

    def test_a_place_that_two_papers_have_is_two(
        self, own: Paper, dated: Paper, citations: tuple[Citation, ...]
    ) -> None:
        other = replace(own, name="other.pdf", id="o")
        same = [cited_from(one, citations[0]) for one in (own, other, dated, own)]
        lines = to_text(same, "id").split("\n\n")
        assert [line.rpartition("; ")[2].strip() for line in lines] == [
            "my_100% {own} paper.pdf)", "other.pdf)", "B. Author (2020). 100% {Masks} & Aid)",
        ]  # fmt: skip


HOSTILE = (
    "# heading",
    "a `code` ``` fence",
    "a | b | c",
    "<script>alert(1)</script> <!-- x --> <http://e.x>",
    "[x](javascript:alert(1)) ![i](http://e.x/i.png) [a][b] [[w]]",
    "[q]: http://e.x",
    "*b* __c__ ~~d~~ $x$ \\* &lt; &#60;",
    "- item",
    "1. item",
    "> quote",
    "---",
    "+ item",
    "```\n# x\n```",
    "a\n\n# b\n\n- c",
)


def _shown(markdown: str) -> list[str]:
    """Return what each block shows; raises for whatever is no heading, paragraph, blockquote or emphasis."""
    blocks = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        assert re.fullmatch(r"inline|(heading|paragraph|blockquote)_(open|close)", token.type)
        children = token.children or []
        assert {child.type for child in children} <= {"text", "text_special", "em_open", "em_close"}
        if token.type == "inline":
            blocks.append("".join(child.content for child in children))
    return blocks


class TestToMarkdown:
    def test_a_conversation(self, bundled: Paper, citations: tuple[Citation, ...]) -> None:
        answer = replace(_answer(citations, "en"), note="40,000 elsewhere.", understood_as="Aid? Masks?")
        refusal = _refusal("en", citations[2:])
        turns = [Turn("Masks?", "…", answer), Turn("Who?", "…", refusal), Turn("", "Pertanyaannya kosong.")]
        text = to_markdown("Masks?", turns, bundled, "en")
        blocks = text.split("\n\n")
        assert blocks[:3] == [
            "# Masks?",
            f"paper.txt · <{LINK}>",
            "*Pages are counted from 1 in the file; printed numbers may differ.*",
        ]
        assert blocks[3:5] == ["## Masks?", "*Understood as: Aid? Masks?*"]
        assert f"{citations[0].translation} [1]" in blocks
        assert "Tanya notes: 40,000 elsewhere." in blocks
        assert [block[:6] for block in blocks if block.startswith("> [")] == ["> [1] ", "> [2] ", "> [3] "]
        refused = blocks[blocks.index("## Who?") :]
        assert refused[1:3] == ["I did not find this in the paper.", "What comes nearest (not an answer):"]
        assert refused[3].startswith(f"> “{citations[2].translation}” [Tanya's translation; original: “")
        assert refused[4:] == ["## —", "Pertanyaannya kosong.\n"]

    def test_without_a_doi(self, own: Paper) -> None:
        head = to_markdown("T", [], own, "id")
        assert head.split("\n\n")[1] == r"my\_100% {own} paper.pdf"

    def test_of_several_papers_the_heading_has_no_empty_part(self) -> None:
        heading = to_markdown("Judul", [], None, "id").split("\n\n")
        assert [part.strip() for part in heading if part.strip()] == [part.strip() for part in heading]

    def test_the_paper_that_was_asked_is_named_once(self, dated: Paper, citations: tuple[Citation, ...]) -> None:
        turns = [Turn("Masker?", "…", _answer((cited_from(dated, citations[0]),), "id"))]
        blocks = _shown(to_markdown("T", turns, dated, "id"))
        assert blocks[1] == "A. Author; B. Author (2020). 100% {Masks} & Aid"
        assert sum("B. Author" in block for block in blocks) == 1

    def test_each_quote_of_several_papers_names_its_own(
        self, own: Paper, dated: Paper, citations: tuple[Citation, ...]
    ) -> None:
        cited = (citations[0], cited_from(dated, citations[2]))
        refusal = _refusal("id", (cited_from(own, citations[0]), citations[2]))
        turns = [Turn("Masker?", "…", _answer(cited, "id", quoted=2)), Turn("Who?", "…", refusal)]
        text = to_markdown("T", turns, None, "id")
        assert text.startswith("# T\n\n*Halaman")
        first, second = citations[0], citations[2]
        quotes = [block for block in _shown(text) if block.startswith(("[", "“"))]
        assert quotes == [
            f"[1] “{first.quote}” (hlm. {first.pages}, {first.section}). DOI: {LINK}",
            f"[3] “{second.quote}” (hlm. {second.pages}, {second.section}). "
            "A. Author; B. Author (2020). 100% {Masks} & Aid",
            f"“{first.quote}” (hlm. {first.pages}, {first.section}; my_100% {{own}} paper.pdf)",
            f"“{second.quote}” (hlm. {second.pages}, {second.section}; {LINK})",
        ]

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_what_several_papers_are_called_stays_text(
        self, own: Paper, citations: tuple[Citation, ...], hostile: str
    ) -> None:
        once = " ".join(hostile.split())
        metadata = Metadata(hostile, (hostile,), 2020)
        for paper in (replace(own, name=hostile), replace(own, metadata=metadata)):
            one = cited_from(paper, odd_quote(citations[0]))
            refusal = _refusal("id", (one,))
            shown = _shown(to_markdown("T", [Turn("?", "", _answer((one,), "id")), Turn("?", "", refusal)], None, "id"))
            called = f"{once} (2020). {once}" if paper.metadata is metadata else once
            place = f"“{one.quote}” (hlm. {one.pages}, {one.section}"
            assert f"[1] {place}). {called}" in shown
            assert f"{place}; {called})" in shown

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_what_was_typed_or_quoted_stays_text(
        self, own: Paper, citations: tuple[Citation, ...], hostile: str
    ) -> None:
        quoted = odd_quote(citations[0], hostile, section=hostile)
        typed = (said(hostile),)
        answer = Answer(
            hostile, "id", "answered", paragraphs=typed, citations=(quoted,), note=hostile, understood_as=hostile
        )
        refusal = Answer(hostile, "id", "not_in_paper", paragraphs=typed, related=(quoted,))
        turns = [Turn(hostile, "", answer), Turn(hostile, "", refusal), Turn(hostile, hostile)]
        text = to_markdown(hostile, turns, replace(own, name=hostile), "id")
        shown, once = _shown(text), " ".join(hostile.split())
        quote = f"“{once}” (hlm. {quoted.pages}, {once})"
        lines = [" ".join(line.split()) for line in hostile.split("\n") if line]  # an answer keeps its paragraphs
        assert shown == [
            *(once, once, "Halaman dihitung dari 1 di berkasnya; nomor yang tercetak bisa lain."),
            *(once, f"Dipahami sebagai: {once}", *lines, f"Catatan dari Tanya: {once}", f"[1] {quote}"),
            *(once, *lines, "Yang paling dekat (bukan jawaban):", quote),
            *(once, *lines),
        ]


class TestToJson:
    def test_what_is_read_back_is_the_same(self, bundled: Paper, citations: tuple[Citation, ...]) -> None:
        turns = [Turn("Masker? “ñ”", "…", _answer(citations, "en")), Turn("</script>", "Kosong.")]
        text = to_json("Judul", turns, bundled)
        assert "“ñ”" in text
        assert '\n  "title": "Judul"' in text
        read = json.loads(text)
        assert read["paper"] == {"name": "paper.txt", "doi": DOI, "digest": bundled.digest}
        again = [
            Turn(one["question"], one["reply"], one["answer"] and Answer.from_record(one["answer"]))
            for one in read["turns"]
        ]
        assert again == turns

    def test_each_quote_of_several_papers_names_its_own(self, dated: Paper, citations: tuple[Citation, ...]) -> None:
        cited = (citations[0], cited_from(replace(dated, id="p2"), citations[2]))
        turns = [Turn("Masker?", "…", _answer(cited, "id"))]
        read = json.loads(to_json("Judul", turns, None))
        assert read["paper"] is None
        (turn,) = read["turns"]
        first, second = (one["paper"] for one in turn["answer"]["citations"])
        assert (first["name"], first["doi"], first["authors"], first["year"]) == ("paper.txt", DOI, [], None)
        assert second == {
            "id": "p2",
            "name": dated.name,
            "digest": dated.digest,
            "title": "100% {Masks} & Aid",
            "authors": ["A. Author", "B. Author"],
            "year": 2020,
            "doi": "",
        }
        assert Answer.from_record(turn["answer"]) == turns[0].answer
